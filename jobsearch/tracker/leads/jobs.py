"""Writes to people whose leads have gone quiet: at most once a week, while their group works."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement, Select, exists, select

from jobsearch.accounts.models import Account, Membership
from jobsearch.cohorts.models import Cohort, Enrolment
from jobsearch.cohorts.queries import has_seat
from jobsearch.cohorts.rules import CohortState
from jobsearch.core.access import Role
from jobsearch.core.clock import now, today
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import Scope, whole_installation
from jobsearch.core.text import Outcome
from jobsearch.core.text import mark as N_
from jobsearch.notices.models import Message
from jobsearch.notices.rules import Recipient
from jobsearch.notices.service import send
from jobsearch.organisations.models import Organisation
from jobsearch.tracker.leads.mail import SILENT
from jobsearch.tracker.leads.models import Lead
from jobsearch.tracker.leads.queries import signs_of, waiting_leads
from jobsearch.tracker.leads.rules import is_silent
from jobsearch.tracker.models import TrackerSettings
from jobsearch.tracker.rules import QUIET_DAYS
from jobsearch.web.addresses import absolute

_WEEK = timedelta(days=7)
_GOOD_FOR = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose leads have gone quiet, and where they are hers."""

    person_id: str
    organisation_id: str
    zone: str


def ask_about_silent_leads() -> Outcome:
    """Write to everyone with quiet leads who was not written to within a week; says how many."""
    with unit_of_work(whole_installation("silent leads"), read_only=True):
        owners = _list_owners()
    told = sum(_tell(owner, count) for owner, count in owners.items())
    return Outcome(N_("Asked about quiet leads: %(count)s."), count=told)


def _list_owners() -> Counter[Owner]:
    """How many quiet leads each person has whose group is at work."""
    more = (Lead.person_id, Lead.organisation_id, Organisation.zone, TrackerSettings.quiet_days)
    statement = (
        waiting_leads(*more, Cohort.starts_on, Cohort.ends_on)
        .join(Organisation, Organisation.id == Lead.organisation_id)
        .join(Enrolment, Enrolment.id == Lead.enrolment_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .outerjoin(TrackerSettings, TrackerSettings.organisation_id == Lead.organisation_id)
        .where(has_seat(), Cohort.state == CohortState.OPEN, Cohort.ends_on >= today() - _WEEK)
        .order_by(Lead.person_id, Lead.id)
    )
    found: Counter[Owner] = Counter()
    for row in db.session.execute(statement):
        this_day = today(row.zone)
        if not row.starts_on <= this_day <= row.ends_on:
            continue
        if is_silent(signs_of(row, row.zone), this_day, row.quiet_days or QUIET_DAYS):
            found[Owner(row.person_id, row.organisation_id, row.zone)] += 1
    return found


def _tell(owner: Owner, count: int) -> bool:
    """Write to one person, unless she was written to within a week or cannot open the page."""
    this_day = today(owner.zone)
    with unit_of_work(Scope(frozenset({owner.organisation_id}), "silent leads")):
        account = db.session.scalar(_account_of(owner))
        if account is None or db.session.scalar(select(_was_told(owner))):
            return False
        sent = send(
            SILENT,
            Recipient(
                email=account.email,
                phone=account.phone,
                language=account.language,
                subject_id=owner.person_id,
                name=account.name.split(maxsplit=1)[0],
            ),
            {"count": count, "link": absolute("tracker_leads.my_leads")},
            organisation_id=owner.organisation_id,
            once=f"silent_leads:{owner.person_id}:{this_day:%G-W%V}",
            expires_at=now() + _GOOD_FOR,
        )
        return sent is not None


def _account_of(owner: Owner) -> Select[Account]:
    return (
        select(Account)
        .join(Membership, Membership.account_id == Account.id)
        .where(
            Membership.person_id == owner.person_id,
            Membership.organisation_id == owner.organisation_id,
            Membership.role == Role.PARTICIPANT,
            Membership.ended_at.is_(None),
            Account.closed_at.is_(None),
        )
        .order_by(Membership.id)
        .limit(1)
    )


def _was_told(owner: Owner) -> ColumnElement[bool]:
    return exists().where(
        Message.kind == SILENT.key,
        Message.subject_id == owner.person_id,
        Message.created_at > now() - _WEEK,
    )
