"""Requests about one's data, and what a restriction stops."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from jobsearch.analyses.releases.service import send
from jobsearch.audit.queries import list_changes
from jobsearch.consents.introductions import service as introductions
from jobsearch.consents.models import Consent
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.errors import Conflict, NotVisible, RuleBroken
from jobsearch.core.scope import Scope, whole_installation
from jobsearch.notices.models import Message
from jobsearch.outcomes.following.rows import find_objection
from jobsearch.people.restrictions.models import ProcessingRestriction
from jobsearch.people.restrictions.queries import find_restriction
from jobsearch.people.restrictions.rules import RESTRICTED, RestrictionReason
from jobsearch.people.restrictions.service import lift, restrict
from jobsearch.people.rules import details_of
from jobsearch.people.service import edit_person
from jobsearch.privacy.requests import queries, service
from jobsearch.privacy.requests.models import DataRequest
from jobsearch.privacy.requests.rules import Area, Asked, RequestKind, RequestState
from tests.service.test_introductions import _ask, _permit, _take_back, _write
from tests.world import NOW, TODAY, World
from tests.written import agree, begin, show

K, S = RequestKind, RequestState
WRONG = Asked(K.CORRECTION, Area.HOURS, "On the 17th I was there.")
KEEP = Asked(K.RESTRICTION, Area.ALL, "", RestrictionReason.CLAIM)

pytestmark = pytest.mark.usefixtures("context")


def _make(as_, world: World, asked: Asked = WRONG, who: str = "pia") -> str:
    member = getattr(world, who)
    with as_(member):
        return service.ask(member.actor, asked).id


def _answer(as_, world: World, key: str, verdict: RequestState, version: int = 1) -> None:
    with as_(world.aino):
        service.answer(world.aino.actor, key, version, verdict, "This is the answer.")


def _get(key: str) -> DataRequest:
    with unit_of_work(whole_installation("test"), read_only=True):
        return queries.get_request(key)


def _told() -> list[tuple[str, str]]:
    with unit_of_work(whole_installation("test"), read_only=True):
        rows = select(Message.kind, Message.subject_id).where(Message.kind.like("privacy.%"))
        return [(kind, subject) for kind, subject in db.session.execute(rows)]


def test_a_request_is_due_in_a_month_and_managers_are_told_nothing_but_that(as_, world) -> None:
    request = _get(_make(as_, world))
    assert (request.asked_on, request.due_on) == (TODAY, date(2026, 12, 24))
    assert request.state is S.ASKED
    assert _told() == [("privacy.asked", world.aino.account_id)]
    with unit_of_work(whole_installation("test"), read_only=True):
        (message,) = db.session.scalars(select(Message).where(Message.kind == "privacy.asked"))
        assert "17th" not in message.body
        assert "Pia" not in message.body + message.subject


def test_an_answer_in_words_ends_it_and_the_person_is_told(as_, world) -> None:
    key = _make(as_, world)
    with as_(world.aino):
        service.take_to_work(key, 1)
    _answer(as_, world, key, S.DONE, version=2)
    request = _get(key)
    assert (request.state, request.answer) == (S.DONE, "This is the answer.")
    assert (request.answered_by_id, request.answered_at) == (world.aino.account_id, NOW)
    assert ("privacy.news", world.pia.person_id) in _told()


@pytest.mark.parametrize("verdict", [S.DONE, S.REFUSED])
def test_what_is_answered_stays_answered(as_, world, verdict) -> None:
    key = _make(as_, world)
    _answer(as_, world, key, verdict)
    for again in (S.DONE, S.REFUSED):
        with pytest.raises(RuleBroken, match="already"):
            _answer(as_, world, key, again, version=2)
    with pytest.raises(RuleBroken, match="already"), as_(world.pia):
        service.take_back(world.pia.actor, key)
    with pytest.raises(RuleBroken, match="already"), as_(world.aino):
        service.answer_later(key, 2, date(2027, 1, 20), "It is much.")


def test_two_managers_do_not_answer_over_each_other(as_, world) -> None:
    key = _make(as_, world)
    with as_(world.aino):
        service.take_to_work(key, 1)
    with pytest.raises(Conflict):
        _answer(as_, world, key, S.DONE, version=1)


@pytest.mark.parametrize(
    ("day", "is_good"),
    [
        (date(2026, 12, 24), False),
        (date(2026, 12, 25), True),
        (date(2027, 2, 24), True),
        (date(2027, 2, 25), False),
        (None, False),
    ],
)
def test_the_last_day_moves_by_two_months_at_most_and_with_a_reason(
    as_, world, day, is_good
) -> None:
    key = _make(as_, world)
    if is_good:
        with as_(world.aino):
            service.answer_later(key, 1, day, "It is much.")
        request = _get(key)
        assert (request.due_on, request.later_reason) == (day, "It is much.")
        assert ("privacy.news", world.pia.person_id) in _told()
        return
    with pytest.raises(RuleBroken) as broken, as_(world.aino):
        service.answer_later(key, 1, day, "It is much.")
    assert broken.value.field == "due_on"


def test_a_later_day_without_a_reason_is_refused(as_, world) -> None:
    key = _make(as_, world)
    with pytest.raises(RuleBroken) as broken, as_(world.aino):
        service.answer_later(key, 1, date(2027, 1, 20), "")
    assert broken.value.field == "later_reason"


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        (Asked(K.CORRECTION, Area.HOURS), "words"),
        (Asked(K.ERASURE, Area.TALKS), "words"),
        (Asked(K.OBJECTION, Area.ALL), "words"),
        (Asked(K.RESTRICTION, Area.ALL, "Do not use it."), "reason"),
        (Asked(K.CORRECTION, Area.HOURS, "I was ill on the 17th"), "words"),
        (Asked(K.CORRECTION, Area.IDENTITY, "It is 150591-902A"), "words"),
        (Asked(K.CORRECTION, Area.HOURS, "a" * 2001), "words"),
    ],
)
def test_what_cannot_be_answered_is_refused_on_its_field(as_, world, asked, field) -> None:
    with pytest.raises(RuleBroken) as broken:
        _make(as_, world, asked)
    assert broken.value.field == field


def test_at_most_ten_wait_at_a_time(as_, world) -> None:
    for _number in range(10):
        _make(as_, world)
    with pytest.raises(RuleBroken, match="10 requests"):
        _make(as_, world)
    _make(as_, world, who="otto")


@pytest.mark.parametrize("who", ["otto", "aino", "stig", "sam"])
def test_nobody_takes_her_request_back_for_her(as_, world, who) -> None:
    key = _make(as_, world)
    member = getattr(world, who)
    with pytest.raises(NotVisible), as_(member):
        service.take_back(member.actor, key)
    with as_(world.pia):
        service.take_back(world.pia.actor, key)
    assert _get(key).state is S.TAKEN_BACK


def test_open_requests_come_first_by_their_last_day_and_overdue_ones_are_counted(
    as_, world, clock
) -> None:
    first = _make(as_, world)
    answered = _make(as_, world, who="otto")
    _answer(as_, world, answered, S.DONE)
    clock.move_to(NOW + timedelta(days=31))
    late = _make(as_, world, who="otto")
    with as_(world.aino):
        found = queries.list_requests(world.aino.actor, 1)
        assert [one.id for one in found.lines] == [first, late, answered]
        assert (found.count, found.open, found.late) == (3, 2, 1)
        assert queries.is_late(world.aino.actor, found.lines[0])
    with as_(world.sam):
        assert queries.list_requests(world.sam.actor, 1).count == 0


def test_a_restriction_holds_from_the_asking_until_it_is_refused(as_, world) -> None:
    key = _make(as_, world, KEEP)
    with as_(world.stig):
        held = find_restriction(world.pia.person_id)
        assert held is not None and held.reason is RestrictionReason.CLAIM
        assert find_restriction(world.otto.person_id) is None
    _answer(as_, world, key, S.REFUSED)
    with as_(world.stig):
        assert find_restriction(world.pia.person_id) is None


def test_a_granted_restriction_holds_until_it_is_lifted_and_she_is_told(as_, world) -> None:
    key = _make(as_, world, KEEP)
    _answer(as_, world, key, S.DONE)
    with as_(world.aino):
        assert find_restriction(world.pia.person_id) is not None
        service.lift_restriction(world.aino.actor, key)
        assert find_restriction(world.pia.person_id) is None
    assert _told().count(("privacy.news", world.pia.person_id)) == 2
    with pytest.raises(RuleBroken, match="restricted now"), as_(world.aino):
        service.lift_restriction(world.aino.actor, key)


def test_a_restriction_that_is_taken_back_ends(as_, world) -> None:
    key = _make(as_, world, KEEP)
    with as_(world.pia):
        service.take_back(world.pia.actor, key)
        assert find_restriction(world.pia.person_id) is None


def test_a_second_request_never_ends_the_restriction_of_a_first(as_, world) -> None:
    key = _make(as_, world, KEEP)
    _answer(as_, world, key, S.DONE)
    with pytest.raises(RuleBroken, match="restricted already") as refused:
        _make(as_, world, KEEP)
    assert refused.value.field == "kind"
    with as_(world.aino):
        assert find_restriction(world.pia.person_id) is not None
        assert queries.count_open(world.pia.person_id) == 0


def test_one_restriction_holds_at_a_time_and_each_is_kept(as_, world) -> None:
    with as_(world.aino):
        restrict(world.aino.actor, world.pia.person_id, RestrictionReason.ACCURACY)
        with pytest.raises(RuleBroken, match="restricted already"):
            restrict(world.aino.actor, world.pia.person_id, RestrictionReason.CLAIM)
        assert lift(world.aino.actor, world.pia.person_id)
        assert not lift(world.aino.actor, world.pia.person_id)
        restrict(world.aino.actor, world.pia.person_id, RestrictionReason.CLAIM)
        assert len(db.session.scalars(select(ProcessingRestriction)).all()) == 2
    with pytest.raises(NotVisible), as_(world.sam):
        restrict(world.sam.actor, world.pia.person_id, RestrictionReason.CLAIM)


def _restrict(as_, world: World) -> None:
    with as_(world.aino):
        restrict(world.aino.actor, world.pia.person_id, RestrictionReason.ACCURACY)


def test_no_analysis_goes_while_she_is_restricted_and_no_permission_is_kept(as_, world) -> None:
    key = begin(as_, world)
    show(as_, world, key)
    with as_(world.pia):
        before = len(db.session.scalars(select(Consent)).all())
    _restrict(as_, world)
    with pytest.raises(RuleBroken) as broken:
        agree(as_, world.pia)
    assert broken.value.message == RESTRICTED
    with pytest.raises(RuleBroken) as asked, as_(world.stig):
        send(world.stig.actor, key)
    assert asked.value.message == RESTRICTED
    with as_(world.pia):
        assert len(db.session.scalars(select(Consent)).all()) == before
        lift(world.pia.actor, world.pia.person_id)
    assert agree(as_, world.pia)


def test_no_introduction_is_permitted_asked_for_or_written_while_she_is_restricted(
    as_, world
) -> None:
    asked = _ask(as_, world)
    _restrict(as_, world)
    with pytest.raises(RuleBroken, match="restricted"):
        _write(as_, world, asked)
    with pytest.raises(RuleBroken, match="restricted"):
        _ask(as_, world)
    _take_back(as_, world)  # what she has given she may always take back
    with pytest.raises(RuleBroken, match="restricted"):
        _permit(as_, world)
    with as_(world.stig):
        shown = introductions.queries.show_for_staff(world.stig.actor, world.pia.person_id)
        assert shown.refusal is not None
    with as_(world.aino):
        lift(world.aino.actor, world.pia.person_id)
    assert _permit(as_, world)


def test_the_coach_reads_why_she_cannot_ask(as_, world) -> None:
    _restrict(as_, world)
    with as_(world.stig):
        shown = introductions.queries.show_for_staff(world.stig.actor, world.pia.person_id)
        assert shown.refusal == RESTRICTED


def test_an_objection_to_being_asked_afterwards_holds_at_once(as_, world) -> None:
    _make(as_, world, Asked(K.OBJECTION, Area.FOLLOW_UP))
    with as_(world.pia):
        assert find_objection(world.pia.person_id) is not None
        assert find_restriction(world.pia.person_id) is None


def test_a_correction_keeps_what_was_before_and_she_sees_the_outcome(as_, world) -> None:
    key = _make(as_, world, Asked(K.CORRECTION, Area.CONTACT, "My name is Piia."))
    with as_(world.aino):
        person = queries.get_request(key).person
        right = replace(details_of(person), given_name="Piia")
        edit_person(person.id, person.version, right)
    _answer(as_, world, key, S.DONE)
    with as_(world.pia):
        (mine,) = queries.list_own(world.pia.person_id)
        assert mine.answer == "This is the answer."
        changes = list_changes(world.a.organisation_id, "person", [world.pia.person_id])
        assert ("Pia", "Piia") in [one.values.get("given_name") for one in changes]


def test_a_request_of_another_provider_is_not_there(as_, world) -> None:
    key = _make(as_, world)
    with unit_of_work(Scope(frozenset({world.b.organisation_id}), "test"), world.sam.actor):
        with pytest.raises(NotVisible):
            queries.get_request(key)
        with pytest.raises(NotVisible):
            service.note_for(world.sam.actor, world.pia.person_id, WRONG)
