"""What is asked of programmes, templates and pay terms."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from jobsearch.core.clock import today
from jobsearch.core.db import connection, db
from jobsearch.core.errors import NotVisible
from jobsearch.core.money import Money
from jobsearch.programmes.models import PayTerms, Programme, Template, TemplateDay

PAGE = 25


def get_programme(programme_id: str) -> Programme:
    """A programme with its template and its pay terms, oldest first. Raises NotVisible."""
    statement = (
        select(Programme)
        .where(Programme.id == programme_id)
        .options(joinedload(Programme.template), selectinload(Programme.pay_terms))
    )
    programme = db.session.scalar(statement)
    if programme is None:
        raise NotVisible
    return programme


def find_programme(organisation_id: str, code: str) -> Programme | None:
    """The provider's programme of a code."""
    statement = select(Programme).where(
        Programme.organisation_id == organisation_id, Programme.code == code
    )
    return db.session.scalar(statement)


def is_code_taken(organisation_id: str, code: str) -> bool:
    """Whether the provider has a programme of this code."""
    return find_programme(organisation_id, code) is not None


@dataclass(frozen=True, slots=True)
class ProgrammeLine:
    """A programme in the list, with the pay that holds today."""

    id: str
    code: str
    name: str
    template_id: str
    template_name: str
    hourly_wage: Money | None
    allowance: Money | None
    outcome_bonus: Money | None


def list_programmes(page: int = 1) -> list[ProgrammeLine]:
    """The programmes by name, with the pay terms of today; one statement."""
    newest = (
        select(func.max(PayTerms.valid_from))
        .where(PayTerms.programme_id == Programme.id, PayTerms.valid_from <= today())
        .correlate(Programme)
        .scalar_subquery()
    )
    statement = (
        select(
            Programme.id,
            Programme.code,
            Programme.name,
            Programme.template_id,
            Template.name,
            PayTerms.hourly_wage,
            PayTerms.allowance,
            PayTerms.outcome_bonus,
        )
        .join(Template, Programme.template_id == Template.id)
        .outerjoin(
            PayTerms, (PayTerms.programme_id == Programme.id) & (PayTerms.valid_from == newest)
        )
        .order_by(Programme.name, Programme.id)
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    )
    return [ProgrammeLine(*row) for row in db.session.execute(statement)]


def count_programmes() -> int:
    """How many programmes there are."""
    return db.session.scalar(select(func.count()).select_from(Programme)) or 0


def programme_words(organisation_ids: frozenset[str]) -> list[str]:
    """What these providers call their programmes; such words make poor passwords.

    Asked before the session has a scope, so it is held to these providers here.
    """
    statement = select(Programme.name, Programme.code).where(
        Programme.organisation_id.in_(organisation_ids)
    )
    return [word for row in connection().execute(statement.limit(1000)) for word in row]


def list_programme_names() -> list[tuple[str, str]]:
    """Every programme's key and name, for a choice in a form."""
    statement = select(Programme.id, Programme.name).order_by(Programme.name, Programme.id)
    return [(key, name) for key, name in db.session.execute(statement.limit(200))]


def get_template(template_id: str) -> Template:
    """A template with its days and their blocks. Raises NotVisible."""
    statement = (
        select(Template)
        .where(Template.id == template_id)
        .options(selectinload(Template.days).selectinload(TemplateDay.blocks))
    )
    template = db.session.scalar(statement)
    if template is None:
        raise NotVisible
    return template


def find_template(organisation_id: str, name: str) -> Template | None:
    """The newest edition of a provider's template of this name."""
    statement = (
        select(Template)
        .where(Template.organisation_id == organisation_id, Template.name == name)
        .order_by(Template.edition.desc(), Template.id)
    )
    return db.session.scalars(statement).first()


def list_template_names() -> list[tuple[str, str]]:
    """Every template's key and name with its edition, for a choice in a form."""
    columns = Template.id, Template.name, Template.edition
    statement = select(*columns).order_by(Template.name, Template.edition.desc())
    found = db.session.execute(statement.limit(200))
    return [(key, f"{name} ({edition})") for key, name, edition in found]


def find_terms(programme_id: str, day: date) -> PayTerms | None:
    """The pay terms that hold on a day."""
    statement = (
        select(PayTerms)
        .where(PayTerms.programme_id == programme_id, PayTerms.valid_from <= day)
        .order_by(PayTerms.valid_from.desc(), PayTerms.id)
    )
    return db.session.scalars(statement).first()
