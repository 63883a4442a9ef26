"""Who and what is due, what the receipts say."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, LargeBinary, Select, and_, exists, func, inspect, or_, select
from sqlalchemy import type_coerce as coerced

from jobsearch.cohorts.models import Cohort, Enrolment
from jobsearch.core.columns import Encrypted
from jobsearch.core.db import db
from jobsearch.payroll.contracts.editions.models import Contract
from jobsearch.payroll.contracts.models import Employment
from jobsearch.payroll.pay.models import PayRun, Payslip
from jobsearch.people.models import Person
from jobsearch.privacy.queries import is_hers, model_of
from jobsearch.privacy.retention.models import RetentionRun
from jobsearch.privacy.retention.rules import Ends, Stage, follow_up_ends_on
from jobsearch.privacy.retention.stages import BLANKED, ERASED, OWN_KEY, Blank
from jobsearch.programmes.models import Programme

PAGE = 25
AT_ONCE = 50
_DAYS_SHOWN = 12
_LATELY = timedelta(days=45)
_SEALED_NOTHING = 30  # format, key number, nonce and tag of an empty text


def list_to_look_at(day: date, after: str) -> list[str]:
    """Whose turn it is: something of hers may be over by the day. Keys in order, after a key.

    Who has a day, by that day; who has none yet or whose group ended lately, as soon as no group
    of hers goes on. So a night's work follows what is due, not what there is.
    """
    mine = select(Enrolment.id).join(Cohort).where(Enrolment.person_id == Person.id)
    goes_on = mine.where(Cohort.ends_on >= day)
    lately = mine.where(Cohort.ends_on.between(day - _LATELY, day))
    turn = or_(Person.goes_on <= day, Person.goes_on.is_(None), lately.exists())
    statement = select(Person.id).where(
        Person.id > after, Person.erased_at.is_(None), turn, mine.exists(), ~goes_on.exists()
    )
    return list(db.session.scalars(statement.order_by(Person.id).limit(AT_ONCE)))


def count_due(day: date) -> int:
    """How many persons have a day on which something goes by then."""
    statement = select(func.count(Person.id)).where(
        Person.goes_on <= day, Person.erased_at.is_(None)
    )
    return db.session.scalar(statement) or 0


def list_days(day: date) -> list[tuple[date, int]]:
    """On which days something goes next, and of how many persons; the next twelve days."""
    statement = (
        select(Person.goes_on, func.count())
        .where(Person.goes_on > day, Person.erased_at.is_(None))
        .group_by(Person.goes_on)
        .order_by(Person.goes_on)
        .limit(_DAYS_SHOWN)
    )
    return [(on, many) for on, many in db.session.execute(statement) if on is not None]


def ends_of(person_id: str) -> Ends | None:
    """The days from which her terms are counted; None for who was never in a group. Three asked."""
    groups = (
        select(Cohort.ends_on, Programme.follow_up_months)
        .join(Enrolment, Enrolment.cohort_id == Cohort.id)
        .join(Programme, Programme.id == Cohort.programme_id)
        .where(Enrolment.person_id == person_id)
    )
    follow_up = [follow_up_ends_on(*row) for row in db.session.execute(groups)]
    if not follow_up:
        return None
    employed = select(func.max(Employment.ends_on)).where(Employment.person_id == person_id)
    agreed = select(func.max(Contract.ends_on)).where(Contract.person_id == person_id)
    paid = select(func.max(Payslip.pays_on)).where(Payslip.person_id == person_id)
    row = db.session.execute(
        select(employed.scalar_subquery(), agreed.scalar_subquery(), paid.scalar_subquery())
    ).one()
    work = max(filter(None, (row[0], row[1])), default=None)
    return Ends(max(follow_up), work, row[2])


def is_kept_open(person_id: str, day: date) -> str | None:
    """What forbids erasing her: `employment`, `contract`, `pay` or `group` that goes on, if any."""
    employed = Employment.person_id == person_id, Employment.ends_on >= day
    offered = (
        Contract.person_id == person_id,
        Contract.state.in_(("offered", "signed_by_one")),
        Contract.ends_on >= day,
    )
    unpaid = (
        Payslip.person_id == person_id,
        PayRun.id == Payslip.pay_run_id,
        PayRun.state.not_in(("paid", "reported", "handed_over")),
    )
    in_group = (
        Enrolment.person_id == person_id,
        Cohort.id == Enrolment.cohort_id,
        Enrolment.left_on.is_(None),
        Cohort.ends_on >= day,
    )
    asked = {
        "employment": select(Employment.id).where(*employed),
        "contract": select(Contract.id).where(*offered),
        "pay": select(Payslip.id).where(*unpaid),
        "group": select(Enrolment.id).where(*in_group),
    }
    found = db.session.execute(select(*(one.exists() for one in asked.values()))).one()
    return next((name for name, goes_on in zip(asked, found, strict=True) if goes_on), None)


def is_to_blank(blank: Blank, person_id: str) -> ColumnElement[bool]:
    """Which of her rows still say something that is to be blanked."""
    model = model_of(blank.table_name)
    says = [_says(model, name, value) for name, value in blank.values.items()]
    return and_(is_hers(model, person_id), or_(*says))


def _says(model: type[Any], name: str, value: Any) -> ColumnElement[bool]:
    column: Any = getattr(model, name)
    if value is OWN_KEY:
        return column != model.id  # type: ignore[no-any-return]
    if value == "" and isinstance(inspect(model).columns[name].type, Encrypted):
        return func.length(coerced(column, LargeBinary)) > _SEALED_NOTHING
    if value is None:
        return column.is_not(None)  # type: ignore[no-any-return]
    return column != value  # type: ignore[no-any-return]


def count_of(person_id: str, *stages: Stage) -> dict[tuple[Stage, str], int]:
    """How many of her rows each stage erases or blanks, by table; one statement for all of it."""
    counted: list[tuple[tuple[Stage, str], Any]] = []
    for stage in stages:
        for name in ERASED[stage]:
            model = model_of(name)
            counted.append(((stage, name), _count(model).where(is_hers(model, person_id))))
        for blank in BLANKED[stage]:
            says = _count(model_of(blank.table_name)).where(is_to_blank(blank, person_id))
            counted.append(((stage, blank.table_name), says))
    row = db.session.execute(select(*(one.scalar_subquery() for _key, one in counted))).one()
    return {key: many for (key, _one), many in zip(counted, row, strict=True) if many}


def _count(model: type[Any]) -> Select[*tuple[Any, ...]]:
    return select(func.count()).select_from(model)


@dataclass(frozen=True, slots=True)
class Receipts:
    """One page of receipts and how many pages there are."""

    runs: list[RetentionRun]
    pages: int


def list_receipts(organisation_id: str, page: int) -> Receipts:
    """What went, newest first: a provider's own and what belongs to no provider."""
    own = or_(
        RetentionRun.organisation_id == organisation_id, RetentionRun.organisation_id.is_(None)
    )
    statement = (
        select(RetentionRun).where(own).order_by(RetentionRun.ran_at.desc(), RetentionRun.id)
    )
    count = db.session.scalar(select(func.count(RetentionRun.id)).where(own)) or 0
    runs = db.session.scalars(statement.limit(PAGE).offset((page - 1) * PAGE))
    return Receipts(list(runs), max(1, -(-count // PAGE)))


def is_signed(contract: type[Contract]) -> ColumnElement[bool]:
    """Whether somebody has signed a contract, be it one side alone."""
    signature = model_of("contract_signature")
    return exists().where(signature.contract_id == contract.id)
