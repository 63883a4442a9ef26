"""The board of the morning: page, poll, deeds."""

import re

import pytest

from jobsearch.cohorts.models import Cohort, CohortDay, Enrolment, EnrolmentState
from jobsearch.core.db import db
from jobsearch.people.models import BoardName, Person
from jobsearch.tracker.rules import Activity
from jobsearch.tracker.service import log_action
from tests.world import NOW, make_person

PART = {"HX-Request": "true"}


def _url(world, tail=""):
    return f"/cohorts/{world.a.cohort_ids[0]}/board{tail}"


def _person(world, deed):
    return _url(world, f"/people/{world.a.enrolment_ids['pia']}/{deed}")


DEEDS = (
    ("/phase", {"to": "goals"}),
    ("/timer", {"to": "still"}),
    ("turn", {"to": "turn"}),
    ("attendance", {"to": "present"}),
    ("goals/employer_contact", {"count": "3"}),
    ("results/employer_contact", {"count": "1"}),
)


def _at(world, deed):
    return _url(world, deed) if deed.startswith("/") else _person(world, deed)


def _poll(client, world, tag=None):
    headers = {**PART, "If-None-Match": tag} if tag else PART
    return client.get(_url(world, "/poll"), headers=headers)


@pytest.mark.parametrize("who", ["aino", "stig"])
def test_manager_and_coach_see_the_board(sign_in, world, who) -> None:
    page = sign_in(getattr(world, who)).get(_url(world)).text
    assert "Pia" in page and "Pihlaja" not in page and "Not begun yet" in page


@pytest.mark.parametrize(
    ("who", "status"), [("sam", 404), ("cora", 404), ("paula", 403), ("otto", 404)]
)
def test_strangers_and_wrong_roles_see_no_board(sign_in, world, who, status) -> None:
    client = sign_in(getattr(world, who))
    assert client.get(_url(world)).status_code == status
    assert _poll(client, world).status_code == status


def test_signed_out_goes_to_sign_in(sign_in, world) -> None:
    assert sign_in(None).get(_url(world)).status_code == 303


@pytest.mark.parametrize(("deed", "values"), DEEDS)
def test_only_a_coach_runs_the_morning(sign_in, world, deed, values) -> None:
    assert sign_in(world.aino).send(_at(world, deed), **values).status_code == 403
    assert sign_in(world.cora).send(_at(world, deed), **values).status_code == 404
    assert 'form="deeds"' not in sign_in(world.aino).get(_url(world)).text


@pytest.mark.parametrize(("deed", "values"), [one for one in DEEDS if one[0] != "/timer"])
def test_a_deed_is_a_small_post_that_a_double_click_does_not_double(
    sign_in, world, deed, values
) -> None:
    client = sign_in(world.stig)
    for _ in range(2):
        answer = client.send(_at(world, deed), **values)
        assert answer.status_code == 303 and answer.location.endswith(_url(world))
    assert client.get(_url(world)).status_code == 200


def test_a_deed_from_an_open_page_gets_the_board_back(sign_in, world) -> None:
    client = sign_in(world.stig)
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get(_url(world)).text)[1]
    form = {"csrf_token": token, "count": "3"}
    client.send(_person(world, "turn"), to="turn")
    answer = client.post(_person(world, "goals/employer_contact"), data=form, headers=PART)
    assert answer.status_code == 200
    assert answer.text.startswith("<section") and 'hx-swap-oob="outerMorph"' in answer.text
    assert '<output id="d-employer_contact">3</output>' in answer.text


@pytest.mark.parametrize(
    ("deed", "values", "words"),
    [
        ("goals/employer_contact", {"count": "51"}, "from 0 to 50"),
        ("goals/employer_contact", {"count": "many"}, "whole number"),
        ("goals/interview", {"count": "1"}, "Interviews are counted"),
        ("results/employer_contact", {"count": "9"}, "meanwhile"),
        ("/timer", {"to": "still"}, "has not begun"),
    ],
)
def test_a_deed_that_cannot_be_is_said_on_the_board(sign_in, world, deed, values, words) -> None:
    answer = sign_in(world.stig).send(_at(world, deed), **values)
    assert answer.status_code == 422 and words in answer.text and "Pia" in answer.text


@pytest.mark.parametrize(
    ("deed", "values"),
    [
        ("/phase", {"to": "lunch"}),
        ("/phase", {}),
        ("goals/sleeping", {"count": "1"}),
        ("results/sleeping", {"count": "1"}),
    ],
)
def test_a_deed_that_is_none_is_not_found(sign_in, world, deed, values) -> None:
    assert sign_in(world.stig).send(_at(world, deed), **values).status_code == 404


def test_a_person_of_another_group_is_not_on_this_board(sign_in, world) -> None:
    other = world.a.enrolment_ids["otto"]
    for deed, values in DEEDS[2:]:
        url = _url(world, f"/people/{other}/{deed}")
        assert sign_in(world.stig).send(url, **values).status_code == 404


def test_an_unchanged_board_is_a_304_without_a_body_after_one_small_query(
    sign_in, world, statements
) -> None:
    client = sign_in(world.stig)
    tag = re.search(r"data-poll='([^']+)'", client.get(_url(world)).text)[1]
    statements.clear()
    answer = _poll(client, world, tag)
    asked = [one for one in statements if one.startswith("SELECT")]
    assert (answer.status_code, answer.data) == (304, b"")
    assert len(asked) <= 2  # who asks, and the version
    assert answer.headers["ETag"] == tag
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert sum(len(one) for one in asked[1:]) < 200


def test_who_has_the_board_before_her_is_not_idle_and_who_has_not_is(sign_in, world, clock) -> None:
    client, other = sign_in(world.stig), sign_in(world.aino)
    tag = re.search(r"data-poll='([^']+)'", client.get(_url(world)).text)[1]
    for _ in range(18):  # an hour and a half of which nothing on the board changes
        clock.shift(5 * 60 + 1)
        assert _poll(client, world, tag).status_code == 304
    assert client.get("/today").status_code == 200
    assert other.get("/today").status_code == 303


def test_what_a_participant_logs_changes_the_answer_of_the_next_poll(
    sign_in, world, as_, context
) -> None:
    client = sign_in(world.stig)
    tag = _poll(client, world).headers["ETag"]
    assert _poll(client, world, tag).status_code == 304
    with as_(world.pia):
        log_action(world.pia.actor, Activity.INTERVIEW)
    changed = _poll(client, world, tag)
    assert changed.status_code == 200 and "got an interview" not in changed.text
    assert changed.headers["ETag"] != tag


def test_a_version_is_of_one_reader_and_one_language(sign_in, world) -> None:
    mine = _poll(sign_in(world.stig), world).headers["ETag"]
    client = sign_in(world.stig)
    client.send("/language", language="fi", next="/")
    assert _poll(client, world, mine).status_code == 200
    assert _poll(sign_in(world.aino), world, mine).status_code == 200


def test_a_poll_that_somebody_opens_is_the_page(sign_in, world) -> None:
    answer = sign_in(world.stig).get(_url(world, "/poll"))
    assert answer.status_code == 303 and answer.location.endswith(_url(world))


def test_the_whole_page_asks_four_things_with_one_person_and_with_six(
    sign_in, world, as_, context, statements
) -> None:
    client = sign_in(world.stig)
    few = _selects(client, world, statements)
    with as_(world.aino):
        for number in range(5):
            person = make_person(
                world.a.organisation_id, f"N{number}", "F", f"+35840000031{number}"
            )
            row = Enrolment(cohort_id=world.a.cohort_ids[0], person_id=person.id)
            row.state = EnrolmentState.STARTED
            db.session.add(row)
    assert few == _selects(client, world, statements) == 4


def _selects(client, world, statements) -> int:
    client.get(_url(world))
    statements.clear()
    client.get(_url(world))
    return len([one for one in statements if one.startswith("SELECT")])


def test_who_chose_the_totals_has_no_row_and_is_in_the_group(sign_in, world, as_, context) -> None:
    with as_(world.aino):
        db.session.get(Person, world.pia.person_id).board_name = BoardName.TOTALS
    page = sign_in(world.stig).get(_url(world)).text
    assert "Pia" not in page and "1 person has no row" in page and "of 1 present" in page


def test_an_absence_has_no_kind_and_no_reason_on_the_board(sign_in, world) -> None:
    client = sign_in(world.stig)
    client.send(_person(world, "attendance"), to="away")
    page = client.get(_url(world)).text.split("<main")[1]
    assert "Away" in page
    assert not re.search(r"paid|settled|\bill\b|sick|reason", page)


def test_the_menu_leads_to_the_one_group_of_today_or_to_a_choice(
    sign_in, world, as_, context
) -> None:
    client = sign_in(world.stig)
    page = client.get("/board").text
    assert "Group 7" in page and "Group 8" in page
    with as_(world.aino):
        db.session.get(Cohort, world.a.cohort_ids[1]).coach_id = None
    assert client.get("/board").location.endswith(_url(world))


def test_on_a_day_without_groups_the_menu_says_so(sign_in, world, as_, context) -> None:
    with as_(world.aino):
        for key in world.a.cohort_ids:
            db.session.get(Cohort, key).coach_id = None
    assert "No group works today" in sign_in(world.stig).get("/board").text


def test_on_a_day_off_the_board_of_the_running_group_opens(sign_in, world, as_, context) -> None:
    first, other = world.a.cohort_ids
    with as_(world.aino):
        db.session.get(Cohort, other).coach_id = None
        db.session.get(CohortDay, world.a.day_ids[first][5]).cancelled_at = NOW
    assert sign_in(world.stig).get("/board").location == f"/cohorts/{first}/board"


def test_who_follows_a_board_gets_what_another_has_asked_for_with_her_own_clock(
    sign_in, world, statements, clock
) -> None:
    coach, manager, participant = (sign_in(getattr(world, n)) for n in ("stig", "aino", "pia"))
    coach.send(_url(world, "/phase"), to="goals")
    first = _poll(manager, world).text
    clock.shift(60)
    statements.clear()
    second = _poll(participant, world)
    assert second.status_code == 200 and not [s for s in statements if "cohort_day" in s]
    left = [int(re.search(r'data-timer="(-?\d+)"', text)[1]) for text in (first, second.text)]
    assert left[0] - left[1] == 60
    coach.send(_person(world, "goals/employer_contact"), count="7")
    assert "/ 7" in _poll(participant, world).text.replace("<b>0</b>", "")
    assert 'form="deeds"' in _poll(coach, world).text  # each sees what she may press
    assert 'form="deeds"' not in _poll(participant, world).text
