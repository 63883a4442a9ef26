"""Forms of attendance."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from jobsearch.attendance.rules import MARK_NAMES, Mark
from jobsearch.web.fields import HoursField, Required
from jobsearch.web.forms import Form

NOT_MARKED = "not_marked"


class MarkForm(Form):
    """What a person's day was, and the hours of who came late."""

    mark = SelectField(
        _l("What the day was"),
        choices=[
            SelectChoice(NOT_MARKED, _l("Not marked")),
            *(SelectChoice(mark.value, _l(name)) for mark, name in MARK_NAMES.items()),
        ],
        validators=[Required(_l("Choose what the day was."))],
    )
    worked = HoursField(
        _l("Hours, if fewer than planned"), description=_l("For example 2,5. Empty: all of them.")
    )

    def wanted(self) -> tuple[Mark, Any]:
        """The mark and the minutes worked."""
        return Mark(self.mark.data), self.worked.data
