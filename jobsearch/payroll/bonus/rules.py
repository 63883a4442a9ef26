"""A bonus from its promise to its payment: states, who decides, when a proof is late; pure."""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum

from jobsearch.core.errors import RuleBroken
from jobsearch.core.text import mark as N_

MOST_WORDS = 200


class BonusState(StrEnum):
    """How far a bonus has come."""

    PROMISED = "promised"
    PROOF = "proof"
    APPROVED = "approved"
    PAID = "paid"
    REFUSED = "refused"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"


STATE_NAMES: Mapping[BonusState, str] = {
    BonusState.PROMISED: N_("Waits for the proof"),
    BonusState.PROOF: N_("Proof to be checked"),
    BonusState.APPROVED: N_("Approved, to be paid"),
    BonusState.PAID: N_("Paid"),
    BonusState.REFUSED: N_("Refused"),
    BonusState.LAPSED: N_("The proof did not come in time"),
    BonusState.WITHDRAWN: N_("Withdrawn"),
}

# What ended without payment can be promised again: another job, or a proof that came late.
NEXT: Mapping[BonusState, frozenset[BonusState]] = {
    BonusState.PROMISED: frozenset({BonusState.PROOF, BonusState.LAPSED, BonusState.WITHDRAWN}),
    BonusState.PROOF: frozenset(
        {BonusState.PROMISED, BonusState.APPROVED, BonusState.REFUSED, BonusState.WITHDRAWN}
    ),
    BonusState.APPROVED: frozenset({BonusState.PAID, BonusState.WITHDRAWN}),
    BonusState.PAID: frozenset(),
    BonusState.REFUSED: frozenset({BonusState.PROMISED}),
    BonusState.LAPSED: frozenset({BonusState.PROMISED}),
    BonusState.WITHDRAWN: frozenset({BonusState.PROMISED}),
}
ENDED = frozenset({BonusState.REFUSED, BonusState.LAPSED, BonusState.WITHDRAWN})

_WHY_NOT: Mapping[BonusState, str] = {
    BonusState.PROMISED: N_("This bonus is being dealt with, or paid. Look at it again."),
    BonusState.PROOF: N_("This bonus does not wait for a proof now. Look at it again."),
    BonusState.APPROVED: N_("Only a bonus with a proof can be approved."),
    BonusState.PAID: N_("Only an approved bonus is paid, and once."),
    BonusState.REFUSED: N_("Only a bonus with a proof can be refused."),
    BonusState.LAPSED: N_("Only a bonus without a proof lapses."),
    BonusState.WITHDRAWN: N_("This bonus is paid or has ended already."),
}


class ProofWay(StrEnum):
    """How it was shown."""

    FILE = "file"
    SEEN = "seen"
    CALLED = "called"


WAY_NAMES: Mapping[ProofWay, str] = {
    ProofWay.FILE: N_("A file was brought"),
    ProofWay.SEEN: N_("Seen on paper or on a screen"),
    ProofWay.CALLED: N_("The employer or the school was called"),
}


class Reminder(StrEnum):
    """Which reminder of a proof is due."""

    FIRST = "first"
    WEEK = "week"
    LAST = "last"


_BEFORE: Mapping[Reminder, int] = {Reminder.LAST: 1, Reminder.WEEK: 7}


def check_step(now: BonusState, then: BonusState) -> None:
    """Refuse a step that the table of states does not have."""
    if then not in NEXT[now]:
        raise RuleBroken(_WHY_NOT[then])


def check_time(happened_on: date, due_on: date, today: date) -> None:
    """Refuse a proof of what has not happened yet, and one that comes too late."""
    if today < happened_on:
        raise RuleBroken(
            N_("There is nothing to show before %(day)s."), field="file", day=happened_on
        )
    if today > due_on:
        raise RuleBroken(N_("The last day for the proof was %(day)s."), field="file", day=due_on)


def check_four_eyes(registered_by: str, proof_by: str, approver: str) -> None:
    """Refuse that who registered the bonus or its proof approves it too: pay needs four eyes."""
    if approver in (registered_by, proof_by):
        raise RuleBroken(
            N_("Another person than the one who registered the bonus or its proof approves it.")
        )


def check_words(words: str) -> None:
    """Refuse an end without a reason: whoever was promised the bonus reads it."""
    if not words:
        raise RuleBroken(N_("Say why, in a few words."), field="words")
    if len(words) > MOST_WORDS:
        raise RuleBroken(
            N_("At most %(most)d characters fit here."), field="words", most=MOST_WORDS
        )


def check_new_deadline(due_on: date | None, today: date) -> None:
    """Refuse a new last day that is over, or more than a year ahead."""
    if due_on is None or not today <= due_on <= today + timedelta(days=365):
        raise RuleBroken(N_("Choose a day from today to a year ahead."), field="due_on")


def is_late(state: BonusState, due_on: date, today: date) -> bool:
    """Whether the proof of a promised bonus has not come by its last day."""
    return state is BonusState.PROMISED and today > due_on


def reminder_on(happened_on: date, due_on: date, today: date) -> Reminder | None:
    """The reminder that belongs to a day: at first, a week before the last day, and the day before.

    None while there is nothing to show yet, and when the last day is over.
    """
    if not happened_on <= today <= due_on:
        return None
    left = (due_on - today).days
    return next((one for one, days in _BEFORE.items() if left <= days), Reminder.FIRST)
