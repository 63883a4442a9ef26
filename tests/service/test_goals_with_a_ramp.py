"""A ramp proposes goals; nobody's own goal is overwritten, and all of it can be taken back."""

from datetime import timedelta

import pytest

from jobsearch.cohorts.models import Cohort, CohortDay
from jobsearch.cohorts.service import leave
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible, RuleBroken
from jobsearch.tracker.goals import queries, service
from jobsearch.tracker.goals.models import RampStep
from jobsearch.tracker.goals.rules import shipped_ramp
from jobsearch.tracker.models import Goal
from jobsearch.tracker.rules import Activity, GoalOrigin
from jobsearch.tracker.service import set_goals
from tests.searched import make_action
from tests.world import TODAY, make_programme

pytestmark = pytest.mark.usefixtures("context")
ADVERT, CONTACT, AGENCY, INTERVIEW = Activity
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


def _group(world):
    return world.a.cohort_ids[0]


def _goals(**narrowed):
    return {
        (goal.on, goal.activity): (goal.target, goal.origin)
        for goal in db.session.query(Goal).filter_by(**narrowed)
    }


def _days(world):
    return world.a.day_ids[_group(world)]


def test_a_proposal_fills_the_days_from_today_on_by_the_week_that_each_is_in(world, as_) -> None:
    with as_(world.stig):
        days = service.propose_goals(world.stig.actor, _group(world))
        goals = _goals(cohort_id=_group(world))
    assert days == 7  # the sixth day of twelve is today
    assert min(on for on, _kind in goals) == TODAY
    ramp = shipped_ramp()
    last = max(on for on, _kind in goals)
    assert {kind: goals[TODAY, kind][0] for kind in (ADVERT, CONTACT)} == {ADVERT: 1, CONTACT: 2}
    assert {kind: goals[last, kind][0] for kind in ramp[3]} == ramp[3]
    assert (TODAY, AGENCY) not in goals
    assert {origin for _target, origin in goals.values()} == {GoalOrigin.RAMP}


def test_a_goal_that_somebody_set_stays_also_when_it_is_none(world, as_) -> None:
    enrolment_id = world.a.enrolment_ids["pia"]
    with as_(world.pia):
        set_goals(world.pia.actor, enrolment_id, TODAY, {CONTACT: 7})
        set_goals(world.pia.actor, enrolment_id, TOMORROW, {ADVERT: 0})
    with as_(world.stig):
        service.propose_goals(world.stig.actor, _group(world))
        goals = _goals(enrolment_id=enrolment_id)
    assert {key: value for key, value in goals.items() if key[0] in (TODAY, TOMORROW)} == {
        (TODAY, CONTACT): (7, GoalOrigin.SET),
        (TOMORROW, ADVERT): (0, GoalOrigin.SET),
    }


def test_proposing_twice_is_the_same_as_once(world, as_) -> None:
    with as_(world.stig):
        service.propose_goals(world.stig.actor, _group(world))
        before = _goals()
        assert service.propose_goals(world.stig.actor, _group(world)) == 0
        assert _goals() == before


def test_a_proposal_is_taken_back_as_a_whole_but_for_what_somebody_has_set_since(
    world, as_
) -> None:
    enrolment_id = world.a.enrolment_ids["pia"]
    with as_(world.stig):
        service.propose_goals(world.stig.actor, _group(world))
    with as_(world.pia):
        set_goals(world.pia.actor, enrolment_id, TODAY, {CONTACT: 1})
        # the same number, said by herself, is hers
        set_goals(world.pia.actor, enrolment_id, TODAY, {ADVERT: 1})
    with as_(world.stig):
        service.take_back_goals(world.stig.actor, _group(world))
        assert _goals(cohort_id=_group(world)) == {
            (TODAY, CONTACT): (1, GoalOrigin.SET),
            (TODAY, ADVERT): (1, GoalOrigin.SET),
        }
        assert service.take_back_goals(world.stig.actor, _group(world)) == 0


def test_proposed_goals_of_days_behind_stay_what_they_were(world, as_, clock) -> None:
    with as_(world.stig):
        service.propose_goals(world.stig.actor, _group(world))
    clock.shift(timedelta(days=1))
    with as_(world.stig):
        service.take_back_goals(world.stig.actor, _group(world))
        assert {on for on, _kind in _goals(cohort_id=_group(world))} == {TODAY}


def test_cancelled_days_and_people_without_a_seat_get_no_goals(world, as_) -> None:
    with as_(world.stig):
        db.session.get(CohortDay, _days(world)[6]).cancelled_at = db.func.now()
        db.session.flush()
        service.propose_goals(world.stig.actor, _group(world))
        assert TOMORROW not in {on for on, _kind in _goals()}
        service.take_back_goals(world.stig.actor, _group(world))
        leave(world.a.enrolment_ids["pia"])
        assert service.propose_goals(world.stig.actor, _group(world)) == 0


def test_a_programmes_own_ramp_takes_the_place_of_the_shipped_one(world, as_) -> None:
    own = {1: {ADVERT: 0, CONTACT: 1, AGENCY: 0}, 2: {ADVERT: 4, CONTACT: 0, AGENCY: 0}}
    with as_(world.aino):
        assert queries.get_ramp(world.a.programme_id).ramp == shipped_ramp()
        service.keep_ramp(world.a.programme_id, own | {3: dict.fromkeys(own[1], 0)})
        found = queries.get_ramp(world.a.programme_id)
        assert found.is_own and found.ramp[2] == own[2] and sum(found.ramp[3].values()) == 0
        service.propose_goals(world.stig.actor, _group(world))
        assert {target for target, _origin in _goals().values()} == {4}
        assert len(_goals()) == 3  # the third week proposes nothing
        service.keep_ramp(world.a.programme_id, {2: {ADVERT: 5}})
        assert db.session.query(RampStep).count() == 9
        service.drop_ramp(world.a.programme_id)
        assert not queries.get_ramp(world.a.programme_id).is_own


@pytest.mark.parametrize("ramp", [{1: {CONTACT: 51}}, {1: {INTERVIEW: 1}}, {13: {CONTACT: 1}}])
def test_a_ramp_that_cannot_be_is_refused(world, as_, ramp) -> None:
    with pytest.raises(RuleBroken), as_(world.aino):
        service.keep_ramp(world.a.programme_id, ramp)


def test_a_ramp_is_as_long_as_the_programmes_weeks(world, as_) -> None:
    with as_(world.aino):
        programme, template = make_programme(world.a.organisation_id, "long")
        template.days[-1].week = 5
        db.session.flush()
        assert list(queries.get_ramp(programme.id).ramp) == [1, 2, 3, 4, 5]


def test_a_person_and_her_coach_set_goals_of_today_and_ahead(world, as_) -> None:
    for member, day, target in ((world.pia, 5, 3), (world.stig, 6, 4)):
        with as_(member):
            service.set_goal_of(
                member.actor, world.pia.person_id, _days(world)[day], CONTACT, target
            )
    with as_(world.stig):
        make_action(world.a.enrolment_ids["pia"], CONTACT)
        goals = queries.find_goal_days(world.stig.actor, world.pia.person_id)
    today, tomorrow = goals.days[5:7]
    assert (today.goals, today.done, tomorrow.goals) == ({CONTACT: 3}, {CONTACT: 1}, {CONTACT: 4})
    assert today.is_today and not today.proposed
    assert [len(days) for days in goals.weeks.values()] == [4, 4, 4]


def test_days_behind_are_read_only(world, as_) -> None:
    with as_(world.pia), pytest.raises(RuleBroken):
        service.set_goal_of(world.pia.actor, world.pia.person_id, _days(world)[4], CONTACT, 1)


@pytest.mark.parametrize("name", ["otto", "sam", "cora"])
def test_nobody_else_sets_her_goals(world, as_, name) -> None:
    actor = getattr(world, name).actor
    with as_(getattr(world, name)):
        for deed in (
            lambda: service.set_goal_of(actor, world.pia.person_id, _days(world)[5], CONTACT, 1),
            lambda: queries.find_goal_days(actor, world.pia.person_id),
        ):
            with pytest.raises(NotVisible):
                deed()


def test_another_groups_day_is_not_hers(world, as_) -> None:
    other = world.a.day_ids[world.a.cohort_ids[1]][5]
    with as_(world.pia), pytest.raises(NotVisible):
        service.set_goal_of(world.pia.actor, world.pia.person_id, other, CONTACT, 1)


@pytest.mark.parametrize("name", ["sam", "cora"])
def test_another_provider_neither_reads_nor_proposes(world, as_, name) -> None:
    actor = getattr(world, name).actor
    with as_(getattr(world, name)):
        for deed in (
            lambda: queries.get_group_goals(actor, _group(world)),
            lambda: service.propose_goals(actor, _group(world)),
            lambda: service.take_back_goals(actor, _group(world)),
            lambda: service.keep_ramp(world.a.programme_id, {}),
            lambda: service.drop_ramp(world.a.programme_id),
        ):
            with pytest.raises(NotVisible):
                deed()


def test_who_is_in_no_group_has_no_days(world, as_) -> None:
    with as_(world.stig):
        for cohort in db.session.query(Cohort):
            cohort.state = "cancelled"
        db.session.flush()
        assert queries.find_goal_days(world.stig.actor, world.pia.person_id) is None


@pytest.mark.parametrize("deed", [service.propose_goals, service.take_back_goals])
def test_boards_follow_a_proposal(world, as_, deed) -> None:
    with as_(world.stig):
        before = db.session.get(Cohort, _group(world)).board_version
        deed(world.stig.actor, _group(world))
        db.session.expire_all()
        assert db.session.get(Cohort, _group(world)).board_version > before
