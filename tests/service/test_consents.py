"""Giving, taking back and what a municipal coach may see by it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from jobsearch.accounts.models import Account, Membership
from jobsearch.consents import queries, service
from jobsearch.consents.models import Consent, ConsentWithdrawal
from jobsearch.consents.rules import ConsentPurpose
from jobsearch.core.access import Role
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.errors import Conflict, NotVisible, RuleBroken
from jobsearch.core.scope import ScopeBroken, whole_installation
from jobsearch.organisations.models import Organisation
from jobsearch.organisations.rules import OrganisationKind
from tests.world import NOW, TODAY

pytestmark = pytest.mark.usefixtures("context")
UNTIL = date(2027, 2, 24)


def _give(world, member, recipient=None, until=UNTIL):
    return service.give_consent(
        member.actor,
        purpose=ConsentPurpose.ANALYSIS,
        recipient_id=(recipient or world.mia).account_id,
        valid_to=until,
        wording="I agree to this.",
        language="en",
        subject_id="a" * 20,
        edition=1,
    )


def _at(world, member):
    """A municipal coach as the door lets her in: her scope are the providers open to her."""
    own = frozenset({world.a.organisation_id})
    return replace(member, actor=replace(member.actor, organisation_ids=own))


def _seen(member, day=TODAY):
    return set(db.session.scalars(queries.visible_participants(member.actor, day)))


def test_a_consent_keeps_words_language_recipient_and_sign_in(as_, world):
    with as_(world.pia):
        given = _give(world, world.pia)
        assert given.person_id == world.pia.person_id
        assert (given.wording, given.wording_language) == ("I agree to this.", "en")
        assert given.sign_in_id == world.pia.actor.sign_in_id
        assert given.given_on == TODAY and given.valid_to == UNTIL


@pytest.mark.parametrize("who", ["stig", "aino", "paula", "mia", "sam"])
def test_nobody_else_gives_a_consent(as_, world, who):
    member = getattr(world, who)
    with pytest.raises(RuleBroken), as_(member):
        _give(world, member)


@pytest.mark.parametrize("of", ["otto", "stig", ""])
def test_a_consent_is_given_in_the_sign_in_of_her_own_membership_only(as_, world, of):
    sign_in = getattr(world, of).actor.sign_in_id if of else "x" * 20
    with pytest.raises(RuleBroken, match="Only the job seeker"), as_(world.pia):
        _give(world, replace(world.pia, actor=replace(world.pia.actor, sign_in_id=sign_in)))


def test_only_a_municipal_coach_receives(as_, world):
    with pytest.raises(RuleBroken), as_(world.pia):
        _give(world, world.pia, world.otto)


@pytest.mark.parametrize("over", ["membership", "account"])
def test_a_coach_who_has_left_is_neither_named_nor_given_anything(as_, world, over):
    with unit_of_work(whole_installation("test")):
        if over == "membership":
            db.session.get_one(Membership, world.mia.actor.membership_id).ended_at = NOW
        else:
            db.session.get_one(Account, world.mia.account_id).closed_at = NOW
    with pytest.raises(RuleBroken, match="cannot receive"), as_(world.pia):
        _give(world, world.pia)
    with pytest.raises(RuleBroken, match="No municipal coach"), as_(world.stig):
        service.link_coach(world.stig.actor, world.otto.person_id, world.mia.email)


@pytest.mark.parametrize("name", ["Town of Pori", "Another town"])
def test_a_coach_of_two_towns_receives_for_the_town_that_she_is_named_of(as_, world, name):
    with unit_of_work(whole_installation("test")):
        other = Organisation(kind=OrganisationKind.MUNICIPALITY, name="Another town")
        db.session.add(other)
        db.session.flush()
        db.session.add(
            Membership(
                account_id=world.mia.account_id,
                organisation_id=other.id,
                role=Role.MUNICIPAL_COACH,
            )
        )
        link = queries.find_coach_link(world.pia.person_id, TODAY)
        link.municipality_id = {other.name: other.id}.get(name, world.municipality_id)
    with as_(world.pia):
        assert _give(world, world.pia).recipient_organisation == name


@pytest.mark.parametrize("statement", ["UPDATE", "DELETE"])
@pytest.mark.parametrize("table", [Consent, ConsentWithdrawal])
def test_the_database_itself_refuses_to_change_a_consent(as_, world, statement, table):
    with as_(world.pia):
        given = _give(world, world.pia)
        service.withdraw_consent(world.pia.actor, given.id)
    with pytest.raises((DatabaseError, Conflict)), as_(world.pia):
        row = db.session.scalars(db.select(table)).first()
        if statement == "DELETE":
            db.session.delete(row)
        else:
            row.person_id = world.otto.person_id
        db.session.flush()


def test_a_withdrawn_consent_opens_nothing(as_, world):
    with as_(world.pia):
        service.withdraw_consent(world.pia.actor, world.consent_id)
    mia = _at(world, world.mia)
    with as_(mia):
        assert _seen(mia) == set()


def test_a_consent_is_taken_back_once(as_, world):
    with as_(world.pia):
        service.withdraw_consent(world.pia.actor, world.consent_id)
    with pytest.raises(RuleBroken), as_(world.pia):
        service.withdraw_consent(world.pia.actor, world.consent_id)


@pytest.mark.parametrize("who", ["otto", "bo", "stig", "mia"])
def test_nobody_takes_back_the_consent_of_another(as_, world, who):
    member = getattr(world, who)
    with pytest.raises(NotVisible), as_(member):
        service.withdraw_consent(member.actor, world.consent_id)


def test_staff_say_who_the_municipal_coach_is_and_it_shows_her_nothing(as_, world):
    with as_(world.stig):
        link = service.link_coach(world.stig.actor, world.otto.person_id, " NILS@example.org")
        assert link.account_id == world.nils.account_id
        assert link.municipality_id == world.municipality_id
    nils = _at(world, world.nils)
    with as_(nils):
        assert _seen(nils) == set()
        assert queries.providers_open_to(nils.account_id) == {world.a.organisation_id}


def test_a_new_municipal_coach_ends_the_link_before_and_keeps_the_consent_where_it_was(as_, world):
    with as_(world.aino):
        service.link_coach(world.aino.actor, world.pia.person_id, "nils@example.org")
        pia = world.pia.person_id
        assert queries.find_coach_link(pia, TODAY).account_id == world.nils.account_id
        before = queries.find_coach_link(pia, TODAY - timedelta(days=1))
        assert before.account_id == world.mia.account_id
        assert queries.get_consent(world.consent_id).recipient_id == world.mia.account_id


def test_a_coach_named_and_changed_on_one_day_leaves_one_link(as_, world):
    with as_(world.stig):
        service.link_coach(world.stig.actor, world.otto.person_id, "nils@example.org")
        service.link_coach(world.stig.actor, world.otto.person_id, "mia@example.org")
        links = queries.list_open_links(world.otto.person_id, TODAY)
        assert [link.account_id for link in links] == [world.mia.account_id]


@pytest.mark.parametrize("email", ["stig@example.org", "nobody@example.org", ""])
def test_an_address_without_a_municipal_coach_is_refused(as_, world, email):
    with pytest.raises(RuleBroken), as_(world.stig):
        service.link_coach(world.stig.actor, world.pia.person_id, email)


@pytest.mark.parametrize("who", ["pia", "mia", "paula", "olga"])
def test_only_coach_and_manager_name_the_municipal_coach(as_, world, who):
    member = getattr(world, who)
    with pytest.raises(RuleBroken), as_(member):
        service.link_coach(member.actor, world.pia.person_id, "nils@example.org")


def test_a_manager_of_another_provider_cannot_link_our_person(as_, world):
    with pytest.raises(NotVisible), as_(world.sam):
        service.link_coach(world.sam.actor, world.pia.person_id, "nils@example.org")


def test_a_consent_cannot_be_written_for_another_provider(as_, world):
    with pytest.raises(ScopeBroken), as_(world.pia):
        db.session.add(
            ConsentWithdrawal(
                organisation_id=world.b.organisation_id,
                consent_id=world.consent_id,
                person_id=world.pia.person_id,
                withdrawn_at=NOW,
            )
        )
        db.session.flush()


@pytest.mark.parametrize(
    ("day", "seen"), [(TODAY + timedelta(days=90), True), (TODAY + timedelta(days=91), False)]
)
def test_a_consent_opens_until_its_last_day_and_no_longer(as_, world, day, seen):
    mia = _at(world, world.mia)
    with as_(mia):
        assert (world.pia.person_id in _seen(mia, day)) is seen


@pytest.mark.parametrize(
    ("day", "seen"), [(TODAY - timedelta(days=20), True), (TODAY - timedelta(days=21), False)]
)
def test_a_consent_opens_from_the_day_on_which_it_is_given_and_not_before(as_, world, day, seen):
    mia = _at(world, world.mia)
    with as_(mia):
        assert (world.pia.person_id in _seen(mia, day)) is seen


def _raw(as_, member, statement):
    with as_(member):
        db.session.connection().execute(text(statement))


@pytest.mark.parametrize("column", ["valid_to", "wording", "scope", "recipient_name", "person_id"])
def test_the_database_refuses_to_reword_a_consent_whoever_asks_it(as_, world, column):
    with pytest.raises((DatabaseError, Conflict), match="append-only"):
        _raw(as_, world.pia, f"UPDATE consent SET {column} = {column}")


@pytest.mark.parametrize("table", ["consent", "consent_withdrawal"])
def test_the_database_refuses_to_lose_a_consent_or_its_withdrawal(as_, world, table):
    with as_(world.pia):
        service.withdraw_consent(world.pia.actor, world.consent_id)
    with pytest.raises((DatabaseError, Conflict), match="append-only"):
        _raw(as_, world.pia, f"DELETE FROM {table}")
    with pytest.raises((DatabaseError, Conflict), match="append-only"):
        _raw(as_, world.pia, f"UPDATE {table} SET id = id")


def test_two_purposes_are_two_rows_and_one_is_taken_back_without_the_other(as_, world):
    with as_(world.pia):
        given = _give(world, world.pia)
        assert given.id != world.consent_id
        assert given.purpose is not queries.get_consent(world.consent_id).purpose
        service.withdraw_consent(world.pia.actor, world.consent_id)
    with as_(world.pia):
        assert queries.is_live(given.id, TODAY)
        assert not queries.is_live(world.consent_id, TODAY)


def test_a_consent_keeps_whom_it_named_when_her_name_and_address_change(as_, world):
    with as_(world.pia):
        key = _give(world, world.pia).id
    with unit_of_work(whole_installation("test")):
        account = db.session.get_one(Account, world.mia.account_id)
        account.name, account.email = "Mia Uusi", "mia.uusi@example.org"
    with as_(world.pia):
        kept = db.session.get_one(Consent, key)
        assert (kept.recipient_name, kept.recipient_organisation) == ("Mia Mäki", "Town of Pori")
        assert kept.recipient_address == world.mia.email
