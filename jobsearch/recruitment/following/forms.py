"""Forms of following: the candidate's own choice, and spoken words written down by staff."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from jobsearch.web.fields import DateField, Required
from jobsearch.web.forms import Form


class ChoiceForm(Form):
    """Yes or no; neither is chosen beforehand."""

    allows = RadioField(
        _l("May the coach see how far you are?"),
        choices=[SelectChoice("yes", _l("Yes, she or he may")), SelectChoice("no", _l("No"))],
        validators=[Required(_l("Choose yes or no."))],
        validate_choice=False,
    )

    def chosen(self) -> bool:
        """Whether she allows it; anything but a plain yes is no."""
        return bool(self.allows.data == "yes")


class SpokenForm(Form):
    """The day on which the candidate said it."""

    on = DateField(
        _l("Day on which the candidate said so"), validators=[Required(_l("Enter the day."))]
    )
