"""E-mail addresses, identity codes and business ids in any spelling, kept in one."""

import re
import unicodedata

from stdnum.exceptions import InvalidChecksum, ValidationError
from stdnum.fi import hetu, ytunnus

_ADDRESS = re.compile(
    r"^[^\s@<>,;:\"()\[\]\\]{1,64}@[^\s@<>,;:\"()\[\]\\_]+\.(?!\d+$)[^\s@<>,;:\"()\[\]\\_.]{2,}$"
)
_SPACES = re.compile(r"\s")
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—−﹣－"), "-")  # what word processors make of -


def email_address(text: str) -> str | None:
    """The address in small letters and without what is around it, or None when it is none.

    `Pia Pihlaja <Pia@Example.org>` and `mailto:pia@example.org` are the same as pia@example.org.
    """
    named = re.search(r"<([^<>]*)>\s*$", text)
    bare = unicodedata.normalize("NFKC", named[1] if named else text).strip().casefold()
    bare = bare.removeprefix("mailto:").strip().rstrip(".")
    return bare if len(bare) <= 254 and _ADDRESS.match(bare) else None


def _plain(text: str) -> str:
    """In capitals, without spaces, with plain dashes."""
    return _SPACES.sub("", unicodedata.normalize("NFKC", text).translate(_DASHES)).upper()


def identity_code(text: str) -> str | None:
    """The Finnish identity code in capitals, with its own sign of the century, or None.

    Codes 900-999 are test codes and are allowed. Two codes that differ in the sign of the century
    alone are two people (act 661/2009 as of 2023), so the sign is never changed.
    """
    try:
        return str(hetu.validate(_plain(text), allow_temporary=True))
    except ValidationError:
        return None


def has_wrong_check(text: str) -> bool:
    """Whether a text is an identity code but for its last character."""
    try:
        hetu.validate(_plain(text), allow_temporary=True)
    except InvalidChecksum:
        return True
    except ValidationError:
        return False
    return False


def business_id(text: str) -> str | None:
    """The Finnish business id as 1234567-1, or None; `FI12345671` is the same one's VAT number."""
    digits = _plain(text).removeprefix("FI")
    try:
        return str(ytunnus.format(ytunnus.validate(digits)))
    except ValidationError:
        return None
