"""How a participant comes to have an account: by phone, by e-mail, or both, and once."""

import pytest

from jobsearch.accounts.models import Account, Membership
from jobsearch.accounts.service import admit_participant
from jobsearch.core.access import Role
from jobsearch.core.db import db
from jobsearch.core.errors import RuleBroken
from tests.world import make_person


@pytest.fixture
def sari(world, as_, context) -> str:
    with as_(world.stig):
        return make_person(world.a.organisation_id, "Sari", "Salo", "+358400000209").id


def _admit(world, person_id, email=None, phone=None, side="a", name="Sari Salo") -> str:
    organisation_id = getattr(world, side).organisation_id
    return admit_participant(
        person_id,
        name=name,
        email=email,
        phone=phone,
        language="sv",
        organisation_id=organisation_id,
    )


def test_she_gets_an_account_by_phone_alone_and_asked_again_the_same(world, as_, sari) -> None:
    with as_(world.stig):
        first = _admit(world, sari, phone="040 000 0209")
        again = _admit(world, sari, phone="+358 40 000 0209", email="Sari@Example.org ")
        account = db.session.get_one(Account, first)
        held = db.session.query(Membership).filter_by(account_id=first).one()
    assert first == again
    assert (account.phone, account.email) == ("+358400000209", "sari@example.org")
    assert (held.role, held.person_id) == (Role.PARTICIPANT, sari)
    assert account.language == "sv"


def test_a_second_call_changes_no_address_that_she_has(world, as_, sari) -> None:
    with as_(world.stig):
        account_id = _admit(world, sari, phone="040 000 0209")
        _admit(world, sari, phone="040 999 9999")
        assert db.session.get_one(Account, account_id).phone == "+358400000209"


def test_somebody_known_elsewhere_gets_a_role_more_and_no_second_account(
    world, as_, context
) -> None:
    with as_(world.sam):
        person = make_person(world.b.organisation_id, "Pia", "Pihlaja", "+358400000299")
        account_id = _admit(world, person.id, email="PIA@example.org", side="b")
    assert account_id == world.pia.account_id


def test_what_one_provider_writes_opens_nobodys_roles_elsewhere(world, as_, context) -> None:
    for name, known in (("Eve", "pia@example.org"), ("Ada", "mia@example.org")):
        with as_(world.sam):
            phone = f"+3584012345{ord(name[0])}"
            person = make_person(world.b.organisation_id, name, "Esko", phone)
            for _time in range(2):  # when she is admitted, and when she is admitted again
                account_id = _admit(world, person.id, email=known, phone=phone, side="b")
            account = db.session.get_one(Account, account_id)
            assert (account.email, account.phone) == (known, None)


def test_an_address_of_another_participant_here_is_left_out(world, as_, sari) -> None:
    with as_(world.stig):
        account_id = _admit(world, sari, email="pia@example.org", phone="040 000 0209")
        account = db.session.get_one(Account, account_id)
    assert account_id != world.pia.account_id
    assert (account.email, account.phone) == (None, "+358400000209")


def test_without_an_address_of_her_own_she_gets_no_account(world, as_, sari) -> None:
    with pytest.raises(RuleBroken) as broken, as_(world.stig):
        _admit(world, sari, email="pia@example.org")
    assert broken.value.field == "phone"


def test_what_is_no_address_is_refused(world, as_, sari) -> None:
    with pytest.raises(RuleBroken), as_(world.stig):
        _admit(world, sari, phone="12")
