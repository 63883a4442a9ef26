"""Forms of the link: the tap, and one further question at a time."""

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from jobsearch.outcomes.answering.rules import Step
from jobsearch.outcomes.forms import FITS, WeekHoursField, number_of, one_of
from jobsearch.outcomes.rules import Answer, OutcomeKind
from jobsearch.web.fields import DateField
from jobsearch.web.forms import Form

OWN_KINDS = {
    OutcomeKind.PERMANENT_FULL_TIME: _l("A permanent job, full time"),
    OutcomeKind.PERMANENT_PART_TIME: _l("A permanent job, part time"),
    OutcomeKind.FIXED_TERM_FULL_TIME: _l("A fixed-term job, full time"),
    OutcomeKind.FIXED_TERM_PART_TIME: _l("A fixed-term job, part time"),
    OutcomeKind.AGENCY_WORK: _l("Work through a staffing agency"),
    OutcomeKind.FREELANCE: _l("Gigs or freelance work"),
    OutcomeKind.SELF_EMPLOYMENT: _l("My own business"),
    OutcomeKind.SUBSIDISED_WORK: _l("Work with a wage subsidy"),
    OutcomeKind.OTHER_WORK: _l("Other work"),
    OutcomeKind.STUDIES: _l("A study place"),
}
"""Kinds in the words of whoever tells of herself; her field is asked on its own."""


class TapForm(Form):
    """One tap."""

    answer = HiddenField()

    def wanted(self) -> Answer:
        """The answer of the button; "not known", which nobody may choose, for anything else."""
        return one_of(Answer, self.answer.data) or Answer.UNKNOWN


class MoreForm(Form):
    """One further question; which one, `step` says."""

    step = HiddenField()
    passed = HiddenField()
    kind = RadioField(_l("What kind of work?"), validate_choice=False, choices=[])
    began_on = DateField(_l("Since when, or from when?"))
    weekly_minutes = WeekHoursField(_l("How many hours in a usual week?"))
    fit = RadioField(
        _l("How well does it suit you?"),
        description=_l("1 = poorly, 5 = very well."),
        choices=FITS,
        validate_choice=False,
    )

    def offer(self, kinds: tuple[OutcomeKind, ...]) -> None:
        """The kinds that go with the answer."""
        self.kind.choices = [SelectChoice(kind, OWN_KINDS[kind]) for kind in kinds]

    def wanted(self) -> Step | None:
        """The question that is answered."""
        return one_of(Step, self.step.data)

    def chosen_kind(self) -> OutcomeKind:
        """The kind that was chosen; own field, which no answer has, for anything else."""
        return one_of(OutcomeKind, self.kind.data) or OutcomeKind.OWN_FIELD_WORK

    def first_day(self) -> date | None:
        """Since when."""
        day: Any = self.began_on.data
        return day if isinstance(day, date) else None

    def week(self) -> int | None:
        """Minutes of a usual week."""
        minutes: Any = self.weekly_minutes.data
        return minutes if isinstance(minutes, int) else None

    def chosen_fit(self) -> int | None:
        """How well it suits."""
        return number_of(self.fit.data)
