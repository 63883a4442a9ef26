"""What the records say of one person's search: read shapes, pure.

Nothing of coaches' notes, payroll, absences or contact persons stands here: there is no place for
them (issue, law.md section 9, rule (c)).
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date

from jobsearch.analyses.checks.rules import Around, findings_in
from jobsearch.analyses.rules import SectionKey
from jobsearch.analyses.sheet import Figures
from jobsearch.coaching.documents.rules import DocumentKind
from jobsearch.coaching.strategies.rules import StrategyText
from jobsearch.tracker.rules import Channel


@dataclass(frozen=True, slots=True)
class OpenLead:
    """An opportunity that is not decided: the job, the employer, and what she does next."""

    role: str
    employer: str
    next_step: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Records:
    """Figures, what she is after, which documents are ready, what led where, what is open.

    `ways` counts interviews by how their employer was reached; `interested` counts employers that
    said they are interested.
    """

    figures: Figures
    strategy: StrategyText = field(default_factory=StrategyText)
    ready: tuple[DocumentKind, ...] = ()
    aimed: int = 0
    ways: tuple[tuple[Channel, int], ...] = ()
    interested: int = 0
    offers: int = 0
    leads: tuple[OpenLead, ...] = ()
    steps: tuple[str, ...] = ()


FirstWords = Callable[[Records, str], dict[SectionKey, str]]
"""Sentences of the records in a language, by section."""


def without_doubts(records: Records, around: Around) -> Records:
    """The records without what somebody would be asked to look at again."""

    def kept(text: str) -> str:
        return "" if findings_in(text, around) else text

    said = records.strategy
    return replace(
        records,
        strategy=StrategyText(
            kept(said.goal), kept(said.work), kept(said.area), kept(said.targets)
        ),
        leads=tuple(
            replace(
                lead, next_step=kept(lead.next_step), on=lead.on if kept(lead.next_step) else None
            )
            for lead in records.leads
            if kept(lead.role) and kept(lead.employer)
        ),
        steps=tuple(step for step in records.steps if kept(step)),
    )
