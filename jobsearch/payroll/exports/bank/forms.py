"""Form of the employer's account."""

import re
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Length, ValidationError

from jobsearch.payroll.exports.bank.rules import Edition
from jobsearch.web.fields import IbanField, Required
from jobsearch.web.forms import Form

_BIC = re.compile(r"[A-Z]{6}[A-Z2-9][A-NP-Z0-9](?:[A-Z0-9]{3})?", re.ASCII)


class PayerForm(Form):
    """The account that the employer pays from, and what its bank asks for."""

    version = HiddenField()
    account = IbanField(
        _l("Account that pays"), validators=[Required(_l("Enter the account that pays."))]
    )
    bic = StringField(
        _l("Bank’s BIC"), description=_l("Only if your bank asks for it, for example NDEAFIHH.")
    )
    customer_id = StringField(
        _l("Customer number at the bank"),
        description=_l("Only if your bank asks for it in files of payments."),
        validators=[Length(max=35, message=_l("At most 35 characters."))],
    )
    edition = RadioField(
        _l("Edition of the file"),
        choices=[
            SelectChoice(Edition.V09.value, _l("pain.001.001.09, the newer one")),
            SelectChoice(Edition.V03.value, _l("pain.001.001.03, if your bank still wants it")),
        ],
        default=Edition.V09.value,
    )

    def validate_bic(self, field: Any) -> None:
        """Raises ValidationError for what is no BIC."""
        field.data = (field.data or "").replace(" ", "").upper()
        if field.data and not _BIC.fullmatch(field.data):
            raise ValidationError(_("A BIC has 8 or 11 letters and digits, like NDEAFIHH."))

    def wanted(self) -> tuple[str, str, str, Edition, int]:
        """Account, BIC, customer number, edition and the version that the person saw."""
        text = self.version.data or ""
        seen = int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
        edition = Edition(self.edition.data)
        return (
            self.account.data or "",
            self.bic.data or "",
            self.customer_id.data or "",
            edition,
            seen,
        )
