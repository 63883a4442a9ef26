"""Use cases of staff's sign-in: the password, then the second factor, in one browser."""

from dataclasses import dataclass

from jobsearch.accounts.factors.queries import factors_of
from jobsearch.accounts.factors.service import prove
from jobsearch.accounts.models import Membership
from jobsearch.accounts.passkeys.service import prove_by_passkey
from jobsearch.accounts.passwords import hash_password, is_outdated, is_password
from jobsearch.accounts.queries import find_account
from jobsearch.accounts.rules import Stage, Way
from jobsearch.accounts.service import start_sign_in
from jobsearch.accounts.sessions.service import end_all
from jobsearch.accounts.staff import queries
from jobsearch.accounts.staff.models import HalfSignIn
from jobsearch.accounts.staff.rules import HALF_LIFETIME, NO_WAY_IN, TOO_LATE, WRONG_PASSWORD
from jobsearch.accounts.throttle.service import (
    Caller,
    begin_try,
    note_right,
    note_wrong,
    remember_device,
)
from jobsearch.core.access import Actor
from jobsearch.core.clock import now
from jobsearch.core.db import db
from jobsearch.core.errors import RuleBroken
from jobsearch.core.passkeys import Site
from jobsearch.core.tokens import digest, new_secret


@dataclass(frozen=True, slots=True)
class FirstStep:
    """What a right password opens: the page of the second factor, or the one to set it up."""

    secret: str
    is_half: bool


@dataclass(frozen=True, slots=True)
class LetIn:
    """A sign-in that has begun: whose, its secret, the browser's own, and how it was proven."""

    account_id: str
    secret: str
    device_secret: str
    way: Way


def check_first_step(email: str, password: str, caller: Caller, device: str) -> FirstStep:
    """Take address and password; who has a second factor is asked for it next.

    Raises RuleBroken: the same, and as late, for a wrong password and for an unknown address.
    """
    name = email.strip().lower()
    account = find_account(name)
    tried = begin_try("password", name, account.id if account else None, caller)
    stored = account.password_hash if account else None
    right = is_password(stored, password)
    membership = queries.find_staff_membership(account.id) if account and right else None
    if account is None or membership is None:
        note_wrong(tried)
        raise RuleBroken(WRONG_PASSWORD, field="password")
    note_right(tried)
    if stored and is_outdated(stored):
        account.password_hash = hash_password(password)
    return after_first_step(membership, device, Way.PASSWORD)


def after_first_step(membership: Membership, device: str, way: Way) -> FirstStep:
    """What comes after a right password, or after a provider that asked for nothing more."""
    if not factors_of(membership.account_id).any:
        return FirstStep(start_sign_in(membership, device, way, Stage.SET_UP), is_half=False)
    return FirstStep(_begin_half(membership), is_half=True)


def finish_by_code(half_secret: str, typed: str, caller: Caller, device: str) -> LetIn:
    """Take the app's code, or a recovery code, after the password. Raises RuleBroken."""
    way_in = queries.find_half_way(half_secret)
    if way_in is None:
        raise RuleBroken(TOO_LATE)
    account_id = way_in.account.id
    way = try_factor(account_id, typed, caller)
    way_in.half.spent_at = now()
    secret = start_sign_in(way_in.membership, device, way)
    return LetIn(account_id, secret, remember_device(account_id, caller.device), way)


def sign_in_by_passkey(
    answer: str, site: Site, challenge: str, caller: Caller, device: str
) -> LetIn:
    """Let staff in by a passkey alone: the device has asked for its lock. Raises RuleBroken."""
    account_id = prove_by_passkey(answer, site, challenge)
    membership = queries.find_staff_membership(account_id)
    if membership is None:
        raise RuleBroken(NO_WAY_IN)
    secret = start_sign_in(membership, device, Way.PASSKEY)
    return LetIn(account_id, secret, remember_device(account_id, caller.device), Way.PASSKEY)


def finish_set_up(actor: Actor, way: Way, caller: Caller, device: str) -> LetIn:
    """The first second factor is there: the sign-in that could only set it up becomes a whole one.

    It is a new one with a new secret; every other sign-in of the account ends.
    """
    membership = db.session.get_one(Membership, actor.membership_id)
    end_all(actor.account_id)
    secret = start_sign_in(membership, device, way)
    known = remember_device(actor.account_id, caller.device)
    return LetIn(actor.account_id, secret, known, way)


def try_factor(account_id: str, typed: str, caller: Caller) -> Way:
    """Prove by a code; wrong ones are counted and slow the next ones down. Raises RuleBroken."""
    tried = begin_try("factor", account_id, account_id, caller)
    try:
        way = prove(account_id, typed)
    except RuleBroken:
        note_wrong(tried)
        raise
    note_right(tried)
    return way


def _begin_half(membership: Membership) -> str:
    secret, at = new_secret(), now()
    db.session.add(
        HalfSignIn(
            secret_digest=digest(secret),
            membership_id=membership.id,
            started_at=at,
            expires_at=at + HALF_LIFETIME,
        )
    )
    return secret
