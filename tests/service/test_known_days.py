"""What the day page knows of each person: every day up to today, and no day before she joined."""

import pytest
from sqlalchemy import select, true

from jobsearch.attendance.models import Attendance, Mark
from jobsearch.cohorts.service import enrol
from jobsearch.core.db import db
from jobsearch.desk.staff.words.queries import list_known
from jobsearch.desk.staff.words.rules import Reason, whys_of
from tests.contracted import sign_seat, sign_seats
from tests.world import TODAY, make_person

pytestmark = pytest.mark.usefixtures("context")


def _known(world, who="pia"):
    people, _loose = list_known(world.stig.actor, TODAY, true(), TODAY)
    return next(one for one in people if one.enrolment_id == world.a.enrolment_ids[who])


def _mark(world, marks, who="pia"):
    """What stands of her days, from the first on."""
    key, (cohort_id, *_rest) = world.a.enrolment_ids[who], world.a.cohort_ids
    for day_id, mark in zip(world.a.day_ids[cohort_id], marks, strict=False):
        of_day = Attendance.enrolment_id == key, Attendance.cohort_day_id == day_id
        row = db.session.scalars(select(Attendance).where(*of_day)).one()
        row.mark, row.paid_minutes = mark, row.planned_minutes if mark is Mark.PRESENT else 0
    db.session.flush()


def _places(world, days):
    """Which days of the group these are, counted from one."""
    keys = world.a.day_ids[world.a.cohort_ids[0]]
    return [keys.index(day.id) + 1 for day in days]


def test_days_at_work_before_an_absence_count_as_days_without_an_action(world, as_):
    away, present = Mark.PAID_ABSENCE, Mark.PRESENT
    with as_(world.stig):
        sign_seats(world.a, world.paula, ["pia"])
        _mark(world, [present, present, away, away, present])
        one = _known(world)
        assert _places(world, one.worked(TODAY)) == [5, 2, 1]
        assert _places(world, one.days) == [6, 5, 4, 3, 2, 1]
        assert Reason.SILENT in [why.reason for why in whys_of(one, TODAY)]


def test_who_joins_a_running_group_is_asked_for_a_contract_and_judged_from_her_signature(
    world, as_
):
    with as_(world.aino):
        person = make_person(world.a.organisation_id, "Eeva", "Eskola", "+358400000901")
        seat = enrol(world.aino.actor, world.a.cohort_ids[0], person.id)
        world.a.enrolment_ids["eeva"] = seat.id
        assert [why.reason for why in whys_of(_known(world, "eeva"), TODAY)] == [Reason.UNSIGNED]
        sign_seat(seat, world.paula, TODAY)
        one = _known(world, "eeva")
        assert one.since == TODAY
        assert whys_of(one, TODAY) == []
