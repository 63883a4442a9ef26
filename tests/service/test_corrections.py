"""A day whose hours are approved is corrected with a reason, not edited; the old figure stays."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from jobsearch.attendance.models import Attendance, AttendanceState
from jobsearch.cohorts.models import Cohort, CohortDay
from jobsearch.core.db import db
from jobsearch.core.errors import Conflict, NotVisible, RuleBroken
from jobsearch.tracker import queries, service
from jobsearch.tracker.corrections import service as corrections
from jobsearch.tracker.corrections.service import Facts, Reason
from jobsearch.tracker.interviews.models import Interview
from jobsearch.tracker.interviews.rules import InterviewWay
from jobsearch.tracker.models import Action, ActionSource, Correction, Employer, Goal
from jobsearch.tracker.rules import Activity
from tests.world import FIRST_DAY, NOW, TODAY

pytestmark = pytest.mark.usefixtures("context")
CONTACT, APPLICATION, INTERVIEW = (
    Activity.EMPLOYER_CONTACT,
    Activity.ADVERTISED_APPLICATION,
    Activity.INTERVIEW,
)
MONDAY = TODAY - timedelta(days=1)
WHY = Reason("It was written on the wrong line.")


@pytest.fixture
def log(world, as_):
    """Pia logs on Monday; returns the key."""

    def logged(activity=CONTACT, on=MONDAY, **details):
        with as_(world.pia):
            return service.log_action(world.pia.actor, activity, on, **details).id

    return logged


@pytest.fixture
def lock(world, as_):
    """Approve Pia's hours of a day, as the manager's week does."""

    def locked(on=MONDAY, state=AttendanceState.APPROVED, who="pia"):
        with as_(world.aino):
            row = db.session.scalars(
                sa.select(Attendance)
                .join(CohortDay, CohortDay.id == Attendance.cohort_day_id)
                .where(Attendance.enrolment_id == world.a.enrolment_ids[who], CohortDay.on == on)
            ).one()
            row.state = state

    return locked


def _figures(world, as_, on=MONDAY):
    with as_(world.stig):
        found = queries.day_figures(world.a.cohort_ids[0], on)
        return found.get(world.a.enrolment_ids["pia"])


def _version(world, as_):
    with as_(world.stig):
        return db.session.scalar(
            sa.select(Cohort.board_version).where(Cohort.id == world.a.cohort_ids[0])
        )


@pytest.mark.parametrize("state", [AttendanceState.APPROVED, AttendanceState.LOCKED])
@pytest.mark.parametrize("who", ["pia", "stig"])
def test_an_entry_of_a_locked_day_is_neither_edited_nor_removed(world, as_, log, lock, who, state):
    action = log(employer_name="Meriteräs")
    lock(state=state)
    actor = getattr(world, who).actor
    with as_(getattr(world, who)):
        employer = queries.list_employers(world.pia.person_id)[0].id
    for deed in (
        lambda: service.undo_action(actor, action),
        lambda: service.edit_action(actor, action, activity=APPLICATION, on=MONDAY),
        lambda: service.edit_action(actor, action, activity=CONTACT, on=TODAY),
        lambda: service.name_employer(actor, action, employer),
        lambda: service.set_goals(actor, world.a.enrolment_ids["pia"], MONDAY, {CONTACT: 3}),
    ):
        with as_(getattr(world, who)), pytest.raises(RuleBroken, match="approved") as refused:
            deed()
        assert refused.value.field == "on"
    assert _figures(world, as_).done == {CONTACT: 1}


@pytest.mark.parametrize("who", ["pia", "stig"])
def test_nothing_is_logged_on_a_locked_day_nor_moved_to_it(world, as_, log, lock, who):
    today = log(on=TODAY)
    lock()
    member = getattr(world, who)
    with as_(member), pytest.raises(RuleBroken, match="approved"):
        if who == "pia":
            service.log_action(member.actor, CONTACT, MONDAY)
        else:
            service.log_for(member.actor, world.pia.person_id, CONTACT, MONDAY)
    with as_(member), pytest.raises(RuleBroken, match="approved"):
        service.edit_action(member.actor, today, activity=CONTACT, on=MONDAY)


def test_what_comes_after_the_lock_is_still_written(world, as_, log, lock):
    action = log(employer_name="Meriteräs")
    lock()
    with as_(world.pia):
        employer = queries.list_employers(world.pia.person_id)[0].id
        edited = service.edit_action(
            world.pia.actor,
            action,
            activity=CONTACT,
            on=MONDAY,
            employer_id=employer,
            note="They called back.",
        )
        assert edited.note == "They called back."


def test_a_marked_day_and_anothers_lock_lock_nothing(world, as_, log, lock):
    action = log()
    lock(who="otto")
    lock(on=MONDAY - timedelta(days=4))
    with as_(world.pia):
        service.undo_action(world.pia.actor, action)


def test_a_tap_and_its_undo_ask_nothing_of_the_lock(world, as_, log, lock, statements):
    with as_(world.pia):
        service.log_action(world.pia.actor, CONTACT)
        del statements[:]
        action = service.log_action(world.pia.actor, CONTACT)
        db.session.flush()
        service.undo_action(world.pia.actor, action.id)
    assert not [one for one in statements if "attendance" in one]


def test_a_correction_takes_the_place_of_the_old_action_and_the_figures_follow(
    world, as_, log, lock
):
    old = log(employer_name="Meriteräs", role_title="Hitsaaja", note="Oma muistiinpano")
    lock()
    before = _version(world, as_)
    with as_(world.stig):
        facts = Facts(APPLICATION, MONDAY, employer_name="Rannikon Leipomo", role_title="Leipuri")
        new = corrections.correct_action(world.stig.actor, old, 1, facts, WHY).id
    assert _figures(world, as_).done == {APPLICATION: 1}
    assert _version(world, as_) > before
    with as_(world.stig):
        row, gone = db.session.get(Action, new), db.session.get(Action, old)
        assert (row.role_title, row.note, row.source) == (
            "Leipuri",
            "Oma muistiinpano",
            ActionSource.OWN,
        )
        assert gone.undone_at is not None and gone.role_title == "Hitsaaja"
        kept = db.session.scalars(sa.select(Correction)).one()
        assert (kept.old_id, kept.new_id, kept.reason) == (old, new, WHY.text)
        assert kept.corrected_by_id == world.stig.account_id


def test_what_was_hidden_from_the_group_stays_hidden(world, as_, log, lock):
    old = log()
    with as_(world.pia):
        db.session.get(Action, old).private_at = NOW
    with as_(world.stig):
        facts = Facts(CONTACT, TODAY)
        new = corrections.correct_action(world.stig.actor, old, None, facts, WHY)
        assert new.private_at == NOW


def test_a_mistake_counts_no_more_and_says_why(world, as_, log, lock):
    old = log()
    lock()
    with as_(world.stig):
        corrections.call_it_a_mistake(world.stig.actor, old, 1, WHY)
    assert _figures(world, as_) is None
    with as_(world.stig):
        kept = db.session.scalars(sa.select(Correction)).one()
        assert (kept.old_id, kept.new_id) == (old, None)
    with as_(world.stig), pytest.raises(NotVisible):
        corrections.call_it_a_mistake(world.stig.actor, old, None, WHY)


def test_what_was_never_logged_is_added_with_a_reason(world, as_, lock):
    lock()
    with as_(world.stig):
        new = corrections.add_action(
            world.stig.actor, world.pia.person_id, Facts(CONTACT, MONDAY), WHY
        )
        assert new.source is ActionSource.PROXY
    assert _figures(world, as_).done == {CONTACT: 1}
    with as_(world.stig):
        kept = db.session.scalars(sa.select(Correction)).one()
        assert (kept.old_id, kept.new_id) == (None, new.id)


def _imported(world, as_, count=4):
    with as_(world.stig):
        row = Action(
            person_id=world.pia.person_id,
            enrolment_id=world.a.enrolment_ids["pia"],
            cohort_id=world.a.cohort_ids[0],
            on=FIRST_DAY,
            activity=CONTACT,
            count=count,
            source=ActionSource.IMPORTED,
            logged_at=NOW,
        )
        db.session.add(row)
        db.session.flush()
        return row.id


def test_a_figure_of_a_file_is_corrected_with_its_number_and_stays_of_the_file(world, as_):
    old = _imported(world, as_)
    with as_(world.stig):
        new = corrections.correct_action(
            world.stig.actor, old, None, Facts(CONTACT, FIRST_DAY, count=3), WHY
        )
        assert new.source is ActionSource.IMPORTED
    assert _figures(world, as_, FIRST_DAY).done == {CONTACT: 3}
    with as_(world.pia), pytest.raises(RuleBroken, match="came from a file"):
        service.undo_action(world.pia.actor, new.id)


@pytest.mark.parametrize(
    ("facts", "reason", "field"),
    [
        (Facts(APPLICATION, MONDAY), Reason(""), "reason"),
        (Facts(APPLICATION, MONDAY), Reason("x" * 201), "reason"),
        (Facts(APPLICATION, MONDAY), Reason("Hän oli sairaana"), "reason"),
        (Facts(APPLICATION, MONDAY, count=2), WHY, "count"),
        (Facts(APPLICATION, TODAY + timedelta(days=1)), WHY, "on"),
        (Facts(APPLICATION, FIRST_DAY - timedelta(days=1)), WHY, "on"),
        (Facts(CONTACT, MONDAY), WHY, None),
    ],
)
def test_a_correction_that_cannot_be_is_refused_on_its_field_and_changes_nothing(
    world, as_, log, lock, facts, reason, field
):
    old = log()
    with as_(world.stig), pytest.raises(RuleBroken) as refused:
        corrections.correct_action(world.stig.actor, old, 1, facts, reason)
    assert refused.value.field == field
    assert _figures(world, as_).done == {CONTACT: 1}


def test_a_workplace_may_be_named_as_words_of_health_are(world, as_, log):
    old = log()
    reason = Reason("Se oli keskussairaala.", about_work=True)
    with as_(world.stig):
        facts = Facts(APPLICATION, MONDAY)
        corrections.correct_action(world.stig.actor, old, 1, facts, reason)


@pytest.mark.parametrize("who", ["sam", "cora", "otto", "mia"])
def test_nobody_corrects_what_is_not_hers_to_see(world, as_, log, who):
    old = log()
    member = getattr(world, who)
    with as_(member), pytest.raises(NotVisible):
        corrections.correct_action(member.actor, old, None, Facts(APPLICATION, MONDAY), WHY)
    with as_(member), pytest.raises(NotVisible):
        corrections.add_action(member.actor, world.pia.person_id, Facts(CONTACT, MONDAY), WHY)


def test_the_loser_of_a_race_is_told(world, as_, log):
    old = log()
    with as_(world.stig), pytest.raises(Conflict):
        corrections.call_it_a_mistake(world.stig.actor, old, 7, WHY)


def test_an_interview_follows_the_action_that_counts_it(world, as_, log):
    old = log(INTERVIEW, employer_name="Meriteräs")
    with as_(world.pia):
        employer = db.session.scalars(sa.select(Employer)).one()
        meeting = Interview(
            person_id=world.pia.person_id,
            enrolment_id=world.a.enrolment_ids["pia"],
            cohort_id=world.a.cohort_ids[0],
            employer_id=employer.id,
            action_id=old,
            starts_at=NOW,
            way=InterviewWay.PHONE,
            place="",
            learned="",
            changed_at=NOW,
        )
        db.session.add(meeting)
        db.session.flush()
        meeting_id = meeting.id
    with as_(world.stig):
        facts = Facts(INTERVIEW, TODAY, employer_id=employer.id)
        new = corrections.correct_action(world.stig.actor, old, None, facts, WHY).id
    with as_(world.stig):
        assert db.session.get(Interview, meeting_id).action_id == new


def test_goals_of_a_locked_day_are_corrected_with_one_reason(world, as_, lock):
    enrolment = world.a.enrolment_ids["pia"]
    with as_(world.stig):
        service.set_goals(world.stig.actor, enrolment, MONDAY, {CONTACT: 2, APPLICATION: 1})
    lock()
    day = world.a.day_ids[world.a.cohort_ids[0]][4]
    with as_(world.stig):
        changed = corrections.correct_goals(
            world.stig.actor, enrolment, day, {CONTACT: 5, APPLICATION: 1}, WHY
        )
        assert changed == 1
    assert _figures(world, as_).goals == {CONTACT: 5, APPLICATION: 1}
    with as_(world.stig):
        kept = db.session.scalars(sa.select(Correction)).one()
        goal = db.session.get(Goal, kept.goal_id)
        assert (goal.activity, kept.reason) == (CONTACT, WHY.text)
    with as_(world.stig), pytest.raises(RuleBroken, match="nothing would be corrected"):
        corrections.correct_goals(world.stig.actor, enrolment, day, {CONTACT: 5}, WHY)
    with as_(world.cora), pytest.raises(NotVisible):
        corrections.correct_goals(world.cora.actor, enrolment, day, {CONTACT: 1}, WHY)
