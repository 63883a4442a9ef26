"""The time between signature and first day: logging, found work, coming back."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from jobsearch.cohorts.models import Cohort, Enrolment, EnrolmentState
from jobsearch.cohorts.queries import count_seats_taken
from jobsearch.cohorts.service import enrol
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible, RuleBroken
from jobsearch.desk.my_day.queries import my_day
from jobsearch.desk.waiting.queries import before_first_day
from jobsearch.hiring import service as hiring
from jobsearch.hiring.queries import list_to_hire
from jobsearch.outcomes.before_start.queries import get_not_begun, list_before_start
from jobsearch.outcomes.before_start.service import found_before_start
from jobsearch.outcomes.models import Outcome
from jobsearch.outcomes.queries import standing
from jobsearch.outcomes.rules import Evidence, Found, FoundThrough, OutcomeKind, State
from jobsearch.payroll.contracts.editions.queries import get_contract
from jobsearch.payroll.contracts.editions.rules import ContractState
from jobsearch.payroll.contracts.law.rules import EndingKey
from jobsearch.payroll.contracts.models import Employment
from jobsearch.recruitment.models import Candidate
from jobsearch.recruitment.rules import ExitReason, Stage
from jobsearch.recruitment.selection.models import SeatOffer, WaitingPlace
from jobsearch.recruitment.selection.rules import PlaceState
from jobsearch.reports.queries import count_actions
from jobsearch.tracker.models import Action
from jobsearch.tracker.rules import Activity
from jobsearch.tracker.service import log_action
from tests.hired import STARTS, helmi, offered, selected, signed
from tests.world import NOW, TODAY, make_person

pytestmark = pytest.mark.usefixtures("context")
WORK = Found(
    OutcomeKind.PERMANENT_FULL_TIME,
    date(2026, 12, 1),
    None,
    FoundThrough.ADVERTISED,
    Evidence.OWN_WORD,
)


def test_from_the_signature_on_she_has_her_day_and_logs(as_, world, clock) -> None:
    with as_(world.aino):
        hired = selected(world)
        contract = signed(world, hired)
        actor = helmi(hired)
        log_action(actor, Activity.EMPLOYER_CONTACT)
        day = my_day(actor)
        assert day is not None
        assert (day.is_waiting, day.days_to_start, day.before_start) == (True, 13, 1)
        assert day.totals[Activity.EMPLOYER_CONTACT] == 1
        waiting = before_first_day(actor, contract.enrolment_id)
        assert waiting.is_signed
        assert [one.endpoint for one in waiting.to_prepare] == ["hiring.my_details"] * 2
        with pytest.raises(RuleBroken, match="before the first day"):
            log_action(actor, Activity.EMPLOYER_CONTACT, TODAY - timedelta(days=1))


def test_before_the_signature_nothing_is_logged_yet(as_, world) -> None:
    with as_(world.aino):
        hired = selected(world)
        offered(world, hired)
        with pytest.raises(RuleBroken, match="before the first day"):
            log_action(helmi(hired), Activity.EMPLOYER_CONTACT)


def test_what_was_done_before_the_start_is_hers_and_no_result_of_the_programme(
    as_, world, clock
) -> None:
    with as_(world.aino):
        hired = selected(world)
        contract = signed(world, hired)
        actor = helmi(hired)
        log_action(actor, Activity.EMPLOYER_CONTACT)
        clock.shift(timedelta(days=13))
        contract.enrolment.state = EnrolmentState.STARTED
        log_action(actor, Activity.EMPLOYER_CONTACT)
        db.session.flush()
        counted, _days = count_actions(world.a.programme_id, STARTS, None)
        assert counted["employer_contact"].total == 1
        assert db.session.scalar(select(func.count(Action.id))) == 2
        day = my_day(actor)
        assert day is not None
        assert (day.is_waiting, day.before_start) == (False, 1)


def test_found_work_before_the_start_is_one_act_and_an_outcome_of_its_own_kind(as_, world) -> None:
    with as_(world.stig):
        hired = selected(world)
        contract = signed(world, hired)
        taken = count_seats_taken(hired.cohort_id)
        found_before_start(world.stig.actor, contract.enrolment_id, WORK)
        outcome = db.session.scalars(select(Outcome)).one()
        assert (outcome.before_start_on, outcome.kind) == (TODAY, WORK.kind)
        assert contract.state is ContractState.ENDED
        assert contract.ending is EndingKey.AGREED_BEFORE_START
        assert count_seats_taken(hired.cohort_id) == taken - 1
        assert db.session.scalars(select(Employment)).all() == []
        candidate = db.session.get_one(Candidate, hired.candidate_id)
        assert candidate.exit_reason is ExitReason.FOUND_WORK
        (line,) = list_before_start(world.a.programme_id)
        assert (line.name, line.before_start_on) == ("Helmi Saarinen", TODAY)


def test_it_never_counts_among_those_who_started_even_when_she_comes_back(as_, world) -> None:
    with as_(world.aino):
        hired = selected(world)
        contract = signed(world, hired)
        found_before_start(world.aino.actor, contract.enrolment_id, WORK)
        hiring.come_back(world.aino.actor, hired.candidate_id, hired.cohort_id)
        enrolment = db.session.scalars(
            select(Enrolment).where(Enrolment.id == contract.enrolment_id)
        ).one()
        assert enrolment.state is EnrolmentState.PLACED
        enrolment.state = EnrolmentState.STARTED
        db.session.flush()
        stands = standing(world.a.programme_id, 3, date(2026, 12, 20))
        assert stands.states[State.FOUND_WORK] == 0


def test_who_has_begun_or_is_elsewhere_does_not_leave_before_the_start(as_, world) -> None:
    with as_(world.aino):
        enrolment_id = world.a.enrolment_ids["pia"]
        with pytest.raises(RuleBroken, match="has begun"):
            found_before_start(world.aino.actor, enrolment_id, WORK)
    with as_(world.sam), pytest.raises(NotVisible):
        found_before_start(world.sam.actor, enrolment_id, WORK)
    with as_(world.stig), pytest.raises(NotVisible):
        get_not_begun(enrolment_id, coach_id=world.cora.account_id)


def test_when_one_part_fails_nothing_of_it_is_kept(as_, world, monkeypatch) -> None:
    with as_(world.aino):
        hired = selected(world)
        contract = signed(world, hired)
        contract_id, enrolment_id = contract.id, contract.enrolment_id

    def refuse(*_args: object, **_values: object) -> None:
        raise RuntimeError("cut")

    monkeypatch.setattr(hiring, "let_candidate_go", refuse)
    with pytest.raises(RuntimeError), as_(world.aino):
        found_before_start(world.aino.actor, enrolment_id, WORK)
    with as_(world.aino):
        assert get_contract(contract_id).state is ContractState.SIGNED
        assert db.session.scalars(select(Outcome)).all() == []
        assert len(db.session.scalars(select(Employment)).all()) == 1


def test_who_found_work_and_comes_back_is_listed_to_be_hired_again(as_, world) -> None:
    with as_(world.aino):
        hired = selected(world)
        assert [one.has_left for one in list_to_hire()] == [False]
        contract = signed(world, hired)
        assert list_to_hire() == []
        found_before_start(world.aino.actor, contract.enrolment_id, WORK)
        (line,) = list_to_hire()
        assert (line.name, line.has_left) == ("Helmi Saarinen", True)
        again = hiring.come_back(world.aino.actor, hired.candidate_id, hired.cohort_id)
        again = hiring.offer(world.aino.actor, again.id, again.version)
        assert again.edition == 2
        candidate = db.session.get_one(Candidate, hired.candidate_id)
        assert (candidate.stage, candidate.times_returned) == (Stage.SIGNED, 1)
        outcome = db.session.scalars(select(Outcome)).one()
        assert outcome.before_start_on == TODAY


def test_a_group_with_one_seat_is_free_again_for_the_next(as_, world) -> None:
    with as_(world.aino):
        hired = selected(world)
        cohort = db.session.scalars(select(Cohort).where(Cohort.id == hired.cohort_id)).one()
        cohort.seats = 1
        contract = signed(world, hired)
        other = make_person(world.a.organisation_id, "Veikko", "Tammi", "+358400000778")
        with pytest.raises(RuleBroken, match="full"):
            enrol(world.aino.actor, hired.cohort_id, other.id)
        found_before_start(world.aino.actor, contract.enrolment_id, WORK)
        assert enrol(world.aino.actor, hired.cohort_id, other.id).state is EnrolmentState.PLACED


def test_the_seat_of_one_who_found_work_is_offered_to_the_next_in_line(as_, world) -> None:
    with as_(world.aino):
        hired = selected(world)
        cohort = db.session.get_one(Cohort, hired.cohort_id)
        cohort.seats = 1
        contract = signed(world, hired)
        own = {"organisation_id": world.a.organisation_id}
        veikko = make_person(world.a.organisation_id, "Veikko", "Tammi", "+358400000778")
        candidate = Candidate(
            programme_id=world.a.programme_id,
            person_id=veikko.id,
            stage=Stage.ATTENDED,
            referred_on=TODAY,
            attended_on=TODAY,
            **own,
        )
        db.session.add(candidate)
        db.session.flush()
        place = WaitingPlace(
            number=1,
            state=PlaceState.WAITING,
            candidate_id=candidate.id,
            person_id=veikko.id,
            cohort_id=cohort.id,
            placed_at=NOW,
            placed_by_id=world.stig.account_id,
            **own,
        )
        db.session.add(place)
        db.session.flush()
        found_before_start(world.aino.actor, contract.enrolment_id, WORK)
        assert place.state is PlaceState.OFFERED
        offer = db.session.scalars(select(SeatOffer)).one()
        assert (offer.place_id, offer.cohort_id) == (place.id, cohort.id)
