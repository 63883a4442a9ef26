"""What a correction takes back and what it says anew; pure.

What rises is paid as an ordinary payment of its own day. What falls, and what was withheld wrongly,
says the earlier payment anew by the rules of the day on which it was paid.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from jobsearch.core.errors import RuleBroken
from jobsearch.core.health_words import words_of_health
from jobsearch.core.money import Money, Rate, wage
from jobsearch.core.text import mark as N_
from jobsearch.payroll.pay.lines import ITEMS, Item, LineKind, PayLine
from jobsearch.payroll.pay.rules import FROZEN, PaidBy, RunState, check_paid_here
from jobsearch.payroll.pay.sentences import Name, Sentence

MOST_REASON = 200
DUE = frozenset({LineKind.EARNING, LineKind.REIMBURSEMENT})
"""Kinds that say what is due before anything is taken."""


@dataclass(frozen=True, slots=True)
class RightFigures:
    """What is right by the clerk's word; None: as the contract and the hours say now."""

    minutes: int | None = None
    allowance: Money | None = None
    bonus: Money | None = None


class Way(StrEnum):
    """What a correction does."""

    PAYS_MORE = "pays_more"
    SAYS_ANEW = "says_anew"
    MIXED = "mixed"


def which_way(differences: Collection[Money]) -> Way:
    """Whether what is due rises, falls (or stays, and only what was withheld changes), or both."""
    rises = any(one > Money.zero() for one in differences)
    falls = any(one < Money.zero() for one in differences)
    if rises and falls:
        return Way.MIXED
    return Way.PAYS_MORE if rises else Way.SAYS_ANEW


def check_reason(reason: str) -> None:
    """Refuse a correction without a reason, and one that tells of health: the payslip prints it."""
    if not reason.strip():
        raise RuleBroken(N_("Say why the pay is corrected."), field="reason")
    if len(reason) > MOST_REASON:
        raise RuleBroken(
            N_("Say it in at most %(count)d letters."), field="reason", count=MOST_REASON
        )
    telling = words_of_health(reason)
    if telling:
        raise RuleBroken(
            N_("Leave out what tells of health: %(words)s. The payslip prints the reason."),
            field="reason",
            words=", ".join(telling),
        )


def check_figures(right: RightFigures) -> None:
    """Refuse hours and money below zero."""
    if right.minutes is not None and right.minutes < 0:
        raise RuleBroken(N_("Hours worked are not below zero."), field="minutes")
    if right.allowance is not None and right.allowance < Money.zero():
        raise RuleBroken(N_("The allowance is not below zero."), field="allowance")
    if right.bonus is not None and right.bonus < Money.zero():
        raise RuleBroken(N_("The bonus is not below zero."), field="bonus")


def check_correctable(state: RunState, paid_by: PaidBy, is_corrected_now: bool) -> None:
    """Refuse to correct what is not frozen yet, is paid elsewhere, or is being corrected."""
    check_paid_here(paid_by)
    if state not in FROZEN:
        raise RuleBroken(N_("This pay run is not approved yet: compute it again instead."))
    if is_corrected_now:
        raise RuleBroken(
            N_("This pay is in a correction that is not approved yet. Finish that one first.")
        )


def check_day(pays_on: date, paid_on: date) -> None:
    """Refuse a correction that is paid before what it corrects."""
    if pays_on < paid_on:
        raise RuleBroken(
            N_("The correction is paid on the day of the payment that it corrects, or later."),
            field="pays_on",
        )


def check_room(is_in_run: bool) -> None:
    """Refuse a second correction of one contract in a run: each rests on the one before it."""
    if is_in_run:
        raise RuleBroken(
            N_("The run of corrections of this day has this person already. Choose another day."),
            field="pays_on",
        )


def check_open(state: RunState) -> None:
    """Refuse to withdraw what is approved."""
    if state in FROZEN:
        raise RuleBroken(N_("The correction is approved. Correct it by a new one."))


Key = tuple[Item, Money | None, Rate | None]


def standing(lines: Iterable[PayLine]) -> list[PayLine]:
    """What is left of lines when what was taken back is taken off, by item, price and rate."""
    found: dict[Key, list[PayLine]] = {}
    for line in lines:
        found.setdefault((line.item, line.hourly, line.rate), []).append(line)
    together = [_together(same) for same in found.values()]
    return [line for line in together if line.amount or line.base or line.minutes]


def _together(same: Sequence[PayLine]) -> PayLine:
    last = next((line for line in reversed(same) if line.reverses_id is None), same[-1])
    minutes = [line.minutes for line in same if line.minutes is not None]
    bases = [line.base for line in same if line.base is not None]
    return replace(
        last,
        amount=Money.total(line.amount for line in same),
        minutes=sum(minutes) if minutes else None,
        base=Money.total(bases) if bases else None,
        reverses_id=None,
    )


def take_back(lines: Iterable[PayLine], payslip_id: str, paid_on: date) -> list[PayLine]:
    """Each line once more with a minus, naming the payslip that it stood on."""
    return [_take_back(line, payslip_id, paid_on) for line in lines]


def _take_back(line: PayLine, payslip_id: str, paid_on: date) -> PayLine:
    sentence = Sentence.of(
        N_("Taken back: %(what)s of the payslip paid on %(day)s."),
        what=Name(ITEMS[line.item].label),
        day=paid_on,
    )
    # hours and price stay only where they still make the amount to the cent
    price = line.minutes is not None and line.hourly is not None
    exact = price and wage(line.minutes or 0, line.hourly or Money(0)) == line.amount
    return replace(
        line,
        amount=-line.amount,
        explanation=sentence,
        minutes=-(line.minutes or 0) if exact else None,
        hourly=line.hourly if exact else None,
        base=None if line.base is None else -line.base,
        reverses_id=payslip_id,
    )


def sums(lines: Iterable[PayLine]) -> dict[Item, Money]:
    """The sum of each item."""
    found: dict[Item, Money] = {}
    for line in lines:
        found[line.item] = found.get(line.item, Money.zero()) + line.amount
    return found


def differences(now: Iterable[PayLine], before: Iterable[PayLine]) -> dict[Item, Money]:
    """By item, how much more is due now than before."""
    after, earlier = sums(now), sums(before)
    return {
        item: after.get(item, Money.zero()) - earlier.get(item, Money.zero())
        for item in Item
        if item in after or item in earlier
    }


def what_stays(
    payment: Sequence[PayLine], change: dict[Item, Money], paid_on: date
) -> list[PayLine]:
    """What one of several payments still pays when what is due falls by `change`.

    No item falls below nothing; what is left over is another payment's.
    """
    kept = []
    for item, amount in sums(payment).items():
        left = max(amount + change.get(item, Money.zero()), Money.zero())
        text = N_("What stays of the payment of %(day)s.")
        if left:
            kept.append(PayLine(item, left, Sentence.of(text, day=paid_on)))
    return kept
