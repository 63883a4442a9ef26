"""Forms of hiring that several of its pages use: a group, an identity code, an account, a card."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired

from jobsearch.core.money import Rate
from jobsearch.payroll.contracts.rules import TaxCardKind, TaxCardTerms
from jobsearch.web.fields import DateField, IbanField, IdentityCodeField, MoneyField, Required
from jobsearch.web.forms import Form


class EmptyForm(Form):
    """A button."""


class VersionForm(Form):
    """A step of something, by somebody who has seen this version of it."""

    version = HiddenField()

    def version_seen(self) -> int:
        """The version that the person saw; 0 for what is no number."""
        text = self.version.data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


class RoomForm(Form):
    """The group that a candidate is hired into."""

    cohort_id = RadioField(
        _l("Group"), validators=[InputRequired(_l("Choose the group."))], choices=[]
    )

    def offer(self, rooms: Iterable[tuple[str, str]], hers: str | None) -> None:
        """The groups to choose from, each with its words; the one with her seat is chosen."""
        choices = list(rooms)
        self.cohort_id.choices = [SelectChoice(key, words) for key, words in choices]
        if len(choices) == 1:
            hers = choices[0][0]
        if hers and not self.is_submitted():
            self.cohort_id.data = hers


class PercentField(MoneyField):
    """A percentage with at most two decimals: 12,5 or 12.5."""

    def read(self, typed: str) -> Any:
        """Read to the basis point."""
        try:
            return Rate.of(typed.replace(" ", "").replace("%", ""))
        except ValueError:
            raise ValueError(_l("Enter a percentage, for example 12,5.")) from None

    def show(self, value: Any) -> str:
        """12,5"""
        return str(value).rstrip("0").rstrip(".").replace(".", ",")


class IdentityForm(Form):
    """A Finnish identity code."""

    identity_code = IdentityCodeField(
        _l("Identity code"),
        description=_l("For example 131052-308T. Every sign of the century is accepted."),
        validators=[Required(_l("Enter the identity code."))],
    )


class AccountForm(Form):
    """A bank account."""

    bank_account = IbanField(
        _l("Bank account"),
        description=_l("For example FI21 1234 5600 0007 85"),
        validators=[Required(_l("Enter the bank account."))],
    )


class TaxCardForm(Form):
    """What stands on a tax card for wages."""

    base = PercentField(
        _l("Basic percentage"),
        description=_l("Up to the income ceiling, for example 12,5."),
        validators=[Required(_l("Enter the basic percentage."))],
    )
    additional = PercentField(
        _l("Additional percentage"),
        description=_l("Above the income ceiling."),
        validators=[Required(_l("Enter the additional percentage."))],
    )
    ceiling = MoneyField(
        _l("Income ceiling for the year"),
        description=_l("Euros. Leave it empty when the card has none."),
    )
    valid_from = DateField(
        _l("Valid from"),
        description=_l("The day that stands on the card, for example 1.1.2026."),
        validators=[Required(_l("Enter the day from which the card is valid."))],
    )
    kind = RadioField(
        _l("What the card was made for"),
        choices=[
            SelectChoice(TaxCardKind.WAGE.value, _l("Wages")),
            SelectChoice(TaxCardKind.BENEFIT.value, _l("Benefits")),
        ],
        default=TaxCardKind.WAGE.value,
        validators=[InputRequired(_l("Choose what the card was made for."))],
    )

    def card(self) -> TaxCardTerms:
        """The card as it was entered; only to be read once the form is valid."""
        given: dict[str, Any] = self.data
        return TaxCardTerms(
            TaxCardKind(given["kind"]),
            given["base"],
            given["additional"],
            given["ceiling"],
            given["valid_from"],
        )
