"""Telephone numbers in any spelling, kept in one."""

import phonenumbers


def phone_number(text: str, country: str = "FI") -> str | None:
    """The number as +358401234567, or None when it cannot be one."""
    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
