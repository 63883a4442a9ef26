"""A provider's own dated figures: what may be entered, and who may approve it; pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from jobsearch.core.errors import RuleBroken
from jobsearch.core.periods import Span
from jobsearch.core.text import Word
from jobsearch.core.text import mark as N_
from jobsearch.rates.rules import EURO_KEYS, RATE_NAMES, Confidence, RateKey, Unit

_MOST = {Unit.PCT: 100_00, Unit.EUR: 100_000_000_00}
_LEAST_SOURCE = 4


class ProposalState(StrEnum):
    """How far an entered figure has come; only an approved one is used."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"


STATE_NAMES: Mapping[ProposalState, str] = {
    ProposalState.PROPOSED: N_("Waits for another person"),
    ProposalState.APPROVED: N_("In use"),
    ProposalState.REFUSED: N_("Turned down"),
    ProposalState.WITHDRAWN: N_("Taken back"),
    ProposalState.REPLACED: N_("Replaced by a later figure"),
}
NEXT: Mapping[ProposalState, frozenset[ProposalState]] = {
    ProposalState.PROPOSED: frozenset(
        {ProposalState.APPROVED, ProposalState.REFUSED, ProposalState.WITHDRAWN}
    ),
    ProposalState.APPROVED: frozenset({ProposalState.REPLACED}),
    ProposalState.REFUSED: frozenset(),
    ProposalState.WITHDRAWN: frozenset(),
    ProposalState.REPLACED: frozenset(),
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as it is entered; `value` in basis points or cents, as its key says."""

    key: RateKey
    value: int
    valid: Span
    source: str
    confidence: Confidence

    @property
    def unit(self) -> Unit:
        """What the value counts."""
        return unit_of(self.key)


def unit_of(key: RateKey) -> Unit:
    """Whether a figure is euros or per cent."""
    return Unit.EUR if key in EURO_KEYS else Unit.PCT


def check_figure(figure: Figure) -> None:
    """Refuse a value that cannot be, and a figure without a source."""
    if not 0 <= figure.value <= _MOST[figure.unit]:
        message = N_("A percentage is between 0 and 100.")
        if figure.unit is Unit.EUR:
            message = N_("An amount is 0 or more.")
        raise RuleBroken(message, field="value")
    if len(figure.source) < _LEAST_SOURCE:
        raise RuleBroken(
            N_("Say where the figure stands: a page, a letter, a decision."), field="source"
        )


def check_free(figure: Figure, others: Iterable[Span]) -> None:
    """Refuse days on which another own figure of the same kind is in use."""
    for days in others:
        if days.overlaps(figure.valid):
            raise RuleBroken(
                N_(
                    "“%(rate)s” has a figure of your own that begins on %(day)s already."
                    " Correct that one instead."
                ),
                field="valid_from",
                rate=Word(RATE_NAMES[figure.key]),
                day=days.first,
            )


def check_state(now: ProposalState, then: ProposalState) -> None:
    """Refuse a step that the table of states does not have."""
    if then not in NEXT[now]:
        raise RuleBroken(N_("This figure has been decided already. Look at it again."))


def check_four_eyes(proposed_by_id: str, decided_by_id: str) -> None:
    """Refuse that one person enters and approves a figure: pay rests on it."""
    if proposed_by_id == decided_by_id:
        raise RuleBroken(N_("Another person than the one who entered the figure approves it."))
