"""What people should not put into a text that others read: identity codes and phone numbers."""

import re

_IDENTITY_CODE = re.compile(
    r"(?<![0-9a-z])(0[1-9]|[12][0-9]|3[01])(0[1-9]|1[0-2])[0-9]{2}\s?[-+–A-FU-Y]\s?[0-9]{3}\s?"
    r"[0-9A-FHJ-NPR-Y](?![0-9a-z])",
    re.IGNORECASE,
)
_PHONE = re.compile(r"(?<![0-9])(?:\+358|0)(?:[ -]?[0-9]){6,11}(?![0-9])")


def has_identity_code(text: str) -> bool:
    """Whether a Finnish personal identity code stands in the text, true or mistyped."""
    return _IDENTITY_CODE.search(text) is not None


def has_phone(text: str) -> bool:
    """Whether a phone number stands in the text, as numbers are written in Finland."""
    return _PHONE.search(text) is not None
