"""Logging, undoing, correcting and goals."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from jobsearch.cohorts.models import Cohort, Enrolment, EnrolmentState
from jobsearch.core.db import db
from jobsearch.core.errors import Conflict, NotVisible, RuleBroken
from jobsearch.people.models import BoardName, Person
from jobsearch.tracker import queries, service
from jobsearch.tracker.models import Action, ActionSource, Employer
from jobsearch.tracker.own.queries import my_actions
from jobsearch.tracker.rules import Activity
from tests.world import FIRST_DAY, NOW, TODAY

pytestmark = pytest.mark.usefixtures("context")
CONTACT, APPLICATION = Activity.EMPLOYER_CONTACT, Activity.ADVERTISED_APPLICATION


def _version(world, as_):
    with as_(world.stig):
        return db.session.scalar(
            sa.select(Cohort.board_version).where(Cohort.id == world.a.cohort_ids[0])
        )


def _log(world, as_, who="pia", activity=CONTACT, **details):
    with as_(getattr(world, who)):
        return service.log_action(getattr(world, who).actor, activity, **details).id


def test_a_tap_is_one_action_of_today_and_moves_the_board(world, as_):
    before = _version(world, as_)
    _log(world, as_)
    with as_(world.stig):
        figures = queries.day_figures(world.a.cohort_ids[0], TODAY)
    assert figures[world.a.enrolment_ids["pia"]].done == {CONTACT: 1}
    assert _version(world, as_) == before + 1


def test_each_click_is_one_more(world, as_):
    for _ in range(3):
        _log(world, as_)
    with as_(world.pia):
        mine = queries.my_figures(world.a.enrolment_ids["pia"])
    assert mine[TODAY].done_in_all == 3


def test_a_new_employer_joins_the_own_register_once_whatever_its_letters(world, as_):
    first = _log(world, as_, employer_name="Ääniliike  Östergård")
    _log(world, as_, employer_name="ÄÄNILIIKE östergård")
    with as_(world.pia):
        assert [e.name for e in queries.list_employers(world.pia.person_id)] == [
            "Ääniliike Östergård"
        ]
        assert queries.recent_employers(world.pia.person_id)[0].name == "Ääniliike Östergård"
        employer = queries.get_action(world.pia.actor, first).employer_id
    again = _log(world, as_, employer_id=employer)
    with as_(world.pia):
        assert queries.get_action(world.pia.actor, again).employer_id == employer


def test_nobody_picks_an_employer_of_anothers_register(world, as_):
    _log(world, as_, employer_name="Rannikon Leipomo")
    with as_(world.pia):
        employer = queries.list_employers(world.pia.person_id)[0].id
    with as_(world.otto), pytest.raises(NotVisible):
        service.log_action(world.otto.actor, CONTACT, employer_id=employer)


@pytest.mark.parametrize("on", [TODAY + timedelta(days=1), FIRST_DAY - timedelta(days=1)])
def test_a_day_outside_the_group_is_refused_on_its_field(world, as_, on):
    with as_(world.pia), pytest.raises(RuleBroken) as refused:
        service.log_action(world.pia.actor, CONTACT, on)
    assert refused.value.field == "on"


def test_a_coach_logs_for_a_participant_and_it_says_so(world, as_):
    with as_(world.stig):
        action = service.log_for(world.stig.actor, world.pia.person_id, CONTACT)
        assert action.source is ActionSource.PROXY
        assert action.enrolment_id == world.a.enrolment_ids["pia"]


def test_a_coach_does_not_log_for_a_neighbours_participant(world, as_):
    with as_(world.stig), pytest.raises(NotVisible):
        service.log_for(world.stig.actor, world.bo.person_id, CONTACT)


def test_staff_have_no_actions_of_their_own(world, as_):
    with as_(world.stig), pytest.raises(NotVisible):
        service.log_action(world.stig.actor, CONTACT)


def test_somebody_who_left_the_group_logs_nothing(world, as_):
    with as_(world.stig):
        enrolment = db.session.get(Enrolment, world.a.enrolment_ids["pia"])
        enrolment.state = EnrolmentState.WITHDREW
    with as_(world.pia), pytest.raises(NotVisible):
        service.log_action(world.pia.actor, CONTACT)


def test_an_undone_action_counts_nothing_and_stays_on_record(world, as_):
    action = _log(world, as_)
    before = _version(world, as_)
    with as_(world.pia):
        service.undo_action(world.pia.actor, action)
    with as_(world.pia):
        assert queries.my_figures(world.a.enrolment_ids["pia"]) == {}
        assert my_actions(world.pia.person_id).lines == []
        assert db.session.get(Action, action).undone_at is not None
    assert _version(world, as_) == before + 1


def test_undoing_twice_is_undoing_once(world, as_):
    action = _log(world, as_)
    for _ in range(2):
        with as_(world.pia):
            service.undo_action(world.pia.actor, action)
    with as_(world.pia):
        assert my_actions(world.pia.person_id).lines == []


@pytest.mark.parametrize("who", ["otto", "bo", "sam", "mia", "nils"])
def test_nobody_undoes_or_edits_anothers_action(world, as_, who):
    action = _log(world, as_)
    member = getattr(world, who)
    with as_(member), pytest.raises(NotVisible):
        service.undo_action(member.actor, action)
    with as_(member), pytest.raises(NotVisible):
        service.edit_action(member.actor, action, activity=CONTACT, on=TODAY)


def test_details_come_later_and_it_stays_the_same_action(world, as_):
    action = _log(world, as_)
    with as_(world.pia):
        service.edit_action(
            world.pia.actor,
            action,
            activity=APPLICATION,
            on=TODAY - timedelta(days=1),
            employer_name="Meriteräs",
            role_title="Varastotyöntekijä",
            note="Soitan perään.",
        )
    with as_(world.pia):
        (line,) = my_actions(world.pia.person_id).lines
    assert (line.id, line.activity, line.employer) == (action, APPLICATION, "Meriteräs")
    assert line.on == TODAY - timedelta(days=1)


def test_the_loser_of_a_race_is_told(world, as_):
    action = _log(world, as_)
    with as_(world.pia):
        service.edit_action(world.pia.actor, action, 1, activity=CONTACT, on=TODAY, note="a")
    with as_(world.pia), pytest.raises(Conflict):
        service.edit_action(world.pia.actor, action, 1, activity=CONTACT, on=TODAY, note="b")


def test_an_employer_is_named_afterwards_by_one_tap(world, as_):
    _log(world, as_, employer_name="Meriteräs")
    action = _log(world, as_)
    with as_(world.pia):
        employer = queries.recent_employers(world.pia.person_id)[0]
        service.name_employer(world.pia.actor, action, employer.id)
    with as_(world.pia):
        assert my_actions(world.pia.person_id).lines[0].employer == "Meriteräs"


def test_an_imported_figure_is_neither_undone_nor_edited(world, as_):
    with as_(world.stig):
        row = Action(
            person_id=world.pia.person_id,
            enrolment_id=world.a.enrolment_ids["pia"],
            cohort_id=world.a.cohort_ids[0],
            on=FIRST_DAY,
            activity=CONTACT,
            count=4,
            source=ActionSource.IMPORTED,
            logged_at=NOW,
        )
        db.session.add(row)
        db.session.flush()
        action = row.id
    with as_(world.stig), pytest.raises(RuleBroken):
        service.undo_action(world.stig.actor, action)
    with as_(world.pia):
        assert queries.my_figures(world.a.enrolment_ids["pia"])[FIRST_DAY].done == {CONTACT: 4}


def test_a_goal_is_set_and_set_again(world, as_):
    enrolment = world.a.enrolment_ids["pia"]
    before = _version(world, as_)
    with as_(world.stig):
        service.set_goals(world.stig.actor, enrolment, TODAY, {CONTACT: 2, APPLICATION: 1})
    with as_(world.stig):
        service.set_goal(world.stig.actor, enrolment, TODAY, CONTACT, 3)
    with as_(world.stig):
        figures = queries.day_figures(world.a.cohort_ids[0], TODAY)[enrolment]
    assert figures.goals == {CONTACT: 3, APPLICATION: 1}
    assert figures.goal_in_all == 4
    assert _version(world, as_) == before + 2


def test_a_participant_sets_no_goal_for_another(world, as_):
    with as_(world.pia), pytest.raises(NotVisible):
        service.set_goal(world.pia.actor, world.a.enrolment_ids["otto"], TODAY, CONTACT, 1)


@pytest.mark.parametrize(
    ("activity", "on", "target", "field"),
    [
        (Activity.INTERVIEW, TODAY, 1, "activity"),
        (CONTACT, TODAY, 51, "target"),
        (CONTACT, TODAY, -1, "target"),
        (CONTACT, date(2027, 1, 1), 1, "on"),
    ],
)
def test_a_goal_that_cannot_be_is_refused(world, as_, activity, on, target, field):
    with as_(world.stig), pytest.raises(RuleBroken) as refused:
        service.set_goal(world.stig.actor, world.a.enrolment_ids["pia"], on, activity, target)
    assert refused.value.field == field


def test_figures_of_two_days_and_of_a_whole_group_are_one_statement(world, as_, statements):
    for _ in range(30):
        _log(world, as_)
    with as_(world.stig):
        del statements[:]
        days = queries.days_figures(world.a.cohort_ids[0], [TODAY, TODAY - timedelta(days=1)])
        assert len([s for s in statements if s.startswith("SELECT")]) == 1
    assert days[TODAY][world.a.enrolment_ids["pia"]].done == {CONTACT: 30}
    assert days[TODAY - timedelta(days=1)] == {}


def test_a_change_of_name_or_of_its_choice_moves_the_boards_that_show_it(world, as_):
    before = _version(world, as_)
    with as_(world.stig):
        db.session.get(Person, world.pia.person_id).board_name = BoardName.TOTALS
    assert _version(world, as_) == before + 1
    with as_(world.stig):
        db.session.get(Person, world.pia.person_id).municipality = "Ulvila"
    assert _version(world, as_) == before + 1


def test_employers_of_two_people_are_two_registers(world, as_):
    for who in ("pia", "otto"):
        _log(world, as_, who, employer_name="Meriteräs")
    with as_(world.stig):
        assert len(db.session.scalars(sa.select(Employer)).all()) == 2
