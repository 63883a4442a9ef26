"""People of a provider: known in any spelling, never doubled."""

import pytest

from jobsearch.core.errors import RuleBroken
from jobsearch.people.rules import Details
from jobsearch.people.service import add_person, edit_person, find_known

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
