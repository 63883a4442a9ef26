"""Selection: seats, refusals that two people see, the waiting list and its offers, races."""

import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import delete, select

from jobsearch.cohorts import service as cohorts
from jobsearch.cohorts.models import Enrolment
from jobsearch.cohorts.queries import count_seats_taken
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.errors import Conflict, NotVisible, RuleBroken
from jobsearch.core.scope import whole_installation
from jobsearch.links.models import PersonalLink
from jobsearch.notices.models import Message
from jobsearch.programmes.models import Programme
from jobsearch.recruitment.models import Candidate
from jobsearch.recruitment.rules import CallWhy, ExitReason, Stage
from jobsearch.recruitment.selection import queries as boards
from jobsearch.recruitment.selection import service
from jobsearch.recruitment.selection.criteria.queries import find_edition
from jobsearch.recruitment.selection.criteria.service import version_of, write_criteria
from jobsearch.recruitment.selection.models import SeatOffer, SelectionDecision, WaitingPlace
from jobsearch.recruitment.selection.offers import service as offers
from jobsearch.recruitment.selection.offers.jobs import move_lines_on
from jobsearch.recruitment.selection.rules import (
    Answer,
    Decision,
    DecisionState,
    OfferState,
    PlaceState,
    Plan,
    Reason,
)
from jobsearch.recruitment.service import let_candidate_go
from jobsearch.recruitment.sessions.models import Booking
from jobsearch.recruitment.sessions.rules import BookedBy
from jobsearch.recruitment.sessions.service import book
from tests.selecting import make_candidate, make_session
from tests.world import make_cohort, make_programme

pytestmark = pytest.mark.usefixtures("context")
NOW_UTC = datetime(2026, 11, 24, 8, tzinfo=UTC)
START = date(2026, 12, 7)
REFUSAL = Plan(Decision.REFUSE, Reason.CANNOT_TAKE_PART, "Works on Mondays.", {})
WAIT = Plan(Decision.WAIT, Reason.GROUP_FULL, "", {})


def messages(kind: str) -> list[Message]:
    """What is in the outbox of one kind, oldest first."""
    with unit_of_work(whole_installation("test"), read_only=True):
        found = db.session.scalars(select(Message).order_by(Message.created_at, Message.id))
        return [one for one in found if one.kind == f"recruitment.{kind}"]


@pytest.fixture
def group(world, as_) -> str:
    """A coming group of two seats."""
    return _group(world, as_, seats=2)


def _group(world, as_, seats: int, starts_on: date = START, name: str = "Group 9") -> str:
    with as_(world.aino):
        programme = db.session.get(Programme, world.a.programme_id)
        cohort = make_cohort(programme, name, starts_on, world.stig.account_id)
        cohort.seats = seats
        return cohort.id


def _people(world, as_, *names: str, stage: Stage = Stage.ATTENDED) -> list[str]:
    with as_(world.stig):
        return [make_candidate(world, name, stage).id for name in names]


def _candidate(world, as_, key: str) -> Candidate:
    with as_(world.stig):
        return db.session.get(Candidate, key)


def _criteria(world, as_, *lines: str) -> list[str]:
    with as_(world.aino):
        edition = write_criteria(
            world.a.programme_id, version_of(find_edition(world.a.programme_id)), lines
        )
        return [one.id for one in edition.criteria]


# Seats -----------------------------------------------------------------------------------------


def test_a_selection_gives_a_seat_moves_the_funnel_and_tells_the_candidate(
    world, as_, group
) -> None:
    (anna,) = _people(world, as_, "Anna")
    with as_(world.stig):
        service.select(world.stig.actor, anna, group, words="Came early, knows what she wants.")
        assert count_seats_taken(group) == 1
    candidate = _candidate(world, as_, anna)
    assert (candidate.stage, candidate.group_name) == (Stage.SELECTED, "Group 9")
    (told,) = messages("selected")
    assert "7 December 2026" in told.body
    assert "/expectations/" in told.body
    with as_(world.stig):
        (selected,) = boards.list_selected(group)
        assert (selected.candidate_id, selected.name) == (anna, "Anna Ahola")


def test_the_group_and_the_candidate_must_fit(world, as_, group) -> None:
    anna, new = _people(world, as_, "Anna")[0], _people(world, as_, "Bea", stage=Stage.REFERRED)[0]
    started = world.a.cohort_ids[0]
    with as_(world.stig), pytest.raises(RuleBroken, match="has started"):
        service.select(world.stig.actor, anna, started)
    with as_(world.stig), pytest.raises(RuleBroken, match="from this stage"):
        service.select(world.stig.actor, new, group)
    with as_(world.sam), pytest.raises(NotVisible):
        service.select(world.sam.actor, anna, group)
    with as_(world.aino):
        other, _template = make_programme(world.a.organisation_id, "C")
        elsewhere = make_cohort(other, "Group 10", START, world.stig.account_id).id
    with as_(world.stig), pytest.raises(NotVisible):
        service.select(world.stig.actor, anna, elsewhere)
    with as_(world.stig):
        db.session.get(Candidate, anna).exit_reason = ExitReason.STUDIES
    with as_(world.stig), pytest.raises(RuleBroken, match="has left"):
        service.select(world.stig.actor, anna, group)


def test_a_full_group_has_its_own_sentence(world, as_, group) -> None:
    anna, bea, cia = _people(world, as_, "Anna", "Bea", "Cia")
    with as_(world.stig):
        service.select(world.stig.actor, anna, group)
        service.select(world.stig.actor, bea, group)
    with as_(world.stig), pytest.raises(RuleBroken, match="last seat has just been given"):
        service.select(world.stig.actor, cia, group)
    assert _candidate(world, as_, cia).stage is Stage.ATTENDED


def test_a_selection_can_be_taken_back_until_there_is_a_contract(world, as_, group) -> None:
    (anna,) = _people(world, as_, "Anna")
    with as_(world.stig):
        decision = service.select(world.stig.actor, anna, group)
    with as_(world.stig):
        service.take_back(world.stig.actor, decision.id)
        assert count_seats_taken(group) == 0
    assert _candidate(world, as_, anna).stage is Stage.ATTENDED
    with as_(world.stig):
        again = service.select(world.stig.actor, anna, group)
        db.session.get(Candidate, anna).stage = Stage.SIGNED
    with as_(world.stig), pytest.raises(RuleBroken, match="contract has been signed"):
        service.take_back(world.stig.actor, again.id)


def test_who_has_a_seat_gives_it_back_before_leaving_the_funnel(world, as_, group) -> None:
    (anna,) = _people(world, as_, "Anna")
    with as_(world.stig):
        service.select(world.stig.actor, anna, group)
    with as_(world.stig), pytest.raises(RuleBroken, match="Take the seat back first"):
        let_candidate_go(anna, ExitReason.STUDIES)
    _free(world, as_, group, anna)
    with as_(world.stig):
        assert let_candidate_go(anna, ExitReason.STUDIES).has_left
        assert count_seats_taken(group) == 0


# Criteria --------------------------------------------------------------------------------------


def test_criteria_become_a_new_edition_once_a_decision_has_used_them(world, as_, group) -> None:
    keys = _criteria(world, as_, "Can be there on all days", "Wants to work")
    assert _criteria(world, as_, "Can be there on all days") != keys
    with as_(world.stig):
        assert find_edition(world.a.programme_id).edition == 1
    (key,) = _criteria(world, as_, "Can be there on all days")
    (anna,) = _people(world, as_, "Anna")
    with as_(world.stig):
        service.select(world.stig.actor, anna, group, answers={key: Answer.YES})
    _criteria(world, as_, "Can be there on all days", "Lives in the area")
    with as_(world.stig):
        edition = find_edition(world.a.programme_id)
        assert (edition.edition, edition.frozen_at) == (2, None)


def test_somebody_elses_change_of_the_criteria_is_not_written_over(world, as_) -> None:
    _criteria(world, as_, "One")
    with pytest.raises(Conflict), as_(world.aino):
        write_criteria(world.a.programme_id, "", ["Two"])


def test_every_criterion_is_answered(world, as_, group) -> None:
    first, second = _criteria(world, as_, "One", "Two")
    (anna,) = _people(world, as_, "Anna")
    with as_(world.stig), pytest.raises(RuleBroken, match="every criterion"):
        service.select(world.stig.actor, anna, group, answers={first: Answer.YES})
    with as_(world.stig), pytest.raises(RuleBroken, match="every criterion"):
        service.select(world.stig.actor, anna, group, answers={first: Answer.YES, "x": Answer.NO})
    with as_(world.stig):
        answers = {first: Answer.YES, second: Answer.UNKNOWN}
        service.select(world.stig.actor, anna, group, answers=answers)


# Refusals --------------------------------------------------------------------------------------


def test_nobody_is_told_of_a_refusal_before_a_second_person_agrees(world, as_, group) -> None:
    (anna,) = _people(world, as_, "Anna")
    with as_(world.stig):
        decision = service.decide(world.stig.actor, anna, group, REFUSAL)
        key, version = decision.id, decision.version
        assert decision.state is DecisionState.PROPOSED
    assert messages("refused") == []
    assert _candidate(world, as_, anna).exit_reason is None
    with as_(world.stig), pytest.raises(RuleBroken, match="proposed this refusal yourself"):
        service.confirm_refusal(world.stig.actor, key, version)
    with as_(world.aino):
        service.confirm_refusal(world.aino.actor, key, version)
    assert _candidate(world, as_, anna).exit_reason is ExitReason.NOT_ELIGIBLE
    (told,) = messages("refused")
    assert "Works on Mondays" not in told.body


def test_a_refusal_that_is_sent_back_is_decided_anew(world, as_, group) -> None:
    (anna,) = _people(world, as_, "Anna")
    with as_(world.stig):
        decision = service.decide(world.stig.actor, anna, group, REFUSAL)
        key, version = decision.id, decision.version
    with as_(world.stig), pytest.raises(RuleBroken, match="waits for a second person"):
        service.select(world.stig.actor, anna, group)
    with as_(world.aino):
        service.return_refusal(world.aino.actor, key, version)
    assert messages("refused") == []
    with as_(world.stig):
        service.select(world.stig.actor, anna, group)


def test_two_who_look_at_a_refusal_at_once_do_not_tell_twice(world, as_, group) -> None:
    (anna,) = _people(world, as_, "Anna")
    with as_(world.stig):
        decision = service.decide(world.stig.actor, anna, group, REFUSAL)
        key, version = decision.id, decision.version
    with as_(world.aino):
        service.confirm_refusal(world.aino.actor, key, version)
    with pytest.raises(Conflict), as_(world.aino):
        service.return_refusal(world.aino.actor, key, version)


def test_the_database_itself_wants_four_eyes_on_a_refusal(world, as_, group) -> None:
    (anna,) = _people(world, as_, "Anna")
    with as_(world.stig):
        key = service.decide(world.stig.actor, anna, group, REFUSAL).id
    with pytest.raises(Conflict), as_(world.stig):
        decision = db.session.get(SelectionDecision, key)
        decision.state = DecisionState.HOLDS
        decision.second_by_id, decision.second_at = world.stig.account_id, NOW_UTC
        db.session.flush()


def test_who_proposed_a_refusal_takes_it_back_and_nobody_else(world, as_, group) -> None:
    (anna,) = _people(world, as_, "Anna")
    with as_(world.stig):
        key = service.decide(world.stig.actor, anna, group, REFUSAL).id
    with as_(world.aino), pytest.raises(RuleBroken, match="Somebody else proposed"):
        service.take_back(world.aino.actor, key)
    with as_(world.stig):
        service.take_back(world.stig.actor, key)
        service.select(world.stig.actor, anna, group)


def test_words_about_health_are_not_kept(world, as_, group) -> None:
    (anna,) = _people(world, as_, "Anna")
    plan = Plan(Decision.REFUSE, Reason.CRITERIA_NOT_MET, "On sick leave.", {})
    with as_(world.stig), pytest.raises(RuleBroken, match="health"):
        service.decide(world.stig.actor, anna, group, plan)


# The waiting list --------------------------------------------------------------------------------


def _full_with_line(world, as_, *line: str) -> tuple[str, str, list[str]]:
    """A full group of one seat, who has it, and those who wait."""
    group = _group(world, as_, seats=1)
    first, *waiting = _people(world, as_, "Anna", *line)
    with as_(world.stig):
        service.select(world.stig.actor, first, group)
        for key in waiting:
            service.decide(world.stig.actor, key, group, WAIT)
    return group, first, waiting


def _free(world, as_, group: str, candidate: str) -> None:
    with as_(world.aino):
        person = db.session.get(Candidate, candidate).person_id
        enrolment = db.session.scalar(
            select(Enrolment.id).where(Enrolment.cohort_id == group, Enrolment.person_id == person)
        )
        cohorts.leave(enrolment)


def _offers(world, as_) -> list[SeatOffer]:
    with as_(world.stig):
        return list(db.session.scalars(select(SeatOffer).order_by(SeatOffer.offered_at)))


def test_nobody_waits_while_a_seat_is_free(world, as_, group) -> None:
    (anna,) = _people(world, as_, "Anna")
    with as_(world.stig), pytest.raises(RuleBroken, match="nothing to wait for"):
        service.decide(world.stig.actor, anna, group, WAIT)


def test_a_seat_that_comes_free_is_offered_to_the_next_with_an_hour(world, as_) -> None:
    group, anna, (bea, _cia) = _full_with_line(world, as_, "Bea", "Cia")
    assert len(messages("waiting")) == 2
    move_lines_on()
    assert _offers(world, as_) == []
    _free(world, as_, group, anna)
    said = move_lines_on()
    assert said.gaps == {"made": 1, "lapsed": 0}
    move_lines_on()
    (offer,) = _offers(world, as_)
    assert offer.candidate_id == bea
    assert offer.answer_by == NOW_UTC + timedelta(hours=48)
    (told,) = messages("offer")
    assert "26 November 2026, 10:00" in told.body
    assert "/offer/" in told.body
    assert _candidate(world, as_, bea).call_why is CallWhy.SEAT_OFFERED


def test_yes_within_the_hour_gives_the_seat(world, as_) -> None:
    group, anna, (bea, _cia) = _full_with_line(world, as_, "Bea", "Cia")
    _free(world, as_, group, anna)
    move_lines_on()
    (offer,) = _offers(world, as_)
    with as_(world.stig):
        offers.accept(offer.id)
        assert count_seats_taken(group) == 1
    assert _candidate(world, as_, bea).stage is Stage.SELECTED
    assert len(messages("selected")) == 2
    with as_(world.stig):
        (selected,) = boards.list_selected(group)
        assert selected.candidate_id == bea
        live = db.session.scalars(
            select(SelectionDecision.reason).where(
                SelectionDecision.candidate_id == bea,
                SelectionDecision.state == DecisionState.HOLDS,
            )
        )
        assert list(live) == [Reason.ACCEPTED_OFFER]
    for answer in (offers.accept, offers.decline):
        with as_(world.stig), pytest.raises(RuleBroken, match="answered this offer already"):
            answer(offer.id)


def test_no_asks_the_next_at_once(world, as_) -> None:
    group, anna, (bea, cia) = _full_with_line(world, as_, "Bea", "Cia")
    _free(world, as_, group, anna)
    move_lines_on()
    (offer,) = _offers(world, as_)
    with as_(world.stig):
        offers.decline(offer.id)
    assert {one.candidate_id: one.state for one in _offers(world, as_)} == {
        bea: OfferState.DECLINED,
        cia: OfferState.OPEN,
    }
    assert _candidate(world, as_, bea).stage is Stage.ATTENDED


def test_an_hour_that_passes_moves_the_line_on_and_is_told_kindly(world, as_, clock) -> None:
    group, anna, (bea, cia) = _full_with_line(world, as_, "Bea", "Cia")
    _free(world, as_, group, anna)
    move_lines_on()
    (offer,) = _offers(world, as_)
    clock.move_to(NOW_UTC + timedelta(hours=48))
    with as_(world.stig), pytest.raises(RuleBroken, match="time to answer is over"):
        offers.accept(offer.id)
    said = move_lines_on()
    assert said.gaps == {"made": 1, "lapsed": 1}
    assert {one.candidate_id: one.state for one in _offers(world, as_)} == {
        bea: OfferState.LAPSED,
        cia: OfferState.OPEN,
    }
    (told,) = messages("offer_over")
    assert "quite all right" in told.body
    assert move_lines_on().gaps == {"made": 0, "lapsed": 0}


def test_an_offered_seat_is_given_to_nobody_else(world, as_) -> None:
    group, anna, (_bea,) = _full_with_line(world, as_, "Bea")
    (cia,) = _people(world, as_, "Cia")
    _free(world, as_, group, anna)
    move_lines_on()
    with as_(world.stig), pytest.raises(RuleBroken, match="offered to somebody"):
        service.select(world.stig.actor, cia, group)


def test_nobody_is_asked_at_night_or_when_little_time_is_left(world, as_, clock) -> None:
    group, anna, (_bea,) = _full_with_line(world, as_, "Bea")
    _free(world, as_, group, anna)
    clock.move_to(datetime(2026, 11, 24, 20, tzinfo=UTC))
    assert move_lines_on().gaps["made"] == 0
    clock.move_to(datetime(2026, 12, 6, 11, tzinfo=UTC))  # 13.00 on the day before; 16 is the end
    assert move_lines_on().gaps["made"] == 0
    clock.move_to(datetime(2026, 12, 6, 9, tzinfo=UTC))
    assert move_lines_on().gaps["made"] == 1
    (offer,) = _offers(world, as_)
    assert offer.answer_by == datetime(2026, 12, 6, 14, tzinfo=UTC)


def test_who_found_work_meanwhile_is_passed_over(world, as_) -> None:
    group, anna, (bea, cia) = _full_with_line(world, as_, "Bea", "Cia")
    with as_(world.stig):
        db.session.get(Candidate, bea).exit_reason = ExitReason.FOUND_WORK
    _free(world, as_, group, anna)
    move_lines_on()
    assert [one.candidate_id for one in _offers(world, as_)] == [cia]


def test_a_later_decision_ends_the_wait_and_closes_the_offers_link(world, as_) -> None:
    group, anna, (bea,) = _full_with_line(world, as_, "Bea")
    _free(world, as_, group, anna)
    move_lines_on()
    with as_(world.stig):
        service.select(world.stig.actor, bea, group)
    (offer,) = _offers(world, as_)
    assert offer.state is OfferState.TAKEN_BACK
    with as_(world.stig):
        link = db.session.scalar(select(PersonalLink).where(PersonalLink.subject_id == offer.id))
        assert link.revoked_at is not None
        place = db.session.scalar(select(WaitingPlace.state))
        assert place is PlaceState.SEATED


def test_taking_somebody_off_the_waiting_list_ends_the_decision(world, as_) -> None:
    group, anna, (bea, cia) = _full_with_line(world, as_, "Bea", "Cia")
    with as_(world.stig):
        decision = db.session.scalar(
            select(SelectionDecision.id).where(SelectionDecision.candidate_id == bea)
        )
        service.take_back(world.stig.actor, decision)
    _free(world, as_, group, anna)
    move_lines_on()
    assert [one.candidate_id for one in _offers(world, as_)] == [cia]


def test_whoever_is_forgotten_takes_every_trace_of_the_way_to_a_seat_along(world, as_) -> None:
    group, anna, (_bea,) = _full_with_line(world, as_, "Bea")
    with as_(world.stig):
        session = make_session(world)
        book(make_candidate(world, "Cia").id, session.id, BookedBy.CANDIDATE)
    _free(world, as_, group, anna)
    move_lines_on()
    with as_(world.stig):
        db.session.execute(delete(Candidate))
    with as_(world.stig):
        for model in (Booking, SelectionDecision, WaitingPlace, SeatOffer):
            assert list(db.session.scalars(select(model))) == []


# Races -----------------------------------------------------------------------------------------


def _all_at_once(deed, values) -> None:
    threads = [threading.Thread(target=deed, args=(value,)) for value in values]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@pytest.mark.parametrize("attempt", range(10))
def test_of_twelve_selections_of_the_last_seat_one_wins(world, as_, app: Flask, attempt) -> None:
    group = _group(world, as_, seats=1)
    people = _people(world, as_, *(f"Given{n}" for n in range(12)))
    outcomes: list[str] = []

    def ask(candidate_id: str) -> None:
        try:
            with app.app_context(), as_(world.stig):
                service.select(world.stig.actor, candidate_id, group)
            outcomes.append("seat")
        except RuleBroken as broken:
            outcomes.append(broken.message[:13])

    _all_at_once(ask, people)
    assert sorted(outcomes) == ["The last seat"] * 11 + ["seat"]
    with as_(world.stig):
        assert count_seats_taken(group) == 1
        selected = select(Candidate.id).where(Candidate.stage == Stage.SELECTED)
        assert len(list(db.session.scalars(selected))) == 1
    assert len(messages("selected")) == 1


def test_yes_no_and_the_end_of_the_hour_at_once_have_one_winner(
    world, as_, app: Flask, clock
) -> None:
    group, anna, (_bea, _cia) = _full_with_line(world, as_, "Bea", "Cia")
    _free(world, as_, group, anna)
    move_lines_on()
    (offer,) = _offers(world, as_)
    outcomes: list[str] = []

    def answer(deed) -> None:
        try:
            with app.app_context(), as_(world.stig):
                deed(offer.id)
            outcomes.append("done")
        except RuleBroken:
            outcomes.append("told")

    _all_at_once(answer, [offers.accept, offers.decline] * 4)
    assert sorted(outcomes) == ["done"] + ["told"] * 7
    with as_(world.stig):
        assert count_seats_taken(group) <= 1


def test_two_schedulers_offer_a_seat_once(world, as_, app: Flask) -> None:
    group, anna, _line = _full_with_line(world, as_, "Bea", "Cia")
    _free(world, as_, group, anna)

    def work(_number: int) -> None:
        with app.app_context():
            move_lines_on()

    _all_at_once(work, range(4))
    assert len(_offers(world, as_)) == 1
    assert len(messages("offer")) == 1
