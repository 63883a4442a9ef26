"""Staff sign in: second factor, recovery codes, wrong tries, and what tells nobody anything."""

import re
import time
from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import func, select

from jobsearch.accounts import passwords
from jobsearch.accounts.factors.models import Authenticator, RecoveryCode
from jobsearch.accounts.factors.service import make_recovery_codes
from jobsearch.accounts.models import Membership, SignIn
from jobsearch.accounts.staff import mail
from jobsearch.accounts.staff.rules import MOST_LINKS
from jobsearch.accounts.throttle.models import WrongTries
from jobsearch.core.access import GRANTS, Permission, Role
from jobsearch.core.clock import now
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import whole_installation
from jobsearch.notices.models import Message
from tests.factors import PASSWORD, code_at, give_app, give_password

WRONG = "x" * 15
EMAILS = ("aino@example.org", "nobody@example.org")
EVERYTHING = whole_installation("test")


@pytest.fixture
def sign_in(sign_in):
    """As ever, and who is nobody reads English."""

    def client_of(member):
        client = sign_in(member)
        client.set_cookie("language", "en")
        return client

    return client_of


@pytest.fixture
def aino(context, world):
    give_password(world.aino)
    give_app(world.aino)
    return world.aino


def _password(client, email="aino@example.org", password=PASSWORD, **more):
    return client.send("/sign-in/staff", email=email, password=password, **more)


def _sign_in(client):
    """All the way, by password and app."""
    _password(client)
    client.send("/sign-in/second-step", code=code_at())
    return client.with_token()


def _in(client) -> bool:
    return client.get("/today").status_code == 200


def _count(what) -> int:
    with unit_of_work(EVERYTHING, read_only=True):
        return db.session.scalar(select(func.count()).select_from(what))


def _letters() -> list[str]:
    with unit_of_work(EVERYTHING, read_only=True):
        return [
            one.kind for one in db.session.scalars(select(Message).order_by(Message.created_at))
        ]


# the second factor is required


@pytest.mark.parametrize("name", ["aino", "stig", "paula", "olga"])
def test_without_a_second_factor_a_sign_in_leads_only_to_setting_one_up(
    sign_in, world, context, name
):
    give_password(getattr(world, name))
    client = sign_in(None)
    assert _password(client, f"{name}@example.org").location == "/today"
    for path in ("/today", "/account", "/people", "/pay-runs", "/jobs", "/account/email"):
        answer = client.get(path)
        assert answer.status_code in (303, 403), path
        assert answer.status_code == 403 or answer.location == "/account/set-up"
    assert client.with_token().send("/account/recovery-codes").location == "/account/set-up"
    assert client.get("/account/set-up").status_code == 200
    assert client.send("/sign-out").status_code == 303
    assert client.get("/account/set-up").location.startswith("/sign-in")


def test_every_role_that_signs_in_by_password_may_set_up_factors_and_nobody_else():
    staff = {role for role in Role if Permission.ACCOUNTS_FACTORS in GRANTS[role]}
    assert staff == {Role.OPERATOR, Role.MANAGER, Role.COACH, Role.PAYROLL_CLERK}


def test_setting_up_an_app_opens_everything_in_a_new_sign_in(sign_in, world, context):
    give_password(world.stig)
    client = sign_in(None)
    _password(client, "stig@example.org")
    with client.session_transaction() as cookie:
        before = cookie["sign_in"]
    client.with_token().send("/account/app")
    page = client.get("/account/app").text
    secret = re.search(r"<strong>((?:[A-Z2-7]{4} ?){8})</strong>", page)[1].replace(" ", "")
    assert '<svg class="qr"' in page
    assert client.send("/account/app/confirm", code="000000").status_code == 422
    answer = client.send("/account/app/confirm", code=code_at(secret=secret))
    codes = re.findall(r"\d{4} \d{4} \d{4}", answer.text)
    assert answer.status_code == 200 and len(set(codes)) == 10
    with client.session_transaction() as cookie:
        assert cookie["sign_in"] != before
    assert _in(client)
    client.sign_in(None)
    with client.session_transaction() as cookie:
        cookie["sign_in"] = before
    assert client.get("/account/set-up").status_code == 303  # what could only set up is over
    assert "accounts.factors_changed" in _letters()


def test_the_recovery_codes_are_shown_once_and_only_their_digests_are_kept(sign_in, world, aino):
    client = sign_in(aino)
    once = {"_once": "a" * 20}
    first = client.send("/account/recovery-codes", **once)
    codes = re.findall(r"\d{4} \d{4} \d{4}", first.text)
    assert len(codes) == 10
    again = client.send("/account/recovery-codes", **once)
    assert again.status_code == 303 and again.location == "/today"
    with unit_of_work(EVERYTHING, read_only=True):
        kept = db.session.scalars(select(RecoveryCode)).all()
        assert len(kept) == 10
        plain = [code.replace(" ", "") for code in codes]
        assert not {row.digest for row in kept} & set(plain)


def test_the_secret_of_the_app_is_unreadable_in_the_database(world, context, aino):
    with unit_of_work(EVERYTHING, read_only=True):
        raw = db.session.connection().exec_driver_sql("SELECT secret FROM authenticator").scalar()
    assert b"JBSWY3DP" not in bytes(raw)


# codes


def test_a_code_works_once(sign_in, aino):
    code = code_at()
    for expected in (303, 422):
        client = sign_in(None)
        _password(client)
        assert client.send("/sign-in/second-step", code=code).status_code == expected


@pytest.mark.parametrize(
    ("minutes", "status"), [(0, 303), (0.5, 303), (-0.5, 303), (2, 422), (-2, 422)]
)
def test_a_code_of_half_a_minute_before_or_after_works(sign_in, aino, minutes, status):
    client = sign_in(None)
    _password(client)
    code = code_at(now() + timedelta(minutes=minutes))
    assert client.send("/sign-in/second-step", code=code).status_code == status


def test_without_the_password_a_code_opens_nothing(sign_in, aino):
    client = sign_in(None)
    assert client.get("/sign-in/second-step").location == "/sign-in/staff"
    assert client.send("/sign-in/second-step", code=code_at()).status_code == 422
    assert not _in(client)


def test_a_half_sign_in_is_spent_and_grows_old(sign_in, aino, clock):
    client = sign_in(None)
    _password(client)
    with client.session_transaction() as cookie:
        half = cookie["half_sign_in"]
    client.send("/sign-in/second-step", code=code_at())
    other = sign_in(None)
    clock.shift(60)
    with other.session_transaction() as cookie:
        cookie["half_sign_in"] = half
    assert other.send("/sign-in/second-step", code=code_at()).status_code == 422
    third = sign_in(None)
    _password(third)
    clock.shift(11 * 60)
    assert third.send("/sign-in/second-step", code=code_at()).status_code == 422


def test_a_half_sign_in_of_somebody_who_left_opens_nothing(sign_in, world, aino):
    client = sign_in(None)
    _password(client)
    with unit_of_work(EVERYTHING):
        db.session.get(Membership, world.aino.actor.membership_id).ended_at = now()
    assert client.send("/sign-in/second-step", code=code_at()).status_code == 422


def test_a_recovery_code_works_once_and_says_how_many_are_left(sign_in, aino):
    with unit_of_work(EVERYTHING):
        codes = make_recovery_codes(aino.account_id)
    for code, expected in ((codes[0], 303), (codes[0], 422), (codes[1].replace(" ", "-"), 303)):
        client = sign_in(None)
        _password(client)
        assert client.send("/sign-in/second-step", code=code).status_code == expected
    assert "8 are left" in client.get("/today").text


def test_codes_of_before_open_nothing_after_new_ones_were_made(sign_in, aino):
    with unit_of_work(EVERYTHING):
        old = make_recovery_codes(aino.account_id)
        make_recovery_codes(aino.account_id)
    client = sign_in(None)
    _password(client)
    assert client.send("/sign-in/second-step", code=old[0]).status_code == 422


# wrong tries


def test_wrong_passwords_are_slowed_down_and_never_locked_for_good(sign_in, aino, clock):
    tries = [_password(sign_in(None), password=WRONG).text for _ in range(7)]
    assert "wrong" in tries[4] and "Too many wrong tries" in tries[6]
    refused = _password(sign_in(None))
    assert "Too many wrong tries" in refused.text  # the right one has to wait too
    clock.shift(16 * 60)
    assert _password(sign_in(None)).location == "/sign-in/second-step"


def test_refused_tries_are_not_counted(sign_in, aino, clock):
    for _ in range(30):
        _password(sign_in(None), password=WRONG)
    clock.shift(5)
    assert _password(sign_in(None)).location == "/sign-in/second-step"


def test_strangers_tries_do_not_slow_down_a_browser_that_the_account_knows(sign_in, aino):
    own = _sign_in(sign_in(None))
    own.send("/sign-out")
    own.with_token()
    for _ in range(10):
        _password(sign_in(None), password=WRONG)
    assert "Too many wrong tries" in _password(sign_in(None)).text
    assert _password(own).location == "/sign-in/second-step"


def test_one_persons_wrong_tries_do_not_slow_down_another(sign_in, world, aino):
    give_password(world.stig)
    give_app(world.stig)
    for _ in range(8):
        _password(sign_in(None), password=WRONG)
    assert _password(sign_in(None), "stig@example.org").location == "/sign-in/second-step"


def test_wrong_codes_are_slowed_down_across_half_sign_ins(sign_in, aino, clock):
    texts = []
    for _ in range(8):
        client = sign_in(None)
        _password(client)
        texts.append(client.send("/sign-in/second-step", code="000000").text)
    assert "Too many wrong tries" in texts[-1]
    assert "Too many wrong tries" in client.send("/sign-in/second-step", code=code_at()).text


def test_counts_name_nobody(sign_in, aino):
    _password(sign_in(None), password=WRONG)
    with unit_of_work(EVERYTHING, read_only=True):
        keys = db.session.scalars(select(WrongTries.key)).all()
    assert keys and all(re.fullmatch("[0-9a-f]{64}", key) for key in keys)


# what tells nobody anything


def _same(answers) -> bool:
    strip = re.compile(r'value="[^"]*"')
    return len({strip.sub("", answer.text) for answer in answers}) == 1


def test_a_known_an_unknown_and_a_participants_address_read_the_same(sign_in, world, aino):
    give_password(world.pia)  # she has no sign-in by password, whatever she has
    emails = ("aino@example.org", "nobody@example.org", "stig@example.org", "pia@example.org")
    answers = [_password(sign_in(None), email, WRONG) for email in emails]
    assert {answer.status_code for answer in answers} == {422}
    assert _same(answers)
    assert _password(sign_in(None), "pia@example.org").status_code == 422


def test_an_unknown_address_is_slowed_down_like_a_known_one(sign_in, aino):
    for email in ("aino@example.org", "nobody@example.org"):
        texts = [_password(sign_in(None), email, WRONG).text for _ in range(7)]
        assert "Too many wrong tries" in texts[-1]


def test_a_forgotten_password_is_answered_the_same_for_every_address(sign_in, world, aino):
    emails = ("aino@example.org", "nobody@example.org", "pia@example.org")
    answers = [sign_in(None).send("/forgotten-password", email=email) for email in emails]
    assert {answer.location for answer in answers} == {"/forgotten-password/sent"}
    assert _letters() == ["accounts.new_password"]


def test_a_forgotten_password_writes_a_message_for_every_address(sign_in, world, aino, monkeypatch):
    written = []
    monkeypatch.setattr(mail, "send", lambda _, to, *__, **___: written.append(to.email))
    asked = ["aino@example.org"] * (MOST_LINKS + 1) + ["nobody@example.org", "pia@example.org"]
    for email in asked:
        sign_in(None).send("/forgotten-password", email=email)
    assert written == asked


def _apart(deed, times=15) -> float:
    """How much longer a known address takes than an unknown one, at their fastest, in seconds."""
    fastest = dict.fromkeys(EMAILS, 9.0)
    for _ in range(times):
        for email in EMAILS:  # by turns, so that a busy moment hits both
            began = time.perf_counter()
            deed(email)
            fastest[email] = min(fastest[email], time.perf_counter() - began)
    return abs(fastest[EMAILS[0]] - fastest[EMAILS[1]])


@pytest.mark.parametrize("path", ["/sign-in/staff", "/forgotten-password"])
def test_a_known_and_an_unknown_address_take_as_long(sign_in, world, aino, path):
    client = sign_in(None)
    assert _apart(lambda email: client.send(path, email=email, password=WRONG)) < 0.030


def test_a_password_is_hashed_once_whether_somebody_is_known_or_not(sign_in, aino, monkeypatch):
    """In tests a hash costs next to nothing, so the stopwatch alone would not miss one."""
    hashed = []

    class Counting(PasswordHasher):
        def verify(self, *given: str) -> bool:
            hashed.append(given)
            return super().verify(*given)

    cheap = Counting(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passwords, "_hasher", lambda: cheap)
    for tried, email in enumerate(EMAILS, start=1):
        answer = sign_in(None).send("/sign-in/staff", email=email, password=WRONG)
        assert answer.status_code == 422
        assert len(hashed) == tried, email


# sign-ins


def test_signing_in_changes_the_secret_and_signing_out_ends_it(sign_in, aino):
    client = sign_in(None)
    with client.session_transaction() as cookie:
        cookie["sign_in"] = "planted by somebody else"
    _sign_in(client)
    with client.session_transaction() as cookie:
        secret = cookie["sign_in"]
    assert secret != "planted by somebody else"
    client.send("/sign-out")
    with client.session_transaction() as cookie:
        cookie["sign_in"] = secret
    assert not _in(client)


def test_one_sees_ones_own_sign_ins_and_ends_one(sign_in, world, aino):
    client = _sign_in(sign_in(None))
    page = client.get("/account").text
    assert "with password and app" in page
    old = world.aino.actor.sign_in_id
    assert client.send(f"/account/sign-ins/{old}/end").status_code == 303
    assert not _in(sign_in(world.aino))
    assert _in(client)
    assert client.send(f"/account/sign-ins/{world.pia.actor.sign_in_id}/end").status_code == 404


def test_signing_out_everywhere_ends_every_sign_in(sign_in, world, aino):
    client = _sign_in(sign_in(None))
    sign_in(world.aino).send("/account/sign-out-everywhere")
    assert not _in(client)


def test_the_page_of_ones_account_asks_as_often_with_one_sign_in_as_with_many(
    sign_in, world, aino, statements
):
    client = sign_in(world.aino)
    client.get("/account")
    statements.clear()
    client.get("/account")
    few = len(statements)
    with unit_of_work(EVERYTHING):
        for number in range(30):
            db.session.add(
                SignIn(
                    secret_digest=f"{number:064d}",
                    membership_id=world.aino.actor.membership_id,
                    device="Computer",
                    started_at=now(),
                    last_seen_at=now(),
                    proven_at=now(),
                    way="code",
                )
            )
    statements.clear()
    client.get("/account")
    assert len(statements) == few


def test_an_address_of_somebody_who_is_signed_in_leads_to_her_day(sign_in, world):
    assert sign_in(world.aino).get("/sign-in/staff").location == "/today"


def test_in_the_demo_alone_a_page_says_a_code(sign_in, aino, app):
    client = sign_in(None)
    _password(client)
    assert "data-demo-code" not in client.get("/sign-in/second-step").text


def test_an_app_that_replaces_another_ends_its_codes(sign_in, world, aino):
    client = sign_in(world.aino)
    client.send("/account/app")
    page = client.get("/account/app").text
    secret = re.search(r"<strong>((?:[A-Z2-7]{4} ?){8})</strong>", page)[1].replace(" ", "")
    client.send("/account/app/confirm", code=code_at(secret=secret))
    with unit_of_work(EVERYTHING, read_only=True):
        rows = db.session.scalars(select(Authenticator)).all()
        assert len([row for row in rows if row.ended_at is None]) == 1
    other = sign_in(None)
    _password(other)
    assert other.send("/sign-in/second-step", code=code_at()).status_code == 422


def test_the_only_factor_cannot_be_removed(sign_in, world, aino):
    client = sign_in(world.aino)
    assert client.send("/account/app/end").status_code == 422
    assert _count(Authenticator) == 1
