"""Second factors under many at once, passkeys, and what is kept of wrong tries."""

import threading
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from jobsearch.accounts.factors import service as factors
from jobsearch.accounts.factors.models import Authenticator, RecoveryCode
from jobsearch.accounts.models import AccountLink, SignIn
from jobsearch.accounts.passkeys.models import Passkey, SpentChallenge
from jobsearch.accounts.passkeys.service import (
    begin_passkey,
    keep_passkey,
    new_challenge,
    prove_by_passkey,
)
from jobsearch.accounts.recovery.service import set_password_by_link, start_again
from jobsearch.accounts.rules import LinkPurpose, Way
from jobsearch.accounts.staff.jobs import forget_old
from jobsearch.accounts.staff.models import HalfSignIn
from jobsearch.accounts.staff.service import check_first_step, finish_by_code
from jobsearch.accounts.throttle.models import KnownDevice, WrongTries
from jobsearch.accounts.throttle.service import Caller, begin_try, note_wrong
from jobsearch.core.clock import now
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.errors import Conflict, RuleBroken
from jobsearch.core.passkeys import Site
from jobsearch.core.scope import whole_installation
from jobsearch.core.tokens import digest
from tests.factors import PASSWORD, code_at, give_app, give_password

EVERYTHING = whole_installation("test")
HERE = Site("localhost", "http://localhost:8000", "Työnhakutyö")
STRANGER = Caller("192.0.2.7")


def _at_once(app: Flask, deed, times: int = 8) -> list[object]:
    """What came of doing it so many times at once: its result, or the refusal."""
    found: list[object] = []
    barrier = threading.Barrier(times)

    def go() -> None:
        with app.app_context():
            barrier.wait()
            try:
                with unit_of_work(EVERYTHING):
                    found.append(deed())
            except (RuleBroken, Conflict) as refused:
                found.append(refused)

    threads = [threading.Thread(target=go) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def _good(found: list[object]) -> list[object]:
    return [one for one in found if not isinstance(one, Exception)]


def test_of_eight_with_the_same_code_one_comes_in(app, world, context):
    give_app(world.aino)
    code = code_at()
    found = _at_once(app, lambda: factors.prove(world.aino.account_id, code))
    assert _good(found) == [Way.AUTHENTICATOR]


def test_of_eight_with_the_same_recovery_code_one_comes_in(app, world, context):
    with unit_of_work(EVERYTHING):
        codes = factors.make_recovery_codes(world.aino.account_id)
    found = _at_once(app, lambda: factors.prove(world.aino.account_id, codes[0]))
    assert _good(found) == [Way.RECOVERY_CODE]


def test_of_eight_with_the_same_link_one_sets_the_password(app, world, context):
    give_password(world.aino)
    with unit_of_work(EVERYTHING):
        db.session.add(
            AccountLink(
                account_id=world.aino.account_id,
                purpose=LinkPurpose.NEW_PASSWORD,
                secret_digest=digest("the link"),
                expires_at=now() + timedelta(hours=1),
            )
        )
    words = "lokit lentävät sataman yli"
    found = _at_once(app, lambda: set_password_by_link("the link", words))
    assert len(_good(found)) == 1


def test_wrong_tries_at_once_are_all_counted_and_few_are_looked_at(app, world, context):
    give_password(world.aino)
    looked = []

    def go():
        tried = begin_try("password", "aino@example.org", None, STRANGER)
        looked.append(1)
        note_wrong(tried)

    found = _at_once(app, go, 16)
    assert len(_good(found)) == len(looked)
    assert len(looked) <= 6  # five are free, and the clock stands still
    with unit_of_work(EVERYTHING, read_only=True):
        counts = db.session.scalars(select(WrongTries.tries)).all()
    assert set(counts) == {len(looked)}


def test_a_right_one_forgets_the_wrong_ones_but_not_those_of_the_network(world, context):
    give_password(world.aino)
    give_app(world.aino)
    for _ in range(3):
        with unit_of_work(EVERYTHING), pytest.raises(RuleBroken):
            check_first_step("aino@example.org", "x" * 15, STRANGER, "Computer")
        # the refusal above was swallowed inside the unit of work, so its count is kept
    with unit_of_work(EVERYTHING):
        check_first_step("aino@example.org", PASSWORD, STRANGER, "Computer")
    with unit_of_work(EVERYTHING, read_only=True):
        counts = sorted(db.session.scalars(select(WrongTries.tries)))
    assert counts == [0, 0, 3]


def test_a_network_that_tries_many_accounts_is_slowed_down(world, context):
    with pytest.raises(RuleBroken) as refused, unit_of_work(EVERYTHING):
        for number in range(60):
            note_wrong(begin_try("password", f"nobody{number}@example.org", None, STRANGER))
    assert "Too many" in str(refused.value)


def test_guesses_from_everywhere_at_one_account_are_slowed_down(world, context):
    with pytest.raises(RuleBroken), unit_of_work(EVERYTHING):
        for number in range(60):
            caller = Caller(f"198.51.100.{number}")
            note_wrong(begin_try("password", "aino@example.org", None, caller))


def test_a_made_up_device_is_no_known_one(world, context):
    give_password(world.aino)
    with unit_of_work(EVERYTHING):
        db.session.add(
            KnownDevice(account_id=world.stig.account_id, digest=digest("his"), seen_at=now())
        )
    with pytest.raises(RuleBroken), unit_of_work(EVERYTHING):
        for number in range(60):  # another device each time, or another's: still strangers
            caller = Caller("192.0.2.7", "his" if number % 2 else f"made up {number}")
            note_wrong(begin_try("password", "aino@example.org", world.aino.account_id, caller))


def test_an_app_is_confirmed_by_its_own_first_code_alone(world, context):
    with unit_of_work(EVERYTHING):
        factors.begin_authenticator(world.aino.account_id)
        with pytest.raises(RuleBroken):
            factors.confirm_authenticator(world.aino.account_id, code_at())
        with pytest.raises(RuleBroken):
            factors.prove(world.aino.account_id, code_at())
        secret = db.session.scalars(select(Authenticator.secret)).one()
        factors.confirm_authenticator(world.aino.account_id, code_at(secret=secret))
        with pytest.raises(RuleBroken):  # the code that confirmed it is used
            factors.prove(world.aino.account_id, code_at(secret=secret))


def test_beginning_twice_leaves_one_secret_that_counts(world, context):
    with unit_of_work(EVERYTHING):
        factors.begin_authenticator(world.aino.account_id)
        factors.begin_authenticator(world.aino.account_id)
        open_ones = db.session.scalars(
            select(Authenticator).where(Authenticator.ended_at.is_(None))
        ).all()
    assert len(open_ones) == 1


def test_starting_again_leaves_nothing_that_opens(world, context):
    give_password(world.aino)
    give_app(world.aino)
    with unit_of_work(EVERYTHING):
        factors.make_recovery_codes(world.aino.account_id)
        start_again(world.aino.account_id)
    with unit_of_work(EVERYTHING, read_only=True):
        assert db.session.scalar(select(func.count()).select_from(RecoveryCode)) == 0
        live = select(func.count()).where(Authenticator.ended_at.is_(None))
        assert db.session.scalar(live) == 0
        row = db.session.get(SignIn, world.aino.actor.sign_in_id)
        assert row.ended_at == now()


def test_starting_again_is_for_staff_alone(world, context):
    with pytest.raises(RuleBroken), unit_of_work(EVERYTHING):
        start_again(world.pia.account_id)


# passkeys: the true ones are tested in a browser with a device


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "{}",
        "[]",
        "null",
        '{"id": "x"}',
        '{"id": "x", "response": {"userHandle": "YQ"}}',
        "x" * 30_000,
    ],
)
def test_what_is_no_answer_of_a_device_opens_nothing(world, context, answer):
    with unit_of_work(EVERYTHING):
        with pytest.raises(RuleBroken):
            prove_by_passkey(answer, HERE, new_challenge())
        with pytest.raises(RuleBroken):
            keep_passkey(world.aino.account_id, "My phone", answer, HERE, new_challenge())


def test_without_a_question_there_is_no_answer(world, context):
    with pytest.raises(RuleBroken), unit_of_work(EVERYTHING):
        keep_passkey(world.aino.account_id, "My phone", "{}", HERE, "")


def test_nobody_has_more_than_ten_passkeys(world, context):
    with unit_of_work(EVERYTHING):
        for number in range(10):
            db.session.add(
                Passkey(
                    account_id=world.aino.account_id,
                    name=f"Key {number}",
                    credential_digest=digest(str(number)),
                    credential="eA",
                    public_key="eA",
                    sign_count=0,
                    made_at=now(),
                )
            )
        db.session.flush()
        with pytest.raises(RuleBroken):
            begin_passkey(world.aino.account_id, "aino", HERE, new_challenge())


def test_what_is_old_is_forgotten_and_nothing_else(world, context, clock):
    give_password(world.aino)
    give_app(world.aino)
    with unit_of_work(EVERYTHING):
        step = check_first_step("aino@example.org", PASSWORD, STRANGER, "Computer")
        finish_by_code(step.secret, code_at(), STRANGER, "Computer")
        note_wrong(begin_try("password", "nobody@example.org", None, STRANGER))
        db.session.add(SpentChallenge(digest="x" * 64, spent_at=now()))
    kinds = (WrongTries, HalfSignIn, SpentChallenge, KnownDevice)

    def left():
        with unit_of_work(EVERYTHING, read_only=True):
            return [db.session.scalar(select(func.count()).select_from(kind)) > 0 for kind in kinds]

    forget_old()
    assert left() == [True] * 4
    clock.shift(2 * 86400 + 60)
    forget_old()
    assert left() == [False, False, False, True]
    clock.shift(366 * 86400)
    forget_old()
    assert left() == [False] * 4
    assert forget_old() == "Forgotten: 0."
