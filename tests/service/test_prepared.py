"""Prepared statements: what the usual way finds, within the same fences."""

from datetime import date, timedelta

import pytest
from sqlalchemy import bindparam, select, union_all

from jobsearch.attendance.models import Attendance
from jobsearch.cohorts.models import Cohort, CohortDay, Enrolment
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.prepared import Prepared
from jobsearch.core.scope import Scope, ScopeBroken, whole_installation
from jobsearch.people.models import Person
from tests.world import FIRST_DAY

pytestmark = pytest.mark.usefixtures("context")

_DAYS = (
    select(CohortDay.on, CohortDay.title, CohortDay.cancelled_at, Attendance.mark, Cohort.state)
    .join(Cohort, Cohort.id == CohortDay.cohort_id)
    .join(Enrolment, Enrolment.cohort_id == Cohort.id)
    .outerjoin(
        Attendance,
        (Attendance.cohort_day_id == CohortDay.id) & (Attendance.enrolment_id == Enrolment.id),
    )
    .where(Enrolment.person_id == bindparam("person_id"), CohortDay.on >= bindparam("first"))
    .order_by(CohortDay.on)
)
_SOME = select(CohortDay.on).where(CohortDay.on.in_(bindparam("days", expanding=True)))
_NAMES = select(Person.given_name).order_by(Person.given_name)


def test_rows_are_those_of_the_usual_way_however_often_one_asks(world, as_) -> None:
    prepared = Prepared(_DAYS)
    for first in (FIRST_DAY, FIRST_DAY + timedelta(days=3), FIRST_DAY):
        with as_(world.stig):
            asked = {"person_id": world.pia.person_id, "first": first}
            usual = [tuple(row) for row in db.session.execute(_DAYS, asked)]
            assert [tuple(row) for row in prepared.rows(**asked)] == usual
            assert prepared.first(**asked).on == first


def test_a_list_may_be_longer_the_next_time(world, as_) -> None:
    prepared = Prepared(union_all(_SOME, _SOME))
    days = [FIRST_DAY + timedelta(days=n) for n in range(3)]
    with as_(world.stig):
        for some in (days[:1], days, days[:2], []):
            assert len(prepared.rows(days=some)) == 2 * 2 * len(some)  # two groups, asked twice


def test_another_provider_is_not_seen(world, as_) -> None:
    prepared = Prepared(_NAMES)
    with as_(world.stig):
        assert [row.given_name for row in prepared.rows()] == ["Otto", "Pia"]
    with as_(world.sam):
        assert [row.given_name for row in prepared.rows()] == ["Bo"]
        asked = {"person_id": world.pia.person_id, "first": date(2026, 1, 1)}
        assert Prepared(_DAYS).rows(**asked) == []


def test_a_scope_of_several_or_of_none_is_held_too(world) -> None:
    prepared = Prepared(_NAMES)
    both = frozenset({world.a.organisation_id, world.b.organisation_id})
    for scope, seen in (
        (Scope(both, "two providers"), ["Bo", "Otto", "Pia"]),
        (Scope(frozenset(), "nobody"), []),
        (whole_installation("test"), ["Bo", "Otto", "Pia"]),
    ):
        with unit_of_work(scope):
            assert [row.given_name for row in prepared.rows()] == seen


def test_without_a_unit_of_work_nothing_is_asked(world) -> None:
    with pytest.raises(ScopeBroken):
        Prepared(_NAMES).rows()


def test_what_this_unit_of_work_has_changed_is_seen(world, as_) -> None:
    prepared = Prepared(_NAMES)
    with as_(world.aino):
        db.session.get_one(Person, world.pia.person_id).given_name = "Aaa"
        assert prepared.rows()[0].given_name == "Aaa"
