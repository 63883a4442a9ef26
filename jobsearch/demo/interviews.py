"""The interviews of the demo, and what the provider remembers of companies."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import select

from jobsearch.cohorts.models import Enrolment
from jobsearch.core.access import Actor
from jobsearch.core.clock import now
from jobsearch.core.db import db
from jobsearch.core.periods import instant_of, is_working_day
from jobsearch.tracker.companies.rules import TakesCalls
from jobsearch.tracker.companies.service import note_company, remember_batch
from jobsearch.tracker.interviews.models import Interview, InterviewTick
from jobsearch.tracker.interviews.rules import InterviewWay, Preparation, Went
from jobsearch.tracker.models import Action
from jobsearch.tracker.rules import Activity, Channel, Reply


@dataclass(frozen=True, slots=True)
class Met:
    """One interview: whose, so many working days on, when, how, and what came of it."""

    name: str
    days: int
    minute: int
    way: InterviewWay
    place: str
    minutes: int = 45
    ready: tuple[Preparation, ...] = field(default=())
    went: Went | None = None
    learned: str = ""


MET = (
    Met(
        "Aino",
        2,
        9 * 60 + 30,
        InterviewWay.ON_SITE,
        "Varastokatu 4, Pori, ovi B",
        ready=(Preparation.EMPLOYER, Preparation.EXAMPLE),
    ),
    Met("Mira", 1, 13 * 60, InterviewWay.VIDEO, "https://meet.example.org/haastattelu", 30),
    Met(
        "Linnéa",
        -1,
        10 * 60,
        InterviewWay.PHONE,
        "",
        20,
        tuple(Preparation),
        Went.WELL,
        "Jag frågade först om arbetstiderna. Det var bra.",
    ),
)
THEN = (
    Met(
        "Sari",
        3,
        14 * 60,
        InterviewWay.ON_SITE,
        "Satamatie 12, Pori",
        went=Went.HARD,
        learned="Kerron ensi kerralla heti alussa, mitä osaan.",
    ),
    Met("Nadia", 2, 9 * 60, InterviewWay.VIDEO, "", 30, tuple(Preparation), Went.FAIRLY),
)
"""Those of the group before it, so many working days from the day on which each was agreed."""
KNOWN = (
    ("Länsirannan Leipomo", TakesCalls.YES),
    ("Merikulman Varasto", TakesCalls.YES),
    ("Valkaman Toimisto", TakesCalls.NO),
)
"""How companies take calls, as the coach has learned it."""
_WAYS = (Channel.PHONE, Channel.PHONE, Channel.VISIT, Channel.EMAIL, Channel.WEB, None)
_REPLIES = (None, None, Reply.LATER, None, Reply.INTERESTED, None, None, Reply.NO)


def agree_on_interviews(
    coach: Actor,
    running: Mapping[str, Enrolment],
    ended: Mapping[str, Enrolment],
    this_day: date,
) -> None:
    """Interviews ahead and behind, each with the action that counts it."""
    for met in MET:
        _agree(coach, met, _logged(running[met.name]), this_day)
    for met in THEN:
        action = _logged(ended[met.name])
        _agree(coach, met, action, action.on)


def _agree(coach: Actor, met: Met, action: Action, from_day: date) -> None:
    starts_at = instant_of(_working_day(from_day, met.days), met.minute, coach.zone)
    assert action.employer_id is not None  # each of the demo's actions has one
    row = Interview(
        person_id=action.person_id,
        enrolment_id=action.enrolment_id,
        cohort_id=action.cohort_id,
        employer_id=action.employer_id,
        action_id=action.id,
        starts_at=starts_at,
        minutes=met.minutes,
        way=met.way,
        place=met.place,
        went=met.went,
        learned=met.learned,
        told_at=min(now(), starts_at + timedelta(hours=2)) if met.went else None,
        changed_at=action.logged_at,
    )
    db.session.add(row)
    db.session.flush()
    db.session.add_all(
        InterviewTick(interview_id=row.id, person_id=row.person_id, item=item) for item in met.ready
    )
    db.session.flush()


def _logged(enrolment: Enrolment) -> Action:
    return db.session.scalars(
        select(Action)
        .where(Action.enrolment_id == enrolment.id, Action.activity == Activity.INTERVIEW)
        .order_by(Action.on.desc(), Action.id)
        .limit(1)
    ).one()


def _working_day(day: date, ahead: int) -> date:
    """So many days of work from a day on, or before it."""
    step = timedelta(days=1 if ahead > 0 else -1)
    for _day in range(abs(ahead)):
        day += step
        while not is_working_day(day):
            day += step
    return day


def remember(provider_id: str, this_day: date) -> None:
    """Say how the employers were reached and what they answered; then count it all at once."""
    statement = select(Action).where(Action.employer_id.is_not(None)).order_by(Action.logged_at)
    for turn, action in enumerate(db.session.scalars(statement)):
        if action.channel is None and action.activity is Activity.EMPLOYER_CONTACT:
            action.channel = _WAYS[turn % len(_WAYS)]
            action.reply = _REPLIES[turn % len(_REPLIES)]
            action.replied_on = action.on if action.reply else None
    db.session.flush()
    while remember_batch(provider_id, this_day):
        pass
    for name, takes_calls in KNOWN:
        note_company(name, takes_calls)
