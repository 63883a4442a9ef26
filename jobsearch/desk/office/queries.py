"""What the days of a payroll clerk and of an operator show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ScalarSelect, case, exists, func, literal, or_, select, true

from jobsearch.accounts.models import Account, Membership, SignIn
from jobsearch.cohorts.models import Cohort
from jobsearch.core.access import Actor, Role
from jobsearch.core.clock import now, today
from jobsearch.core.db import db
from jobsearch.desk.staff.alerts.queries import list_hour_alerts
from jobsearch.desk.staff.rules import Alert, in_order
from jobsearch.health.queries import findings
from jobsearch.health.rules import Finding
from jobsearch.jobs.queries import RunLine, list_newest
from jobsearch.notices.delivery.queries import count_states
from jobsearch.notices.delivery.rules import MessageState
from jobsearch.payroll.bonus.models import BonusAward
from jobsearch.payroll.bonus.rules import BonusState
from jobsearch.payroll.contracts.models import Employment, TaxCard
from jobsearch.payroll.exports.register.overview import Duty, list_duties
from jobsearch.payroll.pay.models import PayRun
from jobsearch.payroll.pay.rules import RunState
from jobsearch.people.models import Person

_MOST = 25
_UNPAID = (RunState.DRAFT, RunState.COMPUTED, RunState.REVIEWED, RunState.APPROVED)
_PAID_LATER = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class OpenRun:
    """A pay run that has not been paid."""

    id: str
    group: str | None
    pays_on: date
    state: RunState


@dataclass(frozen=True, slots=True)
class Missing:
    """Somebody in an employment whose papers for pay are not all here."""

    person_id: str
    name: str
    first: date
    tax_card: bool
    identity_code: bool
    bank_account: bool


@dataclass(frozen=True, slots=True)
class Bonuses:
    """How many bonuses wait for what."""

    for_proof: int
    for_payment: int


@dataclass(frozen=True, slots=True)
class ClerkDay:
    """Everything on the day page of a payroll clerk."""

    today: date
    runs: Sequence[OpenRun]
    bonuses: Bonuses
    hours: Sequence[Alert]
    missing: Sequence[Missing]
    duties: Sequence[Duty]


def clerk_day(actor: Actor) -> ClerkDay:
    """Pay runs that wait, hours and papers that are missing, and what is to be reported.

    Six statements at any size.
    """
    day = today(actor.zone)
    runs, bonuses = _open_runs()
    return ClerkDay(
        today=day,
        runs=runs,
        bonuses=bonuses,
        hours=in_order(list_hour_alerts(day, true())),
        missing=_missing_papers(day),
        duties=list_duties(),
    )


def _open_runs() -> tuple[list[OpenRun], Bonuses]:
    """The runs that wait, and the bonuses: one statement, as it has a row without any run too."""
    one = select(literal(1).label("one")).subquery()
    waiting = _bonuses(BonusState.PROMISED), _bonuses(BonusState.APPROVED)
    statement = (
        select(PayRun.id, Cohort.name, PayRun.pays_on, PayRun.state, *waiting)
        .select_from(one)
        .outerjoin(PayRun, PayRun.state.in_(_UNPAID))
        .outerjoin(Cohort, Cohort.id == PayRun.cohort_id)
        .order_by(PayRun.pays_on, PayRun.id)
        .limit(_MOST)
    )
    rows = db.session.execute(statement).all()
    runs = [OpenRun(*row[:4]) for row in rows if row[0]]
    return runs, Bonuses(*rows[0][4:])


def _bonuses(state: BonusState) -> ScalarSelect[int]:
    return (
        select(func.count())
        .select_from(BonusAward)
        .where(BonusAward.state == state)
        .scalar_subquery()
    )


def _missing_papers(day: date) -> list[Missing]:
    card = exists().where(TaxCard.person_id == Employment.person_id, TaxCard.valid_from <= day)
    statement = (
        select(
            Person.id,
            Person.given_name,
            Person.family_name,
            func.min(Employment.starts_on),
            func.max(case((card, 0), else_=1)),
            Person.identity_index.is_(None),
            Person.bank_account.is_(None),
        )
        .join(Person, Person.id == Employment.person_id)
        .where(
            Employment.ends_on >= day - _PAID_LATER,
            or_(~card, Person.identity_index.is_(None), Person.bank_account.is_(None)),
        )
        .group_by(Person.id, Person.given_name, Person.family_name)
        .order_by(func.min(Employment.starts_on), Person.family_name, Person.id)
        .limit(_MOST)
    )
    return [
        Missing(key, f"{given} {family}".strip(), first, bool(tax), bool(code), bool(account))
        for key, given, family, first, tax, code, account in db.session.execute(statement)
    ]


@dataclass(frozen=True, slots=True)
class OperatorDay:
    """Everything on the day page of an operator: figures of the installation, of nobody's data."""

    accounts: dict[Role, int]
    signed_in: int
    messages: dict[MessageState, int]
    health: Sequence[Finding]
    runs: Sequence[RunLine]
    last_run_at: datetime | None


def operator_day(*, sends: bool) -> OperatorDay:
    """How the installation is, counts of accounts, sign-ins and messages, and the last jobs.

    `sends` says whether there is a server that takes messages.
    """
    roles = (
        select(Membership.role, func.count(func.distinct(Membership.account_id)))
        .join(Account, Account.id == Membership.account_id)
        .where(Membership.ended_at.is_(None), Account.closed_at.is_(None))
        .group_by(Membership.role)
    )
    signed_in = select(func.count(SignIn.id)).where(
        SignIn.ended_at.is_(None), SignIn.last_seen_at >= now() - timedelta(minutes=30)
    )
    runs = list_newest(8)
    return OperatorDay(
        accounts={row[0]: row[1] for row in db.session.execute(roles)},
        signed_in=db.session.scalar(signed_in) or 0,
        messages=count_states(),
        health=findings(sends=sends),
        runs=runs,
        last_run_at=runs[0].started_at if runs else None,
    )
