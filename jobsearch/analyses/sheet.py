"""Read shapes between the rows of an analysis, its paper and what was issued; pure."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import date, datetime

from jobsearch.analyses.checks.rules import SectionWarnings
from jobsearch.analyses.rules import SectionKey
from jobsearch.core.periods import Span
from jobsearch.core.tokens import digest
from jobsearch.tracker.rules import Activity


@dataclass(frozen=True, slots=True)
class Figures:
    """What the hours and the tracker say of one person's weeks, up to a day.

    `group` holds the group's averages in tenths, and is empty where the group is too small.
    """

    minutes: int = 0
    days: int = 0
    planned_days: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    group: dict[str, int] = field(default_factory=dict)
    group_size: int = 0

    def own(self, activity: Activity) -> int:
        """Her count of one kind."""
        return self.counts.get(activity.value, 0)

    def dump(self) -> str:
        """As it is stored with an edition."""
        return json.dumps(asdict(self))

    @classmethod
    def load(cls, text: str) -> "Figures":
        """As it was stored."""
        return cls(**json.loads(text))


@dataclass(frozen=True, slots=True)
class Draft:
    """One section as someone sends it: her text, and what stood there when she opened it.

    `page` is the mark of the opened page, under which what she typed was kept meanwhile. `joins`
    puts her text after the one that stands there.
    """

    key: SectionKey
    text: str
    version: int
    opened: str
    page: str = ""
    joins: bool = False

    @property
    def is_touched(self) -> bool:
        """Whether she changed it: an untouched section never stands against another's text."""
        return digest(self.text) != self.opened


@dataclass(frozen=True, slots=True)
class Clash:
    """A section that two people wrote: what she typed and what stands there now."""

    key: SectionKey
    mine: str
    theirs: str
    their_name: str
    version: int
    page: str = ""


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of the drafts: how many were kept, which clash, what to look at again."""

    kept: int
    clashes: tuple[Clash, ...]
    warnings: tuple[SectionWarnings, ...] = ()


@dataclass(frozen=True, slots=True)
class Terms:
    """What a consent would say, or says: the day it is given and its last day."""

    given_on: date
    valid_to: date


@dataclass(frozen=True, slots=True)
class Recipient:
    """The municipal coach that an analysis may go to."""

    account_id: str
    name: str
    organisation: str
    email: str | None
    language: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything that the paper of one analysis is made of; `terms` is None without consent."""

    analysis_id: str
    person_id: str
    edition: int
    number: str
    language: str
    dated: date
    provider_name: str
    programme_name: str
    cohort_name: str
    participant_name: str
    period: Span
    figures: Figures
    recipient: Recipient | None
    authors: tuple[str, ...]
    sections: tuple[tuple[SectionKey, str], ...]
    left_out: int
    terms: Terms | None
    zone: str
    is_demo: bool


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet as it is issued: the bytes, and the same content for a page."""

    pdf: bytes
    content: str


@dataclass(frozen=True, slots=True)
class Office:
    """What the use cases need of paper and words, which are made in a language.

    `render` makes the paper of a sheet; `wording` says the consent's sentences to a recipient
    until a day.
    """

    render: Callable[[Sheet], Paper]
    wording: Callable[[Recipient, Terms, str], str]


Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Issued:
    """The content of an issued paper, as the recipient's page shows it, in the paper's language.

    What was issued before the page said all that the paper says has no `facts` and what follows.
    """

    language: str
    number: str
    dated: date
    provider_name: str
    programme_name: str
    cohort_name: str
    participant_name: str
    period: Span
    minutes: int
    days: int
    authors: tuple[str, ...]
    sections: tuple["IssuedSection", ...]
    left_out: int
    consent_text: str
    title: str = ""
    facts: Pairs = ()
    heads: tuple[str, ...] = ()
    consent_title: str = ""
    consent_said: str = ""
    record_title: str = ""
    record: Pairs = ()
    notes: tuple[str, ...] = ()

    @classmethod
    def load(cls, text: str) -> "Issued":
        """Read what was stored at the release."""
        raw = json.loads(text)
        first, last = (date.fromisoformat(day) for day in raw.pop("period"))
        sections = tuple(IssuedSection.of(one) for one in raw.pop("sections"))
        authors = tuple(raw.pop("authors"))
        dated = date.fromisoformat(raw.pop("dated"))
        for pairs in ("facts", "record"):
            raw[pairs] = tuple((name, said) for name, said in raw.get(pairs, ()))
        for words in ("heads", "notes"):
            raw[words] = tuple(raw.get(words, ()))
        return cls(period=Span(first, last), sections=sections, authors=authors, dated=dated, **raw)


@dataclass(frozen=True, slots=True)
class IssuedSection:
    """One section as it was issued; `activities` are (kind, own, group's average)."""

    title: str
    text: str
    points: tuple[str, ...]
    activities: tuple[tuple[str, str, str], ...]

    @classmethod
    def of(cls, raw: dict[str, list[str] | str]) -> "IssuedSection":
        """One section from what was stored."""
        return cls(
            title=str(raw["title"]),
            text=str(raw["text"]),
            points=tuple(raw["points"]),
            activities=tuple((row[0], row[1], row[2]) for row in raw["activities"]),
        )


@dataclass(frozen=True, slots=True)
class Opening:
    """One look of someone at the analysis of a person."""

    at: datetime
    name: str
    what: str
    release_id: str


@dataclass(frozen=True, slots=True)
class Seen:
    """How often something had been opened by then, and when the last time."""

    count: int
    last_at: datetime | None


@dataclass(frozen=True, slots=True)
class Laid:
    """A paper as it lies before the participant: its words, its digest, and the consent's words."""

    terms: Terms | None
    issued: Issued
    seen: str
    wording: str
