"""Forms of bonus rules."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired

from jobsearch.payroll.bonus.terms.rules import (
    DEFAULT_PROOF_DAYS,
    EVENT_NAMES,
    PROOF_NAMES,
    BonusEvent,
    BonusTerms,
    ProofAsked,
)
from jobsearch.web.fields import DateField, IntegerField, MoneyField, Required
from jobsearch.web.forms import Form


class RuleForm(Form):
    """A new rule from a day on."""

    event = RadioField(
        _l("What earns the bonus"),
        choices=[SelectChoice(event.value, _l(name)) for event, name in EVENT_NAMES.items()],
        validators=[InputRequired(_l("Choose what earns the bonus."))],
    )
    months = IntegerField(
        _l("Months"),
        description=_l("How long after the end, or how long the job has lasted."),
    )
    amount = MoneyField(
        _l("Bonus, €"),
        description=_l("Left empty: what each contract promises for finding work."),
    )
    proof = SelectField(
        _l("Proof"),
        choices=[SelectChoice(proof.value, _l(name)) for proof, name in PROOF_NAMES.items()],
        default=ProofAsked.WORK_CONTRACT.value,
    )
    proof_days = IntegerField(
        _l("Days for the proof"),
        description=_l("Counted from the day on which it happened, or was registered if later."),
        default=str(DEFAULT_PROOF_DAYS),
        validators=[Required(_l("Enter the days."))],
    )
    valid_from = DateField(
        _l("For employments that begin on or after"),
        validators=[Required(_l("Enter the first day."))],
    )

    def terms(self) -> BonusTerms:
        """The rule; only to be read once the form is valid."""
        given: dict[str, Any] = self.data
        return BonusTerms(
            event=BonusEvent(given["event"]),
            months=given["months"] or 0,
            amount=given["amount"],
            proof=ProofAsked(given["proof"]),
            proof_days=given["proof_days"],
        )


class EndRuleForm(Form):
    """The last day for which a rule holds."""

    version = HiddenField()
    valid_to = DateField(
        _l("Last day on which an employment may begin"),
        validators=[Required(_l("Enter the last day."))],
    )

    def seen(self) -> int:
        """The version that the person saw; 0 for what is no number."""
        text = self.version.data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
