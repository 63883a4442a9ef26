"""What an introduction is: who may make how many, its statement, and how a person is known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from jobsearch.core.errors import RuleBroken
from jobsearch.core.text import mark as N_

PURPOSE = "recruitment.referral"
"""The purpose of the link by which a municipal coach introduces people."""
LINK_LIFETIME = timedelta(days=180)
OPEN_AFTER_LAST_GROUP = timedelta(days=92)
MOST_A_DAY = 40
RECEIPT_SHOWN = timedelta(hours=12)
MOST_LETTERS = 1000

STATEMENT_EDITION = "2026-1"
"""Changes with the words of STATEMENT; a test holds the two together."""
STATEMENT = N_("I have told the candidate about this, and she or he agrees to be introduced.")


class KnownBy(StrEnum):
    """By what a person was recognised as one whom the provider knows already."""

    PHONE = "phone"
    EMAIL = "email"
    IDENTITY_CODE = "identity_code"


@dataclass(frozen=True, slots=True)
class Introduction:
    """What a municipal coach tells of a candidate. `phone` is +358…, `programme_id` where to."""

    programme_id: str
    given_name: str
    family_name: str
    phone: str
    email: str | None = None
    municipality: str | None = None
    language: str = "fi"
    text: str = ""
    call_when: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """The tick as she read it: edition, language and the words themselves."""

    edition: str
    language: str
    words: str


def check_introduction(told: Introduction) -> None:
    """A name and a phone number, and no more than fits. Raises RuleBroken."""
    if not told.given_name:
        raise RuleBroken(N_("Enter the candidate's name."), field="name")
    if not told.phone:
        raise RuleBroken(N_("Enter the candidate's phone number."), field="phone")
    if len(told.text) > MOST_LETTERS:
        raise RuleBroken(
            N_("At most %(most)d characters fit here."), field="introduction", most=MOST_LETTERS
        )


def check_statement(statement: Statement) -> None:
    """Nobody is introduced who has not agreed to it. Raises RuleBroken."""
    if not statement.words:
        raise RuleBroken(
            N_("Tick this when the candidate agrees. Without it nobody is introduced."),
            field="agreed",
        )


def check_number(today_already: int) -> None:
    """One coach introduces so many people a day; more is no coach. Raises RuleBroken."""
    if today_already >= MOST_A_DAY:
        raise RuleBroken(
            N_("You have introduced %(count)d people today. Go on tomorrow, or call us."),
            count=today_already,
        )


def expires_at(now: datetime) -> datetime:
    """When a coach's link ends that is made now."""
    return now + LINK_LIFETIME


def split_name(name: str) -> tuple[str, str]:
    """Given names and family name of one field: `Matti Juhani Meri` or `Meri, Matti Juhani`."""
    words = " ".join(name.split())
    if "," in words:
        family, _comma, given = words.partition(",")
        if given.strip() and family.strip():
            return given.strip(), family.strip()
        words = words.replace(",", "").strip()
    given, _space, family = words.rpartition(" ")
    return (given, family) if given else (family, "")
