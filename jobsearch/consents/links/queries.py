"""What is asked of the links between people and their municipal coaches."""

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, exists, func, select

from jobsearch.accounts.models import Membership
from jobsearch.consents.models import CoachLink, Consent
from jobsearch.core.access import Role
from jobsearch.core.db import connection, db


def providers_of_town(municipality_id: str) -> frozenset[str]:
    """The providers with people whose coach is of this municipality: its administrator's scope.

    Asked before the session has a scope; of what is there an administrator gets counts alone.
    """
    statement = select(CoachLink.organisation_id).where(
        CoachLink.municipality_id == municipality_id
    )
    rows = connection().execute(statement.distinct())
    return frozenset(str(row[0]) for row in rows)


def holds_on(day: date) -> tuple[ColumnElement[bool], ...]:
    """The conditions under which a link holds on a day."""
    return (
        CoachLink.valid_from <= day,
        (CoachLink.valid_to.is_(None)) | (CoachLink.valid_to >= day),
    )


def coaches_since_consent(person_id: Any, account_id: Any, day: date) -> ColumnElement[bool]:
    """This account is the person's municipal coach on the day, and was it when she consented.

    In one go, and at work in that town still. Who was not for a while and is again begins anew:
    what was allowed before stays over. To be asked beside a `Consent`.
    """
    return exists().where(
        CoachLink.person_id == person_id,
        CoachLink.account_id == account_id,
        CoachLink.valid_from <= Consent.given_on,
        CoachLink.began_at.is_(None) | (CoachLink.began_at <= Consent.given_at),
        *holds_on(day),
        Membership.account_id == CoachLink.account_id,
        Membership.organisation_id == CoachLink.municipality_id,
        Membership.role == Role.MUNICIPAL_COACH,
        Membership.ended_at.is_(None),
    )


def count_clients(municipality_id: str, day: date) -> dict[str, int]:
    """How many people each coach of the municipality has today, by account; no person is named."""
    statement = (
        select(CoachLink.account_id, func.count(CoachLink.person_id.distinct()))
        .where(CoachLink.municipality_id == municipality_id, *holds_on(day))
        .group_by(CoachLink.account_id)
    )
    return {row[0]: row[1] for row in db.session.execute(statement)}


def count_of(account_id: str, municipality_id: str, day: date) -> int:
    """How many people one coach of the municipality has today, at whichever providers.

    A number alone, also for an operator, who sees no provider's rows.
    """
    statement = select(func.count(CoachLink.person_id.distinct())).where(
        CoachLink.account_id == account_id,
        CoachLink.municipality_id == municipality_id,
        *holds_on(day),
    )
    return int(db.session.connection().execute(statement).scalar() or 0)


def list_coached(account_id: str, person_ids: Collection[str], day: date) -> set[str]:
    """Which of these people have this municipal coach today."""
    statement = select(CoachLink.person_id).where(
        CoachLink.account_id == account_id, CoachLink.person_id.in_(person_ids), *holds_on(day)
    )
    return set(db.session.scalars(statement))


def hold_links(
    account_id: str, municipality_id: str, day: date, person_id: str | None = None
) -> list[CoachLink]:
    """The links of a coach that hold today, or the one to a person; nobody else moves them now.

    Whoever else moves them waits, and then finds them ended.
    """
    statement = (
        select(CoachLink)
        .where(
            CoachLink.account_id == account_id,
            CoachLink.municipality_id == municipality_id,
            *holds_on(day),
        )
        .order_by(CoachLink.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if person_id is not None:
        statement = statement.where(CoachLink.person_id == person_id)
    return list(db.session.scalars(statement))
