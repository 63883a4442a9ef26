"""Forms of contracts: terms, ending, answers, and the employer's settings."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length

from jobsearch.core.errors import RuleBroken
from jobsearch.core.periods import Span
from jobsearch.core.text import mark as N_
from jobsearch.hiring.forms import VersionForm
from jobsearch.payroll.contracts.editions.rules import ContractTerms
from jobsearch.payroll.contracts.law.rules import EndingKey, GroundKey
from jobsearch.payroll.contracts.settings.rules import ContractSettings
from jobsearch.web.fields import DateField, IntegerField, MoneyField, Required
from jobsearch.web.forms import Form

_LANGUAGES = (("fi", "suomi"), ("sv", "svenska"), ("en", "English"))


class TermsForm(VersionForm):
    """The terms of one person's contract."""

    starts_on = DateField(_l("First day"), validators=[Required(_l("Enter the first day."))])
    ends_on = DateField(_l("Last day"), validators=[Required(_l("Enter the last day."))])
    hourly = MoneyField(_l("Hourly wage, €"), validators=[Required(_l("Enter the hourly wage."))])
    allowance = MoneyField(
        _l("Allowance, €"), validators=[Required(_l("Enter the allowance, or 0."))]
    )
    outcome_bonus = MoneyField(
        _l("Bonus for finding work, €"), validators=[Required(_l("Enter the bonus, or 0."))]
    )
    agreement = StringField(
        _l("Collective agreement"),
        validators=[
            Required(_l("Say which collective agreement or law the pay rests on.")),
            Length(max=120),
        ],
    )
    ground = RadioField(
        _l("Why the contract is for a fixed term"),
        validators=[InputRequired(_l("Choose the ground."))],
        choices=[],
    )
    ground_reason = StringField(
        _l("The reason in a sentence"),
        description=_l("It is printed after the ground."),
        validators=[Length(max=300)],
    )
    trial_days = IntegerField(
        _l("Trial period, days"), validators=[Required(_l("Enter 0 or more."))]
    )
    place = StringField(
        _l("Place of work"),
        validators=[Required(_l("Say where the work is done.")), Length(max=160)],
    )
    tasks = TextAreaField(
        _l("Main tasks"),
        description=_l("Left empty, the contract has the usual words about job search."),
        validators=[Length(max=1500)],
    )
    language = SelectField(
        _l("Language of the contract"), choices=[SelectChoice(*one) for one in _LANGUAGES]
    )
    reason = StringField(
        _l("Why these terms differ from the usual ones"),
        description=_l(
            "Needed when wage, allowance, bonus or days are not those of the programme."
        ),
        validators=[Length(max=300)],
    )

    def offer(self, grounds: Iterable[tuple[str, str]]) -> None:
        """The grounds in force, each with its words."""
        self.ground.choices = [SelectChoice(key, words) for key, words in grounds]

    def terms(self) -> ContractTerms:
        """The terms as they were entered, once the form is valid. Raises RuleBroken."""
        given: dict[str, Any] = self.data
        if given["ends_on"] < given["starts_on"]:
            raise RuleBroken(N_("The last day is before the first."), field="ends_on")
        return ContractTerms(
            term=Span(given["starts_on"], given["ends_on"]),
            hourly=given["hourly"],
            allowance=given["allowance"],
            outcome_bonus=given["outcome_bonus"],
            agreed_minutes=0,
            agreement=given["agreement"],
            ground=GroundKey(given["ground"]),
            ground_reason=given["ground_reason"] or "",
            trial_days=given["trial_days"],
            place=given["place"],
            tasks=given["tasks"] or "",
            language=given["language"],
        )


class SignForm(VersionForm):
    """The employer's signature under the bytes that were shown."""

    seen = HiddenField()


class EndForm(VersionForm):
    """How and when a contract ends."""

    ending = RadioField(
        _l("How it ends"),
        validators=[InputRequired(_l("Choose how the contract ends."))],
        choices=[],
    )
    ended_on = DateField(_l("Last day"), description=_l("Left empty: today."))

    def offer(self, endings: Iterable[tuple[str, str]]) -> None:
        """The endings that are possible now, each with its words."""
        self.ending.choices = [SelectChoice(key, words) for key, words in endings]

    def key(self) -> EndingKey:
        """The ending that was chosen, once the form is valid."""
        return EndingKey(self.ending.data or "")

    def last_day(self) -> date | None:
        """The last day that was entered."""
        given: dict[str, Any] = self.data
        day: date | None = given["ended_on"]
        return day


class AnswerForm(Form):
    """The answer to a question."""

    answer = TextAreaField(
        _l("Answer"), validators=[Required(_l("Write the answer.")), Length(max=2000)]
    )


class SettingsForm(Form):
    """What all contracts of the employer say, from a day on."""

    valid_from = DateField(
        _l("Valid from"), validators=[Required(_l("Enter the day from which this holds."))]
    )
    address = StringField(
        _l("Address of the employer"),
        validators=[Required(_l("Enter the employer's address.")), Length(max=160)],
    )
    pension_insurer = StringField(
        _l("Pension insurer"),
        validators=[Required(_l("Name the pension insurer.")), Length(max=120)],
    )
    accident_insurer = StringField(
        _l("Accident insurer"),
        validators=[Required(_l("Name the accident insurer.")), Length(max=120)],
    )
    accident_policy = StringField(
        _l("Number of the accident policy"),
        validators=[Required(_l("Enter the number of the accident policy.")), Length(max=60)],
    )
    pay_days = IntegerField(
        _l("Wages are paid within so many days after the last day"),
        validators=[Required(_l("Enter a number of days."))],
    )
    trial_days = IntegerField(
        _l("Trial period that a new contract proposes, days"),
        description=_l("At most half of the fixed term: 9 days of 18."),
        validators=[Required(_l("Enter 0 or more."))],
    )
    tasks = TextAreaField(
        _l("Main tasks"),
        description=_l("Left empty, the contract has the usual words about job search."),
        validators=[Length(max=1500)],
    )
    training = TextAreaField(
        _l("Training"),
        description=_l("Left empty, the contract says that introduction and coaching are paid."),
        validators=[Length(max=1500)],
    )

    def settings(self) -> ContractSettings:
        """The settings as they were entered, once the form is valid."""
        given: dict[str, Any] = self.data
        names = ContractSettings.__slots__
        values: dict[str, Any] = {n: "" if given[n] is None else given[n] for n in names}
        return ContractSettings(**values)
