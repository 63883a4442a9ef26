"""A programme of 200 groups and 100,000 actions beside the cast, made in a few seconds."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from jobsearch.cohorts.models import Cohort, Enrolment, EnrolmentState
from jobsearch.core.db import Base, db
from jobsearch.core.tokens import new_key
from jobsearch.people.models import Person
from jobsearch.tracker.leads.models import Lead, LeadMove, LeadSource, LeadStage
from jobsearch.tracker.models import Action, ActionSource, Employer
from jobsearch.tracker.rules import SEARCH_ACTIVITIES, Activity, Channel, Reached, Reply
from tests.bench.spending import rows_of_costs
from tests.world import FIRST_DAY, World, build_world, make_programme

GROUPS, GROUP, EACH = 200, 5, 100
_AT = "2026-11-23 12:00:00.000000"
_CHANNELS = (*Channel, None, None)
_REPLIES = (*Reply, *[None] * 6)
_REACHED = (*Reached, None, None)
_MOVES = (
    (LeadStage.APPLIED,),
    (LeadStage.APPLIED, LeadStage.OFFER, LeadStage.HIRED),
    (LeadStage.APPLIED,),
    (LeadStage.APPLIED, LeadStage.OFFER),
    (LeadStage.APPLIED,),
)
"""A person's five leads, and how far each has come."""

Row = dict[str, Any]
Rows = dict[type[Base], list[Row]]


@dataclass(frozen=True)
class Searched:
    """The cast, the programme, and one of its groups."""

    world: World
    programme_id: str
    cohort_id: str


def build_programme(groups: int = GROUPS, each: int = EACH) -> Searched:
    """Make the cast and a programme of groups of five, each of whom did `each` actions.

    The caller's unit of work keeps it.
    """
    world = build_world()
    # all of it stays in memory until it is kept: keys come in no order, and are looked for
    db.session.connection().exec_driver_sql("PRAGMA cache_size=-400000")
    programme, _template = make_programme(world.a.organisation_id, "search-2026")
    cohorts = [_cohort(programme.id, number) for number in range(groups)]
    people = [(cohort, new_key(), new_key()) for cohort in cohorts for _ in range(GROUP)]
    _store(Cohort, world, cohorts)
    _store(Person, world, [_person(key, at) for at, (_c, key, _e) in enumerate(people)])
    _store(Enrolment, world, [_enrolment(c["id"], *rest) for c, *rest in people])
    searches = [_search(cohort, *keys, each) for cohort, *keys in people]
    for model in (Employer, Lead, Action, LeadMove):
        _store(model, world, [row for search in searches for row in search[model]])
    for spent, rows in rows_of_costs(world, programme.id, cohorts, people).items():
        _store(spent, world, rows)
    return Searched(world, programme.id, cohorts[0]["id"])


def _store(model: type[Base], world: World, rows: list[Row]) -> None:
    """As the driver takes them: through the toolkit the same takes a minute."""
    own = {"organisation_id": world.a.organisation_id}
    if "version" in model.__mapper__.columns:
        own["version"] = 1
    names = [*own, *rows[0]]
    columns = ", ".join(f'"{name}"' for name in names)
    gaps = ", ".join("?" * len(names))
    statement = f"INSERT INTO {model.__tablename__} ({columns}) VALUES ({gaps})"
    values = [(*own.values(), *row.values()) for row in rows]
    db.session.connection().exec_driver_sql(statement, values)


def _cohort(programme_id: str, number: int) -> Row:
    first = FIRST_DAY - timedelta(weeks=3 * (number % 12 + 1))
    return {
        "id": new_key(),
        "programme_id": programme_id,
        "name": f"Group {number + 1}",
        "place": "Pori",
        "state": "open",
        "seats": 6,
        "starts_on": first.isoformat(),
        "ends_on": (first + timedelta(days=17)).isoformat(),
        "board_version": 1,
    }


def _person(key: str, at: int) -> Row:
    return {
        "id": key,
        "given_name": f"Person{at}",
        "family_name": "Of the programme",
        "language": "fi",
        "board_name": "first",
    }


def _enrolment(cohort_id: str, person_id: str, key: str) -> Row:
    state = EnrolmentState.STARTED.value
    return {"id": key, "cohort_id": cohort_id, "person_id": person_id, "state": state}


def _lead(whose: Row, enrolment_id: str, employer_id: str, on: str) -> Row:
    return whose | {
        "id": new_key(),
        "enrolment_id": enrolment_id,
        "employer_id": employer_id,
        "role_title": "Baker",
        "source": LeadSource.ADVERT.value,
        "stage": LeadStage.APPLIED.value,
        "stage_on": on,
        "next_step": "",
        "advert": "",
        "note": "",
        "added_at": _AT,
    }


def _search(cohort: Row, person_id: str, enrolment_id: str, each: int) -> Rows:
    """What one person did, and after what she is."""
    whose = {"person_id": person_id, "cohort_id": cohort["id"]}
    employer = {"id": new_key(), "name": "Shop", "name_key": "shop", "person_id": person_id}
    leads = [_lead(whose, enrolment_id, employer["id"], cohort["starts_on"]) for _ in _MOVES]
    acts = whose | {"enrolment_id": enrolment_id}
    first, keys = date.fromisoformat(cohort["starts_on"]), [lead["id"] for lead in leads]
    return {
        Employer: [employer],
        Lead: leads,
        Action: [acts | _action(n, first, keys) for n in range(each)],
        LeadMove: [move for at, lead in enumerate(leads) for move in _moves(at, lead)],
    }


def _action(n: int, first: date, lead_ids: list[str]) -> Row:
    """One of seventeen is an interview; of twenty three belong to a lead."""
    is_interview = n % 17 == 16
    activity = Activity.INTERVIEW if is_interview else SEARCH_ACTIVITIES[n % 3]
    lead_id = lead_ids[n // 20 % len(lead_ids)] if n % 20 < 2 or is_interview else None
    return {
        "id": new_key(),
        "on": (first + timedelta(days=n % 18)).isoformat(),
        "activity": activity.value,
        "count": 1,
        "source": ActionSource.OWN.value,
        "lead_id": lead_id,
        "channel": None if is_interview else _CHANNELS[n % len(_CHANNELS)],
        "reply": None if is_interview else _REPLIES[n % len(_REPLIES)],
        "reached": _REACHED[n % 4] if activity is Activity.EMPLOYER_CONTACT else None,
        "logged_at": _AT,
    }


def _moves(at: int, lead: Row) -> Iterator[Row]:
    for stage in _MOVES[at % len(_MOVES)]:
        yield {
            "id": new_key(),
            "lead_id": lead["id"],
            "person_id": lead["person_id"],
            "cohort_id": lead["cohort_id"],
            "to_stage": stage.value,
            "on": lead["stage_on"],
            "moved_at": _AT,
        }
