"""A municipal coach's clients: who is there, what is asked of them, and who gets them."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import func, select

from jobsearch.accounts.models import Account, Membership
from jobsearch.analyses.clients import queries, service
from jobsearch.analyses.inbox import queries as inbox
from jobsearch.analyses.inbox.rules import Show
from jobsearch.analyses.queries import get_own_analysis, show
from jobsearch.analyses.questions import queries as questions
from jobsearch.analyses.questions import service as asking
from jobsearch.analyses.questions.jobs import forget_questions
from jobsearch.analyses.questions.models import ClientQuestion, QuestionStop
from jobsearch.analyses.questions.rules import QuestionKind
from jobsearch.analyses.releases.queries import get_release
from jobsearch.analyses.releases.rules import ReleaseClosed
from jobsearch.analyses.rules import may_decide
from jobsearch.consents.links.queries import count_clients
from jobsearch.consents.links.service import begin_link
from jobsearch.consents.models import CoachLink, Consent
from jobsearch.consents.service import link_coach, withdraw_consent
from jobsearch.core.access import Role
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.errors import Conflict, NotVisible, RuleBroken
from jobsearch.core.scope import Scope, whole_installation
from jobsearch.handover import service as handover
from jobsearch.handover.rules import NOBODY
from jobsearch.handover.town import queries as town
from jobsearch.notices.models import Message
from jobsearch.organisations.models import Organisation
from jobsearch.organisations.rules import OrganisationKind
from jobsearch.recruitment.following.models import FollowAgreement
from jobsearch.recruitment.following.rules import AgreedHow
from jobsearch.recruitment.models import Candidate
from jobsearch.recruitment.referrals.models import Referrer
from jobsearch.recruitment.rules import Channel, Stage
from tests.world import NOW, TODAY, Member, World
from tests.written import agree, at_a, released

pytestmark = pytest.mark.usefixtures("context")
K = QuestionKind


def _hilla(world: World) -> Member:
    """The administrator as the door lets her in: her town, and the providers with its clients."""
    own = frozenset({world.a.organisation_id, world.municipality_id})
    return replace(world.hilla, actor=replace(world.hilla.actor, organisation_ids=own))


def _follow(as_, world: World, person_id: str, stage: Stage = Stage.STARTED) -> None:
    """A candidate whom Mia introduced lets her follow."""
    with as_(world.stig):
        referrer = db.session.scalar(select(Referrer)) or Referrer(
            name="Mia Mäki", email="mia@example.org", account_id=world.mia.account_id, made_at=NOW
        )
        candidate = Candidate(
            programme_id=world.a.programme_id,
            person_id=person_id,
            channel=Channel.PERSONAL_LINK,
            stage=stage,
            referred_on=TODAY,
            referred_by_name="Mia",
            **({"started_on": TODAY} if stage is Stage.STARTED else {}),
        )
        db.session.add_all([referrer, candidate])
        db.session.flush()
        db.session.add(
            FollowAgreement(
                candidate_id=candidate.id,
                person_id=person_id,
                referrer_id=referrer.id,
                how=AgreedHow.BY_LINK,
                given_on=TODAY,
                given_at=NOW,
                wording_edition="2026-1",
                wording_language="en",
                wording="I agree.",
            )
        )


def _names(as_, member: Member) -> list[str]:
    with as_(member):
        return [one.name for one in queries.list_clients(member.actor).lines]


def _links(as_, world: World, person_id: str) -> list[str]:
    with as_(world.stig):
        statement = select(CoachLink.account_id).where(
            CoachLink.person_id == person_id, CoachLink.valid_to.is_(None)
        )
        return list(db.session.scalars(statement))


def _told(kind: str) -> list[str]:
    with unit_of_work(whole_installation("test"), read_only=True):
        return [one.body for one in db.session.scalars(select(Message).where(Message.kind == kind))]


# --- who is there -----------------------------------------------------------------------------


def test_a_coach_has_nobody_before_somebody_shares_something(as_, world):
    assert _names(as_, at_a(world, world.mia)) == [], "a link and an introduction show nothing"


def test_who_lets_an_analysis_go_is_there_and_gone_when_it_is_taken_back(as_, world):
    _key, release = released(as_, world)
    mia = at_a(world, world.mia)
    with as_(mia):
        (client,) = queries.list_clients(mia.actor).lines
        assert client.name == "Pia Pihlaja" and client.opened.release_id == release
        assert client.opened.is_new and client.followed is None and client.is_coached
        assert K.NEWER in client.kinds and K.PERMISSION not in client.kinds
    assert _names(as_, at_a(world, world.nils)) == []
    with as_(world.pia):
        given = db.session.scalars(select(Consent).where(Consent.subject_id.is_not(None))).one()
        withdraw_consent(world.pia.actor, given.id)
    assert _names(as_, mia) == []
    with pytest.raises(NotVisible), as_(mia):
        queries.get_client(mia.actor, world.pia.person_id)


def test_who_lets_follow_is_there_with_stage_and_day_alone(as_, world):
    _follow(as_, world, world.otto.person_id, Stage.SELECTED)
    mia = at_a(world, world.mia)
    with as_(mia):
        (client,) = queries.list_clients(mia.actor).lines
        assert client.followed.where.stage is Stage.SELECTED and client.opened is None
        assert client.kinds == (), "before the start there is nothing to ask for"
    with as_(world.stig):
        db.session.scalars(select(FollowAgreement)).one().withdrawn_at = NOW
    assert _names(as_, mia) == []


# --- asking -----------------------------------------------------------------------------------


def _ask(as_, world, kind=K.TALK, words="Shall we talk?"):
    mia = at_a(world, world.mia)
    with as_(mia):
        service.ask_client(mia.actor, world.pia.person_id, kind, words)


def _own(as_, world):
    with as_(world.pia):
        return questions.own_questions(world.pia.actor)


def test_a_question_reaches_its_person_with_who_and_what(as_, world):
    released(as_, world)
    _ask(as_, world)
    (one,) = _own(as_, world).waiting
    assert (one.asker, one.organisation) == ("Mia Mäki", "Town of Pori")
    assert (one.kind, one.words, one.asked_on) == (K.TALK, "Shall we talk?", TODAY)
    (told,) = _told("analyses.asked")
    assert "Shall we talk?" not in told and "/my-analysis" in told


def test_nobody_asks_who_shares_nothing(as_, world):
    with pytest.raises(NotVisible):
        _ask(as_, world)
    nils = at_a(world, world.nils)
    released(as_, world)
    with pytest.raises(NotVisible), as_(nils):
        service.ask_client(nils.actor, world.pia.person_id, K.TALK, "")


def test_a_coach_asks_once_a_week_and_sees_only_what_and_when(as_, world, clock):
    released(as_, world)
    _ask(as_, world)
    with pytest.raises(RuleBroken, match="a week after"):
        _ask(as_, world, K.NEWER)
    mia = at_a(world, world.mia)

    def known():
        with as_(mia):
            return queries.get_client(mia.actor, world.pia.person_id)

    before = known()
    with as_(world.pia):
        asking.put_aside(world.pia.actor, _one_question().id)
    assert known() == before, "what she does with it nobody learns"
    with as_(world.pia):
        asking.stop_questions(world.pia.actor, _one_question().id)
    assert known() == before
    clock.shift(timedelta(days=7))
    _ask(as_, world, K.NEWER, "canary-unwanted")
    assert [one.kind for one in known().asked] == [K.NEWER, K.TALK], "as if it had arrived"
    own = _own(as_, world)
    assert own.waiting == [] and [one.asker for one in own.stopped] == ["Mia Mäki"]
    assert len(_told("analyses.asked")) == 1, "no message where none is wanted"
    with unit_of_work(whole_installation("test"), read_only=True):
        words = db.session.scalars(select(ClientQuestion.words)).all()
    assert "canary-unwanted" not in words, "and its words are not kept"
    with as_(world.pia):
        asking.allow_questions(world.pia.actor, own.stopped[0].id)
    clock.shift(timedelta(days=7))
    _ask(as_, world, K.LONGER)
    assert [one.kind for one in _own(as_, world).waiting] == [K.LONGER]


def _one_question() -> ClientQuestion:
    return db.session.scalars(select(ClientQuestion).order_by(ClientQuestion.asked_at)).first()


def test_a_question_ends_by_itself_and_is_erased(as_, world, clock):
    released(as_, world)
    _ask(as_, world)
    clock.shift(timedelta(days=30))
    assert len(_own(as_, world).waiting) == 1
    forget_questions()
    clock.shift(timedelta(days=1))
    assert _own(as_, world).waiting == []
    forget_questions()
    with unit_of_work(whole_installation("test"), read_only=True):
        assert db.session.scalar(select(func.count()).select_from(ClientQuestion)) == 0


@pytest.mark.parametrize("who", ["otto", "bo"])
def test_nobody_else_puts_a_question_aside_or_stops_it(as_, world, who):
    released(as_, world)
    _ask(as_, world)
    member = getattr(world, who)
    with unit_of_work(whole_installation("test"), read_only=True):
        key = db.session.scalars(select(ClientQuestion.id)).one()
    for act in (asking.put_aside, asking.stop_questions):
        with pytest.raises(NotVisible), as_(member):
            act(member.actor, key)
    with pytest.raises(NotVisible), as_(member):
        asking.allow_questions(member.actor, key)


@pytest.mark.parametrize("who", ["otto", "bo", "mia"])
def test_nobody_else_lets_a_coach_ask_again(as_, world, who):
    released(as_, world)
    _ask(as_, world)
    with as_(world.pia):
        asking.stop_questions(world.pia.actor, _one_question().id)
    (stop,) = _own(as_, world).stopped
    member = at_a(world, getattr(world, who)) if who == "mia" else getattr(world, who)
    with pytest.raises(NotVisible), as_(member):
        asking.allow_questions(member.actor, stop.id)
    assert _own(as_, world).stopped == [stop]


def test_wanting_no_more_takes_all_that_this_coach_asked_off_her_page(as_, world, clock):
    released(as_, world)
    _ask(as_, world)
    clock.shift(timedelta(days=7))
    _ask(as_, world, K.NEWER)
    assert len(_own(as_, world).waiting) == 2
    with as_(world.pia):
        asking.stop_questions(world.pia.actor, _one_question().id)
    assert _own(as_, world).waiting == []


# --- handing over and moving ------------------------------------------------------------------


def _closed_to(as_, member, release_id) -> bool:
    try:
        with as_(member):
            get_release(member.actor, release_id)
    except ReleaseClosed:
        return True
    return False


def test_a_client_handed_over_has_a_new_coach_and_nothing_moves_along(as_, world, clock):
    _key, release = released(as_, world)
    _follow(as_, world, world.pia.person_id)
    _ask(as_, world)
    mia, nils = at_a(world, world.mia), at_a(world, world.nils)
    with as_(mia):
        name = service.hand_over(mia.actor, world.pia.person_id, world.nils.account_id)
    assert name == "Nils Nurmi"
    assert _links(as_, world, world.pia.person_id) == [world.nils.account_id]
    assert _names(as_, mia) == [] and _names(as_, nils) == []
    assert _closed_to(as_, mia, release)
    with as_(mia):
        assert inbox.count_inbox(mia.actor)[Show.ALL] == 0
    assert _own(as_, world).waiting == [], "the questions of the coach before are gone"
    (told,) = _told("analyses.moved")
    assert "Nils Nurmi" in told and "/my-analysis" in told


def test_a_client_comes_back_without_what_was_shared_before(as_, world, clock):
    released(as_, world)
    mia, nils = at_a(world, world.mia), at_a(world, world.nils)
    with as_(mia):
        service.hand_over(mia.actor, world.pia.person_id, world.nils.account_id)
    clock.shift(timedelta(days=1))
    with as_(world.stig):
        day = TODAY + timedelta(days=1)
        own = world.a.organisation_id, world.mia.account_id, world.municipality_id
        begin_link(world.pia.person_id, *own, day)
    assert _names(as_, mia) == [], "a permission of before does not live again"
    assert _names(as_, nils) == []


def test_who_comes_back_on_the_same_day_brings_nothing_of_before(as_, world, clock):
    _key, release = released(as_, world)
    mia = at_a(world, world.mia)
    clock.shift(timedelta(hours=1))
    with as_(mia):
        service.hand_over(mia.actor, world.pia.person_id, world.nils.account_id)
    clock.shift(timedelta(hours=1))
    with as_(world.stig):
        link_coach(world.stig.actor, world.pia.person_id, world.mia.email)
    assert _links(as_, world, world.pia.person_id) == [world.mia.account_id]
    assert _closed_to(as_, mia, release) and _names(as_, mia) == []


def test_who_left_the_town_reads_nothing_though_she_works_in_another(as_, world):
    _key, release = released(as_, world)
    mia = at_a(world, world.mia)
    with as_(mia):
        assert get_release(mia.actor, release)
    with unit_of_work(whole_installation("a test")):
        own = select(Membership).where(Membership.account_id == world.mia.account_id)
        here = db.session.scalars(own).one()
        other = Organisation(kind=OrganisationKind.MUNICIPALITY, name="Another town")
        db.session.add(other)
        db.session.flush()
        elsewhere = Membership(
            account_id=here.account_id, organisation_id=other.id, role=Role.MUNICIPAL_COACH
        )
        db.session.add(elsewhere)
        here.ended_at = NOW
    assert _closed_to(as_, mia, release) and _names(as_, mia) == []


def test_who_only_leads_the_town_now_reads_nothing_as_its_coach(as_, world):
    _key, release = released(as_, world)
    mia = at_a(world, world.mia)
    with unit_of_work(whole_installation("a test")):
        db.session.get_one(Membership, mia.actor.membership_id).ended_at = NOW
        db.session.add(
            Membership(
                account_id=mia.account_id,
                organisation_id=world.municipality_id,
                role=Role.MUNICIPAL_ADMIN,
            )
        )
    assert _closed_to(as_, mia, release) and _names(as_, mia) == []


def test_who_became_the_coach_a_day_later_at_an_hour_nobody_knows_reads_nothing_of_before(
    as_, world, clock
):
    _key, release = released(as_, world)
    mia = at_a(world, world.mia)
    clock.shift(timedelta(days=2))
    assert not _closed_to(as_, mia, release)
    with unit_of_work(whole_installation("a test")):
        link = db.session.scalars(
            select(CoachLink).where(CoachLink.person_id == world.pia.person_id)
        ).one()
        link.valid_from, link.began_at = TODAY + timedelta(days=1), None
    assert _closed_to(as_, mia, release) and _names(as_, mia) == []


@pytest.mark.parametrize("to", ["stig", "hilla", "mia", "otto"])
def test_a_client_goes_only_to_another_coach_of_the_same_town(as_, world, to):
    released(as_, world)
    mia = at_a(world, world.mia)
    with pytest.raises(RuleBroken) as broken, as_(mia):
        service.hand_over(mia.actor, world.pia.person_id, getattr(world, to).account_id)
    assert broken.value.field == "successor"


def test_nobody_hands_over_who_is_not_hers(as_, world):
    released(as_, world)
    nils = at_a(world, world.nils)
    with pytest.raises(NotVisible), as_(nils):
        service.hand_over(nils.actor, world.pia.person_id, world.mia.account_id)
    mia = at_a(world, world.mia)
    _follow(as_, world, world.otto.person_id)
    with pytest.raises(RuleBroken, match="Somebody else"), as_(mia):
        service.hand_over(mia.actor, world.otto.person_id, world.nils.account_id)


def test_an_administrator_moves_all_and_learns_a_number(as_, world):
    _key, release = released(as_, world)
    with as_(world.stig):
        own = world.a.organisation_id, world.mia.account_id, world.municipality_id
        begin_link(world.otto.person_id, *own, TODAY)
    hilla = _hilla(world)
    with as_(hilla):
        lines = {one.name: one.clients for one in town.list_coaches(hilla.actor)}
        assert lines == {"Mia Mäki": 2, "Nils Nurmi": 0}
        moved = service.move_clients(hilla.actor, world.mia.account_id, world.nils.account_id)
        assert moved == 2
    for person in (world.pia.person_id, world.otto.person_id):
        assert _links(as_, world, person) == [world.nils.account_id]
    assert len(_told("analyses.moved")) == 2
    assert _closed_to(as_, at_a(world, world.mia), release)
    with as_(hilla):
        assert service.move_clients(hilla.actor, world.mia.account_id, world.nils.account_id) == 0
    assert len(_told("analyses.moved")) == 2, "nobody is told twice"


def _linked_to_nils(as_, world) -> None:
    """Otto's municipal coach is Nils, and Mia follows Otto from before."""
    _follow(as_, world, world.otto.person_id)
    with as_(world.stig):
        own = world.a.organisation_id, world.nils.account_id, world.municipality_id
        begin_link(world.otto.person_id, *own, TODAY)


def test_a_colleagues_client_is_not_handed_over_though_she_follows(as_, world):
    _linked_to_nils(as_, world)
    mia = at_a(world, world.mia)
    with pytest.raises(RuleBroken, match="Somebody else"), as_(mia):
        service.hand_over(mia.actor, world.otto.person_id, world.nils.account_id)
    assert _told("analyses.moved") == []


def test_the_clients_of_other_coaches_stay_and_the_numbers_are_those_of_today(as_, world):
    _linked_to_nils(as_, world)
    with unit_of_work(whole_installation("test")):
        other = Organisation(kind=OrganisationKind.MUNICIPALITY, name="Another town")
        db.session.add(other)
        db.session.flush()
        for account, town_id in (
            (world.cora.account_id, other.id),
            (world.sam.account_id, world.municipality_id),
        ):
            row = Membership(account_id=account, organisation_id=town_id, role=Role.MUNICIPAL_COACH)
            db.session.add(row)
    hilla = _hilla(world)
    with as_(hilla):
        assert service.move_clients(hilla.actor, world.mia.account_id, world.sam.account_id) == 1
        lines = {one.name: one.clients for one in town.list_coaches(hilla.actor)}
        assert lines == {"Mia Mäki": 0, "Nils Nurmi": 1, "Sam Salo": 1}
    assert _links(as_, world, world.otto.person_id) == [world.nils.account_id]


@pytest.mark.parametrize("over", ["membership", "account"])
def test_nobody_gets_clients_who_works_there_no_more(as_, world, over):
    released(as_, world)
    with unit_of_work(whole_installation("test")):
        if over == "membership":
            db.session.get_one(Membership, world.nils.actor.membership_id).ended_at = NOW
        else:
            db.session.get_one(Account, world.nils.account_id).closed_at = NOW
    mia, nils = at_a(world, world.mia), world.nils.account_id
    with pytest.raises(RuleBroken, match="Choose one of the coaches"), as_(mia):
        service.hand_over(mia.actor, world.pia.person_id, nils)
    hilla = _hilla(world)
    with pytest.raises(RuleBroken, match="Choose one of the coaches"), as_(hilla):
        service.move_clients(hilla.actor, mia.account_id, nils)


def test_an_administrator_moves_nobody_of_another_town(as_, world):
    with as_(world.aino):
        link = db.session.scalars(select(CoachLink)).one()
        link.municipality_id = world.b.organisation_id  # another organisation's client
    hilla = _hilla(world)
    with as_(hilla):
        assert count_clients(world.municipality_id, TODAY) == {}
        assert service.move_clients(hilla.actor, world.mia.account_id, world.nils.account_id) == 0


def test_who_leaves_says_first_who_gets_the_clients(as_, world):
    hilla, member = _hilla(world), world.mia.actor.membership_id
    with pytest.raises(RuleBroken, match="Choose who gets"), as_(hilla):
        handover.end_membership(hilla.actor, member, "")
    with as_(hilla):
        handover.end_membership(hilla.actor, member, world.nils.account_id)
    assert _links(as_, world, world.pia.person_id) == [world.nils.account_id]
    assert len(_told("analyses.moved")) == 1


def test_clients_may_have_nobody_for_now_and_are_told(as_, world):
    hilla = _hilla(world)
    with as_(hilla):
        handover.end_membership(hilla.actor, world.mia.actor.membership_id, NOBODY)
    assert _links(as_, world, world.pia.person_id) == []
    assert len(_told("analyses.left")) == 1


def test_clients_whom_an_operator_left_behind_wait_for_the_administrator(as_, world):
    with pytest.raises(RuleBroken), as_(world.olga):
        handover.end_membership(
            world.olga.actor, world.mia.actor.membership_id, world.nils.account_id
        )
    with as_(world.olga):
        handover.end_membership(world.olga.actor, world.mia.actor.membership_id, NOBODY)
    hilla = _hilla(world)
    with as_(hilla):
        left = next(one for one in town.list_coaches(hilla.actor) if one.name == "Mia Mäki")
        assert left.ended_at is not None and left.clients == 1
        assert service.move_clients(hilla.actor, left.account_id, world.nils.account_id) == 1


def _at_once(app, scope: Scope, works: list[Callable[[], object]]) -> list[object]:
    start = Barrier(len(works))

    def run(work):
        with app.app_context():
            start.wait(10)
            try:
                with unit_of_work(scope):
                    work()
            except (RuleBroken, Conflict, NotVisible) as refused:
                return type(refused)
        return None

    with ThreadPoolExecutor(len(works)) as threads:
        return list(threads.map(run, works))


def test_two_moves_at_once_leave_one_coach_and_one_message(app, as_, world):
    with unit_of_work(whole_installation("test")):
        third = Membership(
            account_id=world.cora.account_id,
            organisation_id=world.municipality_id,
            role=Role.MUNICIPAL_COACH,
        )
        db.session.add(third)
    hilla, mia = _hilla(world).actor, world.mia.account_id
    to = (world.nils.account_id, world.cora.account_id)
    db.session.remove()
    scope = Scope(hilla.organisation_ids, "race")
    _at_once(app, scope, [lambda one=one: service.move_clients(hilla, mia, one) for one in to])
    (now_with,) = _links(as_, world, world.pia.person_id)
    assert now_with in to
    assert len(_told("analyses.moved")) == 1


def test_two_questions_at_once_are_one(app, as_, world):
    released(as_, world)
    mia = at_a(world, world.mia).actor
    db.session.remove()
    scope = Scope(mia.organisation_ids, "race")
    works = [
        lambda kind=kind: service.ask_client(mia, world.pia.person_id, kind, "")
        for kind in (K.TALK, K.NEWER)
    ]
    assert _at_once(app, scope, works).count(None) == 1
    assert len(_own(as_, world).waiting) == 1


def test_a_stop_holds_once(as_, world):
    released(as_, world)
    _ask(as_, world)
    for _again in range(2):
        with as_(world.pia):
            asking.stop_questions(world.pia.actor, _one_question().id)
    with as_(world.pia):
        assert db.session.scalar(select(func.count()).select_from(QuestionStop)) == 1


def test_who_has_a_new_coach_is_asked_anew_and_by_the_new_name(as_, world):
    _key, release = released(as_, world)
    mia = at_a(world, world.mia)
    with as_(mia):
        service.hand_over(mia.actor, world.pia.person_id, world.nils.account_id)
    with as_(world.pia):
        shown = show(world.pia.actor, get_own_analysis(world.pia.actor))
        assert shown.release is None and may_decide(shown.state)
        assert shown.recipient.name == "Nils Nurmi"
    again = agree(as_, world.pia)
    nils = at_a(world, world.nils)
    with as_(nils):
        assert [one.release_id for one in inbox.show_inbox(nils.actor).lines] == [again]
    assert _closed_to(as_, mia, release)
