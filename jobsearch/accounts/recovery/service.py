"""Use cases of one's own password and address; each change is told to the person herself."""

from sqlalchemy import update

from jobsearch.accounts.factors.service import end_all as end_factors
from jobsearch.accounts.guessable.rules import check_password, words_in
from jobsearch.accounts.guessable.words import common_passwords, words_of
from jobsearch.accounts.models import Account, AccountLink, Membership
from jobsearch.accounts.passkeys.service import end_all_passkeys
from jobsearch.accounts.passwords import hash_password, is_password
from jobsearch.accounts.queries import find_account, get_own_account
from jobsearch.accounts.rules import LinkPurpose
from jobsearch.accounts.sessions.service import end_all, renew
from jobsearch.accounts.staff import mail, queries
from jobsearch.accounts.staff.rules import (
    LINK_LIFETIMES,
    LINK_OVER,
    MOST_LINKS,
    SETS_PASSWORD,
)
from jobsearch.accounts.throttle.service import Caller, begin_try, note_right, note_wrong
from jobsearch.core.access import Actor, Role
from jobsearch.core.clock import now
from jobsearch.core.db import db
from jobsearch.core.errors import RuleBroken
from jobsearch.core.spellings import email_address
from jobsearch.core.text import DEFAULT_LANGUAGE
from jobsearch.core.text import mark as N_
from jobsearch.core.tokens import digest, new_secret

_WRONG_OLD = N_("The old password is wrong.")
_TAKEN = N_("This address cannot be used. Choose another one.")


def choose_password(account: Account, password: str, stays: str = "") -> None:
    """Give an account its password. Raises RuleBroken on `password` for one that is guessed soon.

    Every sign-in that there was ends but the one that `stays`, and so does every link.
    """
    own = words_in((account.name, account.email or ""))
    check_password(
        password, own | words_of(queries.organisations_of(account.id)), common_passwords()
    )
    account.password_hash = hash_password(password)
    end_all(account.id, but=stays)
    _end_links(account.id)


def forget_password(email: str) -> None:
    """Send a link to whoever has an account with a password; nobody learns whether she has.

    Where none is sent, one to nobody is written as well, and taken back: it takes as long.
    """
    account = find_account(email.strip().lower())
    membership = queries.find_staff_membership(account.id) if account else None
    if (
        account is not None
        and membership is not None
        and account.password_hash is not None
        and queries.count_live_links(account.id, LinkPurpose.NEW_PASSWORD) < MOST_LINKS
    ):
        _send_link(account, membership, LinkPurpose.NEW_PASSWORD)
        return
    nobody = Account(id="-", email=email, name="", language=DEFAULT_LANGUAGE)
    nowhere = Membership(account_id="-", organisation_id="-", role=Role.COACH)
    until = now() + LINK_LIFETIMES[LinkPurpose.NEW_PASSWORD]
    with db.session.begin_nested() as turn:
        mail.send_link(nobody, nowhere, LinkPurpose.NEW_PASSWORD, new_secret(), until)
        turn.rollback()


def set_password_by_link(secret: str, password: str) -> None:
    """Spend a link for a password. Raises RuleBroken for a link that is over or a bad password."""
    link = queries.find_live_link(secret, SETS_PASSWORD)
    if link is None:
        raise RuleBroken(LINK_OVER)
    account = db.session.get_one(Account, link.account_id)
    choose_password(account, password)
    membership = queries.find_staff_membership(account.id)
    if link.purpose is not LinkPurpose.FIRST_PASSWORD and membership is not None:
        mail.send_word(mail.PASSWORD_CHANGED, account, membership.organisation_id)


def change_password(actor: Actor, old: str, new: str, caller: Caller) -> str:
    """Change one's own password by the old one; returns the new secret of this sign-in.

    All others end. Raises RuleBroken on `old` or `password`; wrong old ones are counted.
    """
    account = get_own_account(actor.account_id)
    tried = begin_try("password", account.email or account.id, account.id, caller)
    if not is_password(account.password_hash, old):
        note_wrong(tried)
        raise RuleBroken(_WRONG_OLD, field="old")
    note_right(tried)
    choose_password(account, new, stays=actor.sign_in_id)
    secret = renew(account.id, actor.sign_in_id)
    mail.send_word(mail.PASSWORD_CHANGED, account, actor.organisation_id)
    return secret


def start_again(account_id: str) -> None:
    """Something that she signs in with is lost: everything is made anew by the person herself.

    Her password, app, codes and passkeys open nothing any more, every sign-in ends, and a one-time
    link goes to her own address. Whoever starts it learns no link and sets no password. Raises
    RuleBroken for an account that staff's sign-in is not for.
    """
    account = db.session.get_one(Account, account_id)
    membership = queries.find_staff_membership(account_id)
    if membership is None or account.email is None or account.closed_at is not None:
        raise RuleBroken(N_("This account has no sign-in that could be made anew."))
    account.password_hash = None
    end_factors(account_id)
    end_all_passkeys(account_id)
    end_all(account_id)
    _end_links(account_id)
    _send_link(account, membership, LinkPurpose.START_AGAIN)


def ask_for_email(actor: Actor, typed: str) -> None:
    """Send a link to the address that is to be the account's own from now on.

    Nobody learns whether another account has it. Raises RuleBroken on `email`.
    """
    email = email_address(typed)
    account = get_own_account(actor.account_id)
    if email is None or email == account.email:
        raise RuleBroken(
            N_("Enter an e-mail address, for example name@example.org."), field="email"
        )
    if queries.count_live_links(account.id, LinkPurpose.NEW_EMAIL) >= MOST_LINKS:
        return
    membership = db.session.get_one(Membership, actor.membership_id)
    _send_link(account, membership, LinkPurpose.NEW_EMAIL, email)


def confirm_email(secret: str) -> None:
    """Spend a link: the address that it went to is the account's own. Raises RuleBroken.

    Sign-ins end, and word of it goes to the old address and the new one.
    """
    link = queries.find_live_link(secret, frozenset({LinkPurpose.NEW_EMAIL}))
    if link is None or link.new_email is None:
        raise RuleBroken(LINK_OVER)
    if find_account(link.new_email) is not None:
        raise RuleBroken(_TAKEN)
    account = db.session.get_one(Account, link.account_id)
    membership = queries.find_staff_membership(account.id)
    before, account.email = account.email, link.new_email
    end_all(account.id)
    _end_links(account.id)
    if membership is not None:
        for email in (before, link.new_email):
            mail.send_word(mail.EMAIL_CHANGED, account, membership.organisation_id, email)


def _send_link(
    account: Account, membership: Membership, purpose: LinkPurpose, email: str | None = None
) -> None:
    secret, until = new_secret(), now() + LINK_LIFETIMES[purpose]
    db.session.add(
        AccountLink(
            account_id=account.id,
            purpose=purpose,
            new_email=email,
            secret_digest=digest(secret),
            expires_at=until,
        )
    )
    mail.send_link(account, membership, purpose, secret, until, email)


def _end_links(account_id: str) -> None:
    db.session.execute(
        update(AccountLink)
        .where(AccountLink.account_id == account_id, AccountLink.spent_at.is_(None))
        .values(spent_at=now())
    )
