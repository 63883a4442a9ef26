"""One person, however her number, address and code are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobsearch.core.phones import phone_number
from jobsearch.core.spellings import email_address, identity_code


@pytest.mark.parametrize(
    "written",
    [
        "0401234567",
        "040 123 4567",
        "040-123 4567",
        "(040) 123 4567",
        "+358 (0)40 123 4567",
        "00358401234567",
        "358 40 1234567",
        "tel:+358-40-1234567",
        "０４０１２３４５６７",
    ],
)
def test_a_phone_number_is_one_number_in_every_spelling(written):
    assert phone_number(written) == "+358401234567"


@pytest.mark.parametrize("written", ["", "Pia", "040 123 4567 (Pia)", "0800PIZZA", "12", "+"])
def test_what_is_no_phone_number_is_none(written):
    assert phone_number(written) is None


@pytest.mark.parametrize(
    "written",
    [
        "pia@example.org",
        " Pia@Example.ORG ",
        "mailto:pia@example.org",
        "Pia Pihlaja <PIA@example.org>",
        "<pia@example.org>",
        "ｐｉａ@example.org",
        "pia@example.org.",
    ],
)
def test_an_address_is_one_address_in_every_spelling(written):
    assert email_address(written) == "pia@example.org"


@pytest.mark.parametrize(
    "written", ["", "pia", "pia@", "@example.org", "pia@example", "a b@example.org", "a@b@c.fi"]
)
def test_what_is_no_address_is_none(written):
    assert email_address(written) is None


@pytest.mark.parametrize(
    "written", ["131052-308T", "131052-308t", " 131052 - 308 T ", "131052–308T", "131052−308T"]
)
def test_an_identity_code_is_one_code_in_every_spelling(written):
    assert identity_code(written) == "131052-308T"


def test_another_sign_of_the_century_is_another_person():
    assert identity_code("131052Y308T") == "131052Y308T"


@pytest.mark.parametrize("written", ["", "131052-308X", "131052", "320152-308T", "131052_308T"])
def test_what_is_no_identity_code_is_none(written):
    assert identity_code(written) is None


@given(st.text(max_size=60))
def test_nothing_that_is_typed_breaks_them_and_what_is_kept_stays_the_same(written):
    for read in (phone_number, email_address, identity_code):
        kept = read(written)
        assert kept is None or read(kept) == kept
