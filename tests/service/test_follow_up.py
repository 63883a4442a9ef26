"""The follow-up: what goes to whom, answers by link and by call, what is told and noted."""

import re
from datetime import timedelta

import pytest

from jobsearch.core.db import db, unit_of_work
from jobsearch.core.errors import Conflict, NotVisible, RuleBroken
from jobsearch.core.files import StoredFile
from jobsearch.core.scope import whole_installation
from jobsearch.notices.models import Message
from jobsearch.outcomes.answering.queries import show_after
from jobsearch.outcomes.answering.service import answer_question, change_answer, say_kind, stop
from jobsearch.outcomes.corrections.queries import list_corrections
from jobsearch.outcomes.corrections.service import correct_outcome, strike_outcome
from jobsearch.outcomes.following.jobs import send_questions
from jobsearch.outcomes.following.mail import WORK_ASKED
from jobsearch.outcomes.following.models import FollowUpAsk
from jobsearch.outcomes.following.queries import get_followed_person, show_due
from jobsearch.outcomes.following.rules import AskState, Scheme, Way
from jobsearch.outcomes.following.service import log_call, plan_follow_up, stop_asking_of
from jobsearch.outcomes.models import FollowUp, Outcome
from jobsearch.outcomes.queries import standing
from jobsearch.outcomes.rules import (
    Answer,
    Evidence,
    Origin,
    OutcomeKind,
    SeenDocument,
    State,
)
from jobsearch.outcomes.service import record_follow_up, record_outcome
from jobsearch.outcomes.told.models import ToldOutcome
from jobsearch.outcomes.told.rules import Told, ToldState
from jobsearch.outcomes.told.service import confirm, decline, take_back, tell, tell_end
from tests.documented import a_pdf
from tests.followed import WORK, end_group
from tests.world import NOW, TODAY

pytestmark = pytest.mark.usefixtures("context")


def _all(model, **which):
    with unit_of_work(whole_installation("test"), read_only=True):
        return db.session.query(model).filter_by(**which).all()


def _asked() -> list[Message]:
    """What went to Pia; other groups end while the clock moves on."""
    found = [one for one in _all(Message, kind=WORK_ASKED.key) if one.address == "pia@example.org"]
    return sorted(found, key=lambda one: one.created_at)


@pytest.fixture
def key(world) -> str:
    """Pia's enrolment, the day after her group's last day."""
    end_group(world)
    return world.a.enrolment_ids["pia"]


@pytest.fixture
def ask_id(key) -> str:
    send_questions()
    (ask,) = _all(FollowUpAsk)
    return ask.id


def test_one_message_and_two_reminders_go_and_links_die_with_the_window(key, clock) -> None:
    for day in range(30):
        clock.move_to(NOW + timedelta(days=day))
        for _twice in range(2):
            send_questions()
    assert [(one.created_at - NOW).days for one in _asked()] == [0, 5, 12, 29]
    first, *_, next_question = _asked()
    assert "/answer/" in first.body
    assert "Pihlaja" not in first.body
    assert first.expires_at.date().isoformat() == "2026-12-22"  # the last midnight
    assert next_question.once != first.once


def test_nothing_goes_to_who_said_no_or_answered(key, as_, world) -> None:
    with as_(world.stig):
        stop_asking_of(world.stig.actor, key)
    send_questions()
    assert _asked() == []


def test_a_tap_is_an_answer_and_counts_as_work_only_when_it_is_noted(ask_id, as_, world) -> None:
    with as_(world.aino):
        answer_question(ask_id, Answer.IN_WORK, "en")
    (row,) = _all(FollowUp)
    assert (row.answer, row.way, row.point, row.noted_by_id) == (Answer.IN_WORK, Way.LINK, 0, None)
    (told,) = _all(ToldOutcome)
    with as_(world.stig):
        states = standing(world.a.programme_id, 3, TODAY).states
        assert states[State.FOUND_WORK] == 0
        outcome = confirm(world.stig.actor, told.id, told.version, WORK)
        assert standing(world.a.programme_id, 3, TODAY).states[State.FOUND_WORK] == 1
        assert outcome.evidence is Evidence.OWN_WORD
    with as_(world.stig), pytest.raises(RuleBroken):
        confirm(world.stig.actor, told.id, told.version + 1, WORK)


def test_a_question_is_answered_once_and_the_tap_can_be_put_right(ask_id, as_, world) -> None:
    with as_(world.aino):
        answer_question(ask_id, Answer.GIG, "en")
    with as_(world.aino), pytest.raises(RuleBroken):
        answer_question(ask_id, Answer.NOT_IN_WORK, "en")
    (row,) = _all(FollowUp)
    with as_(world.aino):
        say_kind(row.id, OutcomeKind.FREELANCE)
    with as_(world.aino), pytest.raises(RuleBroken):
        say_kind(row.id, OutcomeKind.STUDIES)
    with as_(world.aino):
        change_answer(row.id, Answer.NOT_IN_WORK)
        assert show_after(row.id).told is None
    assert [one.state for one in _all(ToldOutcome)] == [ToldState.TAKEN_BACK]


def test_not_known_cannot_be_tapped_and_gives_way_to_an_answer(ask_id, as_, world, key) -> None:
    with as_(world.aino), pytest.raises(RuleBroken):
        answer_question(ask_id, Answer.UNKNOWN, "en")
    with as_(world.stig):
        record_follow_up(world.stig.actor, key, TODAY, Answer.UNKNOWN)
        assert get_followed_person(key).state is AskState.UNKNOWN
    with as_(world.aino):
        answer_question(ask_id, Answer.STUDIES, "en")
    assert [one.answer for one in _all(FollowUp)] == [Answer.STUDIES]


def test_who_says_stop_by_the_link_is_not_asked_again(ask_id, as_, world, key, clock) -> None:
    with as_(world.aino):
        stop(ask_id)
        stop(ask_id)
    with as_(world.aino), pytest.raises(RuleBroken):
        answer_question(ask_id, Answer.IN_WORK, "en")
    clock.move_to(NOW + timedelta(days=40))
    send_questions()
    assert len(_asked()) == 1
    with as_(world.stig), pytest.raises(RuleBroken):
        log_call(world.stig.actor, key, Answer.IN_WORK)


def test_three_calls_in_vain_make_unreached_and_a_reached_one_answers(key, as_, world) -> None:
    for _call in range(3):
        with as_(world.stig):
            log_call(world.stig.actor, key, None)
    with as_(world.stig):
        assert show_due(None, 1, world.stig.account_id).lines[0].state is AskState.UNREACHED
        log_call(world.stig.actor, key, Answer.ENTREPRENEUR)
        assert get_followed_person(key).state is AskState.ANSWERED
        assert show_due(None, 1, world.stig.account_id).lines == []
    with as_(world.cora), pytest.raises(NotVisible):
        log_call(world.cora.actor, key, None)


def test_a_programme_says_when_it_asks_and_esf_asks_at_six_months(key, as_, world, clock) -> None:
    with as_(world.aino):
        plan_follow_up(world.aino.actor, world.a.programme_id, [3], Scheme.ESF_PLUS, 0)
        assert get_followed_person(key).points == (3, 6)
    with as_(world.aino), pytest.raises(Conflict):
        plan_follow_up(world.aino.actor, world.a.programme_id, [3], Scheme.USUAL, 0)
    send_questions()
    assert _asked() == []


def test_what_a_participant_tells_waits_and_its_document_is_erased(key, as_, world) -> None:
    with as_(world.pia):
        told = tell(world.pia.actor, Told(OutcomeKind.FIXED_TERM_PART_TIME, TODAY), a_pdf())
    (told,) = _all(ToldOutcome)
    assert told.file_id is not None
    seen = WORK.__class__(
        OutcomeKind.FIXED_TERM_PART_TIME, TODAY, None, None, Evidence.DOCUMENT,
        seen=SeenDocument.CONTRACT,
    )  # fmt: skip
    with as_(world.stig):
        confirm(world.stig.actor, told.id, told.version, seen)
    (outcome,) = _all(Outcome)
    assert (outcome.seen, outcome.checked_by_id) == (SeenDocument.CONTRACT, world.stig.account_id)
    assert outcome.checked_at == NOW
    assert _all(StoredFile) == []
    (told,) = _all(ToldOutcome)
    assert (told.state, told.file_id, told.outcome_id) == (ToldState.NOTED, None, outcome.id)


def test_a_gig_ends_by_her_word_and_she_comes_back_to_it(key, as_, world) -> None:
    with as_(world.stig):
        gig = record_outcome(world.stig.actor, key, WORK)
    with as_(world.pia):
        tell_end(world.pia.actor, gig.id, TODAY)
    with as_(world.pia), pytest.raises(RuleBroken):
        tell_end(world.pia.actor, gig.id, TODAY)
    (told,) = _all(ToldOutcome)
    with as_(world.stig):
        confirm(world.stig.actor, told.id, told.version, None)
        record_outcome(world.stig.actor, key, WORK)
    assert sorted(str(one.ended_on) for one in _all(Outcome)) == ["2026-11-24", "None"]


def test_others_can_neither_take_back_nor_decline_nor_end(key, as_, world) -> None:
    with as_(world.pia):
        tell(world.pia.actor, Told(OutcomeKind.STUDIES, TODAY))
    (told,) = _all(ToldOutcome)
    with as_(world.otto), pytest.raises(NotVisible):
        take_back(world.otto.actor, told.id)
    with as_(world.cora), pytest.raises(NotVisible):
        decline(world.cora.actor, told.id, told.version)
    with as_(world.stig):
        decline(world.stig.actor, told.id, told.version)
    with as_(world.pia), pytest.raises(RuleBroken):
        take_back(world.pia.actor, told.id)


def test_a_correction_keeps_what_was_said_before_and_a_struck_one_is_gone(key, as_, world) -> None:
    with as_(world.stig):
        one = record_outcome(world.stig.actor, key, WORK)
    right = WORK.__class__(OutcomeKind.FREELANCE, TODAY, None, None, Evidence.EMPLOYERS_WORD, fit=2)
    with as_(world.stig):
        correct_outcome(world.stig.actor, one.id, one.version, right)
    with as_(world.stig), pytest.raises(Conflict):
        correct_outcome(world.stig.actor, one.id, one.version, right)
    with as_(world.stig):
        (change,) = list_corrections(world.a.organisation_id, [one.id])
        told = {name: (before, after) for name, before, after in change.fields}
        assert told["kind"] == ("permanent_part_time", "freelance")
        assert told["fit"] == (4, 2)
        assert change.by == world.stig.actor.name
    (now,) = _all(Outcome)
    assert now.checked_by_id == world.stig.account_id
    with as_(world.stig):
        strike_outcome(world.stig.actor, now.id, now.version)
    assert _all(Outcome) == []


def test_an_end_that_was_told_of_a_struck_outcome_is_no_work_of_its_own(key, as_, world) -> None:
    with as_(world.stig):
        outcome = record_outcome(world.stig.actor, key, WORK)
    with as_(world.pia):
        told = tell_end(world.pia.actor, outcome.id, TODAY)
    with as_(world.stig):
        strike_outcome(world.stig.actor, outcome.id, outcome.version)
    with as_(world.stig), pytest.raises(RuleBroken):
        confirm(world.stig.actor, told.id, told.version, WORK)
    assert _all(Outcome) == []
    assert [one.state for one in _all(ToldOutcome)] == [ToldState.NOT_SO]


def test_somebody_elses_lead_is_no_origin(key, as_, world) -> None:
    with as_(world.stig), pytest.raises(RuleBroken) as broken:
        found = WORK.__class__(
            **{n: getattr(WORK, n) for n in WORK.__slots__} | {"origin": _origin()}
        )
        record_outcome(world.stig.actor, key, found)
    assert broken.value.field == "origin"


def _origin() -> Origin:
    return Origin(lead_id="a" * 20)


def test_the_message_names_no_thing_that_is_asked(ask_id) -> None:
    (message,) = _asked()
    assert not re.search(r"work|job|unemploy", message.subject + message.body.split("http")[0])
