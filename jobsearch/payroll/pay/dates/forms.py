"""Form of another day of payment."""

from flask_babel import lazy_gettext as _l

from jobsearch.payroll.pay.forms import StepForm
from jobsearch.web.fields import DateField, Required


class DayForm(StepForm):
    """The day on which a run pays, by somebody who has seen this version of it."""

    pays_on = DateField(
        _l("Another day of payment"),
        description=_l("A day on which banks are open, for example 24.11.2026."),
        validators=[Required(_l("Enter the day of payment."))],
    )
