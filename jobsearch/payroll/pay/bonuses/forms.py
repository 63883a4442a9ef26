"""Form of a run that pays bonuses alone."""

from flask_babel import lazy_gettext as _l

from jobsearch.web.fields import DateField, Required
from jobsearch.web.forms import Form


class BonusRunForm(Form):
    """When the approved bonuses are paid."""

    pays_on = DateField(
        _l("Day of payment"),
        description=_l("A day on which banks are open, for example 24.11.2026."),
        validators=[Required(_l("Enter the day of payment."))],
    )
