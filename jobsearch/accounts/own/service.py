"""Use cases of one's own second factors; each change is told to the person by mail."""

from dataclasses import dataclass

from jobsearch.accounts.factors import service as factors
from jobsearch.accounts.factors.queries import factors_of
from jobsearch.accounts.factors.rules import check_may_end
from jobsearch.accounts.passkeys import service as passkeys
from jobsearch.accounts.passkeys.queries import get_own_passkey
from jobsearch.accounts.queries import get_own_account
from jobsearch.accounts.rules import Way
from jobsearch.accounts.sessions.service import end_all
from jobsearch.accounts.staff import mail
from jobsearch.accounts.staff.service import LetIn, finish_set_up
from jobsearch.accounts.throttle.service import Caller
from jobsearch.core.access import Actor
from jobsearch.core.passkeys import Site


@dataclass(frozen=True, slots=True)
class Added:
    """What a new factor brings: recovery codes to be shown once, and perhaps a whole sign-in."""

    recovery_codes: list[str]
    let_in: LetIn | None = None


def add_app(actor: Actor, typed: str, caller: Caller, device: str) -> Added:
    """Take the new app into use by its first code. Raises RuleBroken on `code`."""
    factors.confirm_authenticator(actor.account_id, typed)
    return _added(actor, Way.AUTHENTICATOR, caller, device)


def add_passkey(
    actor: Actor, name: str, answer: str, site: Site, challenge: str, caller: Caller, device: str
) -> Added:
    """Keep a passkey that the device has made. Raises RuleBroken."""
    passkeys.keep_passkey(actor.account_id, name, answer, site, challenge)
    return _added(actor, Way.PASSKEY, caller, device)


def renew_recovery_codes(actor: Actor) -> Added:
    """Ten fresh recovery codes; the old ones open nothing any more."""
    codes = factors.make_recovery_codes(actor.account_id)
    _tell(actor)
    return Added(codes)


def end_app(actor: Actor) -> None:
    """Stop using the app; other sign-ins end. Raises RuleBroken where nothing else is left."""
    check_may_end(factors_of(actor.account_id))
    factors.end_authenticator(actor.account_id)
    _after_end(actor)


def end_passkey(actor: Actor, passkey_id: str) -> None:
    """Remove a passkey; other sign-ins end. Raises RuleBroken, and NotVisible for another's."""
    get_own_passkey(actor.account_id, passkey_id)
    check_may_end(factors_of(actor.account_id))
    passkeys.end_passkey(actor.account_id, passkey_id)
    _after_end(actor)


def _added(actor: Actor, way: Way, caller: Caller, device: str) -> Added:
    codes: list[str] = []
    if factors_of(actor.account_id).recovery_codes == 0:
        codes = factors.make_recovery_codes(actor.account_id)
    _tell(actor)
    if not actor.is_setting_up:
        return Added(codes)
    return Added(codes, finish_set_up(actor, way, caller, device))


def _after_end(actor: Actor) -> None:
    end_all(actor.account_id, but=actor.sign_in_id)
    _tell(actor)


def _tell(actor: Actor) -> None:
    account = get_own_account(actor.account_id)
    mail.send_word(mail.FACTORS_CHANGED, account, actor.organisation_id)
