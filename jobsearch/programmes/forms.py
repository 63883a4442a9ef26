"""Forms of programmes and their pay terms."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Length, Regexp

from jobsearch.programmes.rules import Terms
from jobsearch.web.fields import DateField, IntegerField, MoneyField, Required
from jobsearch.web.forms import Form


class TermsForm(Form):
    """What is paid from a day on."""

    valid_from = DateField(
        _l("Holds from"),
        description=_l("For example 1.1.2026."),
        validators=[Required(_l("Enter the day from which the pay holds."))],
    )
    hourly_wage = MoneyField(
        _l("Hourly wage, €"),
        description=_l("For example 11,50."),
        validators=[Required(_l("Enter the hourly wage."))],
    )
    allowance = MoneyField(
        _l("Allowance for own equipment, €"),
        description=_l("Once for the whole term; 0 when none is paid."),
        validators=[Required(_l("Enter the allowance, 0 when none is paid."))],
    )
    outcome_bonus = MoneyField(
        _l("Bonus for finding work, €"),
        description=_l("Once a person; 0 when none is paid."),
        validators=[Required(_l("Enter the bonus, 0 when none is paid."))],
    )
    agreement = StringField(
        _l("What the pay rests on"),
        description=_l("The collective agreement or the law."),
        validators=[Required(_l("Say what the pay rests on.")), Length(max=120)],
    )

    def terms(self) -> Terms | None:
        """The terms as typed, or None while something is missing."""
        first: Any = self.valid_from.data
        wage: Any = self.hourly_wage.data
        allowance: Any = self.allowance.data
        bonus: Any = self.outcome_bonus.data
        if None in (first, wage, allowance, bonus):
            return None
        return Terms(first, wage, allowance, bonus, self.agreement.data or "")


class ProgrammeForm(TermsForm):
    """A new programme with its first pay terms."""

    name = StringField(
        _l("Name"), validators=[Required(_l("Enter the programme's name.")), Length(max=80)]
    )
    code = StringField(
        _l("Code"),
        description=_l("A short name for lists and files, for example autumn-2026."),
        validators=[
            Required(_l("Enter the programme's code.")),
            Length(max=40),
            Regexp(r"^[a-z0-9][a-z0-9-]*$", message=_l("Use small letters, digits and hyphens.")),
        ],
    )
    template_id = SelectField(_l("Weekly template"))
    follow_up_months = IntegerField(
        _l("Follow-up, months"),
        default="3",
        validators=[Required(_l("Enter how many months people are followed."))],
    )

    def offer(self, templates: list[tuple[str, str]], words: str) -> None:
        """Offer the provider's templates; `words` stand for the pilot's when there are none."""
        self.template_id.choices = [
            SelectChoice(key, name) for key, name in templates or [("", words)]
        ]


class TemplateChoiceForm(Form):
    """Another template for the groups to come."""

    template_id = SelectField(_l("Weekly template"))

    def offer(self, templates: list[tuple[str, str]]) -> None:
        """Offer the provider's templates."""
        self.template_id.choices = [SelectChoice(key, name) for key, name in templates]
