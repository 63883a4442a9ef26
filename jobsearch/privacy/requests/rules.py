"""A request about one's data: its kinds and states, its due day, and what an answer needs."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from jobsearch.core.errors import RuleBroken
from jobsearch.core.free_text import has_identity_code
from jobsearch.core.health_words import check_shared_words
from jobsearch.core.periods import add_months
from jobsearch.core.text import mark as N_
from jobsearch.people.restrictions.rules import RestrictionReason

MOST_LETTERS = 2000
MONTHS = 1
MOST_MORE_MONTHS = 2
MOST_OPEN = 10
"""So many requests of one person may be open: more would only hide each other."""


class RequestKind(StrEnum):
    """What is asked for (GDPR art. 15-18 and 21)."""

    COPY = "copy"
    CORRECTION = "correction"
    ERASURE = "erasure"
    RESTRICTION = "restriction"
    OBJECTION = "objection"


KIND_NAMES: dict[RequestKind, str] = {
    RequestKind.COPY: N_("A copy of my data"),
    RequestKind.CORRECTION: N_("Something is wrong or missing"),
    RequestKind.ERASURE: N_("Erase something"),
    RequestKind.RESTRICTION: N_("Keep it, but do not use it for now"),
    RequestKind.OBJECTION: N_("I object to a use"),
}


class Area(StrEnum):
    """What of hers a request is about."""

    CONTACT = "contact"
    IDENTITY = "identity"
    RECRUITMENT = "recruitment"
    HOURS = "hours"
    SEARCH = "search"
    TALKS = "talks"
    ANALYSIS = "analysis"
    PAY = "pay"
    OUTCOME = "outcome"
    FOLLOW_UP = "follow_up"
    ALL = "all"


AREA_NAMES: dict[Area, str] = {
    Area.CONTACT: N_("My name and contact details"),
    Area.IDENTITY: N_("My identity code or bank account"),
    Area.RECRUITMENT: N_("The time before the start"),
    Area.HOURS: N_("My hours and absences"),
    Area.SEARCH: N_("My job search"),
    Area.TALKS: N_("Talks, notes and messages"),
    Area.ANALYSIS: N_("My analysis and permissions"),
    Area.PAY: N_("My contract and pay"),
    Area.OUTCOME: N_("What came of it"),
    Area.FOLLOW_UP: N_("Being asked how things are afterwards"),
    Area.ALL: N_("All of it"),
}


class RequestState(StrEnum):
    """Where a request is."""

    ASKED = "asked"
    IN_WORK = "in_work"
    DONE = "done"
    REFUSED = "refused"
    TAKEN_BACK = "taken_back"


S = RequestState
OPEN = frozenset({S.ASKED, S.IN_WORK})
STATE_NAMES: dict[RequestState, str] = {
    S.ASKED: N_("Sent"),
    S.IN_WORK: N_("Being looked at"),
    S.DONE: N_("Done"),
    S.REFUSED: N_("Refused"),
    S.TAKEN_BACK: N_("Taken back"),
}
NEXT: dict[RequestState, frozenset[RequestState]] = {
    S.ASKED: frozenset({S.IN_WORK, S.DONE, S.REFUSED, S.TAKEN_BACK}),
    S.IN_WORK: frozenset({S.DONE, S.REFUSED, S.TAKEN_BACK}),
    S.DONE: frozenset(),
    S.REFUSED: frozenset(),
    S.TAKEN_BACK: frozenset(),
}


def check_next(state: RequestState, wanted: RequestState) -> None:
    """Raises RuleBroken when a request cannot go on so: what was answered stays answered."""
    if wanted not in NEXT[state]:
        raise RuleBroken(N_("This request has been answered or taken back already."))


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for, as it was typed."""

    kind: RequestKind
    area: Area
    words: str = ""
    reason: RestrictionReason | None = None
    about_work: bool = False


_WORDS_NEEDED = frozenset({RequestKind.CORRECTION, RequestKind.ERASURE, RequestKind.OBJECTION})


def check_asked(asked: Asked) -> None:
    """Raises RuleBroken on the field for what cannot be answered as it stands."""
    if asked.kind is RequestKind.RESTRICTION and asked.reason is None:
        raise RuleBroken(N_("Choose why it should not be used for now."), field="reason")
    to_follow_up = asked.kind is RequestKind.OBJECTION and asked.area is Area.FOLLOW_UP
    if asked.kind in _WORDS_NEEDED and not asked.words and not to_follow_up:
        raise RuleBroken(N_("Say in your own words what it is about."), field="words")
    _check_words("words", asked.words)
    check_shared_words("words", asked.words, about_work=asked.about_work)


def _check_words(field: str, words: str) -> None:
    if len(words) > MOST_LETTERS:
        raise RuleBroken(
            N_("This has %(length)d characters. At most %(most)d fit. Make it shorter."),
            field=field,
            length=len(words),
            most=MOST_LETTERS,
        )
    if has_identity_code(words):
        raise RuleBroken(
            N_("There is a personal identity code in the text. Take it out."), field=field
        )


def check_answer(field: str, words: str) -> None:
    """Raises RuleBroken on the field for an answer, or a reason, that says nothing or too much."""
    if not words:
        raise RuleBroken(N_("Write something first."), field=field)
    _check_words(field, words)


def due_on(asked_on: date) -> date:
    """The last day for an answer: one month after it was asked for (GDPR art. 12(3))."""
    return add_months(asked_on, MONTHS)


def check_later(asked_on: date, due: date, later: date) -> None:
    """A due day may be moved by two further months at most. Raises RuleBroken on `due_on`."""
    last = add_months(asked_on, MONTHS + MOST_MORE_MONTHS)
    if not due < later <= last:
        raise RuleBroken(
            N_("Choose a day after %(first)s, and at the latest %(last)s."),
            field="due_on",
            first=f"{due:%-d.%-m.%Y}",
            last=f"{last:%-d.%-m.%Y}",
        )


def is_overdue(state: RequestState, due: date, today: date) -> bool:
    """Whether it waits for an answer after its last day."""
    return state in OPEN and today > due
