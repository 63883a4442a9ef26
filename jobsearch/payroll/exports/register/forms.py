"""Forms of the Incomes Register."""

import re
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import HiddenField, StringField
from wtforms.validators import Length, ValidationError

from jobsearch.payroll.exports.register.answers import MOST_BYTES
from jobsearch.payroll.exports.register.rules import DAYS_BEFORE, MOST_DAYS_BEFORE, Sender
from jobsearch.web.fields import EmailAddressField, IntegerField, PhoneField, Required
from jobsearch.web.forms import Form

_POLICY = re.compile(r"[0-9]{2}-[0-9]{4,7}[A-Z0-9]", re.ASCII)
_PROFESSION = re.compile(r"[0-9]{1,5}", re.ASCII)


class SenderForm(Form):
    """Whom the register asks, and what stands in every report."""

    version = HiddenField()
    contact = StringField(
        _l("Contact person"),
        description=_l("Whom the Incomes Register asks about the reports."),
        validators=[Required(_l("Enter the contact person.")), Length(max=120)],
    )
    phone = PhoneField(_l("Phone"), validators=[Required(_l("Enter the phone number."))])
    email = EmailAddressField(_l("E-mail"))
    pension_provider = IntegerField(
        _l("Code of the pension insurer"),
        description=_l("A number of two digits that the insurer tells, for example 54."),
        validators=[Required(_l("Enter the code of the pension insurer."))],
    )
    pension_policy = StringField(
        _l("Number of the pension arrangement"),
        description=_l("For example 54-1234567A. It stands in the insurer’s letters."),
        validators=[Required(_l("Enter the number of the pension arrangement."))],
    )
    profession = StringField(
        _l("Occupation (Statistics Finland’s TK10)"),
        description=_l("The code of the work, one to five digits, for example 41100."),
        validators=[Required(_l("Enter the code of the occupation."))],
    )

    remind_days = IntegerField(
        _l("How many days before the last day we remind you"),
        description=_l(
            "A message to every payroll clerk, and another when the day is over. Left empty: 2."
        ),
    )

    def validate_remind_days(self, field: Any) -> None:
        """Raises ValidationError for what is no number of days."""
        if field.data is not None and not 0 <= field.data <= MOST_DAYS_BEFORE:
            raise ValidationError(_("Enter a number of days from 0 to 30."))

    def validate_pension_provider(self, field: Any) -> None:
        """Raises ValidationError for what is no code of an insurer."""
        if field.data is not None and not 1 <= field.data <= 99:
            raise ValidationError(_("The code of a pension insurer is a number from 1 to 99."))

    def validate_pension_policy(self, field: Any) -> None:
        """Raises ValidationError for what is no number of an arrangement."""
        field.data = (field.data or "").replace(" ", "").upper()
        if field.data and not _POLICY.fullmatch(field.data):
            raise ValidationError(_("The number looks like this: 54-1234567A."))

    def validate_profession(self, field: Any) -> None:
        """Raises ValidationError for what is no code of TK10."""
        if field.data and not _PROFESSION.fullmatch(field.data):
            raise ValidationError(_("The code has one to five digits, for example 41100."))

    def wanted(self) -> tuple[Sender, int]:
        """The settings, and the version that the person saw. The business id stands elsewhere."""
        text = self.version.data or ""
        provider: Any = self.pension_provider.data
        days: Any = self.remind_days.data
        sender = Sender(
            business_id="",
            contact=self.contact.data or "",
            phone=self.phone.data or "",
            email=self.email.data or "",
            pension_provider=provider,
            pension_policy=self.pension_policy.data or "",
            profession=self.profession.data or "",
            remind_days=DAYS_BEFORE if days is None else days,
        )
        return sender, int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


class DeliveryForm(Form):
    """A step of a delivery, by somebody who has seen this version of it."""

    version = HiddenField()

    def seen(self) -> int:
        """The version that the person saw; 0 for what is no number."""
        text = self.version.data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


class AnswerForm(Form):
    """The file that the register answered with."""

    file = FileField(_l("File of the answer"))

    def validate_file(self, field: Any) -> None:
        """Raises ValidationError without a file."""
        if not field.data:
            raise ValidationError(_("Choose the file that the Incomes Register gave."))

    def content(self) -> bytes:
        """The bytes, one more than the most at the utmost: then they are refused."""
        found: bytes = self.file.data.read(MOST_BYTES + 1) if self.file.data else b""
        return found
