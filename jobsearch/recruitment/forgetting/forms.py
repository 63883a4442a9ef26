"""The form of what the provider decides: attempts before closing, months before forgetting."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField

from jobsearch.web.fields import IntegerField, Required
from jobsearch.web.forms import Form


class SettingsForm(Form):
    """How often to try, and how long to keep."""

    tries = IntegerField(
        _l("Attempts before somebody may be closed as not reached"),
        validators=[Required(_l("Enter a whole number, for example 3."))],
    )
    months = IntegerField(
        _l("Months until a candidate who was not selected is forgotten"),
        validators=[Required(_l("Enter a whole number, for example 3."))],
    )
    version = HiddenField()

    def seen(self) -> int:
        """The settings' version as the page showed it."""
        text = str(self.version.data or "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
