"""Pages of interviews, as their person and her coach use them."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import whole_installation
from jobsearch.tracker.interviews.models import Interview, InterviewTick
from jobsearch.tracker.interviews.rules import InterviewWay
from jobsearch.tracker.interviews.service import When, add_interview
from jobsearch.tracker.models import Action, ActionSource
from jobsearch.tracker.rules import Activity
from jobsearch.tracker.service import log_action
from tests.furnished import CANARY
from tests.service.test_interviews import WHEN, make_lead
from tests.world import NOW, TODAY

pytestmark = pytest.mark.usefixtures("context")
NEW = {
    "employer_name": "Rannikon Leipomo",
    "on": "26.11.2026",
    "at": "13.00",
    "minutes": "45",
    "way": "on_site",
    "place": "Satakunnankatu 5",
}
OWN = "/job-search/interviews"


def rows(model, **which):
    with unit_of_work(whole_installation("test")):
        return db.session.query(model).filter_by(**which).order_by(model.id).all()


def person(world) -> str:
    return f"/people/{world.pia.person_id}/interviews"


def test_a_participant_writes_one_down_and_lands_on_its_page(sign_in, world) -> None:
    client = sign_in(world.pia)
    assert "No interviews yet" in client.get(OWN).text
    answer = client.send(f"{OWN}/new", **NEW)
    (row,) = rows(Interview)
    assert (answer.status_code, answer.location) == (303, f"{OWN}/{row.id}")
    assert row.starts_at == datetime(2026, 11, 26, 11, tzinfo=UTC)
    page = client.get(answer.location).text
    for words in ("Thursday 26\xa0November 2026", "13:00, 45", "Face to face", "Satakunnankatu 5"):
        assert words in page
    assert "How did it go?" not in page
    assert "Rannikon Leipomo" in client.get(OWN).text
    assert len(rows(Action, activity=Activity.INTERVIEW)) == 1


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"employer_name": ""}, "Say which employer it is."),
        ({"on": ""}, "Enter the day like this"),
        ({"on": "15.11.2026"}, "before the first day of your group"),
        ({"on": "24.11.2028"}, "more than a year ahead"),
        ({"at": "25.00"}, "Enter a time"),
        ({"on": "28.3.2027", "at": "3.30"}, "this time is left out"),
        ({"minutes": "481"}, "from 5 to 480 minutes"),
        ({"way": ""}, "Choose how it is held."),
        ({"place": "x" * 201}, "At most 200 characters."),
    ],
)
def test_what_is_wrong_is_said_on_its_field_and_nothing_is_counted(
    sign_in, world, wrong, words
) -> None:
    for client, path in (
        (sign_in(world.pia), f"{OWN}/new"),
        (sign_in(world.stig), f"{person(world)}/new"),
    ):
        answer = client.send(path, **(NEW | wrong))
        assert (answer.status_code, words in answer.text) == (422, True)
        assert 'value="45"' in answer.text or "minutes" in wrong
    assert rows(Interview) == rows(Action) == []


def test_what_was_logged_by_a_tap_is_offered_and_not_counted_twice(sign_in, world, as_) -> None:
    client = sign_in(world.pia)
    assert "It is logged already" not in client.get(f"{OWN}/new").text
    with as_(world.pia):
        log_action(world.pia.actor, Activity.INTERVIEW)
    page = client.get(f"{OWN}/new").text
    assert "It is logged already: Tue 24 Nov, no employer yet" in page.replace("\xa0", " ")
    assert client.send(f"{OWN}/new", **NEW, is_logged="y").status_code == 303
    assert len(rows(Action)) == 1
    assert "It is logged already" not in client.get(f"{OWN}/new").text


def test_a_lead_proposes_its_employer_and_moves_on(sign_in, world, as_) -> None:
    with as_(world.pia):
        lead_id = make_lead(world)
    client = sign_in(world.pia)
    page = client.get(f"{OWN}/new?lead={lead_id}").text
    assert "Merikulman Varasto" in page and "Warehouse worker" in page
    chosen = re.search(r'<input checked[^>]*name="employer_id"[^>]*value="(\w+)"', page)
    assert chosen is not None
    answer = client.send(
        f"{OWN}/new", **(NEW | {"employer_name": "", "employer_id": chosen[1], "lead": lead_id})
    )
    assert answer.status_code == 303
    assert "Warehouse worker" in client.get(answer.location).text
    foreign = sign_in(world.otto).get(f"{OWN}/new?lead={lead_id}")
    assert foreign.status_code == 200 and "Merikulman" not in foreign.text


def test_the_coach_writes_one_down_for_who_phones(sign_in, world) -> None:
    client = sign_in(world.stig)
    assert "No interviews yet" in client.get(person(world)).text
    answer = client.send(f"{person(world)}/new", **NEW)
    (row,) = rows(Interview)
    assert answer.location == f"/interviews/{row.id}"
    assert rows(Action)[0].source is ActionSource.PROXY
    assert "Pia Pihlaja" in client.get(answer.location).text
    assert "Rannikon Leipomo" in sign_in(world.pia).get(OWN).text
    assert sign_in(world.aino).get(person(world)).status_code == 403


@pytest.fixture
def row(world, as_) -> Interview:
    with as_(world.pia):
        who = world.pia.actor, world.pia.person_id
        return add_interview(*who, WHEN, employer_name="Rannikon Leipomo")


def test_each_thing_is_ticked_and_unticked_by_its_person_or_her_coach(sign_in, world, row) -> None:
    for client, here in (
        (sign_in(world.pia), f"{OWN}/{row.id}"),
        (sign_in(world.stig), f"/interviews/{row.id}"),
    ):
        assert client.send(f"{here}/prepared", item="papers", done="1").location == (
            f"{here}#prepare"
        )
        assert len(rows(InterviewTick)) == 1
        assert "1\xa0/\xa06" in client.get(here).text
        client.send(f"{here}/prepared", item="papers", done="0")
        assert rows(InterviewTick) == []
        assert client.send(f"{here}/prepared", item="sun", done="1").status_code == 404


def test_it_is_moved_and_the_loser_of_a_race_looks_again(sign_in, world, row) -> None:
    client, here = sign_in(world.pia), f"{OWN}/{row.id}"
    page = client.get(f"{here}/edit").text
    for value in ("26.11.2026", "13.00", "45", "Satakunnankatu 5"):
        assert f'value="{value}"' in page
    moved = NEW | {"employer_name": "", "employer_id": row.employer_id, "version": "1"}
    assert client.send(f"{here}/edit", **(moved | {"at": "14"})).location == here
    assert "14:00" in client.get(here).text
    assert client.send(f"{here}/edit", **moved).status_code == 409
    assert sign_in(world.stig).send(f"/interviews/{row.id}/edit", **(moved | {"at": "x"})).text
    assert len(rows(Interview)) == 1


def test_taking_it_away_asks_whether_it_still_counts_and_can_be_undone(sign_in, world, row) -> None:
    client, here = sign_in(world.pia), f"{OWN}/{row.id}"
    page = client.get(here).text
    assert "It will not take place" in page and "It was written down by mistake" in page
    client.send(f"{here}/cancel")
    assert "No interviews yet" in client.get(OWN).text
    assert rows(Action)[0].undone_at is None
    gone = client.get(here).text
    assert "was taken away" in gone and "Bring it back" in gone
    assert client.send(f"{here}/prepared", item="papers", done="1").status_code == 422
    client.send(f"{here}/restore")
    client.send(f"{here}/cancel", mistake="1")
    assert rows(Action)[0].undone_at == NOW
    client.send(f"{here}/restore")
    assert rows(Action)[0].undone_at is None
    assert "Rannikon Leipomo" in client.get(OWN).text


def test_how_it_went_is_asked_afterwards(sign_in, world, as_, clock) -> None:
    with as_(world.pia):
        soon = replace(WHEN, on=TODAY, minute=10 * 60 + 15)
        who = world.pia.actor, world.pia.person_id
        row = add_interview(*who, soon, employer_name="Rannikon Leipomo")
    client, here = sign_in(world.pia), f"{OWN}/{row.id}"
    early = client.send(f"{here}/went", went="well")
    assert (early.status_code, "still to come" in early.text) == (422, True)
    clock.move_to(NOW + timedelta(minutes=20))
    assert "How did it go?" in client.get(here).text
    empty = client.send(f"{here}/went", learned="Ask about the hours.")
    assert empty.status_code == 422
    assert "Choose how it went." in empty.text and "Ask about the hours." in empty.text
    assert client.send(f"{here}/went", went="hard", learned="Ask first.").status_code == 303
    assert "It was hard" in client.get(OWN).text
    coach = sign_in(world.stig)
    assert "Ask first." in coach.get(f"/interviews/{row.id}").text
    assert coach.send(f"/interviews/{row.id}/went", went="fairly").status_code == 303


def test_a_place_is_a_link_only_where_it_is_one_and_text_stays_text(sign_in, world, as_) -> None:
    client = sign_in(world.pia)
    link = client.send(f"{OWN}/new", **(NEW | {"place": "https://meet.example.org/x"}))
    assert '<a href="https://meet.example.org/x"' in client.get(link.location).text
    evil = f"<b>{CANARY}</b>"
    text = client.send(f"{OWN}/new", **(NEW | {"place": evil, "employer_name": evil}))
    for path in (text.location, OWN, f"{OWN}/new", f"{text.location}/edit"):
        page = client.get(path).text
        assert evil not in page and f"&lt;b&gt;{CANARY}" in page
    script = client.send(f"{OWN}/new", **(NEW | {"place": "javascript:alert(1)"}))
    assert 'href="javascript' not in client.get(script.location).text


def test_the_lists_and_a_page_cost_the_same_for_1_and_30(sign_in, world, as_, statements) -> None:
    def cost(path: str, member) -> int:
        client = sign_in(member)
        client.get(path)
        del statements[:]
        assert client.get(path).status_code == 200
        return len([one for one in statements if one.startswith("SELECT")])

    def add(times: int) -> str:
        with as_(world.pia):
            for number in range(times):
                who = world.pia.actor, world.pia.person_id
                name = f"Employer {number % 9}"
                when = When(WHEN.on, WHEN.minute, 45, InterviewWay.PHONE)
                key = add_interview(*who, when, employer_name=name).id
            return key

    one = add(1)
    paths = (
        (OWN, world.pia),
        (f"{OWN}/new", world.pia),
        (f"{OWN}/{one}", world.pia),
        (person(world), world.stig),
    )
    first = [cost(*path) for path in paths]
    add(30)
    assert [cost(*path) for path in paths] == first
    assert "Page 1 of 2" in sign_in(world.pia).get(OWN).text
    assert "Page 2 of 2" in sign_in(world.pia).get(f"{OWN}?page=2").text
