"""Rules of codes and of providers, each by its table."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobsearch.accounts.codes.rules import Address, address_of, is_open
from jobsearch.accounts.oidc.rules import (
    Discovery,
    Expected,
    SecondFactor,
    check_return,
    discovery_of,
    domains_of,
    errand_of,
    identity_in,
    way_there,
)
from jobsearch.core.errors import RuleBroken

AT = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
QUARTER = timedelta(minutes=15)
ISSUER = "https://id.firma.example"
DOCUMENT = {
    "issuer": ISSUER,
    "authorization_endpoint": f"{ISSUER}/authorize",
    "token_endpoint": f"{ISSUER}/token",
    "jwks_uri": f"{ISSUER}/keys",
    "id_token_signing_alg_values_supported": ["RS256"],
}
EXPECTED = Expected(ISSUER, "jobsearch", "n", None, SecondFactor.CLAIMED)
CLAIMS = {
    "iss": ISSUER,
    "aud": "jobsearch",
    "sub": "s",
    "nonce": "n",
    "iat": AT.timestamp(),
    "exp": AT.timestamp() + 300,
}


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("0401234567", Address(phone="+358401234567")),
        ("040 123 4567", Address(phone="+358401234567")),
        ("+358 (0)40-1234567", Address(phone="+358401234567")),
        ("tel:+46812345678", Address(phone="+46812345678")),
        ("A@B.fi", Address(email="a@b.fi")),
        ("Pia <pia@example.org>", Address(email="pia@example.org")),
    ],
)
def test_an_address_has_one_spelling(typed, address) -> None:
    assert address_of(typed) == address


@pytest.mark.parametrize("typed", ["", " ", "12", "a@b", "@", "pia", "0" * 30, "a@b.fi, c@d.fi"])
def test_what_is_no_address_is_refused(typed) -> None:
    with pytest.raises(RuleBroken) as broken:
        address_of(typed)
    assert broken.value.field == "address"


def test_a_masked_address_says_little() -> None:
    assert Address(email="pia.pihlaja@example.org").masked == "p•••@example.org"
    assert Address(phone="+358401234567").masked == "••• 567"
    assert len(Address(email=f"a@{'b' * 200}.fi").masked) <= 60


@given(
    asked=st.integers(-4000, 4000),
    tried=st.none() | st.integers(-4000, 4000),
    at=st.integers(-4000, 4000),
)
def test_a_code_is_open_only_in_its_quarter_and_never_before_what_has_happened(
    asked, tried, at
) -> None:
    moment = {name: AT + timedelta(seconds=value) for name, value in (("asked", asked), ("at", at))}
    tried_at = None if tried is None else AT + timedelta(seconds=tried)
    end = moment["asked"] + QUARTER
    opened = is_open(moment["asked"], end, tried_at, None, moment["at"])
    assert opened == (
        asked <= at <= asked + QUARTER.total_seconds() and (tried is None or tried <= at)
    )
    assert not is_open(moment["asked"], end, tried_at, moment["asked"], moment["at"])


def test_an_errand_tells_nothing_of_its_other_parts() -> None:
    one, other = errand_of("secret"), errand_of("secret2")
    assert len({one.state, one.nonce, one.verifier, other.state, other.nonce}) == 5
    assert 43 <= len(one.verifier) <= 128
    assert one.challenge not in (one.state, one.nonce, one.verifier)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("firma.fi", "firma.fi"), ("@Firma.FI, b.example\nfirma.fi", "b.example firma.fi")],
)
def test_domains_are_kept_in_one_spelling(typed, kept) -> None:
    assert domains_of(typed) == kept


@pytest.mark.parametrize("typed", ["", "firma", "*.firma.fi", "a@firma.fi", "-a.fi", "a..fi"])
def test_what_is_no_domain_is_refused(typed) -> None:
    with pytest.raises(RuleBroken):
        domains_of(typed)


@pytest.mark.parametrize(
    "change",
    [
        {"issuer": f"{ISSUER}/"},
        {"issuer": None},
        {"token_endpoint": None},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"jwks_uri": ""},
        {"id_token_signing_alg_values_supported": ["HS256", "none"]},
        {"id_token_signing_alg_values_supported": "RS256"},
        {"code_challenge_methods_supported": ["plain"]},
    ],
    ids=str,
)
def test_a_provider_that_does_not_fit_is_said_so(change) -> None:
    with pytest.raises(RuleBroken) as broken:
        discovery_of({**DOCUMENT, **change}, ISSUER)
    assert broken.value.field == "issuer"


def test_the_way_there_carries_what_must_come_back() -> None:
    found, errand = discovery_of(DOCUMENT, ISSUER), errand_of("x")
    there = way_there(found, errand, client_id="j", back="https://us/back", acr="high", email="a@b")
    for part in (errand.state, errand.nonce, errand.challenge, "S256", "acr_values=high"):
        assert part in there
    assert errand.verifier not in there


def _found(*, names_itself: bool) -> Discovery:
    more = {"authorization_response_iss_parameter_supported": names_itself}
    return discovery_of({**DOCUMENT, **more}, ISSUER)


@pytest.mark.parametrize(
    ("names_itself", "issuer", "holds"),
    [
        (True, ISSUER, True),
        (True, None, False),
        (True, "https://other.example", False),
        (False, None, True),
        (False, ISSUER, True),
        (False, "https://other.example", False),
    ],
)
def test_an_answer_comes_from_where_the_browser_was_sent(names_itself, issuer, holds) -> None:
    errand = errand_of("x")
    if holds:
        check_return(_found(names_itself=names_itself), errand, errand.state, issuer)
        return
    with pytest.raises(RuleBroken):
        check_return(_found(names_itself=names_itself), errand, errand.state, issuer)


@pytest.mark.parametrize(
    ("claims", "second_factor", "acr", "strong"),
    [
        ({"amr": ["mfa"]}, SecondFactor.CLAIMED, None, True),
        ({"amr": ["pwd", "otp"]}, SecondFactor.CLAIMED, None, True),
        ({"amr": ["otp"]}, SecondFactor.CLAIMED, None, False),
        ({"amr": ["pwd"]}, SecondFactor.CLAIMED, None, False),
        ({"amr": "mfa"}, SecondFactor.CLAIMED, None, False),
        ({"amr": [["mfa"]]}, SecondFactor.CLAIMED, None, False),
        ({}, SecondFactor.CLAIMED, None, False),
        ({}, SecondFactor.ALWAYS, None, True),
        ({"acr": "high"}, SecondFactor.CLAIMED, "high", True),
    ],
)
def test_a_second_factor_is_what_the_provider_says_or_the_organisation(
    claims, second_factor, acr, strong
) -> None:
    expected = Expected(ISSUER, "jobsearch", "n", acr, second_factor)
    assert identity_in({**CLAIMS, **claims}, expected, AT).by_two_factors is strong


@pytest.mark.parametrize(
    ("claims", "email"),
    [
        ({"email": "A@B.fi", "email_verified": True}, "a@b.fi"),
        ({"email": "a@b.fi", "email_verified": "true"}, None),
        ({"email": "a@b.fi", "email_verified": 1}, None),
        ({"email": "a@b.fi"}, None),
        ({"email": ["a@b.fi"], "email_verified": True}, None),
    ],
)
def test_only_an_address_that_the_provider_has_checked_counts(claims, email) -> None:
    assert identity_in({**CLAIMS, **claims}, EXPECTED, AT).email == email


@pytest.mark.parametrize("seconds", [-721, 121])
def test_a_token_of_another_time_is_refused(seconds) -> None:
    issued = AT.timestamp() + seconds
    with pytest.raises(RuleBroken):
        identity_in({**CLAIMS, "iat": issued, "exp": issued + 3600}, EXPECTED, AT)


@given(
    st.dictionaries(
        st.sampled_from(["iss", "aud", "azp", "sub", "nonce", "iat", "exp", "nbf", "acr", "amr"]),
        st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.lists(st.text()),
        min_size=1,
    )
)
def test_odd_claims_are_refused_and_never_a_crash(claims) -> None:
    try:
        identity_in({**CLAIMS, **claims}, EXPECTED, AT)
    except RuleBroken:
        return
    assert claims.get("nonce", "n") == "n"
    assert claims.get("iss", ISSUER) == ISSUER
