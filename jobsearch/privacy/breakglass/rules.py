"""For what and for how long an operator may look at a provider's data."""

from datetime import datetime, timedelta
from enum import StrEnum

from jobsearch.core.errors import RuleBroken
from jobsearch.core.text import mark as N_

LASTS = timedelta(minutes=60)
SHORTEST_REASON = 20
LONGEST_REASON = 600
PAGE = 50

_SHORT = N_("Say in at least %(least)d letters why you have to look.")
_LONG = N_("Say it in at most %(most)d letters.")
_ALREADY = N_("You are looking at a provider's data already. End that first.")
_NO_PROVIDER = N_("Choose the provider.")


class GlassKind(StrEnum):
    """What an operator has to look for."""

    INCIDENT = "incident"
    REQUEST = "request"
    RESTORE = "restore"


KINDS: dict[GlassKind, str] = {
    GlassKind.INCIDENT: N_("A fault or a breach of security"),
    GlassKind.REQUEST: N_("A person's request about her data"),
    GlassKind.RESTORE: N_("A check after a backup was restored"),
}


def check_reason(reason: str) -> None:
    """Raises RuleBroken on `reason` for one that says too little, or a letter over and over."""
    if len(reason) < SHORTEST_REASON or len(set(reason.casefold())) < 6:
        raise RuleBroken(_SHORT, field="reason", least=SHORTEST_REASON)
    if len(reason) > LONGEST_REASON:
        raise RuleBroken(_LONG, field="reason", most=LONGEST_REASON)


def check_alone(open_until: datetime | None, now: datetime) -> None:
    """Raises RuleBroken while an earlier look of hers lives: one at a time, never made longer."""
    if open_until is not None and now < open_until:
        raise RuleBroken(_ALREADY)


def refuse_provider() -> RuleBroken:
    """What an organisation that is no provider is answered with."""
    return RuleBroken(_NO_PROVIDER, field="provider")


def lives(ends_at: datetime, ended_at: datetime | None, now: datetime) -> bool:
    """Whether a look goes on: it ends by itself at its minute, or earlier by hand."""
    return ended_at is None and now < ends_at
