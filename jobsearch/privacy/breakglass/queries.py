"""What is asked of looks through broken glass: who looks now, who has, and at what."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement, bindparam, select
from sqlalchemy.orm import joinedload

from jobsearch.core.access import Actor, BrokenGlass, Permission, Role, may
from jobsearch.core.columns import UTC
from jobsearch.core.db import connection, db
from jobsearch.core.errors import NotVisible
from jobsearch.core.prepared import Prepared
from jobsearch.organisations.models import Organisation, OrganisationKind
from jobsearch.privacy.breakglass.models import BreakGlass, GlassPage
from jobsearch.privacy.breakglass.rules import PAGE

_LIVING = Prepared(
    select(
        BreakGlass.id,
        BreakGlass.ends_at,
        BreakGlass.organisation_id,
        Organisation.name,
        Organisation.zone,
    )
    .join(Organisation, Organisation.id == BreakGlass.organisation_id)
    .where(
        BreakGlass.account_id == bindparam("account_id"),
        BreakGlass.sign_in_id == bindparam("sign_in_id"),
        BreakGlass.ended_at.is_(None),
        BreakGlass.ends_at > bindparam("at", type_=UTC()),
    )
)


def looking(actor: Actor, at: datetime) -> Actor:
    """The actor as she acts now: an operator whose glass is broken as a manager who only looks.

    Asked at every request, before there is a scope: what has ended opens nothing at the next one.
    The look lives in the sign-in that it was asked in and in no other.
    """
    if actor.role is not Role.OPERATOR:
        return actor
    asked = {"account_id": actor.account_id, "sign_in_id": actor.sign_in_id, "at": at}
    row = _LIVING.first_of_no_provider(connection(), asked)
    if row is None:
        return actor
    return replace(
        actor,
        role=Role.MANAGER,
        organisation_id=row.organisation_id,
        organisation_ids=frozenset({row.organisation_id}),
        zone=row.zone,
        glass=BrokenGlass(row.id, row.name, row.ends_at),
    )


def list_providers() -> list[tuple[str, str]]:
    """Keys and names of the providers, by name."""
    statement = (
        select(Organisation.id, Organisation.name)
        .where(Organisation.kind == OrganisationKind.PROVIDER)
        .order_by(Organisation.name, Organisation.id)
    )
    return [(key, name) for key, name in db.session.execute(statement)]


def find_open(account_id: str) -> BreakGlass | None:
    """The look of an account that nobody has ended, whether its time is over or not."""
    statement = (
        select(BreakGlass)
        .where(BreakGlass.account_id == account_id, BreakGlass.ended_at.is_(None))
        .options(joinedload(BreakGlass.organisation))
    )
    return db.session.scalar(statement)


def list_glasses(actor: Actor, before: datetime | None, limit: int = PAGE) -> list[BreakGlass]:
    """Looks, the newest first: for a manager those at her organisation, else one's own."""
    statement = (
        select(BreakGlass)
        .where(_whose(actor), *([BreakGlass.began_at < before] if before else []))
        .options(
            joinedload(BreakGlass.account),
            joinedload(BreakGlass.ended_by),
            joinedload(BreakGlass.organisation),
        )
        .order_by(BreakGlass.began_at.desc(), BreakGlass.id)
        .limit(limit)
    )
    return list(db.session.scalars(statement))


def get_glass(actor: Actor, glass_id: str) -> BreakGlass:
    """One look that the actor may know of, with its names. Raises NotVisible."""
    statement = (
        select(BreakGlass)
        .where(BreakGlass.id == glass_id, _whose(actor))
        .options(
            joinedload(BreakGlass.account),
            joinedload(BreakGlass.ended_by),
            joinedload(BreakGlass.organisation),
        )
    )
    found = db.session.scalar(statement)
    if found is None:
        raise NotVisible
    return found


def _whose(actor: Actor) -> ColumnElement[bool]:
    """Her own as an operator, those at her organisation as its manager."""
    if actor.glass is None and may(actor, Permission.PRIVACY_READ):
        return BreakGlass.organisation_id == actor.organisation_id
    return BreakGlass.account_id == actor.account_id


def list_pages(glass_id: str, after: int, limit: int = PAGE) -> Sequence[GlassPage]:
    """What was opened through one glass, in order, from an entry on; the caller may see it."""
    statement = (
        select(GlassPage)
        .where(GlassPage.glass_id == glass_id, GlassPage.id > after)
        .order_by(GlassPage.id)
        .limit(limit)
    )
    return db.session.scalars(statement).all()
