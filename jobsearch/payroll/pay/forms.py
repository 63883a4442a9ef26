"""Forms of pay runs."""

from collections.abc import Iterable
from contextlib import suppress

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired

from jobsearch.payroll.pay.rules import PaidBy, RunKind
from jobsearch.web.fields import DateField, Required
from jobsearch.web.forms import Form

KIND_NAMES = {
    RunKind.WAGES: _l("Wages"),
    RunKind.BONUS: _l("Bonus"),
    RunKind.CORRECTION: _l("Corrections"),
}


class RunForm(Form):
    """A new pay run: whom it pays, for what, for which days and when."""

    cohort_id = SelectField(
        _l("Group"), validators=[InputRequired(_l("Choose the group."))], choices=[]
    )
    kind = RadioField(
        _l("What is paid"),
        choices=[
            SelectChoice(kind.value, KIND_NAMES[kind]) for kind in (RunKind.WAGES, RunKind.BONUS)
        ],
        default=RunKind.WAGES.value,
        validators=[InputRequired(_l("Choose what is paid."))],
    )
    paid_by = RadioField(
        _l("Who pays"),
        choices=[
            SelectChoice(PaidBy.HERE.value, _l("We pay from here")),
            SelectChoice(PaidBy.ELSEWHERE.value, _l("Another payroll system pays")),
        ],
        default=PaidBy.HERE.value,
    )
    pays_on = DateField(
        _l("Day of payment"),
        description=_l("A day on which banks are open, for example 24.11.2026."),
        validators=[Required(_l("Enter the day of payment."))],
    )
    period_first = DateField(
        _l("First day of work"), description=_l("Left empty: the whole term of the group.")
    )
    period_last = DateField(_l("Last day of work"))

    def offer(self, groups: Iterable[tuple[str, str]]) -> None:
        """The groups to choose from, each with its words."""
        self.cohort_id.choices = [SelectChoice(key, words) for key, words in groups]

    def payer(self) -> PaidBy:
        """Who pays; what is offered nowhere is refused by its field."""
        return PaidBy.ELSEWHERE if self.paid_by.data == PaidBy.ELSEWHERE else PaidBy.HERE

    def begin_with(self, cohort_id: str, day: str) -> None:
        """A group and a day that were chosen on another page; what is neither is left out."""
        self.cohort_id.data = cohort_id or self.cohort_id.data
        with suppress(ValueError):
            self.pays_on.process_formdata([day])


class StepForm(Form):
    """One step of a run, by somebody who has seen this version of it."""

    version = HiddenField()

    def seen(self) -> int:
        """The version that the person saw; 0 for what is no number."""
        text = self.version.data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
