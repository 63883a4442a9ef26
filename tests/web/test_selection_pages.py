"""Pages of selection for two of the staff, and of an offer for whoever was offered a seat."""

import re

import pytest
from sqlalchemy import select

from jobsearch.cohorts.models import Enrolment
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import whole_installation
from jobsearch.notices.models import Message
from jobsearch.programmes.models import Programme
from jobsearch.recruitment.models import Candidate
from jobsearch.recruitment.rules import ExitReason, Stage
from jobsearch.recruitment.selection import service
from jobsearch.recruitment.selection.models import SeatOffer, SelectionDecision
from jobsearch.recruitment.selection.offers.jobs import move_lines_on
from jobsearch.recruitment.selection.rules import (
    Decision,
    DecisionState,
    OfferState,
    Plan,
    Reason,
)
from tests.selecting import make_candidate
from tests.service.test_selection import START
from tests.world import make_cohort

pytestmark = pytest.mark.usefixtures("context")
SEAT = {"decision": "select", "reason": "fits", "words": ""}
WAIT = Plan(Decision.WAIT, Reason.GROUP_FULL, "", {})


def rows(model) -> list:
    with unit_of_work(whole_installation("test"), read_only=True):
        return list(db.session.scalars(select(model)))


@pytest.fixture
def group(world, as_) -> str:
    with as_(world.aino):
        programme = db.session.get(Programme, world.a.programme_id)
        cohort = make_cohort(programme, "Group 9", START, world.stig.account_id)
        cohort.seats = 1
        return cohort.id


def _people(world, as_, *names: str) -> list[str]:
    with as_(world.stig):
        return [make_candidate(world, name, Stage.ATTENDED).id for name in names]


def test_a_coach_decides_with_criteria_and_sees_how_full_the_group_is(
    sign_in, world, as_, group
) -> None:
    aino, stig = sign_in(world.aino), sign_in(world.stig)
    criteria = f"/selection/criteria/{world.a.programme_id}"
    assert "No criteria yet" in stig.get(criteria).text
    assert stig.send(criteria, lines="x").status_code == 403
    assert aino.send(criteria, lines="Can be there\nWants to work").status_code == 303
    assert "Edition 1" in aino.get(criteria).text
    (anna,) = _people(world, as_, "Anna")
    board, address = f"/selection/{group}", f"/selection/{group}/candidates/{anna}"
    assert "A group has at least three" in stig.get(board).text
    assert "Nobody has a seat yet" in stig.get(board).text
    page = stig.get(address).text
    fields = list(dict.fromkeys(re.findall(r'name="(criterion-\w+)"', page)))
    assert len(fields) == 2
    assert "Choose a decision" in stig.send(address).text
    refused = stig.send(address, **SEAT)
    assert refused.status_code == 422
    assert "every criterion" in refused.text
    answer = stig.send(address, **SEAT, **dict.fromkeys(fields, "yes"))
    assert answer.status_code == 303
    page = stig.get(board).text
    assert "Anna Ahola" in page
    assert "1<small> / 1</small>" in page
    assert "In use" in aino.get(criteria).text
    assert "it stays as it is" in aino.get(criteria).text
    assert "Group 9" in stig.get("/selection").text


def test_a_refusal_goes_to_a_second_person_before_anybody_is_told(
    sign_in, world, as_, group
) -> None:
    stig, aino = sign_in(world.stig), sign_in(world.aino)
    (anna,) = _people(world, as_, "Anna")
    refusal = {"decision": "refuse", "reason": "cannot_take_part", "words": "Works mornings."}
    address = f"/selection/{group}/candidates/{anna}"
    assert stig.send(address, **{**refusal, "words": ""}).status_code == 422
    assert "health" in stig.send(address, **{**refusal, "words": "Is sick."}).text
    assert stig.send(address, **refusal).status_code == 303
    (decision,) = rows(SelectionDecision)
    page = stig.get(f"/selection/{group}").text
    assert "Somebody else looks at it" in page
    assert "I agree" not in page
    deed = f"/selection/{group}/decisions/{decision.id}/confirm"
    own = stig.send(deed, version=decision.version)
    assert own.status_code == 422
    assert "Another person has to look at it" in own.text
    assert "I agree: tell the candidate" in aino.get(f"/selection/{group}").text
    assert [one for one in rows(Message) if "refused" in one.kind] == []
    assert aino.send(deed, version=decision.version).status_code == 303
    assert rows(Candidate)[0].exit_reason is ExitReason.NOT_ELIGIBLE
    assert len([one for one in rows(Message) if "refused" in one.kind]) == 1


def test_a_refusal_is_sent_back_and_a_decision_taken_back(sign_in, world, as_, group) -> None:
    stig, aino = sign_in(world.stig), sign_in(world.aino)
    anna, bea = _people(world, as_, "Anna", "Bea")
    refusal = {"decision": "refuse", "reason": "other_service", "words": "Studies first."}
    stig.send(f"/selection/{group}/candidates/{anna}", **refusal)
    (decision,) = rows(SelectionDecision)
    path = f"/selection/{group}/decisions/{decision.id}"
    assert aino.send(f"{path}/return", version=decision.version).status_code == 303
    page = stig.get(f"/selection/{group}/candidates/{anna}").text
    assert "Sent back by the second person" in page
    stig.send(f"/selection/{group}/candidates/{bea}", **SEAT)
    seat = next(one for one in rows(SelectionDecision) if one.state is DecisionState.HOLDS)
    path = f"/selection/{group}/decisions/{seat.id}/take-back"
    assert stig.send(path).status_code == 303
    assert "Nobody has a seat yet" in stig.get(f"/selection/{group}").text


def test_who_comes_too_late_for_the_last_seat_is_told_on_the_page(
    sign_in, world, as_, group
) -> None:
    stig = sign_in(world.stig)
    anna, bea = _people(world, as_, "Anna", "Bea")
    assert stig.send(f"/selection/{group}/candidates/{anna}", **SEAT).status_code == 303
    answer = stig.send(f"/selection/{group}/candidates/{bea}", **SEAT)
    assert answer.status_code == 422
    assert "The last seat has just been given" in answer.text


# Offers ------------------------------------------------------------------------------------------


@pytest.fixture
def offer(world, as_, group) -> str:
    """The secret of the link to Bea's offer; Cia waits behind her."""
    anna, bea, cia = _people(world, as_, "Anna", "Bea", "Cia")
    with as_(world.stig):
        decision = service.select(world.stig.actor, anna, group)
        for key in (bea, cia):
            service.decide(world.stig.actor, key, group, WAIT)
    with as_(world.stig):
        service.take_back(world.stig.actor, decision.id)
    move_lines_on()
    (told,) = [one for one in rows(Message) if one.kind == "recruitment.offer"]
    return re.search(r"/offer/([\w-]+)", told.body)[1]


def test_a_scanner_answers_nothing_and_a_button_does(sign_in, offer) -> None:
    nobody, address = sign_in(None), f"/offer/{offer}"
    for _time in range(5):
        assert nobody.get(address).status_code == 200
        assert nobody.get(f"{address}/accept").status_code == 405
    assert [one.state for one in rows(SeatOffer)] == [OfferState.OPEN]
    page = nobody.get(address).text
    assert "Yes, I take the seat" in page
    assert "Cia" not in page and "Anna" not in page and "Ahola" not in page
    assert nobody.send(f"{address}/accept").status_code == 303
    page = nobody.get(address).text
    assert "The seat is yours" in page
    assert "Yes, I take the seat" not in page
    again = nobody.send(f"{address}/decline")
    assert again.status_code == 422
    assert "answered this offer already" in again.text
    assert len([one for one in rows(Enrolment) if one.state.value == "placed"]) == 1


def test_no_is_fine_and_the_next_is_asked(sign_in, offer) -> None:
    nobody, address = sign_in(None), f"/offer/{offer}"
    assert nobody.send(f"{address}/decline").status_code == 303
    assert "You said no to the seat" in nobody.get(address).text
    assert sorted(one.state for one in rows(SeatOffer)) == [OfferState.DECLINED, OfferState.OPEN]


def test_after_its_hour_an_offer_says_so_and_takes_no_answer(sign_in, offer, clock) -> None:
    nobody, address = sign_in(None), f"/offer/{offer}"
    (row,) = rows(SeatOffer)
    clock.move_to(row.answer_by)
    page = nobody.get(address).text
    assert "The seat went to the next" in page
    assert "Yes, I take the seat" not in page
    answer = nobody.send(f"{address}/accept")
    assert answer.status_code == 422
    assert "time to answer is over" in answer.text


def test_an_offer_that_was_taken_back_is_closed(sign_in, world, as_, group, offer) -> None:
    with as_(world.stig):
        bea = rows(SeatOffer)[0].candidate_id
    with as_(world.stig):
        service.select(world.stig.actor, bea, group)
    answer = sign_in(None).get(f"/offer/{offer}")
    assert answer.status_code == 410
    assert "This link has been closed" in answer.text


def test_the_manager_offers_at_once_and_is_told_when_there_is_nothing(
    sign_in, world, as_, group
) -> None:
    aino = sign_in(world.aino)
    assert aino.send(f"/selection/{group}/offer").status_code == 303
    assert "Nothing was offered" in aino.get(f"/selection/{group}").text


@pytest.mark.parametrize("many", [1, 30])
def test_the_board_asks_as_much_for_thirty_as_for_one(
    world, as_, sign_in, statements, group, many
) -> None:
    people = _people(world, as_, *(f"Given{n}" for n in range(2 * many + 1)))
    refusal = Plan(Decision.REFUSE, Reason.CANNOT_TAKE_PART, "Works mornings.", {})
    with as_(world.stig):
        service.select(world.stig.actor, people[0], group)
        for key in people[1 : many + 1]:
            service.decide(world.stig.actor, key, group, WAIT)
        for key in people[many + 1 :]:
            service.decide(world.stig.actor, key, group, refusal)
    client = sign_in(world.stig)
    counts = []
    for address in ("/selection", f"/selection/{group}"):
        client.get(address)
        statements.clear()
        assert client.get(address).status_code == 200
        counts.append(sum(s.startswith("SELECT") for s in statements))
    assert counts == [2, 7], counts
