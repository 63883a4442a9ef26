"""The words of consent that come with the installation."""

from functools import cache
from pathlib import Path

from jobsearch.consents.rules import Wording, read_wordings

_SHIPPED = Path(__file__).parent / "shipped" / "wordings.json"


@cache
def shipped_wordings() -> tuple[Wording, ...]:
    """Every edition that was ever shipped; an old one stays, as consents name it."""
    return read_wordings(_SHIPPED.read_text(encoding="utf-8"))
