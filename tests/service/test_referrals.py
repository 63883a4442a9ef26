"""Introductions: nobody doubled, the same answer for the known, word to the right address."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from jobsearch.core.access import LinkState
from jobsearch.core.db import connection, db, unit_of_work
from jobsearch.core.errors import NotVisible, RuleBroken
from jobsearch.core.scope import Scope, whole_installation
from jobsearch.links.queries import find_holder
from jobsearch.notices.models import Message
from jobsearch.people.models import Person
from jobsearch.recruitment.following import queries as following
from jobsearch.recruitment.following import service as agreements
from jobsearch.recruitment.following.rules import AgreedHow
from jobsearch.recruitment.models import Candidate
from jobsearch.recruitment.queries import find_candidacy, get_candidate
from jobsearch.recruitment.referrals import queries, service
from jobsearch.recruitment.referrals.coaches import service as coaches
from jobsearch.recruitment.referrals.rules import MOST_A_DAY, PURPOSE, KnownBy
from jobsearch.recruitment.rules import CallWhy, Channel, ExitReason, Stage
from jobsearch.recruitment.service import let_candidate_go, move_candidate
from tests.recruits import STATED, make_candidate, make_referrer, told
from tests.world import TODAY, make_person, make_programme

pytestmark = pytest.mark.usefixtures("context")


def _of_a(world):
    return unit_of_work(Scope(frozenset({world.a.organisation_id}), "personal link"))


def _counts() -> tuple[int, int]:
    people = db.session.scalar(select(func.count(Person.id)))
    return people or 0, db.session.scalar(select(func.count(Candidate.id))) or 0


def _messages(kind: str) -> list[Message]:
    with unit_of_work(whole_installation("test"), read_only=True):
        return list(db.session.scalars(select(Message).where(Message.kind == kind)))


@pytest.fixture
def kaisa(world) -> str:
    with _of_a(world):
        return make_referrer(world.a)


def test_somebody_new_comes_to_the_call_list_with_all_that_was_told(world, kaisa):
    with _of_a(world):
        made = service.introduce(kaisa, told(world.a), STATED)
        row = get_candidate(made.candidate_id)
        assert (row.stage, row.channel, row.call_on, row.call_why) == (
            Stage.REFERRED,
            Channel.PERSONAL_LINK,
            TODAY,
            CallWhy.FIRST_CALL,
        )
        assert (row.person.full_name, row.person.email) == ("Eeva Elo", "eeva@example.org")
        assert (row.referred_by_name, row.call_when) == ("Kaisa Mäkelä", "after three")
        assert (made.statement, made.statement_language, made.known_by) == (
            STATED.words,
            "en",
            None,
        )
    (receipt,) = _messages("recruitment.receipt")
    assert "Eeva" in receipt.body and "Elo" not in receipt.body
    assert "What happens next" in receipt.body
    (word,) = _messages("recruitment.introduced")
    assert "/introduced/" in word.body


@pytest.mark.parametrize(
    ("values", "by"),
    [
        ({"phone": "+358400000201", "email": "other@example.org"}, KnownBy.PHONE),
        ({"email": "Pia@Example.ORG"}, KnownBy.EMAIL),
    ],
)
def test_who_is_known_is_shown_to_staff_and_not_doubled(world, kaisa, values, by):
    with _of_a(world):
        people, _candidates = _counts()
        made = service.introduce(kaisa, told(world.a, **values), STATED)
        assert _counts() == (people, 1)
        assert (made.known_by, made.person_id) == (by, world.pia.person_id)
        assert made.full_name == "Eeva Elo"


def test_word_goes_to_the_known_persons_own_address_not_to_the_one_that_was_typed(world, kaisa):
    with _of_a(world):
        service.introduce(kaisa, told(world.a, email="pia@example.org"), STATED)
    (word,) = _messages("recruitment.introduced")
    assert word.address in ("pia@example.org", "+358400000201")
    assert word.body.startswith("Hello Pia") or "Pia" in word.body


def test_introduced_again_keeps_the_candidate_and_asks_for_a_call(world, kaisa):
    with _of_a(world):
        first = service.introduce(kaisa, told(world.a), STATED)
        let_candidate_go(first.candidate_id, ExitReason.DECLINED)
        again = service.introduce(kaisa, told(world.a, call_when="mornings"), STATED)
        row = get_candidate(first.candidate_id)
        assert again.candidate_id == first.candidate_id
        assert (row.exit_reason, row.call_on, row.call_why, row.call_when) == (
            ExitReason.DECLINED,
            TODAY,
            CallWhy.INTRODUCED_AGAIN,
            "mornings",
        )
        assert len(queries.list_referrals(row.id)) == 2


def test_on_a_weekend_the_first_call_is_on_monday(world, kaisa, clock):
    clock.move_to("2026-11-28T09:00:00+00:00")
    with _of_a(world):
        made = service.introduce(kaisa, told(world.a), STATED)
        assert get_candidate(made.candidate_id).call_on.isoformat() == "2026-11-30"


def test_a_closed_coach_a_programme_that_is_over_and_too_many_are_refused(world, kaisa, as_):
    with _of_a(world):
        over, _template = make_programme(world.a.organisation_id, "over")
        elsewhere = told(world.b)
        assert over.id in {one.id for one in _open(world)}
        with pytest.raises(RuleBroken, match="this programme"):
            service.introduce(kaisa, elsewhere, STATED)
    with _of_a(world):
        for number in range(MOST_A_DAY):
            service.introduce(
                kaisa,
                told(world.a, phone=f"+35840111{number:04d}", email=f"n{number}@example.org"),
                STATED,
            )
        with pytest.raises(RuleBroken, match="40 people today"):
            service.introduce(kaisa, told(world.a), STATED)
    with as_(world.stig):
        coaches.close_referrer(kaisa)
        with pytest.raises(RuleBroken, match="closed"):
            service.introduce(kaisa, told(world.a), STATED)


def _open(world):
    return queries.list_open_programmes([world.a.organisation_id], TODAY)


def test_a_programme_is_over_three_months_after_its_last_group(world, kaisa):
    with _of_a(world):
        later = TODAY + timedelta(days=102)
        assert world.a.programme_id in {one.id for one in _open(world)}
        assert queries.list_open_programmes([world.a.organisation_id], later) == []


def test_two_introductions_of_one_person_at_once_make_one_person_and_one_candidate(
    app, world, kaisa
):
    done = []

    def work() -> None:
        with app.app_context(), _of_a(world):
            done.append(service.introduce(kaisa, told(world.a), STATED).candidate_id)

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with _of_a(world):
        assert len(done) == 6 and len(set(done)) == 1
        same = select(func.count(Person.id)).where(Person.phone == "+358400001234")
        assert db.session.scalar(same) == 1
        assert len(queries.list_referrals(done[0])) == 6


def test_a_coach_of_two_providers_is_known_to_each_for_herself(world, as_):
    with as_(world.stig):
        make_referrer(world.a, world.mia.account_id, "mia@example.org")
    with as_(world.sam):
        to_b = make_referrer(world.b, world.mia.account_id, "mia@example.org")
    both = frozenset({world.a.organisation_id, world.b.organisation_id})
    with unit_of_work(Scope(both, "municipal coach")):
        twin = told(world.b, phone="+358400000201", email="pia@example.org")
        made = service.introduce(to_b, twin, STATED, account_id=world.mia.account_id)
        assert made.organisation_id == world.b.organisation_id
        assert (made.known_by, made.channel) == (None, Channel.SIGNED_IN)
        assert made.person_id != world.pia.person_id
    with unit_of_work(whole_installation("test"), read_only=True):
        assert queries.providers_open_to_referrer(world.mia.account_id) == both


# Coaches' links


def _state(secret: str) -> LinkState | None:
    with unit_of_work(whole_installation("test"), read_only=True):
        holder = find_holder(PURPOSE, secret)
        assert connection() is not None
        return holder.state if holder else None


def test_a_coach_has_one_link_that_is_sent_renewed_and_closed(world, as_):
    with as_(world.stig):
        first = coaches.add_referrer(world.stig.actor, name="Eija Salo", email=" Eija@Example.org ")
        with pytest.raises(RuleBroken, match="Renew it"):
            coaches.add_referrer(world.stig.actor, name="Eija", email="eija@example.org")
    (sent,) = _messages("recruitment.link")
    assert sent.address == "eija@example.org" and first.secret in sent.body
    with as_(world.aino):
        second = coaches.renew_link(first.referrer_id)
    assert (_state(first.secret), _state(second.secret)) == (LinkState.REVOKED, LinkState.LIVE)
    with as_(world.aino):
        (line,) = queries.show_referrers().lines
        assert (line.link_state, line.introduced) == (LinkState.LIVE, 0)
        coaches.close_referrer(first.referrer_id)
    assert _state(second.secret) is LinkState.REVOKED
    with as_(world.cora), pytest.raises(NotVisible):
        coaches.renew_link(first.referrer_id)


def test_a_link_ends_after_six_months(world, as_, clock):
    with as_(world.stig):
        issued = coaches.add_referrer(world.stig.actor, name="Eija", email="eija@example.org")
    clock.shift(timedelta(days=181))
    assert _state(issued.secret) is LinkState.EXPIRED


def test_who_signs_in_as_a_municipal_coach_is_joined_to_her_account(world, as_):
    with as_(world.stig):
        issued = coaches.add_referrer(world.stig.actor, name="Mia Mäki", email="mia@example.org")
        assert queries.get_referrer(issued.referrer_id).account_id == world.mia.account_id


def test_a_coach_whose_account_is_made_later_finds_her_introductions_by_her_address(world):
    def found(member) -> tuple[int, int]:
        with unit_of_work(Scope(frozenset({world.a.organisation_id}), "test"), read_only=True):
            rows = queries.list_own_referrers(member.account_id)
            return len(rows), following.show_followed(member.account_id).count

    with _of_a(world):
        mia = make_referrer(world.a, None, "mia@example.org")
        made = service.introduce(mia, told(world.a), STATED)
        agreements.choose_by_link(made.id, allows=True, wording="-", language="en")
    with unit_of_work(whole_installation("test"), read_only=True):
        open_to = queries.providers_open_to_referrer(world.mia.account_id)
        assert open_to == frozenset({world.a.organisation_id})
        assert queries.providers_open_to_referrer(world.nils.account_id) == frozenset()
    assert (found(world.mia), found(world.nils)) == ((1, 1), (0, 0))
    with _of_a(world):
        queries.get_referrer(mia).account_id = world.nils.account_id
    assert (found(world.mia), found(world.nils)) == ((0, 0), (1, 1))
    with _of_a(world):
        coaches.close_referrer(mia)
    assert found(world.nils) == (0, 0)


# What a coach may follow


@pytest.fixture
def eeva(world, kaisa):
    """Introduced by Mia, who signs in; returns candidate, referral and referrer."""
    with _of_a(world):
        queries.get_referrer(kaisa).account_id = world.mia.account_id
        made = service.introduce(kaisa, told(world.a), STATED)
        return made.candidate_id, made.id, kaisa


def _seen_by(world, member):
    scope = Scope(frozenset({world.a.organisation_id}), "municipal coach")
    with unit_of_work(scope, member.actor, read_only=True):
        return following.show_followed(member.account_id).lines


def test_a_coach_sees_nothing_until_the_candidate_agrees_and_nothing_after_she_does_not(
    world, eeva
):
    candidate_id, referral_id, _referrer = eeva
    assert _seen_by(world, world.mia) == []
    with _of_a(world):
        agreements.choose_by_link(referral_id, allows=True, wording="Yes.", language="en")
        agreements.choose_by_link(referral_id, allows=True, wording="Yes.", language="en")
        move_candidate(candidate_id, Stage.CONTACTED)
    (line,) = _seen_by(world, world.mia)
    assert (line.name, line.where.stage, line.where.on) == ("Eeva Elo", Stage.CONTACTED, TODAY)
    assert set(line.__slots__) == {"name", "programme", "referred_on", "where"}
    assert _seen_by(world, world.nils) == []
    with _of_a(world):
        agreements.choose_by_link(referral_id, allows=False, wording="", language="en")
    assert _seen_by(world, world.mia) == []


def test_the_reason_of_leaving_is_not_told(world, eeva):
    candidate_id, referral_id, _referrer = eeva
    with _of_a(world):
        agreements.choose_by_link(referral_id, allows=True, wording="Yes.", language="en")
        let_candidate_go(candidate_id, ExitReason.DECLINED)
    (line,) = _seen_by(world, world.mia)
    assert line.where.has_left
    assert "declined" not in repr(line)


def test_spoken_words_are_written_down_with_day_and_name_and_taken_back(world, as_, eeva):
    candidate_id, _referral, referrer = eeva
    words = {"wording": "She may see.", "language": "en"}
    with as_(world.stig):
        with pytest.raises(RuleBroken, match="not come yet"):
            _spoken(world, candidate_id, referrer, TODAY + timedelta(days=1), words)
        with pytest.raises(RuleBroken, match="nobody had introduced"):
            _spoken(world, candidate_id, referrer, TODAY - timedelta(days=1), words)
        _spoken(world, candidate_id, referrer, TODAY, words)
        with pytest.raises(RuleBroken, match="agreed already"):
            _spoken(world, candidate_id, referrer, TODAY, words)
        (coach,) = following.list_coaches(candidate_id)
        assert (coach.how, coach.recorded_by) == (AgreedHow.SPOKEN, "Stig Strand")
    assert len(_seen_by(world, world.mia)) == 1
    with as_(world.aino):
        agreements.withdraw(candidate_id, referrer)
        with pytest.raises(NotVisible):
            agreements.withdraw(candidate_id, referrer)
    assert _seen_by(world, world.mia) == []


def _spoken(world, candidate_id, referrer, on, words):
    return agreements.record_spoken(world.stig.actor, candidate_id, referrer, on, **words)


def test_nobody_agrees_for_a_coach_who_did_not_introduce_her(world, as_, eeva):
    candidate_id, *_rest = eeva
    with as_(world.stig):
        other = make_referrer(world.a, email="other@example.org")
        with pytest.raises(NotVisible):
            _spoken(world, candidate_id, other, TODAY, {"wording": "x", "language": "en"})


def test_a_coach_of_two_candidates_sees_one_who_agreed_and_not_the_other(world, as_, eeva):
    _candidate, referral_id, referrer = eeva
    with _of_a(world):
        agreements.choose_by_link(referral_id, allows=True, wording="Yes.", language="en")
        other = told(world.a, given_name="Otso", phone="+358400009999", email="otso@example.org")
        service.introduce(referrer, other, STATED)
        make_candidate(world.a, 7)
        make_person(world.a.organisation_id, "Nobody", "Else", "+358400007777")
        assert find_candidacy(world.a.programme_id, world.otto.person_id) is None
    assert [line.name for line in _seen_by(world, world.mia)] == ["Eeva Elo"]
