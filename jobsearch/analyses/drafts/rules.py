"""How much may be typed into a draft and how long it is kept."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from jobsearch.analyses.rules import MOST_LETTERS, SectionKey
from jobsearch.core.errors import RuleBroken
from jobsearch.core.text import mark as N_
from jobsearch.core.tokens import digest

KEPT_FOR = timedelta(days=30)
MOST_DRAFTS = 20  # of one writer in one section; the oldest goes first
MOST_TYPED = 3 * MOST_LETTERS  # who has to shorten a text has typed more than fits


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in one section of an opened page, and over which saved text it was typed."""

    key: SectionKey
    text: str
    version: int
    opened: str
    page: str

    @property
    def is_touched(self) -> bool:
        """Whether it is another text than the one that was opened."""
        return digest(self.text) != self.opened


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """A draft as it is offered to its writer."""

    id: str
    key: SectionKey
    text: str
    version: int
    opened: str
    page: str
    typed_at: datetime


def check_typed(typed: Typed) -> None:
    """A draft has the mark of its page, and not more than three sections' length. RuleBroken."""
    if not typed.page or len(typed.page) > 20 or len(typed.opened) > 64:
        raise RuleBroken(N_("Open the page again, then go on."))
    if len(typed.text) > MOST_TYPED:
        raise RuleBroken(N_("This text is too long to be kept. Save it in parts."))
