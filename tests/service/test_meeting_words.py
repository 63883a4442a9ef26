"""What people say in the meetings: by themselves, by their coach, and by nobody else."""

from datetime import timedelta

import pytest

from jobsearch.attendance.rules import Mark
from jobsearch.cohorts.models import Cohort, Enrolment
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible, RuleBroken
from jobsearch.people.models import BoardName, Person
from jobsearch.standup.following import KEPT, follow_board
from jobsearch.standup.queries import get_board, get_board_day
from jobsearch.standup.service import mark_person
from jobsearch.standup.words import queries, service
from jobsearch.standup.words.models import DayPlan, Debrief, GoodNews
from jobsearch.standup.words.rules import Cheer, News, Plan, Way
from jobsearch.tracker.rules import Activity
from tests.world import NOW

pytestmark = pytest.mark.usefixtures("context")
GOALS = {Activity.EMPLOYER_CONTACT: 3}
PLAN = (GOALS, "Rannikon Leipomo", "call", 615)


def _seat(world, name="pia"):
    return world.a.cohort_ids[0], world.a.enrolment_ids[name]


def _words(world, member):
    cohort_id, enrolment_id = _seat(world)
    return queries.get_words(cohort_id, enrolment_id, get_board_day(cohort_id))


def _version(world):
    return db.session.get(Cohort, world.a.cohort_ids[0]).board_version


def test_a_plan_keeps_goals_and_the_first_employer_and_the_board_follows(world, as_) -> None:
    with as_(world.pia):
        before = _version(world)
        service.make_plan(world.pia.actor, *_seat(world), *PLAN)
        db.session.expire_all()
        assert _version(world) > before
        words = _words(world, world.pia)
        assert words.plan == Plan("Rannikon Leipomo", Way.CALL, 615)
        assert words.figures.goals == GOALS
    with as_(world.stig):
        (row,) = [r for r in get_board(world.stig.actor, _seat(world)[0]).rows if r.name == "Pia"]
        assert row.plan == words.plan


def test_a_second_plan_takes_the_place_of_the_first(world, as_) -> None:
    for employer in ("First", "Second"):
        with as_(world.stig):
            service.make_plan(world.stig.actor, *_seat(world), GOALS, employer, "visit", 600)
    with as_(world.stig):
        assert [row.employer for row in db.session.query(DayPlan)] == ["Second"]


def test_a_refused_plan_changes_no_goal(world, as_) -> None:
    with pytest.raises(RuleBroken), as_(world.pia):
        service.make_plan(world.pia.actor, *_seat(world), GOALS, "", "call", 615)
    with as_(world.pia):
        assert _words(world, world.pia).figures.goals == {}


def test_a_plan_is_made_on_its_day_and_a_debrief_also_afterwards(world, as_, clock) -> None:
    clock.move_to(NOW + timedelta(days=4))  # Saturday
    with as_(world.pia):
        with pytest.raises(RuleBroken):
            service.make_plan(world.pia.actor, *_seat(world), *PLAN)
        service.write_debrief(world.pia.actor, *_seat(world), "Short calls work.", "")


def test_before_the_first_day_nothing_is_said(world, as_, clock) -> None:
    clock.move_to(NOW - timedelta(days=20))
    with as_(world.pia):
        for say in (
            lambda who: service.make_plan(world.pia.actor, *who, *PLAN),
            lambda who: service.write_debrief(world.pia.actor, *who, "Learned", ""),
            lambda who: service.tell_news(world.pia.actor, *who, News.JOB),
        ):
            with pytest.raises(RuleBroken):
                say(_seat(world))


@pytest.mark.parametrize("name", ["otto", "sam", "cora"])
def test_nobody_speaks_for_her_but_her_own_coach(world, as_, name) -> None:
    member = getattr(world, name)
    with as_(member):
        for say in (
            lambda who: service.make_plan(member.actor, *who, *PLAN),
            lambda who: service.write_debrief(member.actor, *who, "Learned", ""),
            lambda who: service.tell_news(member.actor, *who, News.JOB),
            lambda who: service.take_back_news(member.actor, *who, News.JOB),
        ):
            with pytest.raises(NotVisible):
                say(_seat(world))


def test_who_has_left_the_group_says_nothing_on_its_board(world, as_) -> None:
    with as_(world.aino):
        db.session.get(Enrolment, _seat(world)[1]).left_on = NOW.date()
    with as_(world.pia), pytest.raises(NotVisible):
        service.write_debrief(world.pia.actor, *_seat(world), "Learned", "")


def test_who_is_away_sends_a_check_in_that_the_board_shows(world, as_) -> None:
    with as_(world.stig):
        mark_person(world.stig.actor, *_seat(world), present=False)
    with as_(world.pia):
        service.write_debrief(world.pia.actor, *_seat(world), "I wrote two letters.", "I call.")
        assert _words(world, world.pia).is_away
    with as_(world.stig):
        (row,) = get_board(world.stig.actor, _seat(world)[0]).said
        assert (row.learned, row.next_step, row.is_away) == (
            "I wrote two letters.",
            "I call.",
            True,
        )
        assert _words(world, world.stig).mark is Mark.UNSETTLED_ABSENCE


def test_what_she_meant_to_do_stands_on_the_board_of_the_next_day(world, as_, clock) -> None:
    with as_(world.pia):
        service.write_debrief(world.pia.actor, *_seat(world), "", "I call the bakery.")
    clock.move_to(NOW + timedelta(days=1))
    with as_(world.stig):
        (row,) = [r for r in get_board(world.stig.actor, _seat(world)[0]).rows if r.name == "Pia"]
        assert (row.meant_to, row.next_step) == ("I call the bakery.", "")


def test_good_news_is_cheered_today_and_on_the_next_day_and_no_longer(world, as_, clock) -> None:
    with as_(world.pia):
        service.tell_news(world.pia.actor, *_seat(world), News.JOB, "Warehouse")
        service.tell_news(world.pia.actor, *_seat(world), News.JOB, "Warehouse, from Monday")
    seen = []
    days = [timedelta(0), timedelta(days=1), timedelta(days=2)]
    for day in days:
        clock.move_to(NOW + day)
        with as_(world.stig):
            seen.append(get_board(world.stig.actor, _seat(world)[0]).cheers)
    cheer = Cheer(News.JOB, "Pia", "Warehouse, from Monday")
    assert seen == [(cheer,), (cheer,), ()]


def test_news_that_is_taken_back_is_gone(world, as_) -> None:
    with as_(world.pia):
        service.tell_news(world.pia.actor, *_seat(world), News.INTERVIEW, "Shop")
    for _ in range(2):  # taking back what is not there needs nothing
        with as_(world.pia):
            service.take_back_news(world.pia.actor, *_seat(world), News.INTERVIEW)
    with as_(world.stig):
        assert db.session.query(GoodNews).count() == 0
        assert get_board(world.stig.actor, _seat(world)[0]).cheers == ()


def test_who_is_only_in_the_totals_is_cheered_without_name_and_words(world, as_) -> None:
    with as_(world.pia):
        db.session.get(Person, world.pia.actor.person_id).board_name = BoardName.TOTALS
        service.tell_news(world.pia.actor, *_seat(world), News.JOB, "Warehouse of Pia")
        service.write_debrief(world.pia.actor, *_seat(world), "Secret of Pia", "")
    with as_(world.stig):
        board = get_board(world.stig.actor, _seat(world)[0])
        assert board.cheers == (Cheer(News.JOB, None, ""),) and board.said == ()


def test_a_participant_sees_the_board_of_her_own_group_only(world, as_) -> None:
    with as_(world.pia):
        assert get_board(world.pia.actor, world.a.cohort_ids[0]).people
        with pytest.raises(NotVisible):
            get_board(world.pia.actor, world.a.cohort_ids[1])


def test_the_words_of_a_day_are_three_statements_for_any_number(world, as_, statements) -> None:
    cohort_id = world.a.cohort_ids[0]
    with as_(world.stig):
        day = get_board_day(cohort_id)
        statements.clear()
        queries.list_words(cohort_id, day)
        assert len([one for one in statements if one.startswith("SELECT")]) == 3


def test_one_debrief_of_a_person_and_day_however_often_it_is_saved(world, as_) -> None:
    for learned in ("One", "Two"):
        with as_(world.pia):
            service.write_debrief(world.pia.actor, *_seat(world), learned, "")
    with as_(world.pia):
        assert [row.learned for row in db.session.query(Debrief)] == ["Two"]


@pytest.mark.parametrize(
    "say",
    [
        lambda actor, who: service.write_debrief(actor, *who, "Learned", ""),
        lambda actor, who: service.tell_news(actor, *who, News.JOB),
        lambda actor, who: service.take_back_news(actor, *who, News.JOB),
    ],
)
def test_whatever_is_said_makes_the_board_a_newer_one(world, as_, say) -> None:
    with as_(world.pia):
        before = _version(world)
        say(world.pia.actor, _seat(world))
        db.session.expire_all()
        assert _version(world) > before


def test_boards_of_other_days_are_not_kept_in_mind(world, as_, clock) -> None:
    for day in (NOW, NOW + timedelta(days=1)):
        clock.move_to(day)
        with as_(world.stig):
            follow_board(world.stig.actor, world.a.cohort_ids[0], _version(world))
        assert [key[-1] for key in KEPT] == [day.date()]
