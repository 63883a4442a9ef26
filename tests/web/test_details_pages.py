"""Pages of logging: details, the question about a twin, a coach's word, and own employers."""

import re
from datetime import timedelta

import pytest
from sqlalchemy.orm import selectinload

from jobsearch.cohorts.models import Cohort, Enrolment, EnrolmentState
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import whole_installation
from jobsearch.tracker.models import Action, Employer
from jobsearch.tracker.rules import Channel, Reached, Reply
from tests.world import TODAY, enrol

JOB = {
    "activity": "advertised_application",
    "on": "24.11.2026",
    "employer_name": "Meriteräs",
    "role_title": "Hitsaaja",
}


def _actions(world, who="pia"):
    with unit_of_work(whole_installation("test"), read_only=True):
        rows = db.session.query(Action).filter_by(person_id=getattr(world, who).person_id)
        return [row for row in rows if row.undone_at is None]


def _join_pias_group(world):
    with unit_of_work(whole_installation("test")):
        db.session.get(Enrolment, world.a.enrolment_ids["otto"]).state = EnrolmentState.WITHDREW
        cohort = db.session.get(Cohort, world.a.cohort_ids[0], options=[selectinload(Cohort.days)])
        enrol(cohort, world.otto.person_id, cohort.starts_on)


def _employers(world):
    with unit_of_work(whole_installation("test"), read_only=True):
        return db.session.query(Employer).order_by(Employer.name).all()


def test_details_are_folded_away_until_something_is_in_them(sign_in, world):
    client = sign_in(world.pia)
    assert "<details><summary>" in client.get("/job-search").text
    refused = client.send("/job-search", **(JOB | {"activity": ""}))
    assert "<details open><summary>" in refused.text


def test_all_details_of_the_form_are_kept_and_shown_again(sign_in, world, context):
    client = sign_in(world.pia)
    sent = JOB | {
        "activity": "employer_contact",
        "channel": "phone",
        "reached": "no",
        "reply": "later",
        "replied_on": "24.11.",
        "private": "y",
    }
    assert client.send("/job-search", **sent).status_code == 303
    (action,) = _actions(world)
    assert (action.channel, action.reached) == (Channel.PHONE, Reached.NO)
    assert (action.reply, action.replied_on) == (Reply.LATER, TODAY)
    assert action.private_at is not None
    page = client.get("/job-search").text
    assert "They asked to come back later" in page and "not for the group" in page
    form = client.get(f"/job-search/{action.id}").text
    for field, value in (("channel", "phone"), ("reached", "no"), ("reply", "later")):
        assert re.search(rf'<input checked [^>]*name="{field}"[^>]*value="{value}"', form)
    assert re.search(r'<input checked [^>]*name="private"', form)


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("replied_on", "25.11.2026", "This day has not come yet."),
        ("replied_on", "23.11.2026", "An answer cannot be older"),
        ("replied_on", "soon", "Enter the day like this"),
    ],
)
def test_a_wrong_day_of_a_reply_is_said_on_its_field(sign_in, world, context, field, value, says):
    answer = sign_in(world.pia).send("/job-search", **(JOB | {"reply": "no", field: value}))
    assert answer.status_code == 422
    assert says in answer.text and "<details open>" in answer.text
    assert _actions(world) == []


def test_what_is_kept_from_the_group_is_on_nobodys_page_of_it(sign_in, world, context):
    _join_pias_group(world)
    sign_in(world.pia).send("/job-search", **JOB, private="y")
    page = sign_in(world.otto).get("/job-search/group").text
    assert "<strong>Pia</strong>" in page
    assert "Meriteräs" not in page and "Hitsaaja" not in page
    assert "Meriteräs" in sign_in(world.stig).get("/actions").text


def test_the_same_job_is_asked_about_with_all_that_was_typed(sign_in, world, context):
    client = sign_in(world.pia)
    client.send("/job-search", **(JOB | {"on": "20.11.2026"}))
    asked = client.send("/job-search", **(JOB | {"note": "Uusi kirje."}))
    assert asked.status_code == 422
    assert re.search(r"You logged this before: Meriteräs, Hitsaaja, on .*2026", asked.text)
    assert "Uusi kirje." in asked.text and "<title>Log your job search" in asked.text
    assert 'name="again" value="1"' in asked.text and "It was a mistake" in asked.text
    assert len(_actions(world)) == 1
    assert client.send("/job-search", **JOB, again="1").status_code == 303
    assert len(_actions(world)) == 2


def test_a_coach_is_asked_too(sign_in, world, context):
    client = sign_in(world.stig)
    path = f"/people/{world.pia.person_id}/log"
    assert client.send(path, **JOB).status_code == 303
    assert "You logged this before" in client.send(path, **JOB).text
    assert client.send(path, **JOB, again="1").status_code == 303
    assert len(_actions(world)) == 2


def test_the_one_tap_on_an_employer_asks_when_the_job_is_the_same(sign_in, world, context):
    client = sign_in(world.pia)
    client.send("/job-search", **JOB)
    client.send("/job-search", **(JOB | {"employer_name": ""}))
    action = next(row for row in _actions(world) if row.employer_id is None)
    (employer,) = _employers(world)
    asked = client.send(f"/job-search/{action.id}/employer", employer_id=employer.id)
    assert asked.status_code == 422 and "You logged this before" in asked.text
    assert re.search(rf'<input checked [^>]*value="{employer.id}"', asked.text)
    kept = JOB | {"employer_name": "", "employer_id": employer.id, "version": "1", "again": "1"}
    assert client.send(f"/job-search/{action.id}", **kept).status_code == 303
    assert all(row.employer_id for row in _actions(world))


def test_a_tap_that_waited_has_its_own_day(sign_in, world, context, clock):
    client = sign_in(world.pia)
    assert client.send("/job-search/log/interview", waited=str(11 * 3600)).status_code == 303
    assert _actions(world)[0].on == TODAY - timedelta(days=1)


@pytest.mark.parametrize("waited", ["", "x", "-5", "123456789012", "٣"])
def test_a_wait_that_is_no_number_is_none(sign_in, world, context, waited):
    assert sign_in(world.pia).send("/job-search/log/interview", waited=waited).status_code == 303
    assert _actions(world)[0].on == TODAY


def test_a_tap_from_before_the_first_day_is_refused_with_its_reason(sign_in, world, context):
    answer = sign_in(world.pia).send("/job-search/log/interview", waited=str(30 * 86400))
    assert answer.status_code == 422
    assert "before the first day of your group" in answer.text
    assert _actions(world) == []


def test_what_a_coach_logged_comes_first_and_is_confirmed_or_removed(sign_in, world, context):
    coach = sign_in(world.stig)
    for role in ("Hitsaaja", "Levyseppä", "Asentaja"):
        coach.send(f"/people/{world.pia.person_id}/log", **(JOB | {"role_title": role}))
    first, second, third = (row.id for row in _actions(world))
    pia = sign_in(world.pia)
    page = pia.get("/job-search").text
    assert page.index("Logged by your coach. Is it right?") < page.index("What I have done")
    assert "Your coach logged this for you." in pia.get(f"/job-search/{first}").text
    assert pia.send("/job-search/confirm", action_id=first).status_code == 303
    assert pia.send(f"/job-search/{second}/remove").status_code == 303
    assert pia.send("/job-search/confirm", action_id=[third]).status_code == 303
    assert "Logged by your coach. Is it right?" not in pia.get("/job-search").text
    assert "confirmed by you" in pia.get("/job-search").text
    assert sign_in(world.stig).get("/actions").text.count("Confirmed") == 2


def test_nobody_confirms_anothers_entry(sign_in, world, context):
    sign_in(world.stig).send(f"/people/{world.pia.person_id}/log", **JOB)
    (action,) = _actions(world)
    answer = sign_in(world.otto).send("/job-search/confirm", action_id=action.id)
    assert answer.status_code == 404
    assert _actions(world)[0].confirmed_at is None


def test_an_employer_is_renamed_joined_and_removed_on_its_pages(sign_in, world, context):
    client = sign_in(world.pia)
    client.send("/job-search", **JOB)
    client.send("/job-search/employers", name="Meritera")
    client.send("/job-search/employers", name="Rannikon Leipomo")
    page = client.get("/job-search/employers").text
    assert "1 action · last on" in page and "Nothing logged yet" in page
    assert client.send("/job-search/employers", name=" ").status_code == 422
    _, meritera, leipomo = sorted(_employers(world), key=lambda one: one.name != "Meriteräs")
    one = f"/job-search/employers/{meritera.id}"
    assert client.send(one, name="x" * 121).status_code == 422
    assert client.send(one, name="Meriteräs Oy").status_code == 303
    assert "Now it is one." in client.get("/job-search/employers").text
    assert client.send(f"/job-search/employers/{leipomo.id}/remove").status_code == 303
    (left,) = _employers(world)
    assert left.name == "Meriteräs Oy"
    page = client.get(f"/job-search/employers/{left.id}").text
    assert "1 action." in page and "Remove this employer" not in page
    assert client.send(f"/job-search/employers/{left.id}/remove").status_code == 422


def test_the_address_may_name_an_own_lead_and_nobody_elses(sign_in, world, context):
    assert sign_in(world.pia).get("/job-search?lead=aaaaaaaaaaaaaaaaaaaa").status_code == 200
    sent = JOB | {"lead_id": "aaaaaaaaaaaaaaaaaaaa"}
    assert sign_in(world.pia).send("/job-search", **sent).status_code == 404
    assert _actions(world) == []


def test_the_lists_are_paged(sign_in, world, context):
    client = sign_in(world.pia)
    for _ in range(11):
        client.send("/job-search/log/interview")
    assert "Page 1 of 2" in client.get("/job-search").text
    assert client.get("/job-search?page=2").text.count("<li><span") == 5
    with unit_of_work(whole_installation("test"), read_only=True):
        assert db.session.query(Action).count() == 11


def test_what_waited_is_taken_from_its_own_person_alone(sign_in, world, context):
    client = sign_in(world.pia)
    mark = re.search(r'id="unsent"[^>]* data-who="(\w+)"', client.get("/today").text)[1]
    assert sign_in(world.otto).send("/job-search/log/interview", who=mark).status_code == 409
    assert sign_in(world.otto).send("/job-search", **JOB, who=mark).status_code == 409
    assert _actions(world, "otto") == []
    assert client.send("/job-search/log/interview", who=mark).status_code == 303
    for text in (world.pia.person_id, world.pia.actor.membership_id, world.pia.actor.sign_in_id):
        assert mark not in text


def test_only_a_participants_pages_hold_what_waits(sign_in, world):
    assert 'id="unsent"' not in sign_in(world.stig).get("/today").text
    assert 'id="unsent"' not in sign_in(None).get("/sign-in").text
    assert 'id="unsent"' in sign_in(world.pia).get("/my-weeks").text
