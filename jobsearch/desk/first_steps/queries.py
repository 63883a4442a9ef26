"""What a provider has already, counted in one statement."""

from typing import Any

from sqlalchemy import ScalarSelect, func, select

from jobsearch.accounts.invitations.models import Invitation
from jobsearch.accounts.members.rules import InvitationState
from jobsearch.accounts.models import Membership
from jobsearch.attendance.models import Attendance
from jobsearch.cohorts.models import Cohort, Enrolment
from jobsearch.core.access import Actor, Role
from jobsearch.core.db import db
from jobsearch.desk.first_steps.rules import Facts
from jobsearch.organisations.queries import details_of, get_organisation
from jobsearch.organisations.rules import missing_details
from jobsearch.payroll.contracts.editions.models import Contract
from jobsearch.people.models import Person
from jobsearch.programmes.models import Programme


def get_facts(actor: Actor) -> Facts:
    """What the actor's provider has: settings, people who work for it, programmes, groups."""
    own = actor.organisation_id
    statement = select(
        _members(own, Role.COACH),
        _invited(own, Role.COACH),
        _members(own, Role.PAYROLL_CLERK),
        _invited(own, Role.PAYROLL_CLERK),
        _members(None, Role.MUNICIPAL_COACH),
        _count(Programme.id),
        _count(Cohort.id),
        _count(Person.id),
        _count(Enrolment.id),
        _count(Contract.id),
        _count(Attendance.id),
    )
    counts = db.session.execute(statement).one()
    details = details_of(get_organisation(own))
    return Facts(missing_details(details), *(int(count) for count in counts))


def _count(column: Any) -> ScalarSelect[int]:
    return select(func.count(column)).scalar_subquery()


def _members(organisation_id: str | None, role: Role) -> ScalarSelect[int]:
    statement = select(func.count(Membership.id)).where(
        Membership.role == role, Membership.ended_at.is_(None)
    )
    if organisation_id is not None:
        statement = statement.where(Membership.organisation_id == organisation_id)
    return statement.scalar_subquery()


def _invited(organisation_id: str, role: Role) -> ScalarSelect[int]:
    statement = select(func.count(Invitation.id)).where(
        Invitation.role == role,
        Invitation.state == InvitationState.OPEN,
        Invitation.organisation_id == organisation_id,
    )
    return statement.scalar_subquery()
