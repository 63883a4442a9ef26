"""The pages on which a coach corrects a locked day, and those that tell who said what."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from jobsearch.attendance.models import Attendance, AttendanceState
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import Scope, whole_installation
from jobsearch.tracker import service
from jobsearch.tracker.models import Action, ActionSource, Correction
from jobsearch.tracker.rules import Activity
from tests.world import NOW, TODAY

MONDAY = TODAY - timedelta(days=1)
SENT = {
    "what": "otherwise",
    "activity": "advertised_application",
    "on": "23.11.2026",
    "reason": "Kirjattu väärälle riville.",
}


@pytest.fixture
def locked(world, context):
    """An action of Pia's on Monday, whose hours are approved; returns its key."""
    scope = Scope(frozenset({world.a.organisation_id}), "test")
    with unit_of_work(scope, world.pia.actor):
        action = service.log_action(
            world.pia.actor, Activity.EMPLOYER_CONTACT, MONDAY, employer_name="Meriteräs"
        ).id
        service.set_goals(
            world.pia.actor, world.a.enrolment_ids["pia"], MONDAY, {Activity.EMPLOYER_CONTACT: 2}
        )
    with unit_of_work(whole_installation("test")):
        rows = db.session.query(Attendance).filter_by(person_id=world.pia.person_id)
        rows.update({"state": AttendanceState.APPROVED})
    return action


def _kept():
    with unit_of_work(whole_installation("test"), read_only=True):
        return db.session.scalars(sa.select(Correction)).all()


def test_a_coach_corrects_a_locked_entry_and_reads_its_history(sign_in, world, locked):
    client = sign_in(world.stig)
    path = f"/actions/{locked}/correct"
    assert "Meriteräs" in client.get(path).text
    answer = client.send(path, **SENT)
    assert answer.status_code == 303
    page = client.get(answer.location).text
    assert "Kirjattu väärälle riville." in page
    assert "Stig Strand (Coach)" in page or "You" in page
    assert "Employer contact" in page and "Advertised job" in page
    assert len(_kept()) == 1


def test_a_mistake_needs_no_new_values_but_a_reason(sign_in, world, locked):
    client = sign_in(world.stig)
    path = f"/actions/{locked}/correct"
    sent = {**SENT, "what": "mistake", "reason": ""}
    refused = client.send(path, **sent)
    assert refused.status_code == 422
    assert "Say why it is corrected." in refused.text
    answer = client.send(path, **(sent | {"reason": "Ei tapahtunut."}))
    assert "This entry counts no more." in client.get(answer.location).text


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("reason", "x" * 201, "At most 200 characters fit here."),
        ("reason", "Oli sairaana", "may tell of someone"),
        ("on", "25.11.2026", "This day has not come yet."),
        ("on", "", "Enter the day like this"),
        ("activity", "", "Choose what you did."),
        ("what", "neither", "Not a valid choice"),
    ],
)
def test_what_cannot_be_is_said_on_its_field(sign_in, world, locked, field, value, says):
    sent = {**SENT, "role_title": "Leipuri", field: value}
    answer = sign_in(world.stig).send(f"/actions/{locked}/correct", **sent)
    assert answer.status_code == 422
    assert says in answer.text and "Leipuri" in answer.text
    assert _kept() == []


def test_a_figure_of_a_file_is_corrected_with_its_number(sign_in, world, context):
    with unit_of_work(whole_installation("test")):
        row = Action(
            person_id=world.pia.person_id,
            organisation_id=world.a.organisation_id,
            enrolment_id=world.a.enrolment_ids["pia"],
            cohort_id=world.a.cohort_ids[0],
            on=MONDAY,
            activity=Activity.EMPLOYER_CONTACT,
            count=4,
            source=ActionSource.IMPORTED,
            logged_at=NOW,
        )
        db.session.add(row)
        db.session.flush()
        key = row.id
    client = sign_in(world.stig)
    assert f"/actions/{key}/correct" in client.get("/actions").text
    path = f"/actions/{key}/correct"
    assert 'name="count"' in client.get(path).text
    assert client.send(path, **SENT, count="0").status_code == 422
    answer = client.send(path, **SENT, count="3")
    page = client.get(answer.location).text
    assert "Taken in from a file" in page
    assert "Corrected" in page
    assert "× 3" in client.get("/actions").text


def test_a_participant_is_told_to_ask_her_coach_and_reads_the_history(sign_in, world, locked):
    client = sign_in(world.pia)
    sent = {"activity": "interview", "on": "23.11.2026"}
    answer = client.send(f"/job-search/{locked}", **sent)
    assert answer.status_code == 422
    assert "Ask your coach to correct the entry." in answer.text
    page = client.get(f"/job-search/{locked}/history").text
    assert "You" in page and "tell your coach" in page
    assert client.get(f"/actions/{locked}/correct").status_code == 403


def test_what_was_never_logged_is_added_to_a_locked_day(sign_in, world, locked):
    client = sign_in(world.stig)
    path = f"/people/{world.pia.person_id}/log/late"
    assert client.get(path).status_code == 200
    sent = {name: value for name, value in SENT.items() if name != "what"}
    assert client.send(path, **(sent | {"reason": ""})).status_code == 422
    answer = client.send(path, **sent)
    assert "Added to an approved day" in client.get(answer.location).text


def test_goals_of_a_locked_day_are_corrected_and_their_history_tells_it(sign_in, world, locked):
    client = sign_in(world.stig)
    day = world.a.day_ids[world.a.cohort_ids[0]][4]
    path = f"/enrolments/{world.a.enrolment_ids['pia']}/goals/{day}/correct"
    sent = {
        "goal_advertised_application": "0",
        "goal_employer_contact": "5",
        "goal_agency_application": "0",
    }
    assert client.send(path, **sent, reason="").status_code == 422
    assert client.send(path, **(sent | {"goal_employer_contact": "51"}), reason="x").status_code
    assert client.send(path, **sent, reason="Sovittiin toisin.").status_code == 303
    assert len(_kept()) == 1
    page = client.get(path.replace("correct", "history")).text
    assert "Sovittiin toisin." in page
    mine = sign_in(world.pia).get(f"/job-search/goals/{day}/history").text
    assert "Stig Strand (" in mine


def test_a_manager_reads_histories_and_corrects_nothing(sign_in, world, locked):
    client = sign_in(world.aino)
    page = client.get(f"/actions/{locked}/history")
    assert page.status_code == 200
    assert "/correct" not in page.text
    assert client.send(f"/actions/{locked}/correct", **SENT).status_code == 403


@pytest.mark.parametrize("who", ["sam", "cora", "bo", "otto"])
def test_a_history_of_another_tells_nothing(sign_in, world, locked, who):
    client = sign_in(getattr(world, who))
    for path in (f"/actions/{locked}/history", f"/job-search/{locked}/history"):
        answer = client.get(path)
        assert answer.status_code in (403, 404)
        assert "Meriteräs" not in answer.text
