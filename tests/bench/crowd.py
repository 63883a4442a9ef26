"""A crowd around the cast: 300 groups, 144,000 rows and 1,000 employees, made by bulk inserts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import func, insert, literal, select, update

from jobsearch.accounts.models import Account
from jobsearch.attendance.models import Attendance
from jobsearch.attendance.rules import AttendanceState, Mark
from jobsearch.cohorts.models import Cohort, CohortBlock, CohortDay, Enrolment, EnrolmentState
from jobsearch.core.db import Base, db
from jobsearch.core.money import Money
from jobsearch.core.text import Words
from jobsearch.core.tokens import new_key
from jobsearch.payroll.contracts.models import Employment, TaxCard
from jobsearch.people.models import Person
from jobsearch.rates.service import load_shipped_rates, save_employer_settings
from jobsearch.tracker.models import Action, ActionSource, Goal
from jobsearch.tracker.rules import ACTIVITIES, SEARCH_ACTIVITIES
from tests.paid import ACCOUNT, CARD, SETTINGS, TERM
from tests.world import BLOCKS, DAY_MINUTES, FIRST_DAY, NOW, TODAY, World, build_world

GROUP = 6
EMPLOYED_GROUPS = 150  # groups that work now, with those below: 1,000 people under contract
PAY_GROUPS, PAY_GROUP = 5, 20
_CONTROL = "0123456789ABCDEFHJKLMNPRSTUVWXY"

_MADE_HERE: tuple[type[Base], ...] = (
    *(Person, Cohort, CohortDay, CohortBlock, Enrolment, Attendance),
    *(Employment, TaxCard),
)

Day = tuple[str, date, int]
Rows = dict[type[Base], list[dict[str, Any]]]


@dataclass(frozen=True)
class Crowd:
    """The cast, and whom the measured pages are about."""

    world: World
    cohort_id: str
    enrolment_ids: tuple[str, ...]
    cohort_of_one_id: str
    cohort_of_many_id: str
    pay_group_ids: tuple[str, ...]

    @classmethod
    def of(cls, world: World, cohort_id: str) -> "Crowd":
        """A cast with nothing but one group beside it."""
        return cls(world, cohort_id, (), cohort_id, cohort_id, ())


def build_crowd(groups: int) -> Crowd:
    """Make the cast with its own two groups filled up, and `groups` more beside them.

    The caller's unit of work keeps it. People read Finnish, as most of them will.
    """
    world = build_world()
    side = world.a
    rows: Rows = {model: [] for model in _MADE_HERE}
    numbers = iter(range(10**6))
    cohort_id, other_id = side.cohort_ids
    for filled, size in ((cohort_id, GROUP - 1), (other_id, 30 - 1)):
        days = _days_of(filled)
        for _ in range(size):
            _participant(rows, world, filled, days, next(numbers), works_now=False)
    one_id = _group(rows, world, "Group of one", FIRST_DAY)
    _participant(rows, world, one_id, _new_days(rows, one_id), next(numbers), works_now=False)
    pay_groups = [_group(rows, world, f"Pay group {n}", FIRST_DAY) for n in range(PAY_GROUPS)]
    for key in pay_groups:
        days = [day for day in rows[CohortDay] if day["cohort_id"] == key]
        for _ in range(PAY_GROUP):
            _participant(rows, world, key, _kept(days), next(numbers), works_now=True)
    for number in range(groups):
        works_now = number < EMPLOYED_GROUPS
        first = FIRST_DAY if works_now else FIRST_DAY - timedelta(weeks=3 * (number % 9 + 1))
        key = _group(rows, world, f"Group {number + 100}", first)
        days = _new_days(rows, key)
        for _ in range(GROUP):
            _participant(rows, world, key, days, next(numbers), works_now=works_now)
    _store(rows)
    _search()
    load_shipped_rates()
    save_employer_settings(side.organisation_id, SETTINGS)
    db.session.execute(update(Account).values(language="fi"))
    measured = select(Enrolment.id).where(Enrolment.cohort_id == cohort_id)
    enrolments = tuple(db.session.scalars(measured.order_by(Enrolment.id)))
    return Crowd(world, cohort_id, enrolments, one_id, other_id, tuple(pay_groups))


def _store(rows: Rows) -> None:
    connection = db.session.connection()
    for model, some in rows.items():
        if some:
            connection.execute(insert(model), some)


def _days_of(cohort_id: str) -> list[Day]:
    statement = select(CohortDay).where(CohortDay.cohort_id == cohort_id).order_by(CohortDay.on)
    return [(day.id, day.on, day.paid_minutes) for day in db.session.scalars(statement)]


def _new_days(rows: Rows, cohort_id: str) -> list[Day]:
    """The days of a group that was made last."""
    own = [day for day in rows[CohortDay][-len(DAY_MINUTES) :] if day["cohort_id"] == cohort_id]
    return _kept(own)


def _kept(days: list[dict[str, Any]]) -> list[Day]:
    return [(day["id"], day["on"], day["paid_minutes"]) for day in days]


def _group(rows: Rows, world: World, name: str, first: date) -> str:
    own = {"organisation_id": world.a.organisation_id, "version": 1}
    days = [first + timedelta(days=7 * (n // 4) + n % 4) for n in range(len(DAY_MINUTES))]
    key = new_key()
    rows[Cohort].append(
        own
        | {
            "id": key,
            "programme_id": world.a.programme_id,
            "name": name,
            "place": "Pori",
            "starts_on": days[0],
            "ends_on": days[-1],
            "coach_id": world.stig.account_id,
            "meeting_url": "https://meet.example.org/group",
        }
    )
    for number, on in enumerate(days):
        day_id = new_key()
        rows[CohortDay].append(
            own
            | {
                "id": day_id,
                "cohort_id": key,
                "position": number + 1,
                "week": number // 4 + 1,
                "on": on,
                "planned_on": on,
                "starts_minute": 540,
                "paid_minutes": DAY_MINUTES[number],
                "title": Words.of(f"Päivä {number + 1}"),
            }
        )
        rows[CohortBlock] += _blocks(world.a.organisation_id, day_id)
    return key


def _blocks(organisation_id: str, day_id: str) -> Iterator[dict[str, Any]]:
    start = 540
    for position, (kind, minutes) in enumerate(BLOCKS, 1):
        yield {
            "id": new_key(),
            "organisation_id": organisation_id,
            "cohort_day_id": day_id,
            "position": position,
            "kind": kind,
            "starts_minute": start,
            "minutes": minutes,
            "text": Words.of(f"{kind}"),
        }
        start += minutes


def _participant(
    rows: Rows,
    world: World,
    cohort_id: str,
    days: list[Day],
    number: int,
    *,
    works_now: bool,
) -> None:
    own = {"organisation_id": world.a.organisation_id, "version": 1}
    person_id, enrolment_id = new_key(), new_key()
    rows[Person].append(own | _person(person_id, number, has_code=works_now))
    hers = own | {"person_id": person_id, "enrolment_id": enrolment_id}
    rows[Enrolment].append(
        own
        | {
            "id": enrolment_id,
            "cohort_id": cohort_id,
            "person_id": person_id,
            "state": EnrolmentState.STARTED,
        }
    )
    for day_id, on, minutes in days:
        if on < TODAY or works_now:
            rows[Attendance].append(hers | _present(day_id, on, minutes))
    if works_now:
        rows[Employment].append(hers | _contract())
        rows[TaxCard].append(_card(world.a.organisation_id, person_id))


def _person(key: str, number: int, *, has_code: bool) -> dict[str, Any]:
    return {
        "id": key,
        "given_name": f"Henkilö{number}",
        "family_name": f"Ääninen-{number:05d}",
        "phone": f"+3584000{number + 10_000}",
        "email": f"henkilo{number}@example.org",
        "municipality": "Pori",
        "language": "fi",
        "identity_code": _identity_code(number) if has_code else None,
        "bank_account": ACCOUNT if has_code else None,
    }


def _identity_code(number: int) -> str:
    """A made-up code (900-999) with its right control character."""
    born = date(1970, 1, 1) + timedelta(days=number // 100)
    digits = f"{born:%d%m%y}{900 + number % 100}"
    return f"{digits[:6]}-{digits[6:]}{_CONTROL[int(digits) % 31]}"


def _present(day_id: str, on: date, minutes: int) -> dict[str, Any]:
    return {
        "id": new_key(),
        "cohort_day_id": day_id,
        "mark": Mark.PRESENT,
        "state": AttendanceState.APPROVED,
        "planned_minutes": minutes,
        "paid_minutes": minutes,
        "marked_at": datetime.combine(on, time(7, 5), UTC),
    }


def _search() -> None:
    """An action of each kind, and a goal of each kind that has goals, on every day so far.

    The database writes these rows itself: 110,000 rows through Python take most of a minute.
    """
    connection = db.session.connection()
    every_day = (
        select(
            func.lower(func.hex(func.randomblob(10))),
            Enrolment.organisation_id,
            Enrolment.id,
            Enrolment.cohort_id,
            Enrolment.person_id,
            CohortDay.on,
            literal(1),
        )
        .join(CohortDay, CohortDay.cohort_id == Enrolment.cohort_id)
        .where(CohortDay.on <= TODAY)
    )
    columns = ["id", "organisation_id", "enrolment_id", "cohort_id", "person_id", "on", "version"]
    for at, activity in enumerate(ACTIVITIES):
        what = every_day.add_columns(
            literal(activity, Action.activity.type),
            literal(ActionSource.OWN, Action.source.type),
            literal(1),
            literal(NOW - timedelta(hours=20 + at), Action.logged_at.type),
        )
        more = ["activity", "source", "count", "logged_at"]
        connection.execute(insert(Action).from_select([*columns, *more], what))
    for activity in SEARCH_ACTIVITIES:
        goal = every_day.add_columns(
            literal(activity, Goal.activity.type), 1 + CohortDay.position % 4
        )
        connection.execute(insert(Goal).from_select([*columns, "activity", "target"], goal))


def _contract() -> dict[str, Any]:
    return {
        "id": new_key(),
        "starts_on": TERM.first,
        "ends_on": TERM.last,
        "hourly": Money.of("11.50"),
        "allowance": Money.of("20.00"),
        "outcome_bonus": Money.of("150.00"),
        "agreed_minutes": sum(DAY_MINUTES),
        "agreement": "Collective agreement of the field",
        "ground": "Unemployed for a year (1:3a)",
        "signed_at": datetime.combine(TERM.first, time(6, 0), UTC),
    }


def _card(organisation_id: str, person_id: str) -> dict[str, Any]:
    return {
        "id": new_key(),
        "organisation_id": organisation_id,
        "person_id": person_id,
        "kind": CARD.kind,
        "base_bp": CARD.base.basis_points,
        "additional_bp": CARD.additional.basis_points,
        "ceiling": CARD.ceiling,
        "valid_from": CARD.valid_from,
        "received_on": date(2026, 11, 10),
    }
