"""The talks of the demo: held ones with and without a next step, booked ones and free times."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from jobsearch.coaching.sparring.models import NextStep, Reader, SparringNote, SparringSlot
from jobsearch.cohorts.models import Cohort, CohortDay, Enrolment
from jobsearch.core.access import Actor
from jobsearch.core.db import db
from jobsearch.core.periods import instant_of

MINUTES = 30
_AFTER_THE_MORNING = 120
_BOOKED_BEFORE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Held:
    """A talk that was held: so many days of work ago, which of the day's, and what came of it."""

    days_ago: int
    place: int
    name: str
    step: str = ""
    note: str = ""


HELD = (
    Held(3, 0, "Aino", step="Soitan Länsirannan Leipomoon ja kysyn töistä"),
    Held(3, 1, "Jari", step="Lähetän avoimen hakemuksen kahteen varastoon"),
    Held(2, 0, "Linnéa", step="Jag ringer lagret och frågar om ett möte"),
    Held(1, 0, "Mira", step="Harjoittelen haastattelun kahta kysymystä", note="Selkeä hakemus."),
    Held(1, 1, "Petri", note="Puhuttiin kuljetusalan paikoista."),
    Held(1, 2, "Aino"),
)
OFFERED = ("Aino", None, "Petri", "Mira", None)
"""Whose the times of the day are, by first name; None is a free one."""


def spar(coach: Actor, cohort: Cohort, enrolments: Mapping[str, Enrolment], this_day: date) -> None:
    """Talks of the days behind, and the times of today, or of the next day of work.

    Rows are written as they were: the use cases offer and book only what lies ahead.
    """
    behind = [day for day in cohort.days if day.on < this_day]
    for held in HELD:
        _hold(coach, behind[-held.days_ago], held, enrolments[held.name])
    ahead = next(day for day in cohort.days if day.on >= this_day)
    for place, name in enumerate(OFFERED):
        _offer(coach, ahead, place, enrolments[name] if name else None)
    db.session.flush()


def _hold(coach: Actor, day: CohortDay, held: Held, enrolment: Enrolment) -> None:
    slot = _offer(coach, day, held.place, enrolment)
    after = slot.starts_at + timedelta(minutes=MINUTES)
    who = {"enrolment_id": enrolment.id, "person_id": enrolment.person_id}
    if held.step:
        db.session.add(NextStep(text=held.step, agreed_at=after, **who))
    if held.note:
        note = {"writer_id": coach.account_id, "reader": Reader.STAFF, "body": held.note}
        db.session.add(SparringNote(written_at=after, **note, **who))


def _offer(coach: Actor, day: CohortDay, place: int, whose: Enrolment | None) -> SparringSlot:
    starts_at = _at(coach, day, place)
    slot = SparringSlot(
        coach_id=coach.account_id,
        starts_at=starts_at,
        minutes=MINUTES,
        enrolment_id=whose.id if whose else None,
        booked_at=starts_at - _BOOKED_BEFORE if whose else None,
    )
    db.session.add(slot)
    return slot


def _at(coach: Actor, day: CohortDay, place: int) -> datetime:
    return instant_of(day.on, day.starts_minute + _AFTER_THE_MORNING + place * MINUTES, coach.zone)
