"""Use cases of strategies: write one together, agree on steps and finish them."""

from dataclasses import asdict
from datetime import date

from jobsearch.coaching.sparring import service as sparring
from jobsearch.coaching.sparring.models import NextStep
from jobsearch.coaching.strategies import queries
from jobsearch.coaching.strategies.models import Strategy
from jobsearch.coaching.strategies.rules import StrategyText, check_seen, check_strategy
from jobsearch.core.access import Actor
from jobsearch.core.clock import now, today
from jobsearch.core.db import db
from jobsearch.tracker.queries import get_person, get_place_of_day


def write_strategy(
    actor: Actor, person_id: str, seen: int, text: StrategyText, *, about_work: bool = False
) -> Strategy:
    """Write what a person is after: she herself or her coach; `seen` is the version on the page.

    Raises RuleBroken as `check_strategy`, and when somebody else has written since `seen`;
    NotVisible for whom the actor may not see or who is in no group.
    """
    person = get_person(actor, person_id)
    place = get_place_of_day(person.id, today(actor.zone))
    check_strategy(text, about_work=about_work)
    row = queries.find_held(place.enrolment_id)
    check_seen(seen, 0 if row is None else row.version)
    if row is None:
        row = Strategy(enrolment_id=place.enrolment_id, person_id=person.id)
        db.session.add(row)
    for field, said in asdict(text).items():
        setattr(row, field, said)
    row.written_at, row.written_by_id = now(), actor.account_id
    db.session.flush()
    return row


def agree_step(actor: Actor, person_id: str, text: str, due_on: date | None) -> NextStep:
    """A further step, agreed with the coach of her group. Raises as sparring does."""
    place = get_place_of_day(get_person(actor, person_id).id, today(actor.zone))
    return sparring.agree_step(actor, place.enrolment_id, text, due_on)


def finish_step(actor: Actor, step_id: str, done: bool) -> NextStep:
    """A step is done, or not yet, for the person or the coach of her group. Raises NotVisible."""
    return sparring.finish_step(actor, step_id, done)
