"""What people of a group say to each other, as one reader sees it."""

from dataclasses import dataclass
from datetime import date, datetime

from jobsearch.tracker.helping.circle import Circle
from jobsearch.tracker.helping.queries import CallLine, Mate, PraiseLine
from jobsearch.tracker.helping.rules import PraiseWords
from jobsearch.tracker.helping.service import can_be_paired, praisable
from jobsearch.tracker.helping.tips.queries import TipLine


@dataclass(frozen=True, slots=True)
class CallCard:
    """An open call for help; without a name it is from somebody who is only in the totals."""

    id: str
    name: str | None
    words: str
    asked_at: datetime
    is_own: bool
    has_helper: bool
    is_helper: bool
    helper: str | None


@dataclass(frozen=True, slots=True)
class TipCard:
    """A tip: who shared it, who follows it, and whether that one said thank you."""

    id: str
    company: str
    role_title: str
    words: str
    shared_at: datetime
    sharer: str | None
    is_own: bool
    is_claimed: bool
    is_mine: bool
    claimer: str | None
    is_thanked: bool


@dataclass(frozen=True, slots=True)
class PraiseCard:
    """A kind word: the other person's name, the day and what was said."""

    id: str
    name: str | None
    on: date
    words: PraiseWords


@dataclass(frozen=True, slots=True)
class Pairing:
    """One person in the coach's form of pairs."""

    enrolment_id: str
    name: str
    pair: int | None
    can_be_paired: bool


def call_card(circle: Circle, line: CallLine) -> CallCard:
    """A call as the reader sees it."""
    return CallCard(
        id=line.id,
        name=circle.name(line.person_id),
        words=line.words,
        asked_at=line.asked_at,
        is_own=line.person_id == circle.reader.person_id,
        has_helper=line.helper_id is not None,
        is_helper=line.helper_id == circle.reader.account_id,
        helper=circle.giver(line.helper_id, line.helper_name),
    )


def tip_card(circle: Circle, line: TipLine) -> TipCard:
    """A tip as the reader sees it."""
    reader = circle.reader
    sharer = line.staff_name if line.person_id is None else circle.name(line.person_id)
    return TipCard(
        id=line.id,
        company=line.company,
        role_title=line.role_title,
        words=line.words,
        shared_at=line.shared_at,
        sharer=sharer,
        is_own=line.shared_by_id == reader.account_id,
        is_claimed=line.claimer_id is not None,
        is_mine=line.claimer_id is not None and line.claimer_id == reader.person_id,
        claimer=circle.name(line.claimer_id),
        is_thanked=line.thanked_at is not None,
    )


def heard(circle: Circle, line: PraiseLine) -> PraiseCard:
    """A kind word to the reader, with the name of who said it."""
    return PraiseCard(line.id, circle.giver(line.from_id, line.staff_name), line.on, line.words)


def said(circle: Circle, line: PraiseLine) -> PraiseCard:
    """A kind word of the reader's, with the name of whom it was said to."""
    return PraiseCard(line.id, circle.name(line.person_id), line.on, line.words)


def praise_choices(circle: Circle) -> tuple[tuple[str, str], ...]:
    """Whom the reader can say a kind word to: (enrolment, name), by name."""
    there = {one.enrolment_id for one in praisable(circle.reader, circle.mates)}
    return tuple(
        (one.enrolment_id, circle.names[one.person_id])
        for one in circle.shown
        if one.enrolment_id in there
    )


def buddies_of(circle: Circle) -> tuple[str | None, ...]:
    """The names of those with whom the reader searches in a pair, herself left out."""
    own = circle.own
    if own is None or own.pair is None:
        return ()
    return tuple(
        circle.name(one.person_id)
        for one in circle.mates
        if one.pair == own.pair and one.has_seat and one.person_id != own.person_id
    )


def pairing(circle: Circle, mate: Mate) -> Pairing:
    """A person's line in the coach's form of pairs."""
    return Pairing(mate.enrolment_id, circle.names[mate.person_id], mate.pair, can_be_paired(mate))
