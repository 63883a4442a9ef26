"""What a consent is: its purpose, its words, how long it may last, and who gives it."""

import json
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from jobsearch.core.access import Actor, Role
from jobsearch.core.errors import RuleBroken
from jobsearch.core.periods import add_months
from jobsearch.core.text import Words
from jobsearch.core.text import mark as N_

ONLY_HERSELF = N_("Only the job seeker can give this permission or take it back.")
STAFF_WHO_LINK = frozenset({Role.MANAGER, Role.COACH})


class ConsentPurpose(StrEnum):
    """Two purposes, never bundled."""

    INTRODUCTION = "introduction"
    ANALYSIS = "analysis"


@dataclass(frozen=True, slots=True)
class Wording:
    """One edition of a consent's words, its usual and its longest validity in months.

    `scope` says in a line what it covers; the first editions said it in their sentences alone.
    """

    purpose: ConsentPurpose
    edition: str
    in_use_from: date
    months: int
    most_months: int
    text: Words
    scope: Words

    def say(self, language: str, *, recipient: str, organisation: str, until: str) -> str:
        """The sentences as a person reads them; `until` is a day already written out."""
        gaps = {"recipient": recipient, "organisation": organisation, "until": until}
        return self.text.say(language) % gaps


def read_wordings(text: str) -> tuple[Wording, ...]:
    """The wordings of a shipped file. Raises KeyError or ValueError when it is not whole."""
    return tuple(
        Wording(
            purpose=ConsentPurpose(purpose),
            edition=one["edition"],
            in_use_from=date.fromisoformat(one["in_use_from"]),
            months=int(one["months"]),
            most_months=int(one["most_months"]),
            text=Words.of(one["text"]),
            scope=Words.of(one.get("scope", {})),
        )
        for purpose, editions in json.loads(text).items()
        for one in editions
    )


def wording_in_use(wordings: tuple[Wording, ...], purpose: ConsentPurpose, today: date) -> Wording:
    """The newest edition of the day. Raises RuleBroken when there is none."""
    found = [one for one in wordings if one.purpose is purpose and one.in_use_from <= today]
    if not found:
        raise RuleBroken(N_("There are no words for this permission yet."))
    return max(found, key=lambda one: (one.in_use_from, one.edition))


def validities(wording: Wording, today: date) -> tuple[tuple[int, date], ...]:
    """The validities that are offered: months and last day, the usual one among them."""
    offered = sorted({1, wording.months, 6, wording.most_months})
    return tuple((n, add_months(today, n)) for n in offered if n <= wording.most_months)


def check_validity(wording: Wording, today: date, valid_to: date) -> None:
    """A consent lasts from today to at most its longest validity. Raises RuleBroken."""
    if valid_to < today:
        raise RuleBroken(N_("The last day is in the past."), field="months")
    if valid_to > add_months(today, wording.most_months):
        raise RuleBroken(
            N_("A permission lasts at most %(months)d months."),
            field="months",
            months=wording.most_months,
        )


def check_giver(actor: Actor, person_id: str) -> None:
    """Only the person herself, in her own sign-in, gives or takes back. Raises RuleBroken."""
    herself = actor.role is Role.PARTICIPANT and actor.person_id == person_id
    if not herself or not actor.sign_in_id:
        raise RuleBroken(ONLY_HERSELF)


def check_linker(actor: Actor) -> None:
    """Only the provider's manager and coaches say who is whose municipal coach."""
    if actor.role not in STAFF_WHO_LINK:
        raise RuleBroken(N_("Only a coach or a manager names the municipal coach."))
