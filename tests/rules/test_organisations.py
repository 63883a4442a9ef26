"""What an organisation may say of itself."""

from dataclasses import replace

import pytest

from jobsearch.core.errors import RuleBroken
from jobsearch.core.spellings import business_id
from jobsearch.organisations.rules import OrganisationDetails, check_details, missing_details

WHOLE = OrganisationDetails(
    name="Firma Oy",
    service_name="Työnhakutyö",
    business_id="1234567-1",
    street="Katu 1",
    postal_code="28100",
    city="Pori",
    phone="+35820000000",
    privacy_name="Eeva",
    privacy_email="tietosuoja@example.org",
)


def test_whole_details_hold_and_lack_nothing():
    check_details(WHOLE)
    assert missing_details(WHOLE) == ()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"zone": "Mars/Olympus"}, "zone"),
        ({"language": "de"}, "language"),
        ({"street": None}, "street"),
        ({"city": None, "postal_code": None}, "postal_code"),
        ({"privacy_email": None, "privacy_phone": None}, "privacy_email"),
    ],
)
def test_details_that_do_not_hold_are_refused_at_their_field(change, field):
    with pytest.raises(RuleBroken) as broken:
        check_details(replace(WHOLE, **change))
    assert broken.value.field == field


def test_an_address_may_be_left_out_whole():
    bare = replace(WHOLE, street=None, postal_code=None, city=None)
    check_details(bare)
    assert missing_details(bare) == ("street",)


@pytest.mark.parametrize(
    "written", ["1234567-1", "12345671", "FI12345671", "1234567–1", " 1234567 - 1 "]
)
def test_a_business_id_is_one_in_every_spelling(written):
    assert business_id(written) == "1234567-1"


@pytest.mark.parametrize("written", ["", "1234567-2", "123456-1", "1234567-", "Firma"])
def test_what_is_no_business_id_is_none(written):
    assert business_id(written) is None
