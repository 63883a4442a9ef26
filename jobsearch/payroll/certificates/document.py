"""What stands on a certificate: one frozen document, every sentence already in its language."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of a certificate: its heading, column heads (numbers stand right), rows and sum."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] = ()
    texts: int = 1  # how many of the first columns are texts


@dataclass(frozen=True, slots=True)
class CertificateDocument:
    """A certificate of one employment; without `edition` and `issued_on` it is what it tells."""

    language: str
    title: str
    number: str
    employer: str
    business_id: str
    address: str
    facts: tuple[tuple[str, str], ...]
    texts: tuple[str, ...]
    sheets: tuple[Sheet, ...]
    notes: tuple[str, ...]
    employee: str
    signer: str
    foot: str
    edition: int = 1
    issued_on: date = date.min
