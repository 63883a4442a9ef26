"""What a message is made of: its kind, who gets it, and the gaps that it may have."""

import re
from dataclasses import dataclass
from enum import StrEnum

from jobsearch.core.text import mark as N_


class Channel(StrEnum):
    """How a message travels."""

    EMAIL = "email"
    SMS = "sms"


class Audience(StrEnum):
    """Whom messages of a kind are written to; each sees her own kinds among her choices."""

    PARTICIPANT = "participant"
    MUNICIPAL_COACH = "municipal_coach"
    STAFF = "staff"
    EVERYONE = "everyone"


GAPS: dict[str, str] = {
    "name": N_("first name of whoever gets the message"),
    "person": N_("first name of the job seeker"),
    "coach": N_("first name of the coach"),
    "organisation": N_("name of the organisation"),
    "service": N_("name of the service"),
    "group": N_("name of the group"),
    "day": N_("day"),
    "time": N_("time of day"),
    "new_day": N_("new day"),
    "new_time": N_("new time of day"),
    "until": N_("last day or time"),
    "place": N_("place"),
    "phone": N_("phone number of the organisation"),
    "count": N_("how many"),
    "code": N_("one-time code"),
    "link": N_("link to the page"),
    "news": N_("what is new, a line for each thing"),
    "host": N_("name of the service's host, by which a phone fills in the code"),
}
"""Everything that a message may hold of the matter, with what it means. None of it is sensitive:
a message says that something waits, and the page behind the link says what."""

_SAMPLES: dict[str, str] = {
    "name": "Aino",
    "person": "Aino",
    "coach": "Riikka",
    "organisation": N_("Employment Coaching Ltd"),
    "service": "Työnhakutyö",
    "group": N_("Group 7"),
    "day": "24.11.2026",
    "time": "9.00",
    "new_day": "27.11.2026",
    "new_time": "9.00",
    "until": "27.11.2026",
    "place": "Pori",
    "phone": "02 000 0000",
    "count": "3",
    "code": "482913",
    "link": "https://tyonhakutyo.example.org/l/8f3kQ2hV",
    "news": N_("Candidates whom nobody has called yet: 3."),
    "host": "tyonhakutyo.example.org",
}
_NEEDED = frozenset({"link", "code", "host"})
IN_LINES = frozenset({"news"})
"""Gaps that have a line for each thing."""
_GAP = re.compile(r"%\((\w+)\)s")
SUBJECT_LENGTH = 120
BODY_LENGTH = 4000
SMS_LENGTH = 480  # three parts of a text message


@dataclass(frozen=True, slots=True)
class TextKind:
    """One kind of message with the house's own wording, English sentences marked for translation.

    `key` is "feature.word". A gap is written `%(link)s` and must be one of `GAPS`; `may_use` names
    gaps that an organisation's own wording may use beside those. Without `sms` the kind travels by
    e-mail only. An `optional` kind can be declined; one that goes `always` (a code that somebody
    waits for) knows no quiet hours. `title` is what the pages call it, else its subject.
    """

    key: str
    subject: str
    body: str
    sms: str = ""
    title: str = ""
    audience: Audience = Audience.PARTICIPANT
    optional: bool = False
    always: bool = False
    may_use: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        """Raises ValueError for a gap that no message may have, or a key that is too long."""
        unknown = self.gaps - set(GAPS)
        if unknown or len(self.key) > 40 or "." not in self.key:
            raise ValueError(f"{self.key}: gaps {sorted(unknown)} are not in notices.rules.GAPS")

    @property
    def name(self) -> str:
        """What the pages call this kind; to be translated."""
        return self.title or self.subject

    @property
    def gaps(self) -> frozenset[str]:
        """The gaps that a wording of this kind may have."""
        texts = (self.subject, self.body, self.sms)
        return self.may_use | {gap for text in texts for gap in _GAP.findall(text)} | {"name"}

    @property
    def asked(self) -> frozenset[str]:
        """The gaps that whoever sends must fill; the name is known of every recipient."""
        return self.gaps - self.may_use - {"name"}

    @property
    def channels(self) -> tuple[Channel, ...]:
        """How this kind can travel."""
        return (Channel.EMAIL, Channel.SMS) if self.sms else (Channel.EMAIL,)

    @property
    def offers_choice(self) -> bool:
        """Whether an e-mail of this kind ends with a link to its recipient's choices.

        Those that can be left out do, and those to job seekers: candidates have no account yet.
        """
        to_job_seekers = self.audience is Audience.PARTICIPANT and not self.always
        return self.optional or to_job_seekers

    def needed(self, channel: Channel) -> frozenset[str]:
        """The gaps without which the message would be of no use: its link, its code."""
        text = self.sms if channel is Channel.SMS else self.body
        return _NEEDED & frozenset(_GAP.findall(text))


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who gets a message. `name` is her first name.

    `subject_id` is the key of her person (participants, candidates) or of her account (staff,
    municipal coaches): her choices and her failed addresses are kept under it.
    """

    email: str | None
    phone: str | None
    language: str
    subject_id: str | None
    name: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """A stored PDF that goes with an e-mail, and the name that it has there."""

    file_id: str
    name: str


@dataclass(frozen=True, slots=True)
class Written:
    """A message in words, ready for either channel."""

    subject: str
    body: str
    sms: str


def samples(kind: TextKind) -> dict[str, str]:
    """What fills the gaps of a kind in a preview; some of it is to be translated."""
    return {gap: _SAMPLES[gap] for gap in kind.gaps}


def by_line(value: object) -> str:
    """A gap's value as the house wrote it in lines: each of them without further breaks."""
    return "\n".join(one_line(line) for line in str(value).split("\n"))


def one_line(value: object) -> str:
    """A gap's value without line breaks: what people typed cannot add lines to a message."""
    return " ".join(str(value).split())
