"""The pages of pulses: a participant's own, and what staff see of them."""

import re

import pytest
from lxml import html
from sqlalchemy import select

from jobsearch.cohorts.models import Enrolment
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import whole_installation
from jobsearch.feedback.pulses.models import BlockPulse, ConfidencePulse
from jobsearch.feedback.pulses.rules import ConfidenceItem, Usefulness
from jobsearch.people.models import Person
from jobsearch.programmes.rules import BlockKind
from tests.pulsed import NO, YES, blocks_of, score, seat_people, tap
from tests.world import TODAY

pytestmark = pytest.mark.usefixtures("context")


def _rows(model):
    with unit_of_work(whole_installation("test")):
        return db.session.query(model).order_by(model.id).all()


@pytest.fixture
def today(world, as_):
    """The blocks of Pia's sixth day, by kind; at 10 the debrief is ahead."""
    with as_(world.pia):
        return blocks_of(world.a.cohort_ids[0], 6)


def _pressed(page: str, block_id: str) -> list[str]:
    tree = html.document_fromstring(page)
    found = tree.xpath(f"//form[contains(@action, '{block_id}')]//button[@aria-pressed='true']")
    return [button.get("value") for button in found]


def test_one_tap_saves_another_changes_and_one_takes_back(sign_in, world, today):
    client, block = sign_in(world.pia), today[BlockKind.COACHING]
    for said in ("yes", "no"):
        answer = client.send(f"/my-pulse/blocks/{block}", usefulness=said)
        assert (answer.status_code, answer.location) == (303, f"/my-pulse#b-{block}")
        page = client.get("/my-pulse").text
        assert _pressed(page, block) == [said]
    assert "You answered: No" in page
    (row,) = _rows(BlockPulse)
    assert client.send(f"/my-pulse/answers/{row.id}/take-back").status_code == 303
    page = client.get("/my-pulse").text
    assert (_rows(BlockPulse), _pressed(page, block)) == ([], [])


def test_a_form_that_is_sent_twice_acts_once(sign_in, world, today):
    client, block = sign_in(world.pia), today[BlockKind.COACHING]
    for _again in range(2):
        assert client.send(f"/my-pulse/blocks/{block}", usefulness="yes").status_code == 303
    (row,) = _rows(BlockPulse)
    for _again in range(2):
        taken = client.send(f"/my-pulse/answers/{row.id}/take-back", _once="a" * 20)
        assert taken.status_code == 303
    assert _rows(BlockPulse) == []


def test_only_blocks_that_have_begun_stand_on_the_page(sign_in, world, today):
    page = sign_in(world.pia).get("/my-pulse").text
    for kind, is_there in (
        (BlockKind.MORNING_MEETING, True),
        (BlockKind.COACHING, True),
        (BlockKind.ASSIGNMENT, True),
        (BlockKind.DEBRIEF, False),
    ):
        assert (today[kind] in page) is is_there, kind


def test_a_block_that_has_not_begun_is_refused_in_words(sign_in, world, today):
    answer = sign_in(world.pia).send(
        f"/my-pulse/blocks/{today[BlockKind.DEBRIEF]}", usefulness="yes"
    )
    assert (answer.status_code, "has not begun yet" in answer.text) == (422, True)
    assert "<title>Error:" in answer.text
    assert _rows(BlockPulse) == []


@pytest.mark.parametrize("wrong", [{}, {"usefulness": "very"}, {"usefulness": ""}])
def test_a_tap_on_no_button_is_told(sign_in, world, today, wrong):
    answer = sign_in(world.pia).send(f"/my-pulse/blocks/{today[BlockKind.COACHING]}", **wrong)
    assert (answer.status_code, "Tap one of the buttons" in answer.text) == (422, True)


@pytest.mark.parametrize(("who", "status"), [("otto", 404), ("bo", 404), ("stig", 403)])
def test_nobody_answers_for_her_or_takes_her_answers_back(sign_in, world, today, who, status):
    client = sign_in(world.pia)
    block = f"/my-pulse/blocks/{today[BlockKind.COACHING]}"
    client.send(block, usefulness="yes")
    client.send("/my-pulse/confidence/6", item="next_step", score="4")
    (pulse,), (own,) = _rows(BlockPulse), _rows(ConfidencePulse)
    client = sign_in(getattr(world, who))
    assert client.send(block, usefulness="no").status_code == status
    assert client.send(block).status_code == status
    assert client.send(f"/my-pulse/answers/{pulse.id}/take-back").status_code == status
    assert client.send(f"/my-pulse/scores/{own.id}/take-back").status_code == status
    assert [row.usefulness for row in _rows(BlockPulse)] == [Usefulness.YES]
    assert len(_rows(ConfidencePulse)) == 1


def test_confidence_is_five_buttons_an_item_and_the_chosen_one_is_marked(sign_in, world):
    client = sign_in(world.pia)
    tree = html.document_fromstring(client.get("/my-pulse").text)
    assert len(tree.xpath("//button[@name='score']")) == 15
    answer = client.send("/my-pulse/confidence/6", item="employer", score="2")
    assert (answer.status_code, answer.location) == (303, "/my-pulse#c-employer")
    page = client.get("/my-pulse").text
    tree = html.document_fromstring(page)
    pressed = tree.xpath("//button[@name='score'][@aria-pressed='true']")
    assert [button.get("value") for button in pressed] == ["2"]
    assert "You answered: 2" in page
    (own,) = _rows(ConfidencePulse)
    assert client.send(f"/my-pulse/scores/{own.id}/take-back").status_code == 303
    assert _rows(ConfidencePulse) == []


@pytest.mark.parametrize(
    ("day", "sent", "words"),
    [
        (12, {"item": "belief", "score": "3"}, "not come yet"),
        (1, {"item": "belief", "score": "3"}, "closed"),
        (6, {"item": "belief", "score": "6"}, "Tap one of the buttons"),
        (6, {"item": "hope", "score": "3"}, "Tap one of the buttons"),
        (6, {}, "Tap one of the buttons"),
    ],
)
def test_confidence_of_another_day_or_off_the_scale_is_refused(sign_in, world, day, sent, words):
    answer = sign_in(world.pia).send(f"/my-pulse/confidence/{day}", **sent)
    assert (answer.status_code, words in answer.text) == (422, True)
    assert _rows(ConfidencePulse) == []


def test_who_has_left_reads_so_and_finds_her_answers(sign_in, world, as_, today):
    client, block = sign_in(world.pia), today[BlockKind.COACHING]
    client.send(f"/my-pulse/blocks/{block}", usefulness="partly")
    with as_(world.aino):
        db.session.get(Enrolment, world.a.enrolment_ids["pia"]).left_on = TODAY
    page = client.get("/my-pulse").text
    assert "You are in no group now" in page
    assert "you answered: Partly" in page
    answer = client.send(f"/my-pulse/blocks/{block}", usefulness="yes")
    assert (answer.status_code, "left this group" in answer.text) == (422, True)
    assert [row.usefulness for row in _rows(BlockPulse)] == [Usefulness.PARTLY]


def test_an_answer_of_yesterday_is_among_the_earlier_ones(sign_in, world, as_):
    with as_(world.aino):
        block = blocks_of(world.a.cohort_ids[0], 5)[BlockKind.COACHING]
        tap(world, [world.a.enrolment_ids["pia"]], block, NO)
        score(world, [world.a.enrolment_ids["pia"]], 1, 2)
    page = sign_in(world.pia).get("/my-pulse").text
    assert "you answered: No" in page
    assert "Day 1, you answered: 2" in page
    assert f"/my-pulse/blocks/{block}" not in page


def test_the_page_says_who_sees_what(sign_in, world):
    page = sign_in(world.pia).get("/my-pulse").text
    assert "only sums of at least 5 people" in page
    assert "You need not answer" in page


def test_the_own_page_asks_as_often_for_many_answers_as_for_none(
    sign_in, world, as_, statements, today
):
    counts = []
    for round_ in range(2):
        client = sign_in(world.pia)
        del statements[:]
        client.get("/my-pulse")
        counts.append(len([one for one in statements if one.startswith("SELECT")]))
        if round_ == 0:
            own = [world.a.enrolment_ids["pia"]]
            with as_(world.aino):
                for position in range(1, 7):
                    for block in blocks_of(world.a.cohort_ids[0], position).values():
                        tap(world, own, block, YES)
                score(world, own, 1, 3)
                score(world, own, 6, 4, on=TODAY)
    assert counts[0] == counts[1] <= 5


def test_the_card_of_the_start_page_asks_one_thing_and_leads_back(sign_in, world, today):
    client, block = sign_in(world.pia), today[BlockKind.COACHING]
    page = client.get("/today").text
    assert page.count('name="usefulness"') == 3 and f"/my-pulse/blocks/{block}" in page
    answer = client.send(f"/my-pulse/blocks/{block}", usefulness="yes", today="1")
    assert (answer.status_code, answer.location) == (303, "/today")
    client.send(f"/my-pulse/blocks/{today[BlockKind.MORNING_MEETING]}", usefulness="yes")
    page = client.get("/today").text
    assert "3 short questions" in page and "/my-pulse#confidence" in page
    assert 'name="usefulness"' not in page


def _answer(world, as_, count):
    with as_(world.aino):
        people = seat_people(world, count)
        tap(world, people, blocks_of(world.a.cohort_ids[0])[BlockKind.COACHING], NO, YES)
        score(world, people, 1, 3)


def test_staff_see_nothing_of_four_people_and_sums_of_five(sign_in, world, as_):
    url = f"/programmes/{world.a.programme_id}/pulses"
    _answer(world, as_, 4)
    page = sign_in(world.stig).get(url).text
    assert "Not enough answers" in page
    assert "%" not in page.split("<main")[1]
    _answer(world, as_, 1)
    page = sign_in(world.stig).get(url).text.replace("\xa0", " ")
    assert "60 % of the answers" in page
    assert "n = 5 answers of 5 people, until 23 November 2026" in page
    assert 'aria-label="Share of “yes” by day number: day 1: 60 %."' in page
    with as_(world.aino):
        names = set(db.session.scalars(select(Person.given_name)))
    assert len(names) > 5 and not [n for n in names if re.search(rf"\b{n}\b", page)]


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("aino", 200),
        ("stig", 200),
        ("paula", 403),
        ("mia", 403),
        ("nils", 403),
        ("pia", 403),
        ("olga", 403),
        ("sam", 404),
        ("cora", 404),
    ],
)
def test_only_coach_and_manager_of_the_provider_open_the_sums(sign_in, world, who, status):
    url = f"/programmes/{world.a.programme_id}/pulses"
    assert sign_in(getattr(world, who)).get(url).status_code == status


def test_results_and_feedback_lead_to_the_pulses(sign_in, world):
    url = f"/programmes/{world.a.programme_id}/pulses"
    client = sign_in(world.stig)
    assert url in client.get(f"/reports/{world.a.programme_id}").text
    assert url in client.get(f"/feedback/{world.a.programme_id}").text


def test_the_staff_page_takes_eight_statements_whatever_there_is(sign_in, world, as_, statements):
    counts = []
    for count in (10, 40):
        _answer(world, as_, count)
        client = sign_in(world.aino)
        del statements[:]
        client.get(f"/programmes/{world.a.programme_id}/pulses")
        counts.append(len([one for one in statements if one.startswith("SELECT")]))
    assert counts[0] == counts[1] <= 8


def test_every_item_is_asked_in_the_words_of_the_page(sign_in, world):
    page = sign_in(world.pia).get("/my-pulse").text
    for words in ("what to do next", "contact an employer", "believe that I will find work"):
        assert words in page
    assert len(ConfidenceItem) == 3
