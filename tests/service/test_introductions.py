"""Introductions by permission: asked, written and read only while the right permission lives."""

from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, text

from jobsearch.consents.introductions import queries, service
from jobsearch.consents.introductions.models import AskedIntroduction
from jobsearch.consents.introductions.own import get_own
from jobsearch.consents.introductions.rules import IntroductionState, Refusal
from jobsearch.consents.models import Consent
from jobsearch.consents.rules import ConsentPurpose
from jobsearch.consents.service import give_consent, link_coach, withdraw_consent
from jobsearch.core.db import db
from jobsearch.core.errors import Conflict, NotVisible, RuleBroken
from jobsearch.core.tokens import digest
from jobsearch.notices.models import Message
from tests.world import NOW, TODAY
from tests.written import consent_like

pytestmark = pytest.mark.usefixtures("context")
TEXT = "Ten years in shops. Learns fast. Wants to work with people."


def _say(coach, until, language):
    return f"{coach.name}, {coach.organisation}, {until}, {language}"


def _seen(world, coach, until):
    town = queries.NamedCoach(coach.account_id, coach.actor.name, "Town of Pori", coach.email, "en")
    return digest(_say(town, until, "en"))


def _permit(as_, world, member=None, coach=None, months=3, until=date(2027, 2, 24)):
    member = member or world.pia
    with as_(member):
        seen = _seen(world, coach or world.mia, until)
        return service.permit_introduction(member.actor, months, seen, _say).id


def _town(world, member):
    own = frozenset({world.a.organisation_id})
    return replace(member, actor=replace(member.actor, organisation_ids=own))


def _ask(as_, world, person=None):
    with as_(world.stig):
        person_id = (person or world.pia).person_id
        return service.ask_for_introduction(world.stig.actor, person_id).id


def _write(as_, world, key, words=TEXT, version=1, coach=None):
    mia = _town(world, coach or world.mia)
    with as_(mia):
        return service.write_introduction(mia.actor, key, words, version)


def _written(as_, world):
    key = _ask(as_, world)
    _write(as_, world, key)
    return key


def _take_back(as_, world, consent_id=None):
    with as_(world.pia):
        service.take_back_permission(world.pia.actor, consent_id or world.consent_id)


def _kinds():
    return list(db.session.scalars(select(Message.kind).order_by(Message.created_at, Message.id)))


def test_the_participant_permits_with_the_words_that_lay_before_her(as_, world):
    _take_back(as_, world)
    key = _permit(as_, world)
    with as_(world.pia):
        given = db.session.get_one(Consent, key)
        assert given.purpose is ConsentPurpose.INTRODUCTION and given.subject_id is None
        assert (given.recipient_name, given.recipient_organisation) == ("Mia Mäki", "Town of Pori")
        assert given.recipient_address == world.mia.email
        assert given.scope.startswith("A short introduction")
        assert given.wording == "Mia Mäki, Town of Pori, 2027-02-24, en"
        assert (given.wording_edition, given.valid_to) == ("2026-2", date(2027, 2, 24))
        assert set(_kinds()) == {"introductions.given", "introductions.withdrawn"}


@pytest.mark.parametrize("who", ["aino", "stig", "paula", "mia", "sam", "olga"])
def test_nobody_permits_for_her(as_, world, who):
    member = getattr(world, who)
    with pytest.raises(RuleBroken), as_(member):
        service.permit_introduction(member.actor, 3, "", _say)


def test_she_permits_the_same_coach_once_at_a_time(as_, world):
    with pytest.raises(RuleBroken, match="already"):
        _permit(as_, world)


def test_words_that_have_changed_are_read_again_first(as_, world):
    _take_back(as_, world)
    with as_(world.stig):
        link_coach(world.stig.actor, world.pia.person_id, "nils@example.org")
    with pytest.raises(RuleBroken, match="has changed"):
        _permit(as_, world, coach=world.mia)


@pytest.mark.parametrize("months", [0, 2, 7, 12])
def test_a_time_that_is_not_offered_is_refused(as_, world, months):
    _take_back(as_, world)
    with pytest.raises(RuleBroken):
        _permit(as_, world, months=months)


def test_without_a_municipal_coach_there_is_nothing_to_permit(as_, world):
    with pytest.raises(RuleBroken, match="no municipal coach"), as_(world.otto):
        service.permit_introduction(world.otto.actor, 3, "", _say)


def test_the_coach_asks_and_the_municipal_coach_is_told_without_a_name(as_, world):
    key = _ask(as_, world)
    with as_(world.stig):
        asked = db.session.get_one(AskedIntroduction, key)
        assert asked.state is IntroductionState.ASKED
        assert (asked.consent_id, asked.recipient_id) == (world.consent_id, world.mia.account_id)
        message = db.session.scalars(select(Message)).one()
        assert message.kind == "introductions.asked" and message.address == world.mia.email
        assert "Pia" not in message.body and key in message.body


def test_it_is_asked_for_once_under_a_permission(as_, world):
    _ask(as_, world)
    with pytest.raises(RuleBroken, match="already"):
        _ask(as_, world)
    with as_(world.stig):
        assert db.session.scalar(select(func.count(AskedIntroduction.id))) == 1


@pytest.mark.parametrize("who", ["aino", "paula", "pia", "mia"])
def test_only_a_coach_asks(as_, world, who):
    member = getattr(world, who)
    with pytest.raises(RuleBroken), as_(member):
        service.ask_for_introduction(member.actor, world.pia.person_id)


def test_a_coach_of_another_provider_does_not_even_see_her(as_, world):
    with pytest.raises(NotVisible), as_(world.cora):
        service.ask_for_introduction(world.cora.actor, world.pia.person_id)


@pytest.mark.parametrize("how", ["never", "taken_back", "ended"])
def test_without_a_live_permission_asking_is_refused_and_all_look_the_same(as_, world, clock, how):
    if how == "taken_back":
        _take_back(as_, world)
    if how == "ended":
        clock.move_to(NOW + timedelta(days=91))
    person = world.pia
    if how == "never":
        person = world.otto
        with as_(world.stig):
            link_coach(world.stig.actor, person.person_id, "mia@example.org")
    with pytest.raises(RuleBroken, match="no permission"):
        _ask(as_, world, person)
    with as_(world.stig):
        shown = queries.show_for_staff(world.stig.actor, person.person_id)
        assert shown.permission is None and not shown.introductions
        assert shown.refusal is Refusal.NO_PERMISSION
        assert queries.find_permitted_until(world.stig.actor, person.person_id) is None


def test_a_permission_for_an_analysis_does_not_let_anyone_ask(as_, world):
    _take_back(as_, world)
    _permit_analysis(as_, world)
    with pytest.raises(RuleBroken, match="no permission"):
        _ask(as_, world)


def _permit_analysis(as_, world):
    with as_(world.pia):
        return give_consent(
            world.pia.actor,
            purpose=ConsentPurpose.ANALYSIS,
            recipient_id=world.mia.account_id,
            valid_to=TODAY + timedelta(days=30),
            wording="I agree.",
            language="en",
            subject_id="a" * 20,
            edition=1,
        ).id


def test_an_introduction_cannot_stand_on_the_permission_for_an_analysis(as_, world):
    """Even a row that were laid so would open to nobody but the participant."""
    consent_id = _permit_analysis(as_, world)
    with as_(world.stig):
        row = AskedIntroduction(
            person_id=world.pia.person_id,
            consent_id=consent_id,
            recipient_id=world.mia.account_id,
            asked_by_id=world.stig.account_id,
            asked_at=NOW,
            state=IntroductionState.WRITTEN,
            text=TEXT,
            written_at=NOW,
        )
        db.session.add(row)
        db.session.flush()
        with pytest.raises(NotVisible):
            queries.get_for_staff(world.stig.actor, row.id)
    mia = _town(world, world.mia)
    with as_(mia):
        assert queries.list_asked(mia.actor, 1).count == 0


@pytest.mark.parametrize("differs", ["person", "recipient"])
def test_an_introduction_opens_only_under_a_consent_that_agrees_with_it(as_, world, differs):
    key = _written(as_, world)
    other = {
        "person": {"person_id": world.otto.person_id},
        "recipient": {"recipient_id": world.nils.account_id},
    }
    with as_(world.stig):
        row = db.session.get_one(AskedIntroduction, key)
        row.consent_id = consent_like(world.consent_id, **other[differs])
    with as_(world.stig), pytest.raises(queries.PermissionEnded):
        queries.get_for_staff(world.stig.actor, key)
    mia = _town(world, world.mia)
    with as_(mia):
        assert queries.list_asked(mia.actor, 1).count == 0


def test_a_permission_for_an_analysis_is_not_told_as_one_to_introduce(as_, world):
    _take_back(as_, world)
    _permit_analysis(as_, world)
    with as_(world.stig):
        assert queries.find_permitted_until(world.stig.actor, world.pia.person_id) is None


def test_who_comes_back_as_the_coach_is_permitted_and_asked_anew(as_, world, clock):
    key = _ask(as_, world)
    for email in ("nils@example.org", "mia@example.org"):
        clock.shift(timedelta(days=1))
        with as_(world.stig):
            link_coach(world.stig.actor, world.pia.person_id, email)
    mia = _town(world, world.mia)
    with as_(mia):
        assert queries.list_asked(mia.actor, 1).count == 0
        with pytest.raises(queries.PermissionEnded):
            queries.get_asked(mia.actor, key)
    with pytest.raises(RuleBroken, match="no permission"):
        _ask(as_, world)
    _permit(as_, world, until=date(2027, 2, 26))
    assert _ask(as_, world) != key


def test_a_moved_client_is_asked_about_only_under_a_new_permission(as_, world):
    with as_(world.stig):
        link_coach(world.stig.actor, world.pia.person_id, "nils@example.org")
    with pytest.raises(RuleBroken, match="another municipal coach"):
        _ask(as_, world)
    _permit(as_, world, coach=world.nils)
    key = _ask(as_, world)
    with as_(world.stig):
        assert db.session.get_one(AskedIntroduction, key).recipient_id == world.nils.account_id
    mia = _town(world, world.mia)
    with as_(mia):
        assert queries.list_asked(mia.actor, 1).count == 0
        with pytest.raises(NotVisible):
            queries.get_asked(mia.actor, key)


def test_what_is_written_is_read_by_both_at_once_and_stored_unreadable(as_, world):
    key = _written(as_, world)
    with as_(world.stig):
        assert queries.get_for_staff(world.stig.actor, key).text == TEXT
        kinds = _kinds()
        assert {"introductions.written", "introductions.arrived"} <= set(kinds)
        raw = db.session.connection().execute(
            text("SELECT text FROM asked_introduction WHERE id = :id"), {"id": key}
        )
        assert TEXT.encode() not in bytes(raw.scalar_one())
    with as_(world.pia):
        own = get_own(world.pia.actor, key)
        assert own.introduction.text == TEXT and own.state is IntroductionState.WRITTEN


@pytest.mark.parametrize("who", ["nils", "stig", "pia"])
def test_nobody_else_writes_it(as_, world, who):
    key = _ask(as_, world)
    member = _town(world, getattr(world, who))
    with pytest.raises((NotVisible, RuleBroken)), as_(member):
        service.write_introduction(member.actor, key, TEXT, 1)


def test_the_later_of_two_windows_is_told_that_it_has_changed(as_, world):
    key = _written(as_, world)
    with pytest.raises(Conflict):
        _write(as_, world, key, "From another window.", version=1)


def test_what_was_written_can_be_corrected_and_the_coach_is_told_once(as_, world):
    key = _written(as_, world)
    _write(as_, world, key, "Better words.", version=2)
    with as_(world.stig):
        assert queries.get_for_staff(world.stig.actor, key).text == "Better words."
        assert _kinds().count("introductions.arrived") == 1
        assert _kinds().count("introductions.written") == 2


def test_words_of_health_are_pointed_out_and_an_identity_code_is_refused(as_, world):
    key = _ask(as_, world)
    assert _write(as_, world, key, "Has been ill.").health == ("ill",)
    with pytest.raises(RuleBroken, match="identity code"):
        _write(as_, world, key, "010190-999P", version=2)


def test_the_municipal_coach_may_say_no_and_change_her_mind(as_, world):
    key = _ask(as_, world)
    mia = _town(world, world.mia)
    with as_(mia):
        service.decline_introduction(mia.actor, key)
    with as_(world.stig):
        shown = queries.show_for_staff(world.stig.actor, world.pia.person_id)
        assert [one.state for one in shown.introductions] == [IntroductionState.DECLINED]
        with pytest.raises(NotVisible):
            queries.get_for_staff(world.stig.actor, key)
    _write(as_, world, key, version=2)
    with as_(world.stig):
        assert queries.get_for_staff(world.stig.actor, key).text == TEXT


def test_her_comment_stands_beside_it(as_, world):
    key = _written(as_, world)
    with as_(world.pia):
        service.comment_on_introduction(world.pia.actor, key, "That is so.")
    with as_(world.stig):
        assert queries.get_for_staff(world.stig.actor, key).comment == "That is so."


@pytest.mark.parametrize("who", ["otto", "bo", "stig", "mia"])
def test_nobody_else_comments_on_it(as_, world, who):
    key = _written(as_, world)
    member = _town(world, getattr(world, who)) if who == "mia" else getattr(world, who)
    with pytest.raises((NotVisible, RuleBroken)), as_(member):
        service.comment_on_introduction(member.actor, key, "No.")


@pytest.mark.parametrize("who", ["otto", "nils", "olga", "bo"])
def test_nobody_reads_as_staff_whose_participant_she_is_not(as_, world, who):
    key = _written(as_, world)
    member = _town(world, getattr(world, who))
    with pytest.raises(NotVisible), as_(member):
        queries.get_for_staff(member.actor, key)


@pytest.mark.parametrize("how", ["taken_back", "ended"])
def test_when_the_permission_ends_only_the_participant_reads_it(as_, world, clock, how):
    key = _written(as_, world)
    if how == "taken_back":
        _take_back(as_, world)
    else:
        clock.move_to(NOW + timedelta(days=91))
    with as_(world.stig), pytest.raises(queries.PermissionEnded):
        queries.get_for_staff(world.stig.actor, key)
    mia = _town(world, world.mia)
    with as_(mia):
        assert queries.list_asked(mia.actor, 1).count == 0
        with pytest.raises(queries.PermissionEnded):
            service.write_introduction(mia.actor, key, "More.", 2)
    with as_(world.pia):
        own = get_own(world.pia.actor, key)
        assert own.introduction.text == TEXT and own.state is IntroductionState.ENDED
        with pytest.raises(RuleBroken, match="ended"):
            service.comment_on_introduction(world.pia.actor, key, "Too late.")


def test_a_new_permission_does_not_open_what_came_by_an_earlier_one(as_, world):
    key = _written(as_, world)
    _take_back(as_, world)
    _permit(as_, world)
    with as_(world.stig), pytest.raises(queries.PermissionEnded):
        queries.get_for_staff(world.stig.actor, key)


def test_a_permission_for_an_analysis_is_not_taken_back_as_this_one(as_, world):
    consent_id = _permit_analysis(as_, world)
    with pytest.raises(NotVisible):
        _take_back(as_, world, consent_id)


# --- whatever the order of events ---------------------------------------------------------------

EVENTS = (
    *("give", "withdraw", "a_month", "ask", "write", "write", "decline"),
    *("to_mia", "to_nils", "analysis", "no_analysis"),
)


class _Story:
    """What has happened to Pia: her permissions as a plain list, and whose client she is."""

    def __init__(self, as_, world, clock):
        self.as_, self.world, self.clock = as_, world, clock
        self.day = TODAY
        self.coach = world.mia
        # recipient, last day; taken back when it is out of the list
        self.given = {world.consent_id: (world.mia.account_id, TODAY + timedelta(days=90))}
        self.given_on = {world.consent_id: TODAY - timedelta(days=20)}
        self.coach_since = TODAY - timedelta(days=20)
        self.analyses = []

    def live(self):
        """The live permissions to fetch an introduction: key and recipient."""
        return {key: to for key, (to, until) in self.given.items() if until >= self.day}

    def coached(self):
        """Of the live ones those whose coach has been hers, in one go, since she gave it."""
        return {
            key
            for key, to in self.live().items()
            if to == self.coach.account_id and self.given_on[key] >= self.coach_since
        }

    def may_ask(self):
        return bool(self.coached())

    def give(self):
        until = service.validities(queries.words_today(), self.day)[1][1]
        key = _permit(self.as_, self.world, coach=self.coach, until=until)
        self.given[key] = (self.coach.account_id, until)
        self.given_on[key] = self.day

    def withdraw(self):
        key = next(iter(self.given), "x" * 20)
        _take_back(self.as_, self.world, key)
        del self.given[key]

    def a_month(self):
        self.day += timedelta(days=31)
        self.clock.move_to(NOW + (self.day - TODAY))

    def ask(self):
        may = self.may_ask()
        _ask(self.as_, self.world)
        assert may, "asked without a permission that names her municipal coach"

    def write(self):
        for key, to, version, consent_id in self._rows():
            writer = self.world.mia if to == self.world.mia.account_id else self.world.nils
            may = consent_id in self.coached()
            _write(self.as_, self.world, key, version=version, coach=writer)
            assert may, "written without a live permission"

    def decline(self):
        for key, to, *_others in self._rows():
            writer = self.world.mia if to == self.world.mia.account_id else self.world.nils
            member = _town(self.world, writer)
            with self.as_(member):
                service.decline_introduction(member.actor, key)

    def _rows(self):
        with self.as_(self.world.stig):
            row = AskedIntroduction
            columns = (row.id, row.recipient_id, row.version, row.consent_id)
            return list(db.session.execute(select(*columns)))

    def to_mia(self):
        self._move(self.world.mia)

    def to_nils(self):
        self._move(self.world.nils)

    def _move(self, coach):
        with self.as_(self.world.stig):
            link_coach(self.world.stig.actor, self.world.pia.person_id, coach.email)
        if coach is not self.coach:
            self.coach, self.coach_since = coach, self.day

    def analysis(self):
        with self.as_(self.world.pia):
            consent = give_consent(
                self.world.pia.actor,
                purpose=ConsentPurpose.ANALYSIS,
                recipient_id=self.coach.account_id,
                valid_to=self.day + timedelta(days=30),
                wording="I agree.",
                language="en",
                subject_id="a" * 20,
                edition=1,
            )
        self.analyses.append(consent.id)

    def no_analysis(self):
        if self.analyses:
            with self.as_(self.world.pia):
                withdraw_consent(self.world.pia.actor, self.analyses.pop())

    def check(self):
        """What may be read and asked now is exactly what the plain list says."""
        stig, live = self.world.stig, self.live()
        with self.as_(stig):
            shown = queries.show_for_staff(stig.actor, self.world.pia.person_id)
            assert shown.permission is None or shown.permission.id in live
            if shown.refusal is None:
                assert self.may_ask()
            for row in db.session.scalars(select(AskedIntroduction)):
                opens = row.consent_id in live and row.state is IntroductionState.WRITTEN
                try:
                    found = queries.get_for_staff(stig.actor, row.id)
                except NotVisible:
                    assert not opens
                else:
                    assert opens and found.text == TEXT
                    assert live[row.consent_id] == row.recipient_id
        for name in ("mia", "nils"):
            member = _town(self.world, getattr(self.world, name))
            with self.as_(member):
                listed = {one.introduction_id for one in queries.list_asked(member.actor, 1).lines}
                rows = db.session.scalars(select(AskedIntroduction))
                own = {
                    row.id
                    for row in rows
                    if row.consent_id in self.coached() and row.recipient_id == member.account_id
                }
                assert listed == own


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(events=st.lists(st.sampled_from(EVENTS), min_size=3, max_size=9))
def test_whatever_the_order_of_events_nothing_opens_without_its_live_permission(
    bench, as_, world, clock, events
):
    bench.lay()
    clock.move_to(NOW)
    story = _Story(as_, world, clock)
    for event in events:
        with suppress(RuleBroken, NotVisible):
            getattr(story, event)()
        story.check()


def test_the_table_refuses_what_must_never_be(as_, world):
    key = _ask(as_, world)
    for statement in (
        "UPDATE asked_introduction SET state = 'ended' WHERE id = :id",
        "UPDATE asked_introduction SET text = 'x' WHERE id = :id",
        "UPDATE asked_introduction SET state = 'written' WHERE id = :id",
    ):
        with pytest.raises(Exception, match=r"(?i)check constraint"), as_(world.stig):
            db.session.connection().execute(text(statement), {"id": key})
