"""People of a provider: known in any spelling, never doubled."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from jobsearch.accounts.contacts.service import edit_own_contact
from jobsearch.accounts.contacts.service import edit_person as edit
from jobsearch.accounts.models import Account, Membership
from jobsearch.accounts.queries import find_membership_of_person, find_sign_in
from jobsearch.cohorts.service import enrol
from jobsearch.core.access import Role
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible, RuleBroken
from jobsearch.notices.models import Message
from jobsearch.people.queries import get_person
from jobsearch.people.rules import Details, details_of
from jobsearch.people.service import add_person, edit_person, find_known
from tests.world import NOW

CODE = "131052-308T"


@pytest.fixture
def lea(as_, world, context):
    """A person of provider A with a phone number, an address and an identity code."""
    details = Details("Lea", "Lind", phone="040 123 4567", email="Lea.Lind@Example.org")
    with as_(world.aino):
        return add_person(details, CODE).id


@pytest.mark.parametrize(
    "asked",
    [
        {"phone": "+358 (0)40 1234567"},
        {"email": "LEA.LIND@example.org"},
        {"email": "Lea Lind <lea.lind@example.org>"},
        {"identity_code": "131052–308t"},
        {"phone": "050 999 9999", "email": "x@example.org", "identity_code": CODE},
    ],
)
def test_a_known_person_is_found_in_any_spelling(lea, as_, world, asked):
    with as_(world.stig):
        assert find_known(**asked).id == lea


@pytest.mark.parametrize(
    "asked", [{}, {"phone": ""}, {"phone": "?"}, {"email": "lea"}, {"identity_code": "131052"}]
)
def test_nobody_is_found_by_nothing(lea, as_, world, asked):
    with as_(world.stig):
        assert find_known(**asked) is None


def test_another_providers_people_are_not_known(lea, as_, world):
    with as_(world.sam):
        assert find_known(phone="0401234567", identity_code=CODE) is None


def test_the_code_says_more_than_the_phone_and_that_more_than_the_address(lea, as_, world):
    with as_(world.aino):
        otto = add_person(Details("Ossi", "Oja", phone="0507654321", email="ossi@example.org")).id
    with as_(world.stig):
        assert find_known(phone="0507654321", identity_code=CODE).id == lea
        assert find_known(phone="0507654321", email="lea.lind@example.org").id == otto


@pytest.mark.parametrize(
    ("details", "code", "field"),
    [
        (Details("Lea", "Lind", phone="+358401234567"), None, "phone"),
        (Details("Lea", "Lind", email="LEA.lind@example.org"), None, "email"),
        (Details("Lea", "Lind"), "131052-308t", "identity_code"),
    ],
)
def test_nobody_is_entered_twice(lea, as_, world, details, code, field):
    with as_(world.aino), pytest.raises(RuleBroken, match="Lea Lind has this") as broken:
        add_person(details, code)
    assert broken.value.field == field


def test_a_person_may_keep_what_is_her_own(lea, as_, world):
    with as_(world.aino):
        kept = Details("Lea", "Lindroos", phone="0401234567", email="lea.lind@example.org")
        assert edit_person(lea, None, kept, identity_code=CODE).full_name == "Lea Lindroos"


def _account(world):
    return db.session.get_one(Account, world.pia.account_id)


def _told():
    rows = db.session.scalars(select(Message).order_by(Message.created_at, Message.id))
    return {(row.address, row.kind) for row in rows}


@pytest.fixture
def pia(as_, world, context):
    """Pia signs in by the address and the number that her provider knows."""
    with as_(world.aino):
        account, person = _account(world), get_person(world.pia.person_id)
        account.email, account.phone = person.email, person.phone
        return details_of(person)


def test_who_signs_in_by_an_address_that_staff_correct_follows_and_the_old_one_is_told(
    pia, as_, world
):
    changed = replace(pia, email="PIA.P@example.org", phone="040 765 4321")
    with as_(world.aino):
        edit(world.aino.actor, world.pia.person_id, None, changed)
    with as_(world.aino):
        account = _account(world)
        assert (account.email, account.phone) == ("pia.p@example.org", "+358407654321")
        assert _told() == {
            (pia.email, "accounts.contact_changed"),
            (pia.phone, "accounts.contact_changed"),
        }
        assert find_sign_in(world.pia.secret) is None


def test_a_correction_of_the_name_tells_nobody_and_ends_nothing(pia, as_, world):
    with as_(world.aino):
        edit(world.aino.actor, world.pia.person_id, None, replace(pia, given_name="Piia"))
    with as_(world.aino):
        assert _told() == set()
        assert find_sign_in(world.pia.secret)


def test_an_address_that_opens_another_account_is_not_taken_and_nobody_learns_why(pia, as_, world):
    with as_(world.aino):
        edit(world.aino.actor, world.pia.person_id, None, replace(pia, email="sam@example.org"))
    with as_(world.aino):
        assert get_person(world.pia.person_id).email == "sam@example.org"
        assert _account(world).email == pia.email


def test_the_last_address_of_an_account_stays(pia, as_, world):
    with as_(world.aino):
        edit(world.aino.actor, world.pia.person_id, None, replace(pia, email=None, phone=None))
    with as_(world.aino):
        assert (_account(world).email, _account(world).phone) == (pia.email, pia.phone)


def test_the_sign_in_of_staff_follows_nobody_elses_word(pia, as_, world):
    with as_(world.aino):
        db.session.add(
            Membership(
                account_id=world.pia.account_id,
                organisation_id=world.a.organisation_id,
                role=Role.COACH,
            )
        )
    with as_(world.aino):
        edit(world.aino.actor, world.pia.person_id, None, replace(pia, email="x@example.org"))
    with as_(world.aino):
        assert _account(world).email == pia.email


@pytest.mark.parametrize("role", [Role.PARTICIPANT, Role.MUNICIPAL_COACH])
def test_a_sign_in_that_opens_another_provider_too_follows_no_provider(pia, as_, world, role):
    with as_(world.aino):
        there = {Role.PARTICIPANT: (world.b.organisation_id, world.bo.person_id)}
        organisation_id, person_id = there.get(role, (world.municipality_id, None))
        if person_id is not None:
            find_membership_of_person(person_id).ended_at = NOW
            db.session.flush()
        db.session.add(
            Membership(
                account_id=world.pia.account_id,
                organisation_id=organisation_id,
                role=role,
                person_id=person_id,
            )
        )
    with as_(world.pia):
        edit_own_contact(world.pia.actor, None, replace(pia, email="pia.anew@example.org"))
    by_own_word = "pia.anew@example.org" if role is Role.PARTICIPANT else pia.email
    with as_(world.aino):
        assert _account(world).email == by_own_word
        coachs = replace(pia, email="the.coach@example.org", phone="040 765 4321")
        edit(world.aino.actor, world.pia.person_id, None, coachs)
    with as_(world.aino):
        assert (_account(world).email, _account(world).phone) == (by_own_word, pia.phone)


def test_a_participant_changes_how_she_is_reached_and_stays_signed_in(pia, as_, world):
    changed = replace(pia, given_name="Eve", email="new@example.org", language="sv")
    with as_(world.pia):
        edit_own_contact(world.pia.actor, None, changed)
    with as_(world.pia):
        person, account = get_person(world.pia.person_id), _account(world)
        assert (person.given_name, person.email) == ("Pia", "new@example.org")
        assert (account.email, account.language) == ("new@example.org", "sv")
        assert find_sign_in(world.pia.secret)
        assert _told() == {(pia.email, "accounts.contact_changed")}
    with pytest.raises(NotVisible), as_(world.stig):
        edit_own_contact(world.stig.actor, None, changed)


def test_who_gets_a_seat_can_sign_in(as_, world, context):
    details = Details("Lea", "Lind", phone="040 123 4567", email="lea@example.org", language="sv")
    with as_(world.aino):
        person_id = add_person(details).id
        enrol(world.aino.actor, world.a.cohort_ids[0], person_id)
    with as_(world.aino):
        member = find_membership_of_person(person_id)
        account = db.session.get_one(Account, member.account_id)
        assert (account.email, account.phone, account.language) == (
            "lea@example.org",
            "+358401234567",
            "sv",
        )


def test_a_seat_is_given_also_to_who_cannot_be_reached(as_, world, context):
    with as_(world.aino):
        person_id = add_person(Details("Lea", "Lind")).id
        assert enrol(world.aino.actor, world.a.cohort_ids[0], person_id)
        assert find_membership_of_person(person_id) is None
