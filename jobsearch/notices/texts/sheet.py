"""What the page of one message's wording shows: placeholders, preview, earlier versions."""

from collections.abc import Sequence
from dataclasses import dataclass

from jobsearch.core.access import Actor
from jobsearch.core.errors import NotVisible, RuleBroken
from jobsearch.core.text import LANGUAGES
from jobsearch.notices.rules import GAPS, Channel, TextKind, Written
from jobsearch.notices.setting import find_kind
from jobsearch.notices.texts import queries
from jobsearch.notices.texts.models import OwnWording
from jobsearch.notices.texts.rules import Sms, check_wording, count_sms
from jobsearch.notices.wording import in_house, write_sample


@dataclass(frozen=True, slots=True)
class Placeholder:
    """One placeholder of a message: what it stands for, and where it must not be missing."""

    name: str
    meaning: str
    needed_in: tuple[Channel, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """A message as its recipient would get it, with made-up values."""

    written: Written
    sms: Sms | None


@dataclass(frozen=True, slots=True)
class TextSheet:
    """One message in one language: the words that hold, and everything beside them."""

    kind: TextKind
    language: str
    words: Written
    seen: str
    placeholders: Sequence[Placeholder]
    versions: Sequence[OwnWording]

    @property
    def is_own(self) -> bool:
        """Whether the organisation has a wording of its own."""
        return bool(self.seen)


def open_sheet(actor: Actor, key: str, language: str) -> TextSheet:
    """The wording of a message in a language. Raises NotVisible for what there is not."""
    kind = find_kind(key)
    if kind is None or language not in LANGUAGES:
        raise NotVisible
    own = queries.find_wording(actor.organisation_id, key, language)
    return TextSheet(
        kind=kind,
        language=language,
        words=queries.written_in(own) or in_house(kind, language),
        seen=own.id if own else "",
        placeholders=[_placeholder(kind, name) for name in GAPS if name in kind.gaps],
        versions=queries.list_versions(key, language),
    )


def _placeholder(kind: TextKind, name: str) -> Placeholder:
    needed = tuple(channel for channel in kind.channels if name in kind.needed(channel))
    return Placeholder(name, GAPS[name], needed)


def preview(sheet: TextSheet, words: Written) -> Preview | None:
    """How a message in these words would look; None while they cannot be used."""
    try:
        written = write_sample(sheet.kind, sheet.language, check_wording(sheet.kind, words))
    except RuleBroken:
        return None
    return Preview(written, count_sms(written.sms) if sheet.kind.sms else None)
