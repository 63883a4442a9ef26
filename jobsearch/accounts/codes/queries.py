"""What is asked of one-time codes."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from jobsearch.accounts.codes.models import OneTimeCode
from jobsearch.accounts.codes.rules import CODE_TRIES, Address, LinkPage, is_open
from jobsearch.accounts.models import Account, Membership
from jobsearch.accounts.rules import BY_CODE
from jobsearch.core.clock import now
from jobsearch.core.crypto import keyring
from jobsearch.core.db import db
from jobsearch.core.text import DEFAULT_LANGUAGE
from jobsearch.core.tokens import digest, same
from jobsearch.organisations.models import Organisation

_PURPOSE = "one_time_code.address"


@dataclass(frozen=True, slots=True)
class WayIn:
    """An account that signs in by code, with the organisation in whose name it is written to."""

    account_id: str
    person_id: str | None
    name: str
    language: str
    organisation_id: str
    service_name: str

    @property
    def subject_id(self) -> str:
        """Whose messages these are: the participant's person, else the account."""
        return self.person_id or self.account_id

    @property
    def first_name(self) -> str:
        """How the message calls her."""
        return (self.name.split() or [""])[0]


NOBODY = WayIn("-", None, "", DEFAULT_LANGUAGE, "-", "")
"""Stands in for whoever has no account, so that the same is asked of the database."""


def address_digest(address: Address) -> str:
    """What is kept of an address that a code was asked for; known or not."""
    return keyring().blind(address.text, _PURPOSE)


def address_digests(address: Address) -> tuple[str, ...]:
    """Every digest that an address may have while the index key is turned."""
    return keyring().blinds(address.text, _PURPOSE)


def find_way_in(address: Address) -> WayIn | None:
    """The open account of this address that signs in by code; one statement, found or not."""
    own = Account.email == address.email if address.email else Account.phone == address.phone
    statement = (
        select(
            Account.id,
            Membership.person_id,
            Account.name,
            Account.language,
            Membership.organisation_id,
            Organisation.service_name,
        )
        .join(Membership, Membership.account_id == Account.id)
        .join(Organisation, Membership.organisation_id == Organisation.id)
        .where(own, Account.closed_at.is_(None))
        .where(Membership.ended_at.is_(None), Membership.role.in_(BY_CODE))
        .order_by(Membership.role, Membership.id)
        .limit(1)
    )
    row = db.session.execute(statement).first()
    return None if row is None else WayIn(*row)


def find_by_request(request_secret: str, *, hold: bool = False) -> OneTimeCode | None:
    """The code that was asked for in this browser; held, so that two tries come one by one."""
    return _find(OneTimeCode.request_digest, request_secret, hold)


def find_by_link(link_secret: str, *, hold: bool = False) -> OneTimeCode | None:
    """The code that a message's link belongs to; held, so that two tries come one by one."""
    return _find(OneTimeCode.link_digest, link_secret, hold)


def page_of_link(link_secret: str, request_secret: str) -> LinkPage:
    """What a link shows: a button in the browser that asked, elsewhere a field for the code."""
    row = find_by_link(link_secret)
    if (
        row is None
        or row.account_id is None
        or not is_open(row.asked_at, row.expires_at, row.tried_at, row.spent_at, now())
    ):
        return LinkPage.OVER
    here = same(row.request_digest, digest(request_secret))
    return LinkPage.BUTTON if here else LinkPage.CODE


def count_wrong_codes(address: str, since: datetime) -> int:
    """How many wrong codes were typed for one address (its digest), whoever typed them."""
    statement = select(func.coalesce(func.sum(OneTimeCode.tries), 0)).where(
        OneTimeCode.address_digest == address, OneTimeCode.asked_at > since
    )
    return int(db.session.scalar(statement) or 0)


def has_shown(account_id: str, address: Address) -> bool:
    """Whether a code to this address has been used for the account in the days that it is kept."""
    statement = select(OneTimeCode.id).where(
        OneTimeCode.account_id == account_id,
        OneTimeCode.address_digest.in_(address_digests(address)),
        OneTimeCode.spent_at.is_not(None),
        OneTimeCode.tries < CODE_TRIES,  # the last wrong one spends it too
    )
    return db.session.scalar(statement.limit(1)) is not None


def _find(column: Any, secret: str, hold: bool) -> OneTimeCode | None:
    statement = select(OneTimeCode).where(column == digest(secret))
    return db.session.scalar(statement.with_for_update() if hold else statement)
