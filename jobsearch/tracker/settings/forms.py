"""The form of the settings of the tracker."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField

from jobsearch.web.fields import IntegerField, Required
from jobsearch.web.forms import Form


class SettingsForm(Form):
    """Two numbers of days."""

    version = HiddenField()
    cooling_days = IntegerField(
        _l("Days that a group leaves a company alone"),
        description=_l(
            "When one of a group has turned to a company, the others see it for so many days, "
            "today included. 0: never."
        ),
        validators=[Required(_l("Enter a number of days."))],
    )
    quiet_days = IntegerField(
        _l("Days after which a lead is asked about"),
        description=_l("When nothing is heard of a lead for so many days, its owner is asked."),
        validators=[Required(_l("Enter a number of days."))],
    )

    def wanted(self) -> tuple[int | None, Any, Any]:
        """The version that was seen, and the two numbers."""
        text = self.version.data or ""
        seen = int(text) if text.isascii() and text.isdigit() and len(text) < 9 else None
        return seen, self.cooling_days.data, self.quiet_days.data
