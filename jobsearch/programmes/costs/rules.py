"""The kinds of cost, and which of them are wages, bonuses and on-costs."""

from __future__ import annotations

from enum import StrEnum


class CostKind(StrEnum):
    """What a line of the bookkeeping was spent on."""

    WAGES = "wages"
    BONUSES = "bonuses"
    ON_COSTS = "on_costs"
    COACHING = "coaching"
    EMPLOYMENT_ADMINISTRATION = "employment_administration"
    RECRUITMENT = "recruitment"
    RESEARCH = "research"
    OTHER = "other"


WAGE_KINDS = frozenset({CostKind.WAGES, CostKind.BONUSES, CostKind.ON_COSTS})

_WORDS: tuple[tuple[str, CostKind], ...] = (
    ("sivukul", CostKind.ON_COSTS),
    ("bonu", CostKind.BONUSES),
    ("hallinto", CostKind.EMPLOYMENT_ADMINISTRATION),
    ("palk", CostKind.WAGES),
    ("valmen", CostKind.COACHING),
    ("ohjaus ja info", CostKind.RECRUITMENT),
    ("asiakasohj", CostKind.RECRUITMENT),
    ("tutkimus", CostKind.RESEARCH),
    ("tiedotus", CostKind.RESEARCH),
)


def kind_of(label: str) -> CostKind:
    """The kind that a line's label names; other labels are "other"."""
    words = label.casefold()
    return next((kind for word, kind in _WORDS if word in words), CostKind.OTHER)
