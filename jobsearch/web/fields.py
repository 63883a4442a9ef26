"""Fields that read what people in Finland write, and say in words what they could not read."""

import re
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from stdnum import iban
from stdnum.exceptions import ValidationError as NumberError
from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import StopValidation
from wtforms.widgets import EmailInput

from jobsearch.core.clock import today
from jobsearch.core.money import Money
from jobsearch.core.phones import phone_number
from jobsearch.core.spellings import business_id, email_address, has_wrong_check, identity_code

_NUMBER = re.compile(r"^-?[0-9]{1,9}(?:[.,][0-9]{1,2})?$", re.ASCII)
_WHOLE = re.compile(r"^[0-9]{1,9}$", re.ASCII)
_DATE = re.compile(r"^([0-9]{1,2})[./-]([0-9]{1,2})(?:[./-]([0-9]{2}|[0-9]{4})?)?$", re.ASCII)
_ISO = re.compile(r"^([0-9]{4})-([0-9]{2})-([0-9]{2})$", re.ASCII)
_SPACES = re.compile(r"[\s\u00a0\u202f]")
LANGUAGE_NAMES = {"fi": "suomi", "sv": "svenska", "en": "English"}
EARLIEST, LATEST = date(1900, 1, 1), date(2100, 12, 31)


class _Reader(StringField):
    """A text field whose `data` is the value read; what was typed stays in `raw_data`."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read the text; an empty one is None."""
        typed = _SPACES.sub(" ", str(valuelist[0])).strip() if valuelist else ""
        self.data = None
        if typed:
            self.data = self.read(typed)

    def read(self, typed: str) -> Any:
        """The value, or ValueError with the sentence that says how to write it."""
        raise NotImplementedError

    def show(self, value: Any) -> str:
        """The value as this field writes it."""
        return str(value)

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else self.show(self.data)


class IntegerField(_Reader):
    """A whole number, 0 or more."""

    def read(self, typed: str) -> int:
        """Read digits only; nothing else is a number here."""
        if not _WHOLE.match(typed.replace(" ", "")):
            raise ValueError(_l("Enter a whole number, for example 3."))
        return int(typed.replace(" ", ""))


class MoneyField(_Reader):
    """Euros and cents: 11,50 or 11.50, with or without the sign."""

    def read(self, typed: str) -> Money:
        """Read to the cent; more than two decimals are refused, not rounded."""
        text = typed.replace(" ", "").replace("€", "").replace("\u2212", "-")
        if not _NUMBER.match(text):
            raise ValueError(_l("Enter an amount in euros, for example 11,50."))
        return Money.of(text.replace(",", "."))

    def show(self, value: Money) -> str:
        """11,50"""
        sign = "-" if value.cents < 0 else ""
        return f"{sign}{abs(value.cents) // 100},{abs(value.cents) % 100:02d}"


class HundredthsField(_Reader):
    """A number with at most two decimals (7,30), kept in hundredths: basis points or cents."""

    def read(self, typed: str) -> int:
        """Read all of it; more than two decimals are refused, not rounded."""
        text = typed.replace(" ", "").rstrip("%€").replace("\u2212", "-")
        if not _NUMBER.match(text):
            raise ValueError(_l("Enter a number with at most two decimals, for example 7,30."))
        return Money.of(text.replace(",", ".")).cents

    def show(self, value: int) -> str:
        """7,30"""
        return MoneyField.show(self, Money(value))  # type: ignore[arg-type]


class HoursField(_Reader):
    """Hours as people write them (4,5 or 4.5 or 4:30), kept as minutes."""

    most_minutes = 24 * 60
    too_many = _l("A day has at most 24 hours.")

    def read(self, typed: str) -> int:
        """Read to the minute; 0-24 hours."""
        text = typed.lower().replace("h", "").replace(" ", "").replace("\u2212", "-")
        if text.startswith("-"):
            raise ValueError(_l("Hours are not below zero."))
        clock = re.match(r"^([0-9]{1,2}):([0-5][0-9])$", text, re.ASCII)
        if clock:
            minutes = int(clock[1]) * 60 + int(clock[2])
        elif _NUMBER.match(text) and not text.startswith("-"):
            whole, _, part = text.replace(",", ".").partition(".")
            minutes = int(whole) * 60 + round(int(part.ljust(2, "0") or 0) * 60 / 100)
        else:
            raise ValueError(_l("Enter hours, for example 4,5."))
        if minutes > self.most_minutes:
            raise ValueError(self.too_many)
        return minutes

    def show(self, value: int) -> str:
        """4,5"""
        return f"{value / 60:.2f}".rstrip("0").rstrip(".").replace(".", ",")


class ClockField(_Reader):
    """A time of day (9, 9.30 or 9:30), kept as minutes from midnight."""

    def read(self, typed: str) -> int:
        """Read hour and minute."""
        found = re.match(r"^([0-9]{1,2})(?:[.:]([0-5][0-9]))?$", typed.replace(" ", ""), re.ASCII)
        if found is None or int(found[1]) > 23:
            raise ValueError(_l("Enter a time, for example 9.00."))
        return int(found[1]) * 60 + int(found[2] or 0)

    def show(self, value: int) -> str:
        """9.00"""
        return f"{value // 60}.{value % 60:02d}"


class DateField(_Reader):
    """A day: 24.11.2026, 24.11.26, 24.11. (this year) or 2026-11-24."""

    def read(self, typed: str) -> date:
        """Read the day; it must exist, and lie between 1900 and 2100."""
        text = typed.replace(" ", "")
        try:
            day = self._day(text)
        except (ValueError, TypeError):
            raise ValueError(_l("Enter the day like this: 24.11.2026.")) from None
        if not EARLIEST <= day <= LATEST:
            raise ValueError(_l("Enter the day like this: 24.11.2026."))
        return day

    @staticmethod
    def _day(text: str) -> date:
        if iso := _ISO.match(text):
            return date(int(iso[1]), int(iso[2]), int(iso[3]))
        parts = _DATE.match(text)
        if parts is None:
            raise ValueError
        year = int(parts[3]) if parts[3] else today().year
        return date(year + 2000 if year < 100 else year, int(parts[2]), int(parts[1]))

    @property
    def day(self) -> date | None:
        """The day that was read; None when there was none or it could not be."""
        day: Any = self.data
        return day if isinstance(day, date) and not self.errors else None

    def show(self, value: date) -> str:
        """24.11.2026"""
        return f"{value.day}.{value.month}.{value.year}"


class PhoneField(_Reader):
    """A phone number in any spelling, kept as +358401234567."""

    def read(self, typed: str) -> str:
        """Read a possible number; Finnish when it has no country code."""
        number = phone_number(typed)
        if number is None:
            raise ValueError(_l("Enter a phone number, for example 040 123 4567."))
        return number


class IdentityCodeField(_Reader):
    """A Finnish personal identity code (act 661/2009), with its check character."""

    def read(self, typed: str) -> str:
        """Read the code in capitals; numbers 900-999 are test codes and allowed."""
        code = identity_code(typed)
        if code is None and has_wrong_check(typed):
            raise ValueError(
                _l("The last character of the identity code does not fit the others. Check it.")
            )
        if code is None:
            raise ValueError(_l("Check the identity code: it is like 131052-308T."))
        return code


class IbanField(_Reader):
    """A bank account as IBAN, checked by its check digits."""

    def read(self, typed: str) -> str:
        """Read the account without spaces."""
        try:
            return str(iban.validate(typed, check_country=True))
        except NumberError:
            raise ValueError(_l("Check the account: it is like FI21 1234 5600 0007 85.")) from None


class Required:
    """Something must be entered; the message names what."""

    field_flags = {"required": True}

    def __init__(self, message: str) -> None:
        self.message = message

    def __call__(self, _form: object, field: Any) -> None:
        """Raises StopValidation for an empty field, in place of a choice's "not valid".

        What could not be read has said so itself.
        """
        if field.data in (None, "") and not field.process_errors:
            field.errors = []
            raise StopValidation(self.message)


class LanguageField(SelectField):
    """A language of the pages, each by its own name."""

    def __init__(self, label: Any, **options: Any) -> None:
        choices = [SelectChoice(code, name) for code, name in LANGUAGE_NAMES.items()]
        super().__init__(label, choices=choices, **options)


class EmailAddressField(_Reader):
    """An e-mail address in any spelling, kept in small letters."""

    widget = EmailInput()

    def read(self, typed: str) -> str:
        """Read the address without what is around it."""
        address = email_address(typed)
        if address is None:
            raise ValueError(_l("Enter an e-mail address, for example name@example.org."))
        return address


class BusinessIdField(_Reader):
    """A Finnish business id, with its check digit."""

    def read(self, typed: str) -> str:
        """Read the id as 1234567-1."""
        found = business_id(typed)
        if found is None:
            raise ValueError(_l("Check the business id: it is like 1234567-1."))
        return found
