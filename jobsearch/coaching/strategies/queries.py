"""What is asked of strategies: one person's, with who wrote it and what was agreed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import load_only

from jobsearch.accounts.models import Account
from jobsearch.coaching.sparring.models import NextStep
from jobsearch.coaching.sparring.queries import list_steps
from jobsearch.coaching.strategies.models import Strategy
from jobsearch.coaching.strategies.rules import StrategyText
from jobsearch.cohorts.models import Cohort, Enrolment
from jobsearch.core.access import Actor
from jobsearch.core.clock import today
from jobsearch.core.db import db
from jobsearch.tracker.queries import get_person, get_place_of_day


@dataclass(frozen=True, slots=True)
class PersonsStrategy:
    """A person's strategy in her group; version 0 where nobody has written yet."""

    person_id: str
    enrolment_id: str
    name: str
    group: str
    text: StrategyText
    version: int
    written_at: datetime | None
    written_by: str | None
    steps: tuple[NextStep, ...]
    agrees: bool


def get_strategy(actor: Actor, person_id: str) -> PersonsStrategy:
    """The strategy of a person whom the actor may see, in four statements.

    `agrees`: the actor is the coach of her group, who agrees on steps with her. Raises NotVisible
    also for who is in no group.
    """
    person = get_person(actor, person_id)
    place = get_place_of_day(person_id, today(actor.zone))
    statement = (
        select(Cohort.name, Cohort.coach_id, Strategy, Account.name)
        .select_from(Cohort)
        .outerjoin(Strategy, Strategy.enrolment_id == place.enrolment_id)
        .outerjoin(Account, Account.id == Strategy.written_by_id)
        .where(Cohort.id == place.cohort_id)
    )
    found: Any = db.session.execute(statement).one()
    group, coach_id, row, by = found
    return PersonsStrategy(
        person_id,
        place.enrolment_id,
        f"{person.given_name} {person.family_name}",
        group,
        StrategyText() if row is None else StrategyText(row.goal, row.work, row.area, row.targets),
        0 if row is None else row.version,
        None if row is None else row.written_at,
        by,
        tuple(list_steps(place.enrolment_id)),
        coach_id == actor.account_id,
    )


def find_held(enrolment_id: str) -> Strategy | None:
    """The strategy of an enrolment; who else wants to write it waits until the unit ends."""
    seat = select(Enrolment).options(load_only(Enrolment.id)).where(Enrolment.id == enrolment_id)
    db.session.execute(seat.with_for_update())
    return db.session.scalar(
        select(Strategy).where(Strategy.enrolment_id == enrolment_id).with_for_update()
    )
