"""Telephone numbers in any spelling, kept in one."""

import re

import phonenumbers

_LETTER = re.compile(r"[^\W\d_]")


def phone_number(text: str, country: str = "FI") -> str | None:
    """The number as +358401234567, or None when it cannot be one.

    Letters are no part of it, although telephones of some countries have them beside the digits.
    """
    written = text.strip().casefold().removeprefix("tel:")
    if _LETTER.search(written):
        return None
    try:
        number = phonenumbers.parse(written, country)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
