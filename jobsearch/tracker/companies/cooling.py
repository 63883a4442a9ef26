"""The cooling-off: who of a group has just turned to a company, and when it is free again."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from jobsearch.cohorts.models import Cohort, Enrolment
from jobsearch.core.access import Actor
from jobsearch.core.clock import HOME, local
from jobsearch.core.clock import today as today_in
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.core.periods import instant_of
from jobsearch.people.models import Person
from jobsearch.people.rules import shown_names
from jobsearch.tracker.companies.rules import cools_from, free_on
from jobsearch.tracker.helping.models import Tip, TipClaim
from jobsearch.tracker.models import Action, Employer, TrackerSettings
from jobsearch.tracker.queries import get_place_of_day
from jobsearch.tracker.rules import COOLING_DAYS, Activity, company_key


@dataclass(frozen=True, slots=True)
class Cooling:
    """Somebody of the group turned to a company on a day; it is free again from another on.

    `name` is the one that she chose for the group; None for who is only in its totals.
    """

    name: str | None
    on: date
    free_on: date


@dataclass(frozen=True, slots=True)
class _Turned:
    on: date
    person_id: str


def find_cooling(
    cohort_id: str, company: str, today: date, except_person_id: str | None
) -> Cooling | None:
    """The last time that somebody else of a group turned to a company, while it cools off.

    A contact with the employer counts, and a tip that somebody follows; what a person keeps
    private does not: in a small group "somebody" is no secret. None where nobody did within the
    days of the provider's setting. At most four statements.
    """
    key = company_key(company)
    days = _days(cohort_id)
    if not key or days < 1:
        return None
    first = cools_from(today, days)
    found = [
        one
        for one in (*_contacts(cohort_id, key, first, today), *_claims(cohort_id, key, first))
        if one.person_id != except_person_id
    ]
    if not found:
        return None
    last = max(found, key=lambda one: one.on)
    return Cooling(_names(cohort_id).get(last.person_id), last.on, free_on(last.on, days))


def _days(cohort_id: str) -> int:
    statement = (
        select(TrackerSettings.cooling_days)
        .join(Cohort, Cohort.organisation_id == TrackerSettings.id)
        .where(Cohort.id == cohort_id)
    )
    found = db.session.scalar(statement)
    return COOLING_DAYS if found is None else found


def _contacts(cohort_id: str, key: str, first: date, last: date) -> list[_Turned]:
    statement = (
        select(Action.on, Action.person_id)
        .join(Employer, Employer.id == Action.employer_id)
        .where(
            Action.cohort_id == cohort_id,
            Action.on.between(first, last),
            Action.activity == Activity.EMPLOYER_CONTACT,
            Action.undone_at.is_(None),
            Action.private_at.is_(None),
            Employer.name_key == key,
        )
        .order_by(Action.on, Action.logged_at, Action.id)
    )
    return [_Turned(on, who) for on, who in db.session.execute(statement)]


def _claims(cohort_id: str, key: str, first: date) -> list[_Turned]:
    since: datetime = instant_of(first, 0, HOME)
    statement = (
        select(TipClaim.claimed_at, TipClaim.person_id)
        .join(Tip, Tip.id == TipClaim.tip_id)
        .where(
            Tip.cohort_id == cohort_id,
            Tip.company_key == key,
            Tip.taken_back_at.is_(None),
            TipClaim.released_at.is_(None),
            TipClaim.claimed_at >= since,
        )
        .order_by(TipClaim.claimed_at, TipClaim.id)
    )
    rows = db.session.execute(statement)
    return [_Turned(local(at).date(), person_id) for at, person_id in rows]


def _names(cohort_id: str) -> dict[str, str]:
    statement = (
        select(Person.id, Person.given_name, Person.family_name, Person.board_name)
        .join(Enrolment, Enrolment.person_id == Person.id)
        .where(Enrolment.cohort_id == cohort_id)
    )
    rows = db.session.execute(statement)
    return shown_names((key, given, family, board) for key, given, family, board in rows)


def cooling_for(actor: Actor, company: str) -> Cooling | None:
    """Whether a participant's own group leaves a company alone today; None for staff."""
    if actor.person_id is None:
        return None
    this_day = today_in(actor.zone)
    try:
        place = get_place_of_day(actor.person_id, this_day)
    except NotVisible:  # she is in no group
        return None
    return find_cooling(place.cohort_id, company, this_day, actor.person_id)
