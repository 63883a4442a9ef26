"""What the pages of sparring show."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from jobsearch.coaching.sparring import queries
from jobsearch.coaching.sparring.models import NextStep, SparringNote, SparringSlot
from jobsearch.coaching.sparring.queries import SlotLine
from jobsearch.coaching.sparring.rules import Reader
from jobsearch.cohorts.seats import OwnSeat, find_seat
from jobsearch.core.access import Actor
from jobsearch.core.clock import local, now, today

_BACK, _AHEAD = timedelta(days=7), timedelta(days=60)


@dataclass(frozen=True, slots=True)
class CoachsTimes:
    """A coach's times: those of the last days, and those to come by day."""

    past: tuple[SlotLine, ...]
    coming: tuple[tuple[date, tuple[SlotLine, ...]], ...]


def coachs_times(actor: Actor) -> CoachsTimes:
    """A coach's own times around today; one statement."""
    at = now()
    found = queries.list_offered(actor.account_id, at - _BACK, at + _AHEAD)
    past = tuple(one for one in found if one.starts_at <= at and one.enrolment_id)
    coming = [one for one in found if one.starts_at > at]
    days = groupby(coming, key=lambda one: local(one.starts_at, actor.zone).date())
    return CoachsTimes(past, tuple((day, tuple(some)) for day, some in days))


@dataclass(frozen=True, slots=True)
class OwnTalks:
    """A participant's own talks: her booked times, free ones by day, and what was agreed."""

    seat: OwnSeat | None
    booked: tuple[SparringSlot, ...]
    free: tuple[tuple[date, tuple[SparringSlot, ...]], ...]
    notes: tuple[SparringNote, ...]
    steps: tuple[NextStep, ...]


def own_talks(actor: Actor) -> OwnTalks:
    """What a participant sees of her talks; four statements."""
    seat = find_seat(actor.person_id or "", today(actor.zone))
    if seat is None:
        return OwnTalks(None, (), (), (), ())
    times = queries.list_open_times(seat, now())
    free = [one for one in times if one.enrolment_id is None]
    days = groupby(free, key=lambda one: local(one.starts_at, actor.zone).date())
    return OwnTalks(
        seat,
        tuple(one for one in times if one.enrolment_id is not None),
        tuple((day, tuple(some)) for day, some in days),
        tuple(queries.list_notes(seat.enrolment_id, (Reader.SHARED,))),
        tuple(queries.list_steps(seat.enrolment_id)),
    )
