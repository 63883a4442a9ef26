"""Calls: written down by one click, the next try proposed, taken back, and the proof of effort."""

from datetime import date, timedelta

import pytest

from jobsearch.core.errors import Conflict, NotVisible, RuleBroken
from jobsearch.recruitment import service as recruitment
from jobsearch.recruitment.contacts import queries, service
from jobsearch.recruitment.contacts.rules import Attempt, ContactChannel, ContactResult
from jobsearch.recruitment.queries import get_candidate, list_moves
from jobsearch.recruitment.rules import CallWhy, ExitReason, Stage
from tests.recruits import make_candidate
from tests.world import NOW, TODAY

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def helmi(world, as_) -> str:
    with as_(world.stig):
        return make_candidate(world.a)


def test_no_answer_is_one_click_and_comes_again_on_the_next_working_day(world, as_, helmi):
    with as_(world.stig):
        made = service.log_call(world.stig.actor, helmi, ContactResult.NO_ANSWER)
        row = get_candidate(helmi)
        assert (row.call_on, row.call_why, row.tries) == (
            date(2026, 11, 25),
            CallWhy.TRY_AGAIN,
            1,
        )
        assert row.stage is Stage.REFERRED
        assert made.number == 1


def test_reached_for_the_first_time_is_contacted_and_undo_takes_both_back(world, as_, helmi):
    with as_(world.stig):
        service.log_call(world.stig.actor, helmi, ContactResult.NO_ANSWER)
        made = service.log_call(world.stig.actor, helmi, ContactResult.REACHED)
        row = get_candidate(helmi)
        assert (row.stage, row.call_on, row.tries) == (Stage.CONTACTED, None, 0)
        assert len(list_moves(helmi)) == 1
        attempt = made.id
    with as_(world.aino):
        service.undo_attempt(world.aino.actor, attempt)
        row = get_candidate(helmi)
        assert (row.stage, row.call_on, row.tries) == (Stage.REFERRED, date(2026, 11, 25), 1)
        taken, _first = queries.list_attempts(helmi)
        assert taken.undone_at is not None
        with pytest.raises(RuleBroken, match="undone already"):
            service.undo_attempt(world.aino.actor, attempt)


def test_only_the_last_attempt_is_taken_back_and_not_after_she_moved_on(world, as_, helmi):
    with as_(world.stig):
        first = service.log_call(world.stig.actor, helmi, ContactResult.NO_ANSWER)
        second = service.log_call(world.stig.actor, helmi, ContactResult.REACHED)
        with pytest.raises(RuleBroken, match="later attempt"):
            service.undo_attempt(world.stig.actor, first.id)
        recruitment.move_candidate(helmi, Stage.INVITED)
        with pytest.raises(RuleBroken, match="moved on since"):
            service.undo_attempt(world.stig.actor, second.id)


def test_an_old_undo_does_not_put_who_has_left_back_on_the_call_list(world, as_, helmi, clock):
    with as_(world.stig):
        call = service.log_call(world.stig.actor, helmi, ContactResult.NO_ANSWER).id
    clock.move_to(NOW + timedelta(minutes=5))
    with as_(world.stig):
        recruitment.let_candidate_go(helmi, ExitReason.STUDIES)
    with as_(world.stig), pytest.raises(RuleBroken, match="moved on since"):
        service.undo_attempt(world.stig.actor, call)
    with as_(world.stig):
        assert get_candidate(helmi).call_on is None


def test_an_attempt_with_details_keeps_channel_day_and_wish(world, as_, helmi):
    agreed = TODAY + timedelta(days=6)
    with as_(world.stig):
        attempt = Attempt(ContactChannel.SMS, ContactResult.REACHED, agreed)
        service.log_attempt(world.stig.actor, helmi, attempt, call_when="mornings")
        row = get_candidate(helmi)
        assert (row.call_on, row.call_why, row.call_when) == (agreed, CallWhy.CALL_BACK, "mornings")
        with pytest.raises(RuleBroken, match="in the past"):
            past = Attempt(ContactChannel.PHONE, ContactResult.NO_ANSWER, TODAY - timedelta(days=1))
            service.log_attempt(world.stig.actor, helmi, past)


def test_after_three_attempts_in_vain_she_is_closed_with_the_proof(world, as_, helmi):
    with as_(world.stig):
        for _time in range(2):
            service.log_call(world.stig.actor, helmi, ContactResult.NO_ANSWER)
        with pytest.raises(RuleBroken, match="2 attempts"):
            service.close_not_reached(helmi)
        service.log_call(world.stig.actor, helmi, ContactResult.LEFT_MESSAGE)
        service.close_not_reached(helmi)
        row = get_candidate(helmi)
        assert (row.exit_reason, row.call_on) == (ExitReason.NOT_REACHED, None)
        proof = queries.list_attempts(helmi)
        assert [one.number for one in proof] == [3, 2, 1]
        assert all(one.by_name == "Stig Strand" for one in proof)


def test_the_list_begins_with_the_longest_due(world, as_, helmi):
    with as_(world.stig):
        late = make_candidate(world.a, 2)
        coming = make_candidate(world.a, 3)
        recruitment.put_on_call_list(late, TODAY - timedelta(days=4), CallWhy.MISSED_SESSION)
        recruitment.put_on_call_list(coming, TODAY + timedelta(days=4), CallWhy.CALL_BACK)
    with as_(world.stig):
        shown = queries.show_calls(TODAY)
        assert [one.id for one in shown.candidates] == [late, helmi, coming]
        assert (shown.due, shown.later) == (2, 1)
        assert queries.count_due(TODAY) == 2
    with as_(world.cora):
        assert queries.show_calls(TODAY).candidates == []


def test_an_old_list_logs_nothing_and_another_provider_neither(world, as_, helmi):
    with as_(world.stig):
        seen = get_candidate(helmi).version
        service.log_call(world.stig.actor, helmi, ContactResult.NO_ANSWER, version=seen)
        with pytest.raises(Conflict):
            service.log_call(world.stig.actor, helmi, ContactResult.REACHED, version=seen)
    with as_(world.cora), pytest.raises(NotVisible):
        service.log_call(world.cora.actor, helmi, ContactResult.REACHED)
