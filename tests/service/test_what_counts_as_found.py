"""Which work counts as found in the programme, and which answer says that nobody found any."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from jobsearch.cohorts.models import Cohort
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.errors import RuleBroken
from jobsearch.core.periods import add_months
from jobsearch.core.scope import whole_installation
from jobsearch.outcomes.following.rules import Way
from jobsearch.outcomes.models import FollowUp, Outcome
from jobsearch.outcomes.queries import standing
from jobsearch.outcomes.rules import Answer, State
from jobsearch.outcomes.service import record_follow_up, record_outcome
from tests.followed import WORK, end_group
from tests.world import NOW, TODAY, World

pytestmark = pytest.mark.usefixtures("context")
MONTHS = 3
ENDED = add_months(TODAY, -8)


@pytest.fixture
def ended(world: World) -> date:
    """Pia's group ended long ago, so that every window has closed."""
    end_group(world, ENDED)
    return ENDED


def _states(world: World, as_of: date = TODAY) -> dict[State, int]:
    with unit_of_work(whole_installation("test"), read_only=True):
        found = standing(world.a.programme_id, MONTHS, as_of)
    return {state: count for state, count in found.states.items() if count}


def _answer(world: World, point: int | None, answer: Answer, months: int) -> None:
    with unit_of_work(whole_installation("test")):
        db.session.add(
            FollowUp(
                organisation_id=world.a.organisation_id,
                enrolment_id=world.a.enrolment_ids["pia"],
                person_id=world.pia.person_id,
                point=point,
                asked_on=add_months(ENDED, months),
                answer=answer,
                way=Way.NOTED,
                noted_at=NOW,
            )
        )


@pytest.mark.parametrize(("days", "counts"), [(-1, False), (0, True)])
def test_work_of_before_the_group_began_was_not_found_in_it(
    ended, world, as_, days: int, counts: bool
) -> None:
    with unit_of_work(whole_installation("test"), read_only=True):
        first = db.session.scalar(
            select(Cohort.starts_on).where(Cohort.id == world.a.cohort_ids[0])
        )
    with as_(world.stig):
        began = first + timedelta(days=days)
        record_outcome(
            world.stig.actor, world.a.enrolment_ids["pia"], replace(WORK, began_on=began)
        )
        assert db.session.scalar(select(Outcome.began_on)) == began  # it is kept all the same
    assert (State.FOUND_WORK in _states(world)) is counts


def test_an_answer_of_the_last_day_says_nothing_of_three_months_later(ended, world) -> None:
    _answer(world, 0, Answer.NOT_IN_WORK, 0)
    assert State.NOT_IN_WORK not in _states(world)
    assert _states(world)[State.UNKNOWN] >= 1


def test_an_answer_of_half_a_year_changes_nothing_that_was_closed(ended, world) -> None:
    _answer(world, MONTHS, Answer.NOT_IN_WORK, MONTHS)
    before = _states(world)
    assert before[State.NOT_IN_WORK] == 1
    _answer(world, 6, Answer.IN_WORK, 6)
    assert _states(world) == before


def test_an_answer_of_a_file_counts_as_that_of_the_end(ended, world) -> None:
    _answer(world, None, Answer.NOT_IN_WORK, MONTHS)
    assert _states(world)[State.NOT_IN_WORK] == 1


@pytest.mark.parametrize(("months", "point"), [(0, 0), (1, 1), (2, 2), (3, 3), (5, 3)], ids=str)
def test_a_noted_answer_belongs_to_the_last_question_that_had_opened(
    ended, world, as_, months: int, point: int
) -> None:
    with as_(world.stig):
        day = add_months(ENDED, months)
        row = record_follow_up(
            world.stig.actor, world.a.enrolment_ids["pia"], day, Answer.NOT_IN_WORK
        )
        assert row.point == point
    assert (State.NOT_IN_WORK in _states(world)) is (point == MONTHS)


def test_nothing_is_noted_of_a_day_before_the_first_question(ended, world, as_) -> None:
    with as_(world.stig), pytest.raises(RuleBroken) as broken:
        day = ENDED - timedelta(days=1)
        record_follow_up(world.stig.actor, world.a.enrolment_ids["pia"], day, Answer.NOT_IN_WORK)
    assert broken.value.field == "asked_on"
