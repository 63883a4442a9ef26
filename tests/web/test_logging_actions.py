"""Logging on the participant's pages: taps, undo, details, and what others cannot do."""

import re
import threading

import pytest

from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import whole_installation
from jobsearch.core.tokens import new_key
from jobsearch.tracker.models import Action, Employer
from jobsearch.tracker.rules import Activity
from tests.world import NOW, TODAY


def _actions(world, who="pia"):
    with unit_of_work(whole_installation("test"), read_only=True):
        rows = db.session.query(Action).filter_by(person_id=getattr(world, who).person_id)
        return [row for row in rows if row.undone_at is None]


def _add(world, who="pia", times=1, note=None):
    """Actions as they stand in the database; returns the last one's key."""
    with unit_of_work(whole_installation("test")):
        person = getattr(world, who)
        employer = Employer(
            person_id=person.person_id,
            name="Meriteräs",
            organisation_id=person.actor.organisation_id,
        )
        db.session.add(employer)
        db.session.flush()
        cohort = world.a.cohort_ids[0 if who == "pia" else 1]
        rows = [
            Action(
                person_id=person.person_id,
                organisation_id=person.actor.organisation_id,
                enrolment_id=world.a.enrolment_ids[who],
                cohort_id=cohort,
                on=TODAY,
                activity=Activity.EMPLOYER_CONTACT,
                employer_id=employer.id,
                note=note,
                logged_at=NOW,
            )
            for _ in range(times)
        ]
        db.session.add_all(rows)
        db.session.flush()
        return rows[-1].id


def test_one_tap_logs_and_the_answer_says_so_with_an_undo(sign_in, world, context):
    client = sign_in(world.pia)
    answer = client.send("/job-search/log/employer_contact")
    assert answer.status_code == 303
    page = client.get(answer.location).text
    assert "Logged: you contacted an employer." in page
    assert f"/job-search/{_actions(world)[0].id}/undo" in page


def test_the_undo_stays_when_the_page_is_opened_again(sign_in, world):
    client = sign_in(world.pia)
    after = client.send("/job-search/log/interview").location
    assert "/undo" in client.get(after).text
    assert "/undo" in client.get(after).text


def test_undo_takes_it_back_and_says_so(sign_in, world, context):
    client = sign_in(world.pia)
    client.send("/job-search/log/interview")
    answer = client.send(f"/job-search/{_actions(world)[0].id}/undo")
    assert answer.status_code == 303
    assert "Taken back" in client.get(answer.location).text
    assert _actions(world) == []


def test_a_double_tap_is_one_action_and_two_taps_are_two(sign_in, world, context):
    client = sign_in(world.pia)
    key = new_key()
    first = client.send("/job-search/log/interview", _once=key)
    second = client.send("/job-search/log/interview", _once=key)
    assert first.location == second.location
    assert len(_actions(world)) == 1
    client.send("/job-search/log/interview")
    assert len(_actions(world)) == 2


def test_of_eight_sends_of_one_form_at_once_one_is_kept(sign_in, world, context):
    key, answers = new_key(), []
    clients = [sign_in(world.pia) for _ in range(8)]
    together = threading.Barrier(len(clients))

    def send(client) -> None:
        together.wait()
        answers.append(client.send("/job-search/log/interview", _once=key))

    threads = [threading.Thread(target=send, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (action,) = _actions(world)
    assert {answer.status_code for answer in answers} <= {303, 409}
    again = sign_in(world.pia).send("/job-search/log/interview", _once=key)  # back, and once more
    led_to = {answer.location for answer in (*answers, again) if answer.status_code == 303}
    assert len(led_to) == 1
    assert action.id in led_to.pop()
    assert len(_actions(world)) == 1


def test_two_buttons_of_one_page_are_two_actions(sign_in, world, context):
    client = sign_in(world.pia)
    page = client.get("/today").text
    addresses = re.findall(r'formaction="(/job-search/log/\w+)"', page)
    assert len(set(addresses)) == 4
    key = re.search(r'class="log".*?name="_once" value="(\w+)"', page, re.DOTALL)[1]
    for address in (addresses[0], addresses[1], addresses[0]):
        client.send(address, _once=key)
    assert len(_actions(world)) == 2


def test_htmx_gets_the_part_that_changes(sign_in, world):
    client = sign_in(world.pia)
    after = client.send("/job-search/log/interview").location
    part = client.get(after, headers={"HX-Request": "true"}).text
    assert part.lstrip().startswith('<div id="day">')
    assert "/undo" in part


def test_what_is_none_of_the_four_is_refused(sign_in, world, context):
    assert sign_in(world.pia).send("/job-search/log/praying").status_code == 404
    assert _actions(world) == []


def test_details_are_kept_and_employers_are_offered_next_time(sign_in, world):
    client = sign_in(world.pia)
    answer = client.send(
        "/job-search",
        activity="employer_contact",
        employer_name="Rannikon Leipomo",
        role_title="Leipuri",
        on="24.11.",
        note="Soitan perjantaina.",
    )
    assert answer.status_code == 303
    page = client.get(answer.location).text
    assert "Logged: you contacted an employer." in page
    assert "Leipuri" in page
    assert 'name="employer_id"' in page


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("on", "24/11/26x", "Enter the day like this"),
        ("on", "25.11.2026", "This day has not come yet."),
        ("on", "13.11.2026", "before the first day of your group"),
        ("activity", "", "Choose what you did."),
        ("note", "x" * 1001, "At most 1000 characters."),
    ],
)
def test_what_cannot_be_is_said_on_its_field_and_the_words_stay(
    sign_in, world, context, field, value, says
):
    sent = {"activity": "interview", "on": "24.11.2026", "role_title": "Leipuri", field: value}
    answer = sign_in(world.pia).send("/job-search", **sent)
    assert answer.status_code == 422
    assert says in answer.text
    assert "Leipuri" in answer.text
    assert "<title>Error:" in answer.text
    assert _actions(world) == []


def test_an_employer_is_named_afterwards_by_one_tap(sign_in, world, context):
    _add(world)
    client = sign_in(world.pia)
    client.send("/job-search/log/interview")
    action = next(row for row in _actions(world) if row.employer_id is None)
    page = client.get(f"/job-search/{action.id}").text
    employer = re.search(r'name="employer_id" value="(\w{20})"', page)[1]
    assert client.send(f"/job-search/{action.id}/employer", employer_id=employer).status_code == 303
    assert all(row.employer_id for row in _actions(world))


def test_an_entry_is_corrected_and_removed(sign_in, world, context):
    action = _add(world)
    client = sign_in(world.pia)
    sent = {"activity": "interview", "on": "23.11.2026", "version": "1"}
    assert client.send(f"/job-search/{action}", **sent).status_code == 303
    assert _actions(world)[0].activity is Activity.INTERVIEW
    assert client.send(f"/job-search/{action}", **sent).status_code == 409  # an older page of it
    assert client.send(f"/job-search/{action}", **(sent | {"on": "x"})).status_code == 422
    assert client.send(f"/job-search/{action}/remove").status_code == 303
    assert _actions(world) == []
    assert client.get(f"/job-search/{action}").status_code == 404


@pytest.mark.parametrize("who", ["otto", "bo"])
def test_anothers_action_is_no_address(sign_in, world, context, who):
    action = _add(world)
    client = sign_in(getattr(world, who))
    assert client.get(f"/job-search/{action}").status_code == 404
    assert "/undo" not in client.get(f"/today?logged={action}").text
    sent = {"activity": "interview", "on": "24.11.2026"}
    for path in ("", "/undo", "/remove", "/employer"):
        assert client.send(f"/job-search/{action}{path}", **sent).status_code == 404
    assert len(_actions(world)) == 1


@pytest.mark.parametrize("who", ["stig", "aino", "paula", "mia", "olga"])
def test_only_a_participant_has_the_pages_of_logging(sign_in, world, context, who):
    action = _add(world)
    client = sign_in(getattr(world, who))
    for path in ("/job-search", "/job-search/group", f"/job-search/{action}"):
        assert client.get(path).status_code == 403
    assert client.send("/job-search/log/interview").status_code == 403
    assert client.send(f"/job-search/{action}/undo").status_code == 403


def test_staff_filter_the_list_by_a_link(sign_in, world, context):
    _add(world)
    _add(world, "otto")
    client = sign_in(world.stig)
    both = client.get("/actions").text
    assert "Pia Pihlaja</a>" in both and "Otto Oksanen</a>" in both
    for narrowed in (
        f"person={world.pia.person_id}",
        f"cohort={world.a.cohort_ids[0]}",
        f"cohort={world.a.cohort_ids[0]}&q=meri&activity=employer_contact&period=week",
    ):
        page = client.get(f"/actions?{narrowed}").text
        assert "Pia Pihlaja</a>" in page and "Otto Oksanen</a>" not in page
    assert "Nothing matches" in client.get("/actions?q=zebra").text
    assert "Nothing matches" in client.get("/actions?activity=interview").text
    assert client.get("/actions?page=99999&person=x&period=never&activity=none").status_code == 200


def test_a_search_finds_finnish_letters_in_either_case(sign_in, world, context):
    sign_in(world.pia).send(
        "/job-search", activity="interview", on="24.11.2026", employer_name="Äänekosken Öljy"
    )
    client = sign_in(world.stig)
    for words in ("ään", "ÖLJY", "Öljy"):
        assert "Äänekosken Öljy" in client.get("/actions", query_string={"q": words}).text


def test_a_note_is_in_no_list(sign_in, world, context):
    _add(world, note="Vain minulle ja valmentajalle.")
    assert "Vain minulle" not in sign_in(world.stig).get("/actions").text
    assert "Vain minulle" not in sign_in(world.pia).get("/job-search/group").text
    assert "Vain minulle" in sign_in(world.pia).get("/job-search").text


def test_a_coach_logs_for_a_participant_and_corrects_it(sign_in, world, context):
    client = sign_in(world.stig)
    path = f"/people/{world.pia.person_id}/log"
    assert client.get(path).status_code == 200
    assert client.send(path, activity="interview", on="").status_code == 422
    assert client.send(path, activity="interview", on="24.11.2026").status_code == 303
    (action,) = _actions(world)
    assert "By a coach" in client.get("/actions").text
    assert "logged by your coach" in sign_in(world.pia).get("/job-search").text
    client.sign_in(world.stig)
    assert client.get(f"/actions/{action.id}").status_code == 200
    sent = {"activity": "employer_contact", "on": "24.11.2026"}
    assert client.send(f"/actions/{action.id}", **(sent | {"on": "?"})).status_code == 422
    assert client.send(f"/actions/{action.id}", **sent).status_code == 303
    assert sign_in(world.pia).send(f"/job-search/{action.id}/remove").status_code == 303
    assert _actions(world) == []


@pytest.mark.parametrize(("who", "answer"), [("sam", 403), ("aino", 403), ("paula", 403)])
def test_only_a_coach_writes_for_others(sign_in, world, context, who, answer):
    action = _add(world)
    client = sign_in(getattr(world, who))
    assert client.get(f"/actions/{action}").status_code == answer
    assert client.send(f"/actions/{action}/remove").status_code == answer
    assert client.get(f"/people/{world.pia.person_id}/log").status_code == answer


def test_a_coach_does_not_reach_a_neighbours_participant(sign_in, world):
    client = sign_in(world.stig)
    path = f"/people/{world.bo.person_id}/log"
    assert client.get(path).status_code == 404
    assert client.send(path, activity="interview", on="24.11.2026").status_code == 404


def test_a_neighbours_list_holds_nothing_of_ours(sign_in, world, context):
    _add(world)
    page = sign_in(world.sam).get("/actions").text
    assert "Pia" not in page and "Group 7" not in page


@pytest.mark.parametrize(
    ("who", "path", "most"),
    [
        ("pia", "/today", 5),
        ("pia", "/job-search", 5),
        ("pia", "/job-search/employers", 3),
        ("stig", "/actions", 5),
        ("stig", "/actions?q=meri&period=week", 5),
    ],
)
def test_a_page_asks_as_often_with_1_row_as_with_30(
    sign_in, world, context, statements, who, path, most
):
    def asked():
        del statements[:]
        assert client.get(path).status_code == 200
        return len([one for one in statements if one.startswith("SELECT")])

    _add(world)
    client = sign_in(getattr(world, who))
    once = asked()
    with unit_of_work(whole_installation("test")):
        db.session.query(Employer).update({"name": "Toinen"})
    _add(world, times=29)
    assert asked() == once
    assert once <= most


def test_a_tap_is_few_statements(sign_in, world, statements):
    client = sign_in(world.pia)
    client.send("/job-search/log/interview")
    del statements[:]
    assert client.send("/job-search/log/interview").status_code == 303
    assert len(statements) <= 9
