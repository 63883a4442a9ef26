"""Form of a correction."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField

from jobsearch.payroll.pay.corrections.rules import RightFigures
from jobsearch.web.fields import DateField, HoursField, MoneyField, Required
from jobsearch.web.forms import Form


class PeriodHoursField(HoursField):
    """Hours of a whole pay period."""

    most_minutes = 999 * 60
    too_many = _l("Enter at most 999 hours.")


class CorrectionForm(Form):
    """Why a payslip is corrected, what is right, and on which day the correction is paid."""

    reason = TextAreaField(
        _l("Why is it corrected?"),
        description=_l("One or two sentences, nothing about health: the payslip prints them."),
        validators=[Required(_l("Say why the pay is corrected."))],
    )
    pays_on = DateField(
        _l("Day of payment of the correction"),
        description=_l("A day on which banks are open. Corrections of one day go into one run."),
        validators=[Required(_l("Enter the day of payment."))],
    )
    minutes = PeriodHoursField(
        _l("Right hours of the whole period"),
        description=_l("Left empty: as the hours say now."),
    )
    allowance = MoneyField(
        _l("Right allowance, €"), description=_l("Left empty: as the contract says now.")
    )
    bonus = MoneyField(_l("Right bonus, €"), description=_l("Left empty: as it was paid."))

    def right(self) -> RightFigures:
        """What is right by the clerk's word."""
        given: dict[str, Any] = self.data
        return RightFigures(given["minutes"], given["allowance"], given["bonus"])
