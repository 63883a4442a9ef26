"""Use cases of one-time codes: ask for one, and come in with it or with its link."""

from dataclasses import dataclass
from datetime import datetime

from jobsearch.accounts.codes import mail, queries
from jobsearch.accounts.codes.models import OneTimeCode
from jobsearch.accounts.codes.rules import (
    CODE_LIFETIME,
    CODE_TRIES,
    SIGN_IN,
    WRONG_CODES,
    WRONG_CODES_WINDOW,
    Address,
    address_of,
    is_open,
)
from jobsearch.accounts.models import Account, Membership
from jobsearch.accounts.rules import BY_CODE, Way
from jobsearch.accounts.service import first_membership, start_sign_in
from jobsearch.core.access import Role
from jobsearch.core.clock import now
from jobsearch.core.db import db
from jobsearch.core.errors import RuleBroken
from jobsearch.core.text import mark as N_
from jobsearch.core.tokens import digest, new_code, new_secret, same

WRONG = N_("The code is wrong or too old. Ask for a new code.")
_ONLY_LINK = N_(
    "Too many wrong codes were typed for this address. Open the link in the message instead."
)
_LINK_BYTES = 16  # 128 bits: it stands in text messages, where letters are few


@dataclass(frozen=True, slots=True)
class Issued:
    """What is told once of a fresh code: to the browser that asked, and to the address."""

    request_secret: str
    code: str
    link_secret: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What the browser that asked keeps: its secret, and the masked address to show."""

    request_secret: str
    sent_to: str


def ask_for_code(typed: str, *, may_send: bool) -> Asked:
    """Send a code and a link to an address that has an account; nobody learns whether it has.

    Without `may_send` nothing is sent: there were enough messages to this address. Raises
    RuleBroken for what is no address.
    """
    address = address_of(typed)
    found = queries.find_way_in(address)
    account_id = found.account_id if found is not None and may_send else None
    issued = issue(SIGN_IN, SIGN_IN, address, account_id)
    if may_send:
        _write(found, address, issued)
    return Asked(issued.request_secret, address.masked)


def _write(found: queries.WayIn | None, address: Address, issued: Issued) -> None:
    """Write the message; one to nobody is written as well, and taken back: it takes as long."""
    until = now() + CODE_LIFETIME
    with db.session.begin_nested() as turn:
        mail.send_code(found or queries.NOBODY, address, issued.code, issued.link_secret, until)
        if found is None:
            turn.rollback()


def issue(purpose: str, subject_id: str, address: Address, account_id: str | None) -> Issued:
    """Make a fresh code for one purpose and subject; without an account it is a decoy."""
    issued = Issued(new_secret(), new_code(), new_secret(_LINK_BYTES))
    at = now()
    db.session.add(
        OneTimeCode(
            purpose=purpose,
            subject_id=subject_id,
            account_id=account_id,
            address_digest=queries.address_digest(address),
            sent_to=address.masked,
            request_digest=digest(issued.request_secret),
            code_digest=_together(issued.request_secret, issued.code),
            link_digest=digest(issued.link_secret),
            link_code_digest=_together(issued.link_secret, issued.code),
            asked_at=at,
            expires_at=at + CODE_LIFETIME,
        )
    )
    db.session.flush()
    return issued


def sign_in_with_code(request_secret: str, code: str, device: str, role: Role | None = None) -> str:
    """Let the person in by the code that this browser asked for; it works once.

    `role` is the one in which she wants in, if she has it; else it is that of last time.
    Raises RuleBroken; the try is counted for this request alone, and the fifth wrong one ends it.
    """
    row = queries.find_by_request(request_secret, hold=True)
    at = now()
    if row is not None and _only_by_link(row, at):
        raise RuleBroken(_ONLY_LINK, field="code")
    spend(row, SIGN_IN, SIGN_IN, row is not None and is_code(row, request_secret, code), at)
    return _let_in(row, device, Way.CODE, role)


def sign_in_by_link(
    link_secret: str,
    request_secret: str,
    code: str | None,
    device: str,
    role: Role | None = None,
) -> str:
    """Let the person in by the link of her message; it works once.

    In the browser that asked the button is enough; in another one the code has to be typed.
    Raises RuleBroken as `sign_in_with_code`.
    """
    row = queries.find_by_link(link_secret, hold=True)
    right = row is not None and (
        same(row.request_digest, digest(request_secret))
        or same(row.link_code_digest, _together(link_secret, code or ""))
    )
    spend(row, SIGN_IN, SIGN_IN, right, now())
    return _let_in(row, device, Way.LINK, role)


def spend(
    row: OneTimeCode | None, purpose: str, subject_id: str, right: bool, at: datetime
) -> None:
    """Spend a code that was shown rightly, for exactly its purpose and subject; count a wrong one.

    Raises RuleBroken on field `code`, with the same sentence whatever is wrong.
    """
    if row is None or not is_open(row.asked_at, row.expires_at, row.tried_at, row.spent_at, at):
        raise RuleBroken(WRONG, field="code")
    row.tried_at = at
    if right and (row.purpose, row.subject_id) == (purpose, subject_id):
        row.spent_at = at
        db.session.flush()
        return
    row.tries += 1
    if row.tries >= CODE_TRIES:
        row.spent_at = at
    db.session.flush()
    raise RuleBroken(WRONG, field="code")


def is_code(row: OneTimeCode, request_secret: str, code: str) -> bool:
    """Whether this is the code of the request."""
    return same(row.code_digest, _together(request_secret, code))


def _let_in(row: OneTimeCode | None, device: str, way: Way, role: Role | None) -> str:
    account = db.session.get(Account, row.account_id) if row and row.account_id else None
    membership = _membership(account, role) if account else None
    if row is None or account is None or account.closed_at is not None or membership is None:
        raise RuleBroken(WRONG, field="code")
    return start_sign_in(membership, device, way, address_digest=row.address_digest)


def _membership(account: Account, role: Role | None) -> Membership | None:
    wanted = BY_CODE & {role} if role is not None else frozenset[Role]()
    return first_membership(account, wanted) or first_membership(account, BY_CODE)


def _only_by_link(row: OneTimeCode, at: datetime) -> bool:
    since = at - WRONG_CODES_WINDOW
    return queries.count_wrong_codes(row.address_digest, since) >= WRONG_CODES


def _together(secret: str, code: str) -> str:
    return digest(f"{secret}:{code}")
