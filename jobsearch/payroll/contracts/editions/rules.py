"""The life of a contract's version, who signs it, and what its terms may say; pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from jobsearch.core.errors import RuleBroken
from jobsearch.core.money import Money
from jobsearch.core.periods import Span, add_months
from jobsearch.core.text import LANGUAGES
from jobsearch.core.text import mark as N_
from jobsearch.payroll.contracts.law.rules import (
    ContractLaw,
    Ending,
    EndingTime,
    GroundKey,
)


class ContractState(StrEnum):
    """Where one version of a contract is."""

    DRAFT = "draft"
    OFFERED = "offered"
    SIGNED_BY_ONE = "signed_by_one"
    SIGNED = "signed"
    DECLINED = "declined"
    REPLACED = "replaced"
    ENDED = "ended"


class Act(StrEnum):
    """What somebody does with a version."""

    EDIT = "edit"
    OFFER = "offer"
    SIGN = "sign"
    DECLINE = "decline"
    REPLACE = "replace"
    END = "end"


_S = ContractState
OPEN: frozenset[ContractState] = frozenset({_S.DRAFT, _S.OFFERED, _S.SIGNED_BY_ONE})
"""Versions on their way; an enrolment has at most one of them, and at most one that is signed."""
UNSIGNED = OPEN
TO_SIGN: frozenset[ContractState] = frozenset({_S.OFFERED, _S.SIGNED_BY_ONE})

NEXT: Mapping[tuple[ContractState, Act], ContractState] = {
    (_S.DRAFT, Act.EDIT): _S.DRAFT,
    (_S.DRAFT, Act.OFFER): _S.OFFERED,
    (_S.DRAFT, Act.END): _S.ENDED,
    (_S.OFFERED, Act.SIGN): _S.SIGNED_BY_ONE,
    (_S.OFFERED, Act.DECLINE): _S.DECLINED,
    (_S.OFFERED, Act.REPLACE): _S.REPLACED,
    (_S.OFFERED, Act.END): _S.ENDED,
    (_S.SIGNED_BY_ONE, Act.SIGN): _S.SIGNED,
    (_S.SIGNED_BY_ONE, Act.DECLINE): _S.DECLINED,
    (_S.SIGNED_BY_ONE, Act.REPLACE): _S.REPLACED,
    (_S.SIGNED_BY_ONE, Act.END): _S.ENDED,
    (_S.SIGNED, Act.REPLACE): _S.REPLACED,
    (_S.SIGNED, Act.END): _S.ENDED,
}

_REFUSED: Mapping[Act, str] = {
    Act.EDIT: N_("What has been offered is not edited any more: make a new version."),
    Act.OFFER: N_("This version has been offered already."),
    Act.SIGN: N_("This version cannot be signed now."),
    Act.DECLINE: N_("This version cannot be declined any more."),
    Act.REPLACE: N_("This version is not in use, so nothing replaces it."),
    Act.END: N_("This version has ended already."),
}


def next_state(state: ContractState, act: Act) -> ContractState:
    """The state after the act. Raises RuleBroken when it is not possible in this state."""
    found = NEXT.get((state, act))
    if found is None:
        raise RuleBroken(_REFUSED[act])
    return found


class Side(StrEnum):
    """The two who sign."""

    EMPLOYER = "employer"
    EMPLOYEE = "employee"


class Method(StrEnum):
    """How a signature was proved: by a code to the own phone or e-mail, or by a fresh sign-in."""

    CODE = "code"
    SIGN_IN = "sign_in"


def check_signing(
    state: ContractState, signed: Collection[Side], side: Side, starts_on: date, today: date
) -> ContractState:
    """The state after this side signs; the order of the two is free.

    Raises RuleBroken when the side has signed, when nothing is there to sign, and when work would
    have begun before.
    """
    if side in signed:
        raise RuleBroken(
            N_("The employer has signed this version already.")
            if side is Side.EMPLOYER
            else N_("You have signed this contract already.")
        )
    after = next_state(state, Act.SIGN)
    if starts_on < today:
        raise RuleBroken(
            N_("The first day, %(day)s, is in the past. A new version with later days is needed."),
            day=starts_on,
        )
    return after


def check_declining(state: ContractState, signed: Collection[Side]) -> ContractState:
    """The state after the person declines. Raises RuleBroken when she has signed herself."""
    if Side.EMPLOYEE in signed:
        raise RuleBroken(N_("You have signed this contract already. Talk to your coach."))
    return next_state(state, Act.DECLINE)


@dataclass(frozen=True, slots=True)
class ContractTerms:
    """What one person and the employer agree on, beside what holds for all."""

    term: Span
    hourly: Money
    allowance: Money
    outcome_bonus: Money
    agreed_minutes: int
    agreement: str
    ground: GroundKey
    ground_reason: str
    trial_days: int
    place: str
    tasks: str
    language: str


@dataclass(frozen=True, slots=True)
class Usual:
    """What a contract is held against: the group's days, and the programme's terms of the day."""

    term: Span
    minutes: int
    hourly: Money
    allowance: Money
    outcome_bonus: Money


def differs(terms: ContractTerms, usual: Usual) -> bool:
    """Whether somebody changed the programme's pay, days or hours for this person."""
    own = terms.hourly, terms.allowance, terms.outcome_bonus, terms.agreed_minutes, terms.term
    common = usual.hourly, usual.allowance, usual.outcome_bonus, usual.minutes, usual.term
    return own != common


def check_draft(terms: ContractTerms, usual: Usual, reason: str, law: ContractLaw) -> None:
    """Refuse terms that no contract may have, and a change of the usual ones without its reason."""
    _check_days(terms, usual)
    _check_pay(terms, usual)
    _check_texts(terms)
    ground = law.ground_on(terms.ground, terms.term.first)
    if ground.needs_reason and not terms.ground_reason.strip():
        raise RuleBroken(
            N_("Write out the reason of the fixed term in a sentence."), field="ground_reason"
        )
    longest = law.longest_trial(terms.term)
    if not 0 <= terms.trial_days <= longest:
        raise RuleBroken(
            N_("The trial period is at most half of the fixed term, here %(days)d days."),
            field="trial_days",
            days=longest,
        )
    if differs(terms, usual) and not reason.strip():
        raise RuleBroken(
            N_("Say why these terms differ from those of the programme."), field="reason"
        )


def _check_days(terms: ContractTerms, usual: Usual) -> None:
    first, last = terms.term.first, terms.term.last
    if last is None:
        raise RuleBroken(N_("Give the day on which the fixed term ends."), field="ends_on")
    if first < usual.term.first or last > (usual.term.last or last):
        raise RuleBroken(
            N_("The group works from %(first)s to %(last)s; the contract lies within these days."),
            field="starts_on",
            first=usual.term.first,
            last=usual.term.last,
        )
    if last >= add_months(first, 12):
        raise RuleBroken(N_("The fixed term is longer than a year."), field="ends_on")
    if not 0 < terms.agreed_minutes <= usual.minutes:
        raise RuleBroken(
            N_("The agreed hours are above zero and at most those of the group."),
            field="agreed_minutes",
        )


def _check_pay(terms: ContractTerms, usual: Usual) -> None:
    if terms.hourly <= Money.zero():
        raise RuleBroken(N_("The hourly wage is above zero."), field="hourly")
    if terms.hourly < usual.hourly:
        raise RuleBroken(
            N_("The hourly wage is below the pay terms of the programme, %(hourly)s."),
            field="hourly",
            hourly=usual.hourly,
        )
    if terms.allowance < Money.zero():
        raise RuleBroken(N_("The allowance cannot be negative."), field="allowance")
    if terms.outcome_bonus < Money.zero():
        raise RuleBroken(N_("The bonus cannot be negative."), field="outcome_bonus")


def _check_texts(terms: ContractTerms) -> None:
    if not terms.agreement.strip():
        raise RuleBroken(
            N_("Say which collective agreement or law the pay rests on."), field="agreement"
        )
    if not terms.place.strip():
        raise RuleBroken(N_("Say where the work is done."), field="place")
    if terms.language not in LANGUAGES:
        raise RuleBroken(N_("Choose the language of the contract."), field="language")


def check_offer(starts_on: date, today: date, *, has_identity: bool) -> None:
    """Refuse to offer what begins in the past, or to whom wages could not be reported.

    The Incomes Register wants the identity code of who earns (`finland/law.md` section 5).
    """
    if starts_on < today:
        raise RuleBroken(
            N_("The first day of work, %(day)s, is in the past."), field="starts_on", day=starts_on
        )
    if not has_identity:
        raise RuleBroken(
            N_("The identity code is missing. Wages cannot be reported without it: ask for it.")
        )


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a version is on a day, for asking how it may end."""

    state: ContractState
    term: Span
    trial_days: int


def possible_times(at: Standing, today: date) -> frozenset[EndingTime]:
    """In which of its times a version is today; none for one that is over."""
    if at.state in UNSIGNED:
        return frozenset({EndingTime.UNSIGNED})
    if at.state is not ContractState.SIGNED:
        return frozenset()
    if today < at.term.first:
        return frozenset({EndingTime.BEFORE_START})
    if not at.term.contains(today):
        return frozenset({EndingTime.LAST_DAY})
    in_trial = (today - at.term.first).days < at.trial_days
    return frozenset({EndingTime.RUNNING} | ({EndingTime.TRIAL} if in_trial else set()))


def check_ending(at: Standing, ending: Ending, ended_on: date, today: date) -> None:
    """Refuse an ending that is not possible now, or a last day outside the term.

    A contract whose fixed term is over has ended by itself.
    """
    next_state(at.state, Act.END)
    if ending.when not in possible_times(at, today):
        raise RuleBroken(
            N_("A contract cannot end in this way at this point of its life."), field="ending"
        )
    if ending.when in (EndingTime.UNSIGNED, EndingTime.BEFORE_START):
        return
    if not at.term.contains(ended_on):
        raise RuleBroken(N_("The last day lies within the fixed term."), field="ended_on")
    if ended_on > today:
        raise RuleBroken(N_("The last day has not come yet."), field="ended_on")


STATE_NAMES: dict[ContractState, str] = {
    ContractState.DRAFT: N_("Being prepared"),
    ContractState.OFFERED: N_("Waits for both signatures"),
    ContractState.SIGNED_BY_ONE: N_("Waits for one signature"),
    ContractState.SIGNED: N_("Signed by both"),
    ContractState.DECLINED: N_("Declined"),
    ContractState.REPLACED: N_("Replaced by a newer version"),
    ContractState.ENDED: N_("Ended"),
}
