"""What the tracker, the strategy and the documents say of one enrolment."""

from sqlalchemy import func, select

from jobsearch.analyses.checks.queries import around_person
from jobsearch.analyses.figures import figures_of
from jobsearch.analyses.prefill.records import OpenLead, Records, without_doubts
from jobsearch.coaching.documents.models import Document
from jobsearch.coaching.documents.rules import DocumentKind, DocumentState
from jobsearch.coaching.sparring.models import NextStep
from jobsearch.coaching.strategies.models import Strategy
from jobsearch.coaching.strategies.rules import StrategyText
from jobsearch.cohorts.models import Enrolment
from jobsearch.core.db import db
from jobsearch.people.models import Person
from jobsearch.tracker.interviews.models import Interview
from jobsearch.tracker.leads.models import Lead
from jobsearch.tracker.leads.rules import OPEN_STAGES, LeadStage
from jobsearch.tracker.models import Action, Employer
from jobsearch.tracker.rules import Channel, Reply

_MOST = 5


def records_of(person: Person, enrolment: Enrolment) -> Records:
    """What the records say of one person's enrolment, doubtful words left out.

    Of employers the names alone, of her own leads; nobody of their people.
    """
    ready, aimed = _documents(enrolment.id)
    found = Records(
        figures=figures_of(enrolment),
        strategy=_strategy(enrolment.id),
        ready=ready,
        aimed=aimed,
        ways=_ways(enrolment.id),
        interested=_count_interested(enrolment.id),
        offers=_count_offers(enrolment.id),
        leads=_open_leads(enrolment.id),
        steps=_steps(enrolment.id),
    )
    return without_doubts(found, around_person(person, enrolment.cohort_id))


def _strategy(enrolment_id: str) -> StrategyText:
    columns = (Strategy.goal, Strategy.work, Strategy.area, Strategy.targets)
    row = db.session.execute(
        select(*columns).where(Strategy.enrolment_id == enrolment_id)
    ).one_or_none()
    return StrategyText() if row is None else StrategyText(*row)


def _documents(enrolment_id: str) -> tuple[tuple[DocumentKind, ...], int]:
    """The kinds that are ready, and how many were made for one job each."""
    rows = db.session.execute(
        select(Document.kind, Document.lead_id).where(
            Document.enrolment_id == enrolment_id, Document.state == DocumentState.READY
        )
    ).all()
    general = {kind for kind, lead_id in rows if lead_id is None}
    ready = tuple(kind for kind in DocumentKind if kind in general)
    return ready, sum(1 for _kind, lead_id in rows if lead_id is not None)


def _ways(enrolment_id: str) -> tuple[tuple[Channel, int], ...]:
    """How the employers of her interviews had been reached, the most often first."""
    times = func.count(Interview.id.distinct())
    rows = db.session.execute(
        select(Action.channel, times)
        .join(Interview, Interview.employer_id == Action.employer_id)
        .where(
            Interview.enrolment_id == enrolment_id,
            Interview.cancelled_at.is_(None),
            Action.enrolment_id == enrolment_id,
            Action.undone_at.is_(None),
            Action.channel.is_not(None),
            Action.channel != Channel.OTHER,
        )
        .group_by(Action.channel)
        .order_by(times.desc(), Action.channel)
    )
    return tuple((channel, count) for channel, count in rows if channel is not None)


def _count_interested(enrolment_id: str) -> int:
    statement = select(func.count(Action.employer_id.distinct())).where(
        Action.enrolment_id == enrolment_id,
        Action.undone_at.is_(None),
        Action.reply == Reply.INTERESTED,
    )
    return db.session.scalar(statement) or 0


def _count_offers(enrolment_id: str) -> int:
    statement = select(func.count(Lead.id)).where(
        Lead.enrolment_id == enrolment_id, Lead.stage.in_((LeadStage.OFFER, LeadStage.HIRED))
    )
    return db.session.scalar(statement) or 0


def _open_leads(enrolment_id: str) -> tuple[OpenLead, ...]:
    """What is open, the furthest on first."""
    rows = db.session.execute(
        select(Lead.role_title, Employer.name, Lead.next_step, Lead.next_step_on, Lead.stage)
        .join(Employer, Employer.id == Lead.employer_id)
        .where(Lead.enrolment_id == enrolment_id, Lead.stage.in_(OPEN_STAGES))
        .order_by(Lead.stage_on.desc(), Lead.id)
    ).all()
    found = sorted(rows, key=lambda row: -OPEN_STAGES.index(row.stage))
    return tuple(OpenLead(*row[:4]) for row in found[:_MOST])


def _steps(enrolment_id: str) -> tuple[str, ...]:
    statement = (
        select(NextStep.text)
        .where(
            NextStep.enrolment_id == enrolment_id,
            NextStep.done_at.is_(None),
            NextStep.dropped_at.is_(None),
        )
        .order_by(NextStep.agreed_at, NextStep.id)
        .limit(_MOST)
    )
    return tuple(db.session.scalars(statement))
