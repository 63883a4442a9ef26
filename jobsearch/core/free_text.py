"""What people should not put into a text that others read, found as they write it; pure.

The finders quote what they found, as it was written. They are made to raise few false alarms:
dates, business ids and postal codes are none of these.
"""

import re
from collections.abc import Callable, Iterable

from stdnum import iban as ibans

from jobsearch.core.phones import phone_number

_DASH = "-‐‑‒–—−"
_SIGNS = rf"[+{_DASH}A-FU-Y]"
_CHECKS = "0123456789ABCDEFHJKLMNPRSTUVWXY"  # law.md section 10
_GAP = r"[\s.]{0,2}"
# as it is written: whatever its check character, as a mistyped code tells as much
_CODE = re.compile(
    r"(?<![0-9a-z])(0[1-9]|[12][0-9]|3[01])(0[1-9]|1[0-2])([0-9]{2})\s?" + _SIGNS + r"\s?"
    r"([0-9]{3})\s?([0-9A-FHJ-NPR-Y])(?![0-9a-z])",
    re.IGNORECASE,
)
# pulled apart: only with its right check character, else a date beside a number would be one
_LOOSE_CODE = re.compile(
    rf"(?<![0-9a-z])([0-3]\s?[0-9]){_GAP}([01]\s?[0-9]){_GAP}([0-9]\s?[0-9]){_GAP}{_SIGNS}{_GAP}"
    rf"([0-9]\s?[0-9]\s?[0-9]){_GAP}([0-9A-FHJ-NPR-Y])(?![0-9a-z])",
    re.IGNORECASE,
)
_PHONE = re.compile(
    r"(?<![0-9.,/])(?:\(?0|(?:\+|00)[1-9])(?:[ \u00a0/()-]{0,2}[0-9]){6,13}(?![0-9a-z])",
    re.IGNORECASE,
)
_DATES = re.compile(r"[0-3]?[0-9][ .-][01]?[0-9][ .-](?:19|20)?[0-9]{2}")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_IBAN = re.compile(r"(?<![^\W_])[A-Z]{2}[0-9]{2}(?:[ \u00a0]?[A-Z0-9]){10,30}", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")


def identity_codes_in(text: str) -> tuple[str, ...]:
    """Finnish personal identity codes, true or mistyped, also pulled apart or in small letters."""
    found = {one.span(): one.group() for one in _CODE.finditer(text)}
    for one in _LOOSE_CODE.finditer(text):
        if _is_true(one) and not any(a < one.end() and one.start() < b for a, b in found):
            found[one.span()] = one.group()
    return tuple(found[place] for place in sorted(found))


def _is_true(code: re.Match[str]) -> bool:
    day, month, year, number, check = (re.sub(r"\s", "", part) for part in code.groups())
    if not (1 <= int(day) <= 31 and 1 <= int(month) <= 12):
        return False
    return _CHECKS[int(day + month + year + number) % 31] == check.upper()


def has_identity_code(text: str) -> bool:
    """Whether a Finnish personal identity code stands in the text, true or mistyped."""
    return bool(identity_codes_in(text))


def masked(code: str) -> str:
    """An identity code as it may be shown again: its day of birth alone (security 14.2.6)."""
    return f"{code[:6]}…"


def phones_in(text: str, own: Iterable[str | None] = ()) -> tuple[str, ...]:
    """Phone numbers that are not `own` (as +358401234567), as they were written."""
    mine = set(own)
    for other in (*identity_codes_in(text), *accounts_in(text)):
        text = text.replace(other, "#")
    found = (one.group().strip() for one in _PHONE.finditer(text))
    return _once(
        said
        for said in found
        if not _DATES.fullmatch(said) and (number := phone_number(said)) and number not in mine
    )


def has_phone(text: str) -> bool:
    """Whether a phone number stands in the text, as numbers are written in Finland."""
    return bool(phones_in(text))


def emails_in(text: str, own: Iterable[str | None] = ()) -> tuple[str, ...]:
    """E-mail addresses that are not `own`."""
    mine = {one.casefold() for one in own if one}
    return _once(one for one in _EMAIL.findall(text) if one.casefold() not in mine)


def accounts_in(text: str) -> tuple[str, ...]:
    """Bank accounts: IBANs whose check digits are right, whoever's they are."""
    return _once(
        said for one in _IBAN.finditer(text) if (said := _longest(one.group(), ibans.is_valid))
    )


def _longest(said: str, is_one: Callable[[str], bool]) -> str:
    """The longest beginning that is one: words may follow an account without a stop."""
    for end in range(len(said), 14, -1):
        if said[end - 1].isalnum() and is_one(said[:end]):
            return said[:end]
    return ""


def words_in(text: str) -> list[re.Match[str]]:
    """The words of a text, with where they stand."""
    return list(_WORD.finditer(text))


def _once(found: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found))
