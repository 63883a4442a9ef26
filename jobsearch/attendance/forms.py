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


class ExtraForm(Form):
    """Hours beside the plan of a day, which the manager approves."""

    extra = HoursField(
        _l("Extra hours"),
        description=_l("Beside the planned hours, for example 1,5. 0 takes them away."),
        validators=[Required(_l("Enter the extra hours, or 0."))],
    )

    def wanted(self) -> int:
        """The minutes, once the form is valid."""
        given: dict[str, Any] = self.data
        minutes: int = given["extra"]
        return minutes
