"""Use case: save the days of a tracker workbook as cohorts with hours, goals and actions."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import select

from jobsearch.attendance.models import Attendance, AttendanceState, Mark
from jobsearch.cohorts.models import Cohort, CohortBlock, CohortDay, Enrolment, EnrolmentState
from jobsearch.core.clock import now
from jobsearch.core.db import db
from jobsearch.core.refusals import Refusals, same
from jobsearch.core.text import mark as N_
from jobsearch.programmes.models import Programme, TemplateDay
from jobsearch.recruitment.queries import people_by_name
from jobsearch.tracker.imports import SheetDay
from jobsearch.tracker.models import Action, ActionSource, Goal
from jobsearch.tracker.rules import Activity, GoalOrigin

_MOST_SEATS = 6


def import_tracker(programme: Programme, rows: Sequence[SheetDay]) -> int:
    """Save every person's every day; returns how many.

    A sheet becomes a cohort with the sheet's days in the template's order, its people start in
    it, hours become attendance, counts become one action per person, day and kind. Raises
    FileRefused, with nothing saved, for a person who is no candidate of the programme, a group
    that exists, or a sheet whose days are not as many as the template's.
    """
    people = people_by_name(programme.id)
    groups: dict[str, list[SheetDay]] = {}
    for row in rows:
        groups.setdefault(row.group, []).append(row)
    _refuse(programme, groups, people)
    at = now()
    for name, days in groups.items():
        cohort = _make_cohort(programme, name, days)
        enrolments = _enrol(cohort, days, people)
        by_date = {day.on: day for day in cohort.days}
        for row in days:
            _save_day(row, enrolments[same(row.name)], by_date[row.day], at)
        db.session.flush()
    return len(rows)


def _refuse(
    programme: Programme, groups: Mapping[str, Sequence[SheetDay]], people: Mapping[str, str]
) -> None:
    refusals = Refusals()
    there = select(Cohort.name).where(Cohort.programme_id == programme.id)
    known = {same(name) for name in db.session.scalars(there)}
    for name, days in groups.items():
        _refuse_group(programme, name, days, known, refusals)
        told: set[str] = set()
        for row in days:
            if same(row.name) not in people and same(row.name) not in told:
                told.add(same(row.name))
                message = N_(
                    "%(sheet)s, row %(row)d: %(name)s is not a candidate of the programme."
                    " Take in the candidates first."
                )
                refusals.add(message, sheet=row.sheet, row=row.row, name=row.name)
    refusals.stop_if_any()


def _refuse_group(
    programme: Programme,
    name: str,
    days: Sequence[SheetDay],
    known: set[str],
    refusals: Refusals,
) -> None:
    wanted, dates = len(programme.template.days), len({row.day for row in days})
    seats = len({same(row.name) for row in days})
    if same(name) in known:
        message = N_("The programme has a group named %(sheet)s already.")
        refusals.add(message, sheet=name)
    if dates != wanted:
        message = N_("%(sheet)s has %(days)d days; the programme's groups have %(wanted)d.")
        refusals.add(message, sheet=name, days=dates, wanted=wanted)
    if seats > _MOST_SEATS:
        message = N_("%(sheet)s has %(seats)d people; a group has at most %(most)d.")
        refusals.add(message, sheet=name, seats=seats, most=_MOST_SEATS)


def _make_cohort(programme: Programme, name: str, days: Sequence[SheetDay]) -> Cohort:
    dates = sorted({row.day for row in days})
    cohort = Cohort(
        programme_id=programme.id,
        name=name[:80],
        starts_on=dates[0],
        ends_on=dates[-1],
        seats=len({same(row.name) for row in days}),
    )
    templates = sorted(programme.template.days, key=lambda day: day.position)
    cohort.days = [_make_day(on, of) for on, of in zip(dates, templates, strict=True)]
    db.session.add(cohort)
    db.session.flush()
    return cohort


def _make_day(on: date, template: TemplateDay) -> CohortDay:
    day = CohortDay(
        position=template.position,
        week=template.week,
        on=on,
        planned_on=on,
        starts_minute=template.starts_minute,
        paid_minutes=template.paid_minutes,
        title=template.title,
    )
    starts = template.starts_minute
    for block in template.blocks:
        day.blocks.append(
            CohortBlock(
                position=block.position,
                kind=block.kind,
                starts_minute=starts,
                minutes=block.minutes,
                text=block.text,
            )
        )
        starts += block.minutes
    return day


def _enrol(
    cohort: Cohort, days: Sequence[SheetDay], people: Mapping[str, str]
) -> dict[str, Enrolment]:
    found: dict[str, Enrolment] = {}
    for row in days:
        if same(row.name) not in found:
            found[same(row.name)] = Enrolment(
                cohort_id=cohort.id,
                person_id=people[same(row.name)],
                state=EnrolmentState.STARTED,
            )
    db.session.add_all(found.values())
    db.session.flush()
    return found


def _save_day(row: SheetDay, enrolment: Enrolment, day: CohortDay, at: datetime) -> None:
    who = {"enrolment_id": enrolment.id, "person_id": enrolment.person_id}
    if row.minutes is not None:
        db.session.add(
            Attendance(
                **who,
                cohort_day_id=day.id,
                mark=Mark.UNSETTLED_ABSENCE if row.absent else Mark.PRESENT,
                planned_minutes=day.paid_minutes,
                paid_minutes=row.minutes,
                state=AttendanceState.MARKED if row.absent else AttendanceState.APPROVED,
                marked_at=at,
            )
        )
    who["cohort_id"] = enrolment.cohort_id
    db.session.add_all(
        Action(
            **who,
            on=row.day,
            activity=Activity(kind),
            count=count,
            source=ActionSource.IMPORTED,
            logged_at=at,
        )
        for kind, count in row.done.items()
        if count
    )
    db.session.add_all(
        Goal(
            **who,
            on=row.day,
            activity=Activity(kind),
            target=target,
            origin=GoalOrigin.IMPORTED,
        )
        for kind, target in row.goals.items()
        if target
    )
