"""Pages of what is said in the meetings."""

import re

import pytest

from jobsearch.cohorts.service import leave
from jobsearch.core.db import db
from jobsearch.standup.words.models import DayPlan, Debrief, GoodNews
from tests.furnished import CANARY

pytestmark = pytest.mark.usefixtures("context")
PLAN = {"at": "10.15", "way": "call", "employer": "Rannikon Leipomo", "goal_employer_contact": "3"}


def _board(world):
    return f"/cohorts/{world.a.cohort_ids[0]}/board"


def _person(world, name="pia"):
    return f"{_board(world)}/people/{world.a.enrolment_ids[name]}/words"


def _all(as_, world, model):
    with as_(world.stig):
        return db.session.query(model).all()


def test_a_participant_plans_on_her_own_page_and_lands_on_her_day(sign_in, world, as_) -> None:
    client = sign_in(world.pia)
    assert "This morning: the plan" in client.get("/my-words").text
    answer = client.send("/my-words/plan", **PLAN)
    assert (answer.status_code, answer.location) == (303, "/today")
    (plan,) = _all(as_, world, DayPlan)
    assert (plan.employer, plan.at_minute) == ("Rannikon Leipomo", 615)
    page = client.get("/my-words").text
    assert 'value="10.15"' in page and 'value="Rannikon Leipomo"' in page


def test_the_coach_writes_for_who_speaks_and_is_back_at_the_board(sign_in, world, as_) -> None:
    client = sign_in(world.stig)
    answer = client.send(f"{_person(world)}/plan", **PLAN)
    assert (answer.status_code, answer.location) == (303, _board(world))
    assert "10:15 call: Rannikon Leipomo" in client.get(_board(world)).text
    client.send(f"{_person(world)}/debrief", learned="Short calls work.", next_step="Call again.")
    client.send(f"{_board(world)}/phase", to="wrap_up")
    page = client.get(_board(world)).text
    assert "What we learned" in page and "Short calls work." in page and "Call again." in page


@pytest.mark.parametrize(
    ("deed", "form", "words", "kept"),
    [
        ("plan", PLAN | {"employer": ""}, "Say which employer comes first.", 'value="10.15"'),
        ("plan", PLAN | {"at": "25.00"}, "Enter a time", 'value="25.00"'),
        ("plan", PLAN | {"goal_employer_contact": "51"}, "from 0 to 50", 'value="51"'),
        ("debrief", {"learned": "", "next_step": ""}, "Write something", ""),
        ("debrief", {"learned": "Olin sairaana"}, "health: sairaana", ">Olin sairaana<"),
        ("news", {"words": "From Monday"}, "Choose what is celebrated.", 'value="From Monday"'),
        ("news", {"news": "job", "words": "x" * 81}, "At most 80", "x" * 81),
    ],
)
def test_what_is_wrong_is_said_on_its_field_and_what_was_typed_is_kept(
    sign_in, world, deed, form, words, kept
) -> None:
    for client, path in (
        (sign_in(world.pia), "/my-words"),
        (sign_in(world.stig), _person(world)),
    ):
        answer = client.send(f"{path}/{deed}", **form)
        assert answer.status_code == 422
        assert words in answer.text and kept in re.sub(r">\s+", ">", answer.text)


def test_a_word_of_health_may_be_a_workplace_when_she_says_so(sign_in, world, as_) -> None:
    client = sign_in(world.pia)
    refused = client.send("/my-words/debrief", learned="Soitin sairaalaan")
    assert 'name="about_work"' in refused.text
    answer = client.send("/my-words/debrief", learned="Soitin sairaalaan", about_work="y")
    assert answer.status_code == 303 and len(_all(as_, world, Debrief)) == 1


def test_news_is_told_once_and_taken_back(sign_in, world, as_) -> None:
    client = sign_in(world.pia)
    client.send("/my-words/news", news="job", words="Warehouse")
    assert "Pia got a job!" in sign_in(world.stig).get(_board(world)).text
    assert client.send("/my-words/news/take-back", news="sun").status_code == 404
    assert client.send("/my-words/news/take-back", news="job").location == "/my-words"
    assert _all(as_, world, GoodNews) == []


def test_what_people_write_is_shown_as_text(sign_in, world) -> None:
    evil = f"<b>{CANARY}</b>"
    client = sign_in(world.pia)
    client.send("/my-words/plan", **(PLAN | {"employer": evil}))
    client.send("/my-words/debrief", learned=evil, next_step=evil)
    client.send("/my-words/news", news="job", words=evil)
    coach = sign_in(world.stig)
    for phase in ("goals", "wrap_up"):
        coach.send(f"{_board(world)}/phase", to=phase)
        for page in (client.get(_board(world)), coach.get(_board(world))):
            assert evil not in page.text and f"&lt;b&gt;{CANARY}" in page.text
    for page in (coach.get(f"/cohorts/{world.a.cohort_ids[0]}/debriefs"), client.get("/my-words")):
        assert evil not in page.text and f"&lt;b&gt;{CANARY}" in page.text


def test_a_days_debriefs_are_for_staff_and_of_days_that_have_come(sign_in, world) -> None:
    url = f"/cohorts/{world.a.cohort_ids[0]}/debriefs"
    page = sign_in(world.aino).get(url)
    assert page.status_code == 200 and "No plan was written." in page.text
    days = re.findall(r"debriefs\?day=([a-z2-7]{20})", page.text)
    assert len(days) == 6  # it is the sixth day
    assert sign_in(world.stig).get(f"{url}?day={days[0]}").status_code == 200
    assert sign_in(world.stig).get(f"{url}?day={'x' * 20}").status_code == 404
    assert sign_in(world.pia).get(url).status_code == 403
    assert sign_in(world.cora).get(url).status_code == 404


def test_a_participant_follows_the_board_of_her_group_and_presses_nothing(sign_in, world) -> None:
    client = sign_in(world.pia)
    assert client.get("/board").location == _board(world)
    page = client.get(_board(world))
    assert page.status_code == 200 and 'form="deeds"' not in page.text
    tag = re.search(r"data-poll='([^']+)'", page.text)[1]
    held = {"HX-Request": "true", "If-None-Match": tag}
    assert client.get(f"{_board(world)}/poll", headers=held).status_code == 304
    other = sign_in(world.otto)
    assert other.get(f"{_board(world)}/poll", headers=held).status_code == 404


def test_the_clean_view_has_nothing_to_press_and_its_own_version(sign_in, world) -> None:
    client = sign_in(world.stig)
    page = client.get(f"{_board(world)}?view=shared").text
    assert 'form="deeds"' not in page and "/poll?view=shared" in page
    tag = re.search(r"data-poll='([^']+)'", page)[1]
    held = {"HX-Request": "true", "If-None-Match": tag}
    assert client.get(f"{_board(world)}/poll?view=shared", headers=held).status_code == 304
    assert client.get(f"{_board(world)}/poll", headers=held).status_code == 200


def test_who_has_left_is_led_to_nothing_that_is_not_hers_any_more(sign_in, world, as_) -> None:
    with as_(world.aino):
        leave(world.a.enrolment_ids["pia"])
    client = sign_in(world.pia)
    page = client.get("/today").text
    assert "My plan for today" not in page and "/board" not in page
    words = client.get("/my-words")
    assert words.status_code == 200 and "You are in no group now" in words.text
    assert client.send("/my-words/plan", **PLAN).status_code == 404
