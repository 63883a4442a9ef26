"""Use cases of signing in and out."""

from datetime import datetime

from sqlalchemy import update

from jobsearch.accounts import queries
from jobsearch.accounts.models import Account, AccountLink, Membership, SignIn, SignInCode
from jobsearch.accounts.passwords import hash_password, is_password
from jobsearch.accounts.rules import (
    BY_CODE,
    BY_PASSWORD,
    CODE_LIFETIME,
    CODE_TRIES,
    LINK_LIFETIME,
    LinkPurpose,
    Stage,
    Way,
    check_password,
)
from jobsearch.core.access import Role
from jobsearch.core.clock import now
from jobsearch.core.db import db
from jobsearch.core.errors import RuleBroken
from jobsearch.core.text import mark as N_
from jobsearch.core.tokens import digest, new_code, new_secret, same
from jobsearch.notices.service import enqueue

_WRONG = N_("The address or the password is wrong.")
_WRONG_CODE = N_("The code is wrong or too old. Ask for a new code.")


def sign_in_with_password(email: str, password: str, device: str) -> str:
    """Let staff in; returns the secret of the new sign-in. Raises RuleBroken, the same for all."""
    account = queries.find_account(email.strip().lower())
    right = is_password(account.password_hash if account else None, password)
    membership = _first(account, BY_PASSWORD) if account and right else None
    if membership is None:
        raise RuleBroken(_WRONG, field="password")
    return _start(membership, device)


def ask_for_code(email: str, subject: str, body: str) -> str:
    """Send a one-time code to an address that has an account; nobody learns whether it has.

    `body` carries %(code)s. Returns the secret that ties the code to the browser that asked.
    """
    request_secret = new_secret()
    account = queries.find_account(email.strip().lower())
    if account is None or _first(account, BY_CODE) is None:
        return request_secret
    code = new_code()
    db.session.add(
        SignInCode(
            account_id=account.id,
            code_digest=digest(f"{request_secret}:{code}"),
            request_digest=digest(request_secret),
            expires_at=now() + CODE_LIFETIME,
        )
    )
    enqueue(
        kind="sign_in_code",
        address=account.email,
        subject=subject,
        body=body % {"code": code},
        expires_in=CODE_LIFETIME,
        organisation_id=_first_membership(account).organisation_id,
    )
    return request_secret


def sign_in_with_code(request_secret: str, code: str, device: str) -> str:
    """Let the person in by the code that this browser asked for; it works once.

    Raises RuleBroken; the try is counted, and the fifth wrong one spends the code.
    """
    row = queries.find_code(request_secret)
    if row is None or row.spent_at is not None or row.expires_at < now():
        raise RuleBroken(_WRONG_CODE, field="code")
    row.tries += 1
    if row.tries >= CODE_TRIES:
        row.spent_at = now()
    if not same(row.code_digest, digest(f"{request_secret}:{code}")):
        db.session.flush()
        raise RuleBroken(_WRONG_CODE, field="code")
    row.spent_at = now()
    account = db.session.get_one(Account, row.account_id)
    membership = _first(account, BY_CODE) if account.closed_at is None else None
    if membership is None:
        raise RuleBroken(_WRONG_CODE, field="code")
    return _start(membership, device)


def sign_out(sign_in_id: str) -> None:
    """End one sign-in; its cookie opens nothing from now on."""
    _end(SignIn.id == sign_in_id)


def sign_out_everywhere(account_id: str) -> None:
    """End every sign-in of an account."""
    ids = [membership.id for membership in queries.list_memberships(account_id)]
    _end(SignIn.membership_id.in_(ids))


def touch(sign_in_id: str, at: datetime) -> None:
    """Note that a sign-in was used."""
    db.session.execute(update(SignIn).where(SignIn.id == sign_in_id).values(last_seen_at=at))


def choose_language(account_id: str, language: str) -> None:
    """Remember the language that the person reads."""
    queries.get_own_account(account_id).language = language


def invite_first_manager(email: str, organisation_id: str, name: str) -> str:
    """Make a manager's account without a password; returns the secret of her one-time link."""
    account = Account(email=email.strip().lower(), name=name)
    db.session.add(account)
    db.session.flush()
    db.session.add(
        Membership(account_id=account.id, organisation_id=organisation_id, role=Role.MANAGER)
    )
    return new_link(account)


def new_link(account: Account) -> str:
    """A fresh one-time link for an account; returns its secret."""
    secret = new_secret()
    link = AccountLink(
        account_id=account.id,
        purpose=LinkPurpose.FIRST_PASSWORD,
        secret_digest=digest(secret),
        expires_at=now() + LINK_LIFETIME,
    )
    db.session.add(link)
    return secret


def set_first_password(secret: str, password: str) -> None:
    """Spend a link: its account gets a password. Raises RuleBroken for a spent or bad one."""
    link = queries.find_link(secret)
    if link is None or link.spent_at is not None or link.expires_at < now():
        raise RuleBroken(N_("This link has been used or is too old. Ask for a new one."))
    account = db.session.get_one(Account, link.account_id)
    check_password(password, account.email, account.name)
    account.password_hash = hash_password(password)
    link.spent_at = now()
    sign_out_everywhere(account.id)


def _first(account: Account, roles: frozenset[Role]) -> Membership | None:
    memberships = queries.list_memberships(account.id)
    return next((found for found in memberships if found.role in roles), None)


def _first_membership(account: Account) -> Membership:
    return queries.list_memberships(account.id)[0]


def _start(
    membership: Membership, device: str, way: Way = Way.CODE, stage: Stage = Stage.WHOLE
) -> str:
    secret = new_secret()
    at = now()
    db.session.add(
        SignIn(
            secret_digest=digest(secret),
            membership_id=membership.id,
            device=device[:120],
            started_at=at,
            last_seen_at=at,
            proven_at=at,
            way=way,
            stage=stage,
        )
    )
    return secret


def _end(which: object) -> None:
    statement = update(SignIn).where(which, SignIn.ended_at.is_(None))  # type: ignore[arg-type]
    db.session.execute(statement.values(ended_at=now()))
