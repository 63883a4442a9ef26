"""Use cases of confirming that it is still she: a proof now, and a new secret for the sign-in."""

from jobsearch.accounts.confirming.rules import NOT_YOURS, NOTHING, PURPOSE
from jobsearch.accounts.factors.queries import factors_of
from jobsearch.accounts.passkeys.service import prove_by_passkey
from jobsearch.accounts.passwords import is_password
from jobsearch.accounts.proofs.service import check_proof
from jobsearch.accounts.queries import get_own_account
from jobsearch.accounts.sessions.service import renew
from jobsearch.accounts.staff.rules import WRONG_PASSWORD
from jobsearch.accounts.staff.service import try_factor
from jobsearch.accounts.throttle.service import Caller, begin_try, note_right, note_wrong
from jobsearch.core.access import Actor
from jobsearch.core.errors import RuleBroken
from jobsearch.core.passkeys import Site


def confirm_by_code(actor: Actor, typed: str, caller: Caller) -> str:
    """Prove by the app's code; returns the sign-in's new secret. Raises RuleBroken on `code`."""
    try_factor(actor.account_id, typed, caller)
    return renew(actor.account_id, actor.sign_in_id)


def confirm_by_passkey(actor: Actor, answer: str, site: Site, challenge: str) -> str:
    """Prove by one of one's own passkeys; returns the new secret. Raises RuleBroken."""
    if prove_by_passkey(answer, site, challenge) != actor.account_id:
        raise RuleBroken(NOT_YOURS)
    return renew(actor.account_id, actor.sign_in_id)


def confirm_by_password(actor: Actor, password: str, caller: Caller) -> str:
    """Prove by the password, where there is no second factor; returns the new secret.

    Raises RuleBroken on `password`, and on top for who has one; wrong ones are counted.
    """
    account = get_own_account(actor.account_id)
    _refuse(factors_of(actor.account_id).any)
    tried = begin_try("password", account.email or account.id, account.id, caller)
    if not is_password(account.password_hash, password):
        note_wrong(tried)
        raise RuleBroken(WRONG_PASSWORD, field="password")
    note_right(tried)
    return renew(actor.account_id, actor.sign_in_id)


def confirm_by_message(actor: Actor, request_secret: str, code: str) -> str:
    """Prove by a code that was sent to one's own phone or e-mail; returns the new secret.

    Raises RuleBroken on `code`, and on top for who has a second factor or a password.
    """
    has_password = get_own_account(actor.account_id).password_hash is not None
    _refuse(has_password or factors_of(actor.account_id).any)
    check_proof(request_secret, code, PURPOSE, actor.sign_in_id)
    return renew(actor.account_id, actor.sign_in_id)


def _refuse(has_stronger: bool) -> None:
    """Nobody chooses a weaker proof than the page asks her for."""
    if has_stronger:
        raise RuleBroken(NOTHING)
