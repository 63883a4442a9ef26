"""Who has an analysis and when: the list of coaches and managers, without any text."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Subquery, func, select

from jobsearch.accounts.models import Account
from jobsearch.analyses.models import Analysis, Release
from jobsearch.analyses.rules import AnalysisState, standing
from jobsearch.cohorts.models import Cohort, Enrolment, EnrolmentState
from jobsearch.consents.links.queries import coaches_since_consent
from jobsearch.consents.models import Consent
from jobsearch.consents.queries import live_on, visible_participants
from jobsearch.core.access import Actor
from jobsearch.core.clock import today
from jobsearch.core.db import db
from jobsearch.people.models import Person

PAGE = 30


@dataclass(frozen=True, slots=True)
class Line:
    """One person's analysis in the list: who and when, no text of it."""

    enrolment_id: str
    given_name: str
    family_name: str
    cohort_name: str
    starts_on: date
    ends_on: date
    analysis_id: str | None
    state: AnalysisState | None
    changed_at: datetime | None
    shown_at: datetime | None
    writer: str | None
    released_at: datetime | None
    recipient: str | None

    @property
    def name(self) -> str:
        """Her full name."""
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def standing(self) -> AnalysisState | None:
        """The state as it is today."""
        return self.state and standing(self.state, self.released_at is not None)


def list_lines(actor: Actor, page: int) -> list[Line]:
    """Everyone who has started and her analysis, newest groups first; thirty a page."""
    sent = _sent(today(actor.zone))
    statement = (
        _started(
            actor,
            Enrolment.id,
            Person.given_name,
            Person.family_name,
            Cohort.name,
            Cohort.starts_on,
            Cohort.ends_on,
            Analysis.id,
            Analysis.state,
            Analysis.changed_at,
            Analysis.shown_at,
            Account.name,
            sent.c.released_at,
            sent.c.recipient,
        )
        .outerjoin(Analysis, Analysis.enrolment_id == Enrolment.id)
        .outerjoin(Account, Account.id == Analysis.written_by_id)
        .outerjoin(sent, sent.c.analysis_id == Analysis.id)
        .order_by(Cohort.starts_on.desc(), Cohort.name, Person.given_name, Enrolment.id)
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    )
    return [Line(*row) for row in db.session.execute(statement)]


def count_pages(actor: Actor) -> int:
    """How many pages the list has, at least one."""
    count = int(db.session.scalar(_started(actor, func.count(Enrolment.id))) or 0)
    return max(1, -(-count // PAGE))


def _started(actor: Actor, *columns: Any) -> Any:
    return (
        select(*columns)
        .select_from(Enrolment)
        .join(Person, Person.id == Enrolment.person_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .where(Enrolment.state == EnrolmentState.STARTED)
        .where(Person.id.in_(visible_participants(actor, today(actor.zone))))
    )


def _sent(day: date) -> Subquery:
    """Per analysis: when it was sent and to whom, while it opens."""
    return (
        select(
            Release.analysis_id,
            func.max(Release.released_at).label("released_at"),
            func.max(Account.name).label("recipient"),
        )
        .join(Consent, Consent.id == Release.consent_id)
        .join(Account, Account.id == Release.recipient_id)
        .where(*live_on(day))
        .where(coaches_since_consent(Release.person_id, Release.recipient_id, day))
        .group_by(Release.analysis_id)
        .subquery()
    )
