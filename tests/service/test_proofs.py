"""One-time proofs: a code to one's own phone or e-mail, for one thing, once."""

import re
from datetime import timedelta

import pytest

from jobsearch.accounts.models import Account
from jobsearch.accounts.proofs.service import ask_for_proof, check_proof
from jobsearch.core.clock import now
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.errors import NotVisible, RuleBroken
from jobsearch.core.scope import whole_installation
from jobsearch.notices.models import Message
from jobsearch.notices.rules import Channel

PURPOSE, SUBJECT = "contracts.sign", "contract-1"


@pytest.fixture
def ask(world, as_, context, clock):
    """Ask for a proof as Pia; gives the browser's secret and the code that was sent."""

    def asked(purpose: str = PURPOSE, subject: str = SUBJECT) -> tuple[str, str]:
        clock.shift(timedelta(seconds=1))
        with as_(world.pia):
            secret = ask_for_proof(world.pia.account_id, purpose, subject)
        return secret, re.search(r"\b\d{6}\b", _newest().body)[0]

    return asked


def _newest() -> Message:
    with unit_of_work(whole_installation("test"), read_only=True):
        return db.session.query(Message).order_by(Message.created_at.desc()).first()


def _check(world, as_, secret, code, purpose=PURPOSE, subject=SUBJECT):
    """As a view does it: a refusal is kept."""
    refused = None
    with as_(world.pia):
        try:
            return check_proof(secret, code, purpose, subject)
        except RuleBroken as broken:
            refused = broken
    raise refused


def test_it_proves_who_by_which_address_and_when(world, as_, ask) -> None:
    secret, code = ask()
    done = _check(world, as_, secret, code)
    assert done.account_id == world.pia.account_id
    assert done.sent_to_masked == "p•••@example.org"
    assert done.at == now()


def test_her_phone_comes_before_her_address(world, as_, ask) -> None:
    with unit_of_work(whole_installation("test")):
        db.session.get(Account, world.pia.account_id).phone = "+358400000201"
    secret, code = ask()
    assert (_newest().channel, _newest().address) == (Channel.SMS, "+358400000201")
    assert _newest().body.splitlines()[-1] == f"@localhost #{code}"
    assert _check(world, as_, secret, code).sent_to_masked == "••• 201"


def test_it_works_once(world, as_, ask) -> None:
    secret, code = ask()
    _check(world, as_, secret, code)
    with pytest.raises(RuleBroken) as broken:
        _check(world, as_, secret, code)
    assert broken.value.field == "code"


@pytest.mark.parametrize(
    ("purpose", "subject"),
    [("contracts.sign", "contract-2"), ("bank.change", SUBJECT), ("sign_in", "sign_in")],
)
def test_it_works_for_nothing_else(world, as_, ask, purpose, subject) -> None:
    secret, code = ask()
    with pytest.raises(RuleBroken):
        _check(world, as_, secret, code, purpose, subject)


def test_it_works_in_no_other_browser(world, as_, ask) -> None:
    (_secret, code), (other, _code) = ask(), ask(subject="contract-2")
    with pytest.raises(RuleBroken):
        _check(world, as_, other, code)
    with pytest.raises(RuleBroken):
        _check(world, as_, "", code)


def test_a_code_for_signing_in_is_no_proof_and_a_proof_signs_nobody_in(
    world, as_, ask, sign_in
) -> None:
    secret, code = ask()
    client = sign_in(None)
    with client.session_transaction() as cookie:
        cookie["code_request"] = secret
    assert client.send("/sign-in/code", code=code).status_code == 422
    asking = sign_in(None)
    asking.send("/sign-in", address="pia@example.org")
    with asking.session_transaction() as cookie:
        secret = cookie["code_request"]
    with pytest.raises(RuleBroken):
        _check(world, as_, secret, re.search(r"\b\d{6}\b", _newest().body)[0])


def test_the_fifth_wrong_code_ends_it(world, as_, ask) -> None:
    secret, code = ask()
    for wrong in range(1, 6):
        with pytest.raises(RuleBroken):
            _check(world, as_, secret, f"{(int(code) + wrong) % 10**6:06d}")
    with pytest.raises(RuleBroken):
        _check(world, as_, secret, code)


@pytest.mark.parametrize("shift", [timedelta(minutes=15, seconds=1), -timedelta(hours=1)])
def test_it_ends_after_a_quarter_of_an_hour_and_when_the_clock_goes_back(
    world, as_, ask, clock, shift
) -> None:
    secret, code = ask()
    clock.shift(shift)
    with pytest.raises(RuleBroken):
        _check(world, as_, secret, code)


def test_the_fourth_code_in_a_quarter_of_an_hour_is_not_sent(world, as_, ask, clock) -> None:
    for _ in range(3):
        ask()
    with pytest.raises(RuleBroken) as broken, as_(world.pia):
        ask_for_proof(world.pia.account_id, PURPOSE, SUBJECT)
    assert broken.value.field == "code"
    clock.shift(timedelta(minutes=16))
    ask()


def test_a_closed_account_proves_nothing(world, as_, context) -> None:
    with unit_of_work(whole_installation("test")):
        db.session.get(Account, world.pia.account_id).closed_at = now()
    with pytest.raises(NotVisible), as_(world.pia):
        ask_for_proof(world.pia.account_id, PURPOSE, SUBJECT)
