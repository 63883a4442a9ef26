"""Rules of one-time codes: what an address is, how long a code lives, how often it may be tried."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from jobsearch.core.errors import RuleBroken
from jobsearch.core.phones import phone_number
from jobsearch.core.spellings import email_address
from jobsearch.core.text import mark as N_

SIGN_IN = "sign_in"
CODE_LIFETIME = timedelta(minutes=15)
CODE_TRIES = 5
MESSAGES = 3
MESSAGES_WINDOW = timedelta(minutes=15)
"""At most so many messages to one address in so long."""
WRONG_CODES = 20
WRONG_CODES_WINDOW = timedelta(hours=24)
"""After so many wrong codes for one address a code alone opens nothing; its link still does."""
KEPT = timedelta(days=2)


class LinkPage(StrEnum):
    """What the page of a message's link shows."""

    BUTTON = "button"
    CODE = "code"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Address:
    """An e-mail address or a phone number, in the one spelling in which it is kept."""

    email: str | None = None
    phone: str | None = None

    @property
    def text(self) -> str:
        """The address itself."""
        return self.email or self.phone or ""

    @property
    def masked(self) -> str:
        """Enough for its owner to know it, too little for another: p•••@example.org, ••• 201."""
        if self.email is None:
            return f"••• {self.text[-3:]}"
        name, _, host = self.email.rpartition("@")
        return f"{name[:1]}•••@{host}"[:60]


def address_of(typed: str) -> Address:
    """The address that a person typed, in any spelling. Raises RuleBroken on field `address`.

    What has an @ is an e-mail address; anything else is a phone number, Finnish without a country.
    """
    address = (
        Address(email=email_address(typed)) if "@" in typed else Address(phone=phone_number(typed))
    )
    if address.text:
        return address
    raise RuleBroken(
        N_("Enter a phone number or an e-mail address, for example 040 123 4567."),
        field="address",
    )


def is_open(
    asked_at: datetime,
    expires_at: datetime,
    tried_at: datetime | None,
    spent_at: datetime | None,
    now: datetime,
) -> bool:
    """Whether a code may still be tried: not spent, not too old, and time has not gone back.

    A clock that stands before what has happened already cannot say how old the code is.
    """
    if spent_at is not None or now < asked_at or (tried_at is not None and now < tried_at):
        return False
    return now <= expires_at
