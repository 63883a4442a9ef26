"""What is asked of the memory of companies: what to count, and what is remembered."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.organisations.models import Organisation
from jobsearch.tracker.companies.models import Company, CompanyChannel
from jobsearch.tracker.companies.rules import SHOWN_FROM, Deed, TakesCalls
from jobsearch.tracker.models import Action, Employer
from jobsearch.tracker.rules import ActionSource, Channel, company_key

PAGE = 25
BATCH = 500
MOST_EXPORTED = 20_000


def _to_count(today: date) -> ColumnElement[bool]:
    # said as the partial index says it, so that only what is new is looked at
    return and_(Action.employer_id.is_not(None), Action.remembered_at.is_(None), Action.on < today)


def _reply_to_count(today: date) -> ColumnElement[bool]:
    return and_(
        Action.employer_id.is_not(None),
        Action.reply.is_not(None),
        Action.reply_remembered_at.is_(None),
        Action.remembered_at.is_not(None),
        or_(Action.replied_on.is_(None), Action.replied_on < today),
    )


def list_providers(today: date) -> list[str]:
    """The providers whose people have done something that is not counted; asked for all."""
    found: set[str] = set()
    for due in (_to_count(today), _reply_to_count(today)):
        statement = select(Action.organisation_id).where(due).distinct()
        found.update(db.session.scalars(statement))
    return sorted(found)


def hold_memory(organisation_id: str) -> None:
    """Let two counts of one provider come one after the other."""
    statement = select(Organisation.id).where(Organisation.id == organisation_id)
    db.session.execute(statement.with_for_update())


@dataclass(frozen=True, slots=True)
class Due:
    """One action to be counted, or to be seen and left out."""

    action_id: str
    counts: bool
    deed: Deed


def list_due(today: date) -> list[Due]:
    """Actions of days that are over and that the count has not seen; at most a batch."""
    return _due(_to_count(today))


def list_due_replies(today: date) -> list[Due]:
    """Counted actions whose reply came later and was not counted; at most a batch."""
    return _due(_reply_to_count(today))


def _due(due: ColumnElement[bool]) -> list[Due]:
    counts = and_(
        Action.undone_at.is_(None),
        Action.private_at.is_(None),
        Action.source != ActionSource.IMPORTED,
    )
    statement = (
        select(
            Action.id,
            counts,
            Employer.name,
            Employer.name_key,
            Action.channel,
            Action.activity,
            Action.reply.is_not(None),
            Action.on,
        )
        .join(Employer, Employer.id == Action.employer_id)
        .where(due)
        .order_by(Action.employer_id, Action.id)
        .limit(BATCH)
    )
    rows = _rows(statement)
    return [Due(row[0], bool(row[1]), Deed(*row[2:])) for row in rows]


def companies_by_key(keys: Collection[str]) -> dict[str, str]:
    """The companies that are remembered, by the key of their names."""
    statement = select(Company.name_key, Company.id).where(Company.name_key.in_(sorted(keys)))
    return {row.name_key: row.id for row in db.session.execute(statement)}


def channels_of(company_ids: Collection[str]) -> dict[tuple[str, Channel], CompanyChannel]:
    """What is counted of companies, by company and channel."""
    statement = select(CompanyChannel).where(CompanyChannel.company_id.in_(sorted(company_ids)))
    return {(row.company_id, row.channel): row for row in db.session.scalars(statement)}


def find_company(name_key: str) -> Company | None:
    """The company of this key, shown or not."""
    return db.session.scalar(select(Company).where(Company.name_key == name_key))


@dataclass(frozen=True, slots=True)
class Way:
    """How often a company was turned to in one way, and what came of it."""

    channel: Channel
    contacts: int
    replies: int
    interviews: int
    last_month: date


@dataclass(frozen=True, slots=True)
class CompanyLine:
    """One company with what is counted of it."""

    id: str
    version: int
    name: str
    takes_calls: TakesCalls | None
    contacts: int
    replies: int
    interviews: int
    last_month: date | None
    ways: Sequence[Way]


@dataclass(frozen=True, slots=True)
class Companies:
    """One page of the memory, and how many companies there are in all."""

    lines: Sequence[CompanyLine]
    count: int

    @property
    def pages(self) -> int:
        """How many pages there are; an empty list is one page."""
        return max(1, -(-self.count // PAGE))


def _companies() -> Select[*tuple[Any, ...]]:
    """Companies that may be shown; a single contact could be one person's alone."""
    sums = (
        select(
            CompanyChannel.company_id,
            func.sum(CompanyChannel.contacts).label("contacts"),
            func.sum(CompanyChannel.replies).label("replies"),
            func.sum(CompanyChannel.interviews).label("interviews"),
            func.max(CompanyChannel.last_month).label("last_month"),
        )
        .group_by(CompanyChannel.company_id)
        .subquery()
    )
    contacts = func.coalesce(sums.c.contacts, 0)
    return (
        select(
            Company.id,
            Company.version,
            Company.name,
            Company.takes_calls,
            contacts.label("contacts"),
            func.coalesce(sums.c.replies, 0).label("replies"),
            func.coalesce(sums.c.interviews, 0).label("interviews"),
            sums.c.last_month,
        )
        .outerjoin(sums, sums.c.company_id == Company.id)
        .where(or_(contacts >= SHOWN_FROM, Company.takes_calls.is_not(None)))
    )


def list_companies(text: str, page: int) -> Companies:
    """The companies that may be shown, by name, narrowed by a part of it; three statements."""
    found = _companies()
    key = company_key(text) if text else ""
    if key:
        found = found.where(Company.name_key.contains(key, autoescape=True))
    ordered = found.order_by(Company.name_key, Company.id)
    lines = _lines(ordered.limit(PAGE).offset((page - 1) * PAGE))
    count = db.session.scalar(select(func.count()).select_from(found.subquery())) or 0
    return Companies(lines, count)


def all_companies() -> list[CompanyLine]:
    """Every company that may be shown, for a file; two statements."""
    return _lines(_companies().order_by(Company.name_key, Company.id).limit(MOST_EXPORTED))


def get_company(company_id: str) -> CompanyLine:
    """One company that may be shown; two statements. Raises NotVisible."""
    lines = _lines(_companies().where(Company.id == company_id))
    if not lines:
        raise NotVisible
    return lines[0]


def get_company_row(company_id: str) -> Company:
    """The row of a company. Raises NotVisible."""
    company = db.session.scalar(select(Company).where(Company.id == company_id))
    if company is None:
        raise NotVisible
    return company


def _lines(statement: Select[*tuple[Any, ...]]) -> list[CompanyLine]:
    rows = _rows(statement)
    ways: dict[str, list[Way]] = {}
    details = (
        select(
            CompanyChannel.company_id,
            CompanyChannel.channel,
            CompanyChannel.contacts,
            CompanyChannel.replies,
            CompanyChannel.interviews,
            CompanyChannel.last_month,
        )
        .where(CompanyChannel.company_id.in_([row.id for row in rows]))
        .order_by(
            (CompanyChannel.channel == Channel.OTHER).asc(),
            CompanyChannel.contacts.desc(),
            CompanyChannel.channel,
            CompanyChannel.id,
        )
    )
    found = _rows(details)
    for row in found:
        ways.setdefault(row.company_id, []).append(Way(*row[1:]))
    return [CompanyLine(*(*row, ways.get(row.id, ()))) for row in rows]


def _rows(statement: Any) -> Sequence[Any]:
    return db.session.execute(statement).all()
