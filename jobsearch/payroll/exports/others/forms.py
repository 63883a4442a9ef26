"""Forms of other payroll systems: their codes, and the form of the file."""

import re
from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Regexp

from jobsearch.payroll.exports.others.rules import SYSTEM_NAMES, HandedItem, System
from jobsearch.payroll.pay.forms import StepForm
from jobsearch.web.forms import Form

_CODE = re.compile(r"[0-9A-Za-z_-]{0,20}\Z", re.ASCII)


class HandOverForm(StepForm):
    """In which form the file is made."""

    system = RadioField(
        _l("Form of the file"),
        choices=[SelectChoice(one.value, _l(name)) for one, name in SYSTEM_NAMES.items()],
        default=System.PLAIN.value,
    )

    def wanted(self) -> System:
        """The chosen form."""
        return System(self.system.data)


class CodesForm(Form):
    """The other payroll system's code for each item."""

    @classmethod
    def of(cls, codes: Mapping[HandedItem, str]) -> "CodesForm":
        """The form with what is kept."""
        shown: dict[str, Any] = {item.value: code for item, code in codes.items()}
        return cls(formdata=None, **shown)

    def wanted(self) -> dict[HandedItem, str]:
        """The codes by item; "" where there is none."""
        return {item: self[item.value].data or "" for item in HandedItem}


for _item in HandedItem:
    _only = Regexp(_CODE, message=_l("A code has at most 20 letters, digits, - or _."))
    setattr(CodesForm, _item.value, StringField(_l(_item.label), validators=[_only]))
