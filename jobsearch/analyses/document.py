"""What is printed of a client analysis: one frozen document, its texts in its language."""

from dataclasses import dataclass
from datetime import date, datetime

from jobsearch.core.periods import Span


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """One kind of search work in the table: the participant's count and the group's average.

    Both are written figures ("11", "9,2"); `group` is "" where the group is too small to show.
    The chart is drawn of the same in tenths.
    """

    label: str
    own: str
    group: str = ""
    own_tenths: int = 0
    group_tenths: int = 0


@dataclass(frozen=True, slots=True)
class SectionText:
    """One section that is sent: its title, then table, texts and points, whichever it has.

    `text` is as written, line breaks kept. A `narrow` section may stand beside the next narrow one.
    """

    title: str
    text: str = ""
    points: tuple[str, ...] = ()
    activities: tuple[ActivityRow, ...] = ()
    narrow: bool = False


@dataclass(frozen=True, slots=True)
class AnalysisDocument:
    """A client analysis as the recipient gets it, or as a preview when no consent is given.

    `sections` are those that are sent, `left_out` counts those that are not. `consent_given_at`
    is None in a preview, and the document then says so on every page; printed is its day in `zone`.
    `edition` is 0 before the first showing; `wording_edition` names the words agreed to.
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
    recipient_name: str
    recipient_organisation: str
    authors: tuple[str, ...]
    sections: tuple[SectionText, ...]
    consent_text: str
    consent_given_at: datetime | None
    consent_expires_on: date | None
    left_out: int = 0
    zone: str = "Europe/Helsinki"
    is_demo: bool = False
    edition: int = 0
    recipient_address: str = ""
    wording_edition: str = ""

    @property
    def name(self) -> str:
        """The number without its edition."""
        return self.number.partition(" / ")[0]
