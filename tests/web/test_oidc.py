"""Signing in by the organisation's own provider: a real one, and one that lies."""

import hmac
import json
import re
import threading
from base64 import urlsafe_b64encode
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from joserfc.jwk import ECKey, OctKey, RSAKey

from jobsearch.accounts.models import Account, Membership, SignIn
from jobsearch.accounts.oidc import dialogue
from jobsearch.accounts.oidc.models import IdentityProvider, IdentityTie, ProviderRequest
from jobsearch.accounts.oidc.rules import SecondFactor
from jobsearch.accounts.passwords import hash_password
from jobsearch.accounts.rules import Stage, Way
from jobsearch.core.access import Role
from jobsearch.core.clock import now
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import whole_installation
from tests.identity import (
    CLIENT_ID,
    CLIENT_SECRET,
    at_real_provider,
    come_back,
    connect,
    lying_provider,
    running_provider,
    set_out,
)
from tests.pages import PageClient

PASSWORD = "merituuli kantaa kauas"


@pytest.fixture(autouse=True)
def _in_english(monkeypatch) -> None:
    """Nobody who is signed out has chosen a language: her browser asks for English."""
    monkeypatch.setattr(PageClient, "reads", "en")


@pytest.fixture(scope="session")
def issuer():
    with running_provider() as started:
        yield started


@pytest.fixture
def today(clock):
    """The real time: the provider is another program and lives in it."""
    clock.move_to(datetime.fromtimestamp(time_machine.escape_hatch.time.time(), UTC))
    return clock


@pytest.fixture
def liar(context, world):
    with lying_provider() as provider:
        yield provider


def _sign_ins(account_id: str) -> list[SignIn]:
    with unit_of_work(whole_installation("test"), read_only=True):
        rows = db.session.query(SignIn).join(Membership).filter_by(account_id=account_id)
        return rows.order_by(SignIn.started_at, SignIn.id).filter(SignIn.device != "Test").all()


def _ties() -> list[IdentityTie]:
    with unit_of_work(whole_installation("test"), read_only=True):
        return db.session.query(IdentityTie).all()


def _in_by_liar(client, liar, provider_id: str, **brought):
    """An errand to the liar and back; the nonce is right unless the claims say otherwise."""
    address = set_out(client, provider_id)
    asked = dict(re.findall(r"[?&](state|nonce)=([^&]+)", address))
    if "nonce" not in liar.claims:
        liar.claims["nonce"] = asked["nonce"]
    return come_back(client, {"code": "c", "state": asked["state"], **brought})


def _is_in(client) -> bool:
    return client.get("/account").status_code == 200


# The real provider.


def test_a_coach_comes_in_by_her_work_account(sign_in, world, context, today, issuer) -> None:
    connect(world.a.organisation_id, issuer)
    client = sign_in(None)
    offered = client.send("/sign-in/organisation", email="Stig@Example.org").text
    assert "Provider A" in offered
    provider_id = re.search(r'name="provider_id" value="([^"]+)"', offered)[1]
    brought = at_real_provider(set_out(client, provider_id), "stig", mfa=True)
    assert brought["iss"] == issuer
    answer = come_back(client, brought)
    assert (answer.status_code, answer.location) == (303, "/today")
    assert client.get("/today").status_code == 200
    (made,) = _sign_ins(world.stig.account_id)
    assert (made.way, made.stage) == (Way.PROVIDER, Stage.WHOLE)
    assert [(tie.subject, tie.account_id) for tie in _ties()] == [("stig", world.stig.account_id)]


def test_the_second_time_the_subject_counts_and_not_the_address(
    sign_in, world, context, today, issuer
) -> None:
    provider_id = connect(world.a.organisation_id, issuer)
    for _ in range(2):
        client = sign_in(None)
        come_back(client, at_real_provider(set_out(client, provider_id), "stig", mfa=True))
        assert _is_in(client)
        with unit_of_work(whole_installation("test")):
            db.session.get(Account, world.stig.account_id).email = "married@example.org"
    assert len(_ties()) == 1


def test_without_a_second_factor_there_ours_is_next(sign_in, world, context, today, issuer) -> None:
    provider_id = connect(world.a.organisation_id, issuer)
    client = sign_in(None)
    come_back(client, at_real_provider(set_out(client, provider_id), "stig"))
    (made,) = _sign_ins(world.stig.account_id)
    assert made.stage is Stage.SET_UP  # Stig has none yet
    assert client.get("/people").status_code in (303, 403)


def test_an_organisation_may_say_that_its_sign_in_always_asks_two(
    sign_in, world, context, today, issuer
) -> None:
    provider_id = connect(world.a.organisation_id, issuer, second_factor=SecondFactor.ALWAYS)
    client = sign_in(None)
    come_back(client, at_real_provider(set_out(client, provider_id), "stig"))
    assert _sign_ins(world.stig.account_id)[0].stage is Stage.WHOLE


def test_a_level_that_is_asked_for_must_be_met(sign_in, world, context, today, issuer) -> None:
    provider_id = connect(world.a.organisation_id, issuer, required_acr="urn:strong")
    weak, strong = sign_in(None), sign_in(None)
    address = set_out(weak, provider_id)
    assert "acr_values=urn%3Astrong" in address
    refused = come_back(weak, at_real_provider(address, "stig"))
    assert refused.status_code == 422
    assert "stronger sign-in" in refused.text
    assert not _is_in(weak)
    come_back(strong, at_real_provider(set_out(strong, provider_id), "stig", mfa=True))
    assert _is_in(strong)


@pytest.mark.parametrize(
    ("login", "why"),
    [
        ("stranger", "nobody here has your work address"),
        ("paula", "did not say a work address"),  # not verified
        ("sam", "nobody here has your work address"),  # a manager, but of another organisation
        ("nobody", "did not let you through"),
    ],
)
def test_the_provider_makes_no_account_and_no_right(
    sign_in, world, context, today, issuer, login, why
) -> None:
    provider_id = connect(world.a.organisation_id, issuer)
    client = sign_in(None)
    answer = come_back(client, at_real_provider(set_out(client, provider_id), login, mfa=True))
    assert answer.status_code == 422
    assert why in answer.text.replace("&#39;", "'")
    assert not _is_in(client)
    assert _ties() == []


def test_a_manager_of_another_organisation_cannot_speak_for_our_people(
    sign_in, world, context, today, issuer
) -> None:
    # Sam connects a provider of his own that says it is Aino: Aino has no role at Sam's
    provider_id = connect(world.b.organisation_id, issuer)
    client = sign_in(None)
    answer = come_back(client, at_real_provider(set_out(client, provider_id), "aino", mfa=True))
    assert answer.status_code == 422
    assert not _is_in(client)


def test_the_manager_looks_whether_it_answers(sign_in, world, context, today, issuer) -> None:
    provider_id = connect(world.a.organisation_id, issuer)
    page = sign_in(_fresh(world.aino)).send(f"/settings/sign-in/{provider_id}/look")
    assert page.status_code == 200
    assert "It answers, and it fits." in page.text
    assert CLIENT_SECRET not in page.text


# The one that lies.


def test_an_honest_answer_lets_in(sign_in, world, liar) -> None:
    client = sign_in(None)
    answer = _in_by_liar(client, liar, connect(world.a.organisation_id, liar.issuer))
    assert answer.status_code == 303
    assert _is_in(client)


_OTHER = RSAKey.generate_key(2048, {"kid": "one"})
_CURVE = ECKey.generate_key("P-256", {"kid": "curve", "use": "sig"})


@pytest.mark.parametrize(
    "lie",
    [
        {"nonce": "another"},
        {"nonce": 7},
        {"aud": "somebody-else"},
        {"aud": [CLIENT_ID, "somebody-else"]},
        {"aud": [CLIENT_ID, "somebody-else"], "azp": "somebody-else"},
        {"azp": "somebody-else"},
        {"aud": None},
        {"iss": "https://id.example.com"},
        {"iss": None},
        {"exp": 1},
        {"exp": None},
        {"exp": "never"},
        {"iat": None},
        {"iat": 10**10},
        {"iat": 1},
        {"nbf": 10**10},
        {"sub": ""},
        {"sub": None},
        {"sub": 7},
        {"sub": "x" * 256},
    ],
    ids=str,
)
def test_a_token_that_does_not_hold_opens_nothing(sign_in, world, liar, lie) -> None:
    liar.claims = {**lie}
    client = sign_in(None)
    answer = _in_by_liar(client, liar, connect(world.a.organisation_id, liar.issuer))
    assert answer.status_code == 422
    assert not _is_in(client)
    assert _ties() == []


def test_a_token_signed_with_another_key_of_the_same_name_opens_nothing(
    sign_in, world, liar
) -> None:
    liar.sign_with = _OTHER
    client = sign_in(None)
    assert (
        _in_by_liar(client, liar, connect(world.a.organisation_id, liar.issuer)).status_code == 422
    )


@pytest.mark.parametrize(
    "token",
    [
        "eyJhbGciOiJub25lIn0.eyJzdWIiOiJzdWJqZWN0LTEifQ.",  # alg none
        "eyJhbGciOiJOb25FIn0.eyJzdWIiOiJzdWJqZWN0LTEifQ.",
        "",
        "a.b.c",
        "..",
        "x" * 30_000,
    ],
    ids=["none", "NonE", "empty", "no header", "dots", "long"],
)
def test_a_token_that_nobody_signed_opens_nothing(sign_in, world, liar, token) -> None:
    liar.raw_token = token
    client = sign_in(None)
    assert (
        _in_by_liar(client, liar, connect(world.a.organisation_id, liar.issuer)).status_code == 422
    )
    assert not _is_in(client)


def test_a_token_signed_with_the_client_secret_opens_nothing(sign_in, world, liar) -> None:
    liar.header = {"alg": "HS256"}
    liar.sign_with = OctKey.import_key(CLIENT_SECRET)
    client = sign_in(None)
    assert (
        _in_by_liar(client, liar, connect(world.a.organisation_id, liar.issuer)).status_code == 422
    )


def test_a_token_signed_with_the_public_key_as_a_secret_opens_nothing(sign_in, world, liar) -> None:
    parts = [{"alg": "HS256", "kid": "one"}, {"sub": "subject-1", "iss": liar.issuer}]
    said = b".".join(urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=") for part in parts)
    mark = hmac.new(liar.key.as_pem(private=False), said, "sha256").digest()
    liar.raw_token = (said + b"." + urlsafe_b64encode(mark).rstrip(b"=")).decode()
    client = sign_in(None)
    assert (
        _in_by_liar(client, liar, connect(world.a.organisation_id, liar.issuer)).status_code == 422
    )


@pytest.mark.parametrize(
    ("algorithm", "key"), [("PS256", None), ("ES256", _CURVE)], ids=["PS256", "ES256"]
)
def test_other_good_signatures_hold_too(sign_in, world, liar, algorithm, key) -> None:
    liar.header = {"alg": algorithm}
    if key is not None:
        liar.published, liar.sign_with = [liar.key, key], key
        liar.header["kid"] = "curve"
    client = sign_in(None)
    _in_by_liar(client, liar, connect(world.a.organisation_id, liar.issuer))
    assert _is_in(client)


def test_keys_that_were_changed_are_fetched_but_not_for_every_liar(
    sign_in, world, liar, clock, monkeypatch
) -> None:
    provider_id = connect(world.a.organisation_id, liar.issuer)
    _in_by_liar(sign_in(None), liar, provider_id)
    liar.key = RSAKey.generate_key(2048, {"kid": "two", "use": "sig"})
    liar.published, liar.header = [liar.key], {"kid": "two"}
    for _ in range(3):
        liar.claims = {}
        _in_by_liar(sign_in(None), liar, provider_id)
    assert liar.asked.count("/keys") == 1  # within a minute nobody makes us ask again
    kept = dialogue._keys[f"{liar.issuer}/keys"]
    kept.at -= 61
    liar.claims = {}
    client = sign_in(None)
    _in_by_liar(client, liar, provider_id)
    assert liar.asked.count("/keys") == 2
    assert _is_in(client)


def test_an_answer_from_another_issuer_is_refused(sign_in, world, liar) -> None:
    liar.document = {"authorization_response_iss_parameter_supported": True}
    provider_id = connect(world.a.organisation_id, liar.issuer)
    mixed = _in_by_liar(sign_in(None), liar, provider_id, iss="https://id.example.com")
    liar.claims = {}
    silent = _in_by_liar(sign_in(None), liar, provider_id)
    assert (mixed.status_code, silent.status_code) == (422, 422)
    assert "/token" not in liar.asked  # the code was given to nobody


def test_an_answer_works_once(sign_in, world, liar) -> None:
    provider_id = connect(world.a.organisation_id, liar.issuer)
    client = sign_in(None)
    address = set_out(client, provider_id)
    with client.session_transaction() as cookie:
        kept = cookie["provider_request"]
    asked = dict(re.findall(r"[?&](state|nonce)=([^&]+)", address))
    liar.claims["nonce"] = asked["nonce"]
    brought = {"code": "c", "state": asked["state"]}
    assert come_back(client, brought).status_code == 303
    thief = sign_in(None)
    with thief.session_transaction() as cookie:
        cookie["provider_request"] = kept
    assert come_back(thief, brought).status_code == 422
    assert not _is_in(thief)


def test_a_refused_answer_is_over_too(sign_in, world, liar) -> None:
    provider_id = connect(world.a.organisation_id, liar.issuer)
    client = sign_in(None)
    liar.claims = {"nonce": "another"}
    assert _in_by_liar(client, liar, provider_id).status_code == 422
    with unit_of_work(whole_installation("test"), read_only=True):
        assert db.session.query(ProviderRequest).one().spent_at is not None


def test_an_answer_to_another_browser_is_refused(sign_in, world, liar) -> None:
    # the attacker sends the victim his own half-done sign-in
    provider_id = connect(world.a.organisation_id, liar.issuer)
    attacker, victim = sign_in(None), sign_in(None)
    address = set_out(attacker, provider_id)
    set_out(victim, provider_id)
    asked = dict(re.findall(r"[?&](state|nonce)=([^&]+)", address))
    liar.claims["nonce"] = asked["nonce"]
    brought = {"code": "c", "state": asked["state"]}
    assert come_back(victim, brought).status_code == 422
    assert come_back(sign_in(None), brought).status_code == 422
    assert not _is_in(victim)


def test_coming_back_by_get_spends_nothing(sign_in, world, liar) -> None:
    provider_id = connect(world.a.organisation_id, liar.issuer)
    client = sign_in(None)
    set_out(client, provider_id)
    for _ in range(5):
        assert client.get("/sign-in/organisation/back?code=c&state=s").status_code == 200
    assert "/token" not in liar.asked


@pytest.mark.parametrize("step", ["go", "back"])
def test_a_page_of_an_errand_that_nobody_began_leads_to_where_it_begins(sign_in, step) -> None:
    answer = sign_in(None).get(f"/sign-in/organisation/{step}")
    assert (answer.status_code, answer.location) == (303, "/sign-in/organisation")


@pytest.mark.parametrize("shift", [timedelta(minutes=11), -timedelta(hours=1)])
def test_an_errand_ends_after_ten_minutes_and_when_the_clock_goes_back(
    sign_in, world, liar, clock, shift
) -> None:
    provider_id = connect(world.a.organisation_id, liar.issuer)
    client = sign_in(None)
    address = set_out(client, provider_id)
    asked = dict(re.findall(r"[?&](state|nonce)=([^&]+)", address))
    liar.claims["nonce"] = asked["nonce"]
    clock.shift(shift)
    assert come_back(client, {"code": "c", "state": asked["state"]}).status_code == 422


def test_another_subject_cannot_take_an_account_that_is_tied(sign_in, world, liar) -> None:
    provider_id = connect(world.a.organisation_id, liar.issuer)
    _in_by_liar(sign_in(None), liar, provider_id)
    liar.claims = {"sub": "subject-2"}  # the address was given to a new colleague
    client = sign_in(None)
    answer = _in_by_liar(client, liar, provider_id)
    assert answer.status_code == 422
    assert not _is_in(client)


def test_an_address_outside_the_domains_is_not_the_providers_to_speak_for(
    sign_in, world, liar
) -> None:
    provider_id = connect(world.a.organisation_id, liar.issuer, domains="firma.example")
    client = sign_in(None)
    assert _in_by_liar(client, liar, provider_id).status_code == 422
    assert not _is_in(client)


@pytest.mark.parametrize("role", ["otto", "mia", "olga"])
def test_only_staff_of_the_organisation_come_in_by_it(sign_in, world, liar, role) -> None:
    liar.claims = {"email": f"{role}@example.org"}
    client = sign_in(None)
    answer = _in_by_liar(client, liar, connect(world.a.organisation_id, liar.issuer))
    assert answer.status_code == 422
    assert not _is_in(client)


def test_one_organisations_word_does_not_set_up_what_opens_another(sign_in, world, liar) -> None:
    with unit_of_work(whole_installation("test")):
        db.session.add(
            Membership(
                account_id=world.stig.account_id,
                organisation_id=world.b.organisation_id,
                role=Role.COACH,
            )
        )
    liar.claims = {"amr": ["pwd"]}
    client = sign_in(None)
    answer = _in_by_liar(client, liar, connect(world.a.organisation_id, liar.issuer))
    assert answer.status_code == 422
    assert "no second factor yet" in answer.text
    assert _sign_ins(world.stig.account_id) == []


def test_who_has_left_does_not_come_in_any_more(sign_in, world, liar) -> None:
    provider_id = connect(world.a.organisation_id, liar.issuer)
    _in_by_liar(sign_in(None), liar, provider_id)
    with unit_of_work(whole_installation("test")):
        db.session.get(Membership, world.stig.actor.membership_id).ended_at = now()
    liar.claims = {}
    client = sign_in(None)
    assert _in_by_liar(client, liar, provider_id).status_code == 422


@pytest.mark.parametrize(
    "answer",
    [
        (302, {"Location": "http://127.0.0.1:1/"}, b"{}"),
        (500, {}, b"{}"),
        (200, {}, b"<html>"),
        (200, {}, b"[]"),
        (200, {}, b"{" + b" " * 300_000 + b"}"),
        (200, {}, b"[" * 100_000),
    ],
    ids=["redirect", "500", "html", "list", "too long", "too deep"],
)
def test_a_provider_that_does_not_answer_as_it_should_is_said_so(
    sign_in, world, liar, answer
) -> None:
    liar.answers["/.well-known/openid-configuration"] = answer
    provider_id = connect(world.a.organisation_id, liar.issuer)
    client = sign_in(None)
    client.send("/sign-in/organisation/go", provider_id=provider_id)
    page = client.get("/sign-in/organisation/go")
    assert page.status_code == 422
    assert "does not answer now" in page.text
    looked = sign_in(_fresh(world.aino)).send(f"/settings/sign-in/{provider_id}/look")
    assert looked.status_code == 422
    assert "as it should" in looked.text


def test_nobody_waits_for_our_database_while_a_provider_is_slow(app, sign_in, world, liar) -> None:
    provider_id = connect(world.a.organisation_id, liar.issuer)
    client = sign_in(None)
    address = set_out(client, provider_id)
    asked = dict(re.findall(r"[?&](state|nonce)=([^&]+)", address))
    liar.claims["nonce"] = asked["nonce"]
    entered, go_on = threading.Event(), threading.Event()
    honest = liar.answer

    def slow(path: str):
        if path == "/token":
            entered.set()
            assert go_on.wait(10)
        return honest(path)

    liar.answer = slow
    answers = []
    brought = {"code": "c", "state": asked["state"]}
    thread = threading.Thread(target=lambda: answers.append(come_back(client, brought)))
    thread.start()
    assert entered.wait(10)
    with unit_of_work(whole_installation("test")):  # somebody else writes meanwhile
        db.session.get(Account, world.aino.account_id).name = "Aino Uusi"
    go_on.set()
    thread.join()
    assert answers[0].status_code == 303


# What it tells, and whom it shuts out.


def test_the_page_of_the_organisation_tells_of_domains_and_never_of_people(
    sign_in, world, context
) -> None:
    connect(world.a.organisation_id, "https://id.example.org")
    known = sign_in(None).send("/sign-in/organisation", email="stig@example.org")
    unknown = sign_in(None).send("/sign-in/organisation", email="stug@example.org")
    strip = re.compile(r'value="[^"]*"')
    assert strip.sub("", known.text) == strip.sub("", unknown.text)
    assert sign_in(None).send("/sign-in/organisation", email="a@b.example").status_code == 422


def _fresh(member):
    """Somebody who has proven a moment ago that it is she."""
    with unit_of_work(whole_installation("test")):
        row = db.session.get(SignIn, member.actor.sign_in_id)
        row.proven_at = row.last_seen_at = row.started_at = now()
    return member


def _require(world, provider_id: str, keeper) -> None:
    with unit_of_work(whole_installation("test")):
        provider = db.session.get(IdentityProvider, provider_id)
        provider.required_at, provider.break_glass_id = now(), keeper.account_id


def test_where_it_is_required_a_password_is_refused_but_for_one_manager(
    sign_in, world, liar
) -> None:
    with unit_of_work(whole_installation("test")):
        for member in (world.stig, world.aino, world.sam):
            account = db.session.get(Account, member.account_id)
            account.password_hash = hash_password(PASSWORD)
    provider_id = connect(world.a.organisation_id, liar.issuer)
    _require(world, provider_id, world.aino)

    def by_password(member) -> int:
        return (
            sign_in(None).send("/sign-in/staff", email=member.email, password=PASSWORD).status_code
        )

    assert by_password(world.stig) == 422
    assert by_password(world.aino) == 303
    assert by_password(world.sam) == 303  # another organisation
    client = sign_in(None)
    _in_by_liar(client, liar, provider_id)
    assert _is_in(client)
    with unit_of_work(whole_installation("test")):
        provider = db.session.get(IdentityProvider, provider_id)
        provider.required_at = provider.break_glass_id = None
    assert by_password(world.stig) == 303
