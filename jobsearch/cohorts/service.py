"""Use cases of groups: make one, move and cancel its days, take people in and let them go."""

from datetime import date

from sqlalchemy import bindparam, select, update

from jobsearch.accounts.contacts.service import give_sign_in
from jobsearch.cohorts import queries
from jobsearch.cohorts.calendar import holiday_name, open_weekday, place_days
from jobsearch.cohorts.closures.queries import closed_days
from jobsearch.cohorts.models import Cohort, CohortBlock, CohortDay, Enrolment
from jobsearch.cohorts.rules import (
    DayNow,
    EnrolmentState,
    check_change,
    check_move,
    check_room,
    check_seats,
    check_start,
    check_step,
)
from jobsearch.core.access import Actor
from jobsearch.core.clock import HOME, local, now, today
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible, RuleBroken
from jobsearch.core.periods import minute_of
from jobsearch.core.prepared import Prepared
from jobsearch.core.text import mark as N_
from jobsearch.people.models import Person
from jobsearch.programmes.models import TemplateDay
from jobsearch.programmes.queries import get_programme
from jobsearch.programmes.rules import check_template
from jobsearch.programmes.templates.queries import get_whole_template, plan_of


def make_cohort(
    actor: Actor,
    programme_id: str,
    name: str,
    starts_on: date,
    coach_id: str | None = None,
    *,
    place: str = "",
    meeting_url: str | None = None,
    meeting_phone: str | None = None,
    seats: int = 6,
    of_record: bool = False,
) -> Cohort:
    """A group with the twelve days of its programme's template, moved around public holidays.

    The template is frozen from now on. `of_record` takes in a group that started in the past.
    Raises RuleBroken for a start in the past, a name that is in use, seats outside 1-6 or a coach
    of somebody else; NotVisible for another's programme.
    """
    programme = get_programme(programme_id)
    if not of_record:
        check_start(starts_on, today(programme.zone))
    check_seats(seats)
    _check_new(actor, programme_id, name, coach_id)
    cohort = Cohort(
        organisation_id=actor.organisation_id,
        programme_id=programme_id,
        name=name,
        place=place or "",
        meeting_url=meeting_url or None,
        meeting_phone=meeting_phone or None,
        seats=seats,
        coach_id=coach_id or None,
    )
    _give_days(cohort, programme.template_id, starts_on)
    db.session.add(cohort)
    db.session.flush()
    return cohort


def _give_days(cohort: Cohort, template_id: str, starts_on: date) -> None:
    template = get_whole_template(template_id)
    check_template(plan_of(template).days)
    cohort.days = _days(cohort.organisation_id, template.days, starts_on)
    cohort.starts_on, cohort.ends_on = cohort.days[0].on, cohort.days[-1].on
    template.frozen_at = template.frozen_at or now()


def _check_new(actor: Actor, programme_id: str, name: str, coach_id: str | None) -> None:
    if queries.is_name_taken(programme_id, name):
        raise RuleBroken(N_("The programme has a group of this name already."), field="name")
    if coach_id and not queries.is_coach(actor.organisation_id, coach_id):
        raise RuleBroken(N_("Choose one of your coaches."), field="coach_id")


def _days(organisation_id: str, plan: list[TemplateDay], starts_on: date) -> list[CohortDay]:
    free = open_weekday(closed_days(organisation_id))
    placed = place_days([day.weekday for day in plan], starts_on, free)
    return [
        CohortDay(
            organisation_id=organisation_id,
            position=day.position,
            week=day.week,
            on=where.on,
            planned_on=where.planned_on,
            starts_minute=day.starts_minute,
            paid_minutes=day.paid_minutes,
            title=day.title,
            blocks=_blocks(organisation_id, day),
        )
        for day, where in zip(plan, placed, strict=True)
    ]


def _blocks(organisation_id: str, day: TemplateDay) -> list[CohortBlock]:
    blocks, minute = [], day.starts_minute
    for block in day.blocks:
        blocks.append(
            CohortBlock(
                organisation_id=organisation_id,
                position=block.position,
                kind=block.kind,
                starts_minute=minute,
                minutes=block.minutes,
                text=block.text,
                template_block_id=block.id,
            )
        )
        minute += block.minutes
    return blocks


_TOUCH = Prepared(
    update(Cohort)
    .where(Cohort.id == bindparam("cohort_id"))
    .values(board_version=Cohort.board_version + 1)
    .returning(Cohort.id)
    .execution_options(synchronize_session=False)
)


def touch_board(cohort_id: str) -> None:
    """Say that something on the group's board changed, and hold the group until the end of the
    unit of work: whoever changes it meanwhile waits. Raises NotVisible for another's group.
    """
    if _TOUCH.first(cohort_id=cohort_id) is None:
        raise NotVisible


def move_day(actor: Actor, day_id: str, to: date) -> CohortDay:
    """Move a day of a group to another weekday; its hours go along and the total stays 48.0 h.

    Raises RuleBroken for a day that has begun or is cancelled, a weekend, a holiday or a closed
    day, the past, or a day on which the group works already.
    """
    day = _held_day(day_id)
    check_day_move(actor, day, to)
    day.on = to
    _set_term(day.cohort_id)
    return day


def check_day_move(actor: Actor, day: CohortDay, to: date) -> None:
    """Whether a day can move there, without moving it. Raises RuleBroken as `move_day` does."""
    others = {other.on for other in queries.list_days(day.cohort_id) if other.id != day.id}
    taken = holiday_name(to, actor.language) or closed_days(day.organisation_id).get(to)
    check_move(day_now(day), to, today(), others, taken)


def check_day_cancel(day: CohortDay) -> None:
    """Whether a day can be cancelled, without doing it. Raises RuleBroken."""
    check_change(day_now(day))


def cancel_day(day_id: str) -> CohortDay:
    """Cancel a day: its paid hours fall away. Raises RuleBroken when it has begun already."""
    day = _held_day(day_id)
    check_day_cancel(day)
    day.cancelled_at = now()
    _set_term(day.cohort_id)
    return day


def _held_day(day_id: str) -> CohortDay:
    day = queries.get_day(day_id)
    touch_board(day.cohort_id)
    return day


def day_now(day: CohortDay) -> DayNow:
    """A day as a change of it finds it at this instant."""
    here = local(now(), HOME)
    minute = minute_of(here)
    begun = day.on < here.date() or (day.on == here.date() and minute >= day.starts_minute)
    return DayNow(day.on, day.cancelled_at is not None, begun)


def _set_term(cohort_id: str) -> None:
    """The group's first and last day are those of its days that are not cancelled."""
    db.session.flush()
    days = [day.on for day in queries.list_days(cohort_id) if day.cancelled_at is None]
    cohort = queries.get_cohort(cohort_id)
    if days:
        cohort.starts_on, cohort.ends_on = min(days), max(days)
    db.session.flush()


def enrol(actor: Actor | None, cohort_id: str, person_id: str) -> Enrolment:
    """Give a person a seat in a group; of two who want the last seat one gets it.

    From now on she can sign in, where a number or an address of hers is known. `actor` is None
    when she takes a seat that was offered to her. Raises RuleBroken when the
    group is full or over, or when the person is in a group that is not over; NotVisible for
    another's group or person.
    """
    touch_board(cohort_id)
    cohort = queries.get_cohort(cohort_id)
    person = db.session.scalar(select(Person).where(Person.id == person_id).with_for_update())
    if person is None or (actor and actor.organisation_id != cohort.organisation_id):
        raise NotVisible
    if cohort.ends_on < today():
        raise RuleBroken(N_("This group is over."), field="person_id")
    if queries.is_in_open_cohort(person_id, today()):
        raise RuleBroken(
            N_("This person has a seat in a group that is not over."), field="person_id"
        )
    check_room(queries.count_seats_taken(cohort_id), cohort.seats)
    enrolment = queries.find_enrolment(cohort_id, person_id)
    if enrolment is None:
        enrolment = Enrolment(
            organisation_id=cohort.organisation_id, cohort_id=cohort_id, person_id=person_id
        )
        db.session.add(enrolment)
    elif enrolment.state is EnrolmentState.WITHDREW:
        enrolment.state, enrolment.left_on = EnrolmentState.PLACED, None
    else:
        enrolment.left_on = None
    db.session.flush()
    give_sign_in(person)
    return enrolment


def start(enrolment_id: str) -> Enrolment:
    """The person is at work for the first time: from now on she is in the results."""
    enrolment = queries.get_enrolment(enrolment_id)
    if enrolment.state is not EnrolmentState.STARTED:
        check_step(enrolment.state, EnrolmentState.STARTED)
        enrolment.state = EnrolmentState.STARTED
        db.session.flush()
    return enrolment


def begin_waiting(enrolment_id: str, on: date) -> Enrolment:
    """Her contract is signed: from this day on her pages are hers, though the group has not begun.

    Raises NotVisible.
    """
    enrolment = queries.get_enrolment(enrolment_id)
    enrolment.waiting_from = min(enrolment.waiting_from or on, on)
    db.session.flush()
    return enrolment


def leave(enrolment_id: str, on: date | None = None) -> Enrolment:
    """The person leaves the group on a day (today) and frees her seat.

    Who has not started withdraws; who has stays in the results, and leaves by the date alone.
    Raises RuleBroken when she has left already.
    """
    enrolment = queries.get_enrolment(enrolment_id)
    touch_board(enrolment.cohort_id)
    if enrolment.left_on is not None or enrolment.state is EnrolmentState.WITHDREW:
        raise RuleBroken(N_("This person has left the group already."))
    if enrolment.state is EnrolmentState.PLACED:
        check_step(enrolment.state, EnrolmentState.WITHDREW)
        enrolment.state = EnrolmentState.WITHDREW
        enrolment.waiting_from = None
    enrolment.left_on = on or today()
    db.session.flush()
    return enrolment
