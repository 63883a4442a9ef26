"""Forms of selection: a decision with its criteria."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from jobsearch.recruitment.selection.rules import Answer, Decision, Plan, Reason
from jobsearch.web.forms import Form

PREFIX = "criterion-"
_ANSWERS = [
    SelectChoice(Answer.YES, _l("Yes")),
    SelectChoice(Answer.NO, _l("No")),
    SelectChoice(Answer.UNKNOWN, _l("Not known")),
]
REASONS = [
    SelectChoice(Reason.FITS, _l("Seat: meets the criteria")),
    SelectChoice(Reason.GROUP_FULL, _l("Waiting list: the group is full")),
    SelectChoice(Reason.CRITERIA_NOT_MET, _l("Refusal: does not meet the criteria")),
    SelectChoice(Reason.CANNOT_TAKE_PART, _l("Refusal: cannot take part on the days")),
    SelectChoice(Reason.OTHER_SERVICE, _l("Refusal: another service fits better")),
]


class DecisionForm(Form):
    """What is decided about a candidate, and why; a field for each criterion is added to it."""

    decision = RadioField(
        _l("Decision"),
        choices=[
            SelectChoice(Decision.SELECT, _l("A seat in this group")),
            SelectChoice(Decision.WAIT, _l("The waiting list of this group")),
            SelectChoice(Decision.REFUSE, _l("Refusal, which a second person looks at")),
        ],
        validate_choice=False,
    )
    reason = SelectField(_l("Reason"), choices=REASONS, default=Reason.FITS)
    words = TextAreaField(
        _l("In a few words"),
        description=_l("Needed for a refusal. Write nothing about health."),
    )

    def criteria(self) -> list[Any]:
        """The fields of the criteria, in their order."""
        return [field for name, field in self._fields.items() if name.startswith(PREFIX)]

    def plan(self) -> Plan | None:
        """The decision as sent, or None while none is chosen."""
        if self.decision.data not in set(Decision) or self.reason.data not in set(Reason):
            return None
        known = set(Answer)
        answers = {
            field.name.removeprefix(PREFIX): Answer(field.data)
            for field in self.criteria()
            if field.data in known
        }
        return Plan(
            Decision(self.decision.data), Reason(self.reason.data), self.words.data or "", answers
        )


def decision_form(criteria: Iterable[tuple[str, str]]) -> DecisionForm:
    """The form with a field for each criterion, given by key and text."""
    fields = {
        f"{PREFIX}{key}": RadioField(text, choices=_ANSWERS, validate_choice=False)
        for key, text in criteria
    }
    made: DecisionForm = type("CriteriaForm", (DecisionForm,), fields)()
    return made
