"""What may be written to whom, how long it can be taken back, and when somebody is told."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from jobsearch.cohorts.rules import EnrolmentState
from jobsearch.core.errors import RuleBroken
from jobsearch.core.periods import add_months
from jobsearch.core.text import mark as N_

LONGEST = 2000
WITHDRAWN_WITHIN = timedelta(minutes=5)
TOLD_AFTER = timedelta(minutes=5)
"""A message that is read or taken back so soon needs no notice."""


class Side(StrEnum):
    """Who writes: the participant, or a coach of her group."""

    PARTICIPANT = "participant"
    COACH = "coach"


def check_text(text: str) -> str:
    """The text of a message as it is kept. Raises RuleBroken for none, or one that is too long."""
    text = text.strip()
    if not text:
        raise RuleBroken(N_("Write your message first."), field="body")
    if len(text) > LONGEST:
        raise RuleBroken(
            N_("At most %(most)s characters. Yours has %(count)s."),
            field="body",
            most=LONGEST,
            count=len(text),
        )
    return text


def open_until(ends_on: date, follow_up_months: int) -> date:
    """The last day on which something can be written: the end of the follow-up."""
    return add_months(ends_on, follow_up_months)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a conversation stands: its enrolment, its last day, and whether there is a coach."""

    state: EnrolmentState
    until: date
    has_coach: bool


def is_over(standing: Standing, today: date) -> bool:
    """Whether nothing can be written any more; what was written stays to be read.

    Who withdrew before the start has no group.
    """
    return standing.state is EnrolmentState.WITHDREW or today > standing.until


def check_open(standing: Standing, today: date) -> None:
    """Raises RuleBroken with the reason why nothing can be written."""
    if is_over(standing, today):
        raise RuleBroken(N_("This conversation is over. You can read it; writing has ended."))
    if not standing.has_coach:
        raise RuleBroken(N_("This group has no coach now. Call the office."))


def can_withdraw(written_at: datetime, withdrawn_at: datetime | None, now: datetime) -> bool:
    """Whether a message can still be taken back by whoever wrote it."""
    return withdrawn_at is None and now - written_at <= WITHDRAWN_WITHIN


def check_withdrawal(written_at: datetime, withdrawn_at: datetime | None, now: datetime) -> None:
    """Raises RuleBroken when it is too late, or done already."""
    if not can_withdraw(written_at, withdrawn_at, now):
        raise RuleBroken(N_("A message can be taken back for five minutes. This one stays."))
