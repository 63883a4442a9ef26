"""Form of distraint."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, StringField
from wtforms.validators import Length, ValidationError

from jobsearch.payroll.pay.distraint.rules import (
    MOST_AUTHORITY,
    DistraintTerms,
    is_reference,
    plain_reference,
)
from jobsearch.web.fields import IbanField, MoneyField, Required
from jobsearch.web.forms import Form


class DistraintForm(Form):
    """What a payment ban takes from one person's pay in one run."""

    version = HiddenField()
    amount = MoneyField(
        _l("How much is taken"),
        description=_l("Euros, as the payment ban says of this pay. Never more than net pay goes."),
        validators=[Required(_l("Enter how much is taken."))],
    )
    authority = StringField(
        _l("Who is paid"),
        description=_l("The name of the account’s holder, for example Ulosottolaitos."),
        validators=[
            Required(_l("Name who is paid, as its account has it.")),
            Length(max=MOST_AUTHORITY),
        ],
    )
    account = IbanField(
        _l("Account of the authority"), validators=[Required(_l("Enter the authority’s account."))]
    )
    reference = StringField(
        _l("Reference"),
        description=_l("The reference number that stands on the payment ban."),
        validators=[Required(_l("Enter the reference."))],
    )

    def validate_reference(self, field: Any) -> None:
        """Raises ValidationError for what is no reference number."""
        field.data = plain_reference(field.data or "")
        if not is_reference(field.data):
            raise ValidationError(_("Check the reference: its last digit does not fit the others."))

    def terms(self) -> DistraintTerms:
        """What was entered, once the form is valid."""
        given: dict[str, Any] = self.data
        return DistraintTerms(
            given["amount"], given["authority"], given["account"], given["reference"]
        )

    def seen(self) -> int:
        """The version that the person saw; 0 for none."""
        text = self.version.data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
