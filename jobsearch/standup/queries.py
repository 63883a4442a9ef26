"""What the board shows, read narrowly: three statements however many people there are."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Text, and_, bindparam, exists, or_, select, type_coerce
from sqlalchemy.orm import aliased

from jobsearch.accounts.models import Membership
from jobsearch.attendance.models import Attendance
from jobsearch.cohorts.models import Cohort, CohortBlock, CohortDay, Enrolment
from jobsearch.cohorts.queries import has_seat
from jobsearch.cohorts.seats import OwnSeat, find_seat
from jobsearch.core.access import Actor
from jobsearch.core.clock import now, today
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.core.prepared import Prepared
from jobsearch.people.models import Person
from jobsearch.programmes.rules import BlockKind
from jobsearch.standup.board import Board, Day, Line, Piece, board_of
from jobsearch.standup.models import Meeting
from jobsearch.standup.rules import Phase, Timer, board_day
from jobsearch.standup.words.models import DayPlan, Debrief, GoodNews
from jobsearch.standup.words.rules import Plan
from jobsearch.tracker.helping.models import HelpCall
from jobsearch.tracker.models import Action
from jobsearch.tracker.queries import days_figures
from jobsearch.tracker.rules import ActionSource, Activity

# all that an unchanged poll asks; it rides along with who asks (web.unit.rides)
BOARD_VERSION = (
    select(Cohort.board_version)
    .where(
        Cohort.id == bindparam("cohort_id"),
        Cohort.organisation_id == Membership.organisation_id,
        # a participant follows the board of her own group
        or_(
            Membership.person_id.is_(None),
            exists()
            .where(
                Enrolment.cohort_id == Cohort.id,
                Enrolment.person_id == Membership.person_id,
                has_seat(),
            )
            .correlate(Cohort, Membership),
        ),
    )
    .correlate(Membership)
    .scalar_subquery()
)


def get_board_version(found: int | None) -> str:
    """What BOARD_VERSION found, as a text for this day. Raises NotVisible."""
    if found is None:
        raise NotVisible
    return version_text(found)


def version_text(version: int) -> str:
    """A board's version with the day, as another day shows another board."""
    return f"{version}.{today():%y%m%d}"


_TASK = (
    select(CohortBlock.text)
    .where(CohortBlock.cohort_day_id == CohortDay.id, CohortBlock.kind == BlockKind.ASSIGNMENT)
    .order_by(CohortBlock.position)
    .limit(1)
    .correlate(CohortDay)
    .scalar_subquery()
)
# the words of twelve days are carried as they are stored and read for one of them
_DAYS = Prepared(
    select(
        Cohort.name,
        Cohort.place,
        Cohort.board_version,
        CohortDay.id,
        CohortDay.position,
        CohortDay.on,
        CohortDay.week,
        CohortDay.starts_minute,
        CohortDay.paid_minutes,
        type_coerce(CohortDay.title, Text).label("title"),
        type_coerce(_TASK, Text).label("task"),
        Meeting.phase,
        Meeting.phase_started_at,
        Meeting.paused_at,
        Meeting.turn_enrolment_id,
    )
    .join(CohortDay, CohortDay.cohort_id == Cohort.id)
    .outerjoin(Meeting, Meeting.cohort_day_id == CohortDay.id)
    .where(CohortDay.cancelled_at.is_(None), Cohort.id == bindparam("cohort_id"))
    .order_by(CohortDay.on, CohortDay.position)
)


def own_seat(actor: Actor) -> OwnSeat:
    """A participant's seat in a group that is not over. Raises NotVisible when she has none."""
    seat = find_seat(actor.person_id or "", today(actor.zone))
    if seat is None:
        raise NotVisible
    return seat


def get_board(actor: Actor, cohort_id: str) -> Board:
    """The board of a group: of today, else of its latest day, else of its first.

    Raises NotVisible for another's group, one without days, and for a participant without a seat
    in it.
    """
    rows = _DAYS.rows(cohort_id=cohort_id)
    here = board_day([row.on for row in rows], today())
    row, before = rows[here], rows[here - 1] if here else None
    lines = _lines(cohort_id, row.id, before.id if before else "")
    if actor.person_id is not None and actor.person_id not in {one.person_id for one in lines}:
        raise NotVisible
    figures = days_figures(cohort_id, [row.on] if before is None else [row.on, before.on])
    return board_of(
        day=_day(cohort_id, rows, row, actor.language),
        lines=lines,
        today=figures[row.on],
        yesterday=figures[before.on] if before is not None else None,
        now=now(),
    )


def _day(cohort_id: str, rows: Any, row: Row[*tuple[Any, ...]], language: str) -> Day:
    started: datetime | None = row.phase_started_at
    return Day(
        cohort_id=cohort_id,
        version=row.board_version,
        group=row.name,
        place=row.place,
        day_id=row.id,
        on=row.on,
        number=rows.index(row) + 1,
        count=len(rows),
        starts_minute=row.starts_minute,
        title=row.title,
        task=row.task,
        language=language,
        timer=Timer(Phase(row.phase), started, row.paused_at) if started else None,
        turn=row.turn_enrolment_id,
        pieces=tuple(_pieces(rows, row.on)),
    )


def _pieces(rows: Any, here: date) -> list[Piece]:
    return [
        Piece(
            state="today" if row.on == here else "done" if row.on < here else "ahead",
            long=row.paid_minutes > rows[0].paid_minutes,
            new_week=number > 0 and row.week != rows[number - 1].week,
        )
        for number, row in enumerate(rows)
    ]


def _of_day(table: Any, day: str) -> Any:
    return and_(table.enrolment_id == Enrolment.id, table.cohort_day_id == bindparam(day))


_BEFORE = aliased(Debrief)
_LINES = Prepared(
    select(
        Enrolment.id,
        Enrolment.person_id,
        Person.given_name,
        Person.family_name,
        Person.board_name,
        Attendance.mark,
        DayPlan.employer,
        DayPlan.way,
        DayPlan.at_minute,
        Debrief.learned,
        Debrief.next_step,
        _BEFORE.next_step.label("meant_to"),
        GoodNews.news,
        GoodNews.words,
        HelpCall.id.label("help_call"),
    )
    .join(Person, Enrolment.person_id == Person.id)
    .outerjoin(Attendance, _of_day(Attendance, "day_id"))
    .outerjoin(DayPlan, _of_day(DayPlan, "day_id"))
    .outerjoin(Debrief, _of_day(Debrief, "day_id"))
    .outerjoin(_BEFORE, _of_day(_BEFORE, "before_id"))
    .outerjoin(HelpCall, and_(HelpCall.enrolment_id == Enrolment.id, HelpCall.ended_at.is_(None)))
    # what somebody tells after the debrief is celebrated on the next morning
    .outerjoin(
        GoodNews,
        and_(
            GoodNews.enrolment_id == Enrolment.id,
            or_(
                GoodNews.cohort_day_id == bindparam("day_id"),
                GoodNews.cohort_day_id == bindparam("before_id"),
            ),
        ),
    )
    .where(Enrolment.cohort_id == bindparam("cohort_id"), has_seat())
    .order_by(Person.given_name, Person.family_name, Enrolment.id, GoodNews.told_at)
)


def _lines(cohort_id: str, day_id: str, before_id: str) -> list[Line]:
    found: dict[str, Line] = {}
    for row in _LINES.rows(cohort_id=cohort_id, day_id=day_id, before_id=before_id):
        line = found.setdefault(row.id, _line(row))
        if row.news is not None:
            line.news.setdefault(row.news, row.words)
    return list(found.values())


def _line(row: Any) -> Line:
    return Line(
        enrolment_id=row.id,
        person_id=row.person_id,
        given_name=row.given_name,
        family_name=row.family_name,
        choice=row.board_name,
        mark=row.mark,
        plan=None if row.way is None else Plan(row.employer, row.way, row.at_minute),
        learned=row.learned or "",
        next_step=row.next_step or "",
        meant_to=row.meant_to or "",
        asks_help=row.help_call is not None,
        news={},
    )


@dataclass(frozen=True, slots=True)
class BoardDay:
    """The day that a deed on the board is about."""

    day_id: str
    on: date


def get_board_day(cohort_id: str) -> BoardDay:
    """The day that the board shows. Raises NotVisible."""
    statement = (
        select(CohortDay.id, CohortDay.on)
        .where(CohortDay.cohort_id == cohort_id, CohortDay.cancelled_at.is_(None))
        .order_by(CohortDay.on, CohortDay.position)
    )
    days = [BoardDay(*row) for row in db.session.execute(statement)]
    return days[board_day([day.on for day in days], today())]


def find_meeting(day_id: str) -> Meeting | None:
    """The meeting of a day, once it has begun."""
    return db.session.scalar(select(Meeting).where(Meeting.cohort_day_id == day_id))


def is_on_board(cohort_id: str, enrolment_id: str) -> bool:
    """Whether the enrolment has a seat in this group."""
    statement = select(Enrolment.id).where(
        Enrolment.id == enrolment_id, Enrolment.cohort_id == cohort_id, has_seat()
    )
    return db.session.scalar(statement) is not None


def list_countable(enrolment_id: str, on: date, activity: Activity) -> list[Action]:
    """A person's actions of a kind on a day that count and are no import, oldest first."""
    statement = (
        select(Action)
        .where(
            Action.enrolment_id == enrolment_id,
            Action.on == on,
            Action.activity == activity,
            Action.undone_at.is_(None),
            Action.source != ActionSource.IMPORTED,
        )
        .order_by(Action.logged_at, Action.id)
    )
    return list(db.session.scalars(statement))


def person_of(enrolment_id: str) -> str:
    """Whose enrolment it is. Raises NotVisible."""
    person_id = db.session.scalar(select(Enrolment.person_id).where(Enrolment.id == enrolment_id))
    if person_id is None:
        raise NotVisible
    return person_id
