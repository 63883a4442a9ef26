"""What is asked of surveys as they are prepared and sent: how many were asked and replied."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, select

from jobsearch.accounts.models import Account
from jobsearch.cohorts.models import Cohort, CohortState, Enrolment, EnrolmentState
from jobsearch.consents.links.queries import holds_on
from jobsearch.consents.models import CoachLink
from jobsearch.core.access import Actor, Role
from jobsearch.core.clock import today
from jobsearch.core.db import db
from jobsearch.core.periods import add_months
from jobsearch.feedback.models import Survey, SurveyBox, SurveyQuestion, SurveyTicket
from jobsearch.feedback.queries import get_survey, list_questions
from jobsearch.feedback.rules import Audience
from jobsearch.notices.rules import Recipient
from jobsearch.people.models import Person
from jobsearch.people.restrictions.queries import is_restricted
from jobsearch.programmes.models import Programme
from jobsearch.programmes.queries import get_programme

PAGE = 25
_ASKED_FOR_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Line:
    """One survey with its group and its counts; a survey that was not sent has no box."""

    survey: Survey
    cohort: str | None
    replies: int | None
    invited: int | None
    is_open: bool

    @property
    def is_draft(self) -> bool:
        """Whether it is being prepared."""
        return self.replies is None


@dataclass(frozen=True, slots=True)
class SurveyList:
    """A page of a programme's surveys, the newest first."""

    programme: Programme
    lines: Sequence[Line]
    page: int
    pages: int


def list_surveys(programme_id: str, page: int) -> SurveyList:
    """A programme's surveys. Raises NotVisible."""
    programme = get_programme(programme_id)
    this_day = today(programme.zone)
    count = select(func.count()).select_from(Survey).where(Survey.programme_id == programme.id)
    total = db.session.scalar(count) or 0
    lines = _lines(Survey.programme_id == programme.id, this_day, page)
    return SurveyList(programme, lines, page, max(1, -(-total // PAGE)))


def _lines(condition: ColumnElement[bool], this_day: date, page: int = 1) -> list[Line]:
    statement = (
        select(Survey, Cohort.name, SurveyBox.replies, SurveyBox.invited)
        .outerjoin(Cohort, Cohort.id == Survey.cohort_id)
        .outerjoin(SurveyBox, SurveyBox.survey_id == Survey.id)
        .where(condition)
        .order_by(Survey.closed_on.desc(), Survey.name, Survey.id)
        .offset((page - 1) * PAGE)
        .limit(PAGE)
    )
    return [
        Line(survey, cohort, replies, invited, survey.closed_on >= this_day and not survey.ended_at)
        for survey, cohort, replies, invited in db.session.execute(statement)
    ]


@dataclass(frozen=True, slots=True)
class SurveyPage:
    """One survey with its questions; of a draft also how many would be asked."""

    line: Line
    programme: Programme
    questions: list[SurveyQuestion]
    reached: int
    unreached: int
    may_end: bool

    @property
    def has_words(self) -> bool:
        """Whether there is a question in own words already."""
        return any(one.form == "words" for one in self.questions)


def show_survey(actor: Actor, survey_id: str) -> SurveyPage:
    """One survey. Raises NotVisible."""
    survey = get_survey(survey_id)
    programme = get_programme(survey.programme_id)
    line = _lines(Survey.id == survey.id, today(programme.zone))[0]
    of = survey.programme_id, survey.cohort_id, survey.audience
    asked = list_recipients(*of) if line.is_draft else []
    reached = sum(1 for one in asked if one.email or one.phone)
    return SurveyPage(
        line,
        programme,
        list_questions(survey.id),
        reached,
        len(asked) - reached,
        line.is_open and not line.is_draft and may_end(actor, survey),
    )


def may_end(actor: Actor, survey: Survey) -> bool:
    """Whether somebody may end this survey: a coach only those of her own groups."""
    if actor.role is not Role.COACH:
        return True
    hers = select(Cohort.id).where(Cohort.id == survey.cohort_id)
    return db.session.scalar(hers.where(Cohort.coach_id == actor.account_id)) is not None


def list_recipients(
    programme_id: str, cohort_id: str | None, audience: Audience
) -> list[Recipient]:
    """Whom a survey asks, also those who have no address; of employers nobody is known.

    A person whose data is restricted is asked nothing.

    Groups that ended more than a year ago are asked only by a survey of their own.
    """
    if audience is Audience.EMPLOYERS:
        return []
    of: tuple[ColumnElement[bool], ...] = (
        Cohort.programme_id == programme_id,
        Cohort.state != CohortState.CANCELLED,
    )
    if cohort_id is not None:
        of = (*of, Cohort.id == cohort_id)
    else:
        of = (*of, Cohort.ends_on >= add_months(today(), -_ASKED_FOR_MONTHS))
    if audience is Audience.PARTICIPANTS:
        return _participants(of)
    return _coaches(of) if audience is Audience.COACHES else _municipal_coaches(of)


def _participants(of: tuple[ColumnElement[bool], ...]) -> list[Recipient]:
    started = (
        select(Enrolment.person_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .where(Enrolment.state == EnrolmentState.STARTED, *of)
    )
    statement = select(Person.id, Person.email, Person.phone, Person.language).where(
        Person.id.in_(started), ~is_restricted(Person.id)
    )
    return [
        Recipient(email, phone, language, key, "")
        for key, email, phone, language in db.session.execute(statement)
    ]


def _coaches(of: tuple[ColumnElement[bool], ...]) -> list[Recipient]:
    statement = (
        select(Account)
        .join(Cohort, Cohort.coach_id == Account.id)
        .where(Account.closed_at.is_(None), *of)
        .distinct()
    )
    return [_of_account(one) for one in db.session.scalars(statement)]


def _municipal_coaches(of: tuple[ColumnElement[bool], ...]) -> list[Recipient]:
    statement = (
        select(Account)
        .join(CoachLink, CoachLink.account_id == Account.id)
        .join(Enrolment, Enrolment.person_id == CoachLink.person_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .where(
            Account.closed_at.is_(None),
            Enrolment.state == EnrolmentState.STARTED,
            *holds_on(today()),
            *of,
        )
        .distinct()
    )
    return [_of_account(one) for one in db.session.scalars(statement)]


def _of_account(account: Account) -> Recipient:
    return Recipient(account.email, account.phone, account.language, account.id, "")


def list_cohort_names(programme_id: str) -> list[tuple[str, str]]:
    """The groups of a programme, the newest first."""
    statement = (
        select(Cohort.id, Cohort.name)
        .where(Cohort.programme_id == programme_id, Cohort.state != CohortState.CANCELLED)
        .order_by(Cohort.starts_on.desc(), Cohort.name, Cohort.id)
        .limit(200)
    )
    return [(row[0], row[1]) for row in db.session.execute(statement)]


def list_over(last_day: date) -> list[str]:
    """Surveys that closed by a day and still have tickets that nobody used."""
    has_tickets = select(SurveyTicket.id).where(SurveyTicket.survey_id == Survey.id).exists()
    statement = select(Survey.id).where(Survey.closed_on <= last_day, has_tickets)
    return list(db.session.scalars(statement.order_by(Survey.id)))


def list_closed(last_day: date) -> list[tuple[str, str]]:
    """Organisation and programme of surveys that closed by a day and wait to be shown."""
    statement = (
        select(Survey.organisation_id, Survey.programme_id)
        .join(SurveyQuestion, SurveyQuestion.survey_id == Survey.id)
        .join(SurveyBox, SurveyBox.survey_id == Survey.id)
        .where(Survey.closed_on <= last_day, SurveyQuestion.step.is_(None))
        .distinct()
        .order_by(Survey.organisation_id, Survey.programme_id)
    )
    return [(row[0], row[1]) for row in db.session.execute(statement)]
