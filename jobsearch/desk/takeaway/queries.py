"""All that one person has in the house of her own search; each function is one statement.

Nothing is narrowed by group or day: it is hers, also what is private and after the group has ended.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, func, literal, select, union_all
from sqlalchemy.orm import aliased

from jobsearch.accounts.models import Account
from jobsearch.attendance.models import Attendance
from jobsearch.coaching.documents.models import Document, DocumentComment, DocumentVersion
from jobsearch.coaching.sparring.models import NextStep, SparringNote
from jobsearch.coaching.sparring.rules import Reader
from jobsearch.coaching.strategies.models import Strategy
from jobsearch.cohorts.models import Cohort, CohortDay, Enrolment
from jobsearch.core.db import db
from jobsearch.core.files import StoredFile
from jobsearch.standup.words.models import DayPlan, Debrief, GoodNews
from jobsearch.standup.words.rules import News
from jobsearch.tracker.interviews.models import Interview, InterviewTick
from jobsearch.tracker.leads.models import Lead
from jobsearch.tracker.lists.whole import ACTION_COLUMNS
from jobsearch.tracker.models import Action, Employer, Goal

Rows = Sequence[Row[Any]]


def _all(statement: Any) -> Rows:
    rows: Rows = db.session.execute(statement).all()
    return rows


def list_actions(person_id: str) -> Rows:
    """What she did, in order of days; what was undone is left out."""
    return _all(
        select(*ACTION_COLUMNS)
        .outerjoin(Employer, Employer.id == Action.employer_id)
        .where(Action.person_id == person_id, Action.undone_at.is_(None))
        .order_by(Action.on, Action.logged_at, Action.id)
    )


def list_interviews(person_id: str) -> Rows:
    """Her interviews, cancelled ones too, by time: a row for each thing that she prepared."""
    return _all(
        select(
            Interview.id,
            Interview.starts_at,
            Interview.minutes,
            Interview.way,
            Interview.place,
            Employer.name.label("employer"),
            Lead.role_title,
            Interview.went,
            Interview.learned,
            Interview.cancelled_at,
            InterviewTick.item.label("prepared"),
        )
        .join(Employer, Employer.id == Interview.employer_id)
        .outerjoin(Lead, Lead.id == Interview.lead_id)
        .outerjoin(InterviewTick, InterviewTick.interview_id == Interview.id)
        .where(Interview.person_id == person_id)
        .order_by(Interview.starts_at, Interview.id, InterviewTick.item, InterviewTick.id)
    )


def list_employers(person_id: str) -> Rows:
    """Her register of employers by name, with how often she turned to each and when last."""
    return _all(
        select(
            Employer.name,
            func.coalesce(func.sum(Action.count), 0).label("actions"),
            func.max(Action.on).label("last_on"),
        )
        .outerjoin(Action, (Action.employer_id == Employer.id) & Action.undone_at.is_(None))
        .where(Employer.person_id == person_id)
        .group_by(Employer.id, Employer.name)
        .order_by(Employer.name, Employer.id)
    )


def list_goals(person_id: str) -> Rows:
    """Her goals of each day."""
    return _all(
        select(Goal.on, Goal.activity, Goal.target, Goal.origin)
        .where(Goal.person_id == person_id)
        .order_by(Goal.on, Goal.activity, Goal.id)
    )


def list_strategies(person_id: str) -> Rows:
    """Her strategy in each group, the newest first, with who wrote it last."""
    return _all(
        select(
            Cohort.name.label("group"),
            Strategy.goal,
            Strategy.work,
            Strategy.area,
            Strategy.targets,
            Strategy.written_at,
            Account.name.label("by"),
        )
        .join(Enrolment, Enrolment.id == Strategy.enrolment_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .outerjoin(Account, Account.id == Strategy.written_by_id)
        .where(Strategy.person_id == person_id)
        .order_by(Cohort.starts_on.desc(), Strategy.id)
    )


def list_words(person_id: str) -> Rows:
    """What she planned, learned and meant to do next on each day, and her good news."""
    interview, job = aliased(GoodNews), aliased(GoodNews)

    def of_day(table: Any, *only: Any) -> Any:
        held = (table.enrolment_id == Enrolment.id) & (table.cohort_day_id == CohortDay.id)
        return held & (table.news == only[0]) if only else held

    return _all(
        select(
            CohortDay.on,
            DayPlan.employer,
            DayPlan.way,
            DayPlan.at_minute,
            Debrief.learned,
            Debrief.next_step,
            interview.told_at.label("interview_at"),
            interview.words.label("interview"),
            job.told_at.label("job_at"),
            job.words.label("job"),
        )
        .select_from(Enrolment)
        .join(CohortDay, CohortDay.cohort_id == Enrolment.cohort_id)
        .outerjoin(DayPlan, of_day(DayPlan))
        .outerjoin(Debrief, of_day(Debrief))
        .outerjoin(interview, of_day(interview, News.INTERVIEW))
        .outerjoin(job, of_day(job, News.JOB))
        .where(
            Enrolment.person_id == person_id,
            func.coalesce(DayPlan.id, Debrief.id, interview.id, job.id).is_not(None),
        )
        .order_by(CohortDay.on, CohortDay.id)
    )


def list_steps(person_id: str) -> Rows:
    """The steps that were agreed with her, in order; what was dropped is left out."""
    return _all(
        select(NextStep.text, NextStep.due_on, NextStep.agreed_at, NextStep.done_at)
        .where(NextStep.person_id == person_id, NextStep.dropped_at.is_(None))
        .order_by(NextStep.agreed_at, NextStep.id)
    )


def list_notes(person_id: str) -> Rows:
    """The notes that her coaches share with her."""
    return _all(
        select(SparringNote.written_at, Account.name.label("by"), SparringNote.body)
        .join(Account, Account.id == SparringNote.writer_id)
        .where(SparringNote.person_id == person_id, SparringNote.reader == Reader.SHARED)
        .order_by(SparringNote.written_at, SparringNote.id)
    )


def list_hours(person_id: str) -> Rows:
    """Her days of work: there or away, and the paid minutes."""
    return _all(
        select(CohortDay.on, Attendance.mark, Attendance.planned_minutes, Attendance.paid_minutes)
        .join(CohortDay, CohortDay.id == Attendance.cohort_day_id)
        .where(Attendance.person_id == person_id)
        .order_by(CohortDay.on, Attendance.id)
    )


def list_versions(person_id: str) -> Rows:
    """Every version of her documents; the newest of each document with a file is `is_current`."""
    newest = _newest(person_id)
    return _all(
        select(
            Document.id,
            Document.kind,
            Document.state,
            Lead.role_title,
            Employer.name.label("employer"),
            DocumentVersion.number,
            DocumentVersion.name,
            DocumentVersion.uploaded_at,
            Account.name.label("by"),
            DocumentVersion.taken_away_at,
            DocumentVersion.file_id,
            (newest.c.number == DocumentVersion.number).label("is_current"),
            StoredFile.size_bytes,
        )
        .outerjoin(DocumentVersion, DocumentVersion.document_id == Document.id)
        .outerjoin(newest, newest.c.document_id == Document.id)
        .outerjoin(StoredFile, StoredFile.id == DocumentVersion.file_id)
        .outerjoin(Account, Account.id == DocumentVersion.uploaded_by_id)
        .outerjoin(Lead, Lead.id == Document.lead_id)
        .outerjoin(Employer, Employer.id == Lead.employer_id)
        .where(Document.person_id == person_id)
        .order_by(Document.kind, Document.id, DocumentVersion.number)
    )


def _newest(person_id: str) -> Any:
    """The number of the newest version with a file, of each document."""
    return (
        select(DocumentVersion.document_id, func.max(DocumentVersion.number).label("number"))
        .where(DocumentVersion.person_id == person_id, DocumentVersion.file_id.is_not(None))
        .group_by(DocumentVersion.document_id)
        .subquery()
    )


def list_comments(person_id: str) -> Rows:
    """What was said of her documents, by herself and her coaches."""
    return _all(
        select(
            Document.kind,
            DocumentComment.written_at,
            Account.name.label("by"),
            DocumentComment.body,
        )
        .join(Document, Document.id == DocumentComment.document_id)
        .join(Account, Account.id == DocumentComment.writer_id)
        .where(DocumentComment.person_id == person_id)
        .order_by(DocumentComment.written_at, DocumentComment.id)
    )


@dataclass(frozen=True, slots=True)
class Inside:
    """What there is to take home: how many of each, and the bytes of the newest files."""

    counts: dict[str, int]
    files: int
    bytes: int


def count_inside(person_id: str) -> Inside:
    """How much there is of each, in one statement."""

    def counted(name: str, table: Any, *only: Any) -> Any:
        whole = select(literal(name), func.count(), literal(0)).select_from(table)
        return whole.where(table.person_id == person_id, *only)

    newest = _newest(person_id)
    is_newest = (newest.c.document_id == DocumentVersion.document_id) & (
        newest.c.number == DocumentVersion.number
    )
    files = (
        select(literal("files"), func.count(), func.coalesce(func.sum(StoredFile.size_bytes), 0))
        .select_from(DocumentVersion)
        .join(newest, is_newest)
        .join(StoredFile, StoredFile.id == DocumentVersion.file_id)
    )
    statement: Any = union_all(
        counted("actions", Action, Action.undone_at.is_(None)),
        counted("leads", Lead),
        counted("interviews", Interview),
        counted("employers", Employer),
        counted("documents", Document),
        files,
    )
    found = {name: (int(count), int(size)) for name, count, size in db.session.execute(statement)}
    number, size = found.pop("files")
    return Inside({name: count for name, (count, _size) in found.items()}, number, size)
