"""Who may be erased now, what the law keeps and until when."""

from dataclasses import dataclass
from datetime import date, timedelta

from jobsearch.core.errors import RuleBroken
from jobsearch.core.text import mark as N_
from jobsearch.privacy.retention.rules import Ends, Stage

_GOES_ON = {
    "employment": N_(
        "The employment has not ended yet. Erase after its last day: wages and working time are"
        " needed until then."
    ),
    "contract": N_("A contract waits to be signed. Take it back or let it be signed first."),
    "pay": N_("A pay run with this person has not been paid yet. Finish it first."),
    "group": N_("The group has not ended yet. Mark the day on which the person left first."),
}
AT_ONCE = frozenset({"short_message", "read_mark", "contract_question"})
"""Tables of a legal stage whose rows no law asks for: they go at once when somebody is erased."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What erasing one person would do: rows that go, and what the law keeps until when."""

    going: dict[str, int]
    kept: tuple[tuple[Stage, date, dict[str, int]], ...]
    is_candidate: bool


REASONS = {
    Stage.SEARCH: "",
    Stage.WORK: N_(
        "Claims of working time and holidays can be made until then (872/2019, 162/2005)."
    ),
    Stage.VOUCHERS: N_(
        "Vouchers of pay are kept for six years (1336/1997, chapter 2, section 10)."
    ),
    Stage.PAPERS: N_(
        "Payroll records are kept for ten years (1336/1997, chapter 2, section 10), and a"
        " certificate can be asked for as long (55/2001, chapter 6, section 7)."
    ),
}
"""Why the law makes us keep what a stage names."""


def what_refuses(what: str | None) -> str:
    """The sentence that says why somebody cannot be erased yet; empty when she can."""
    return "" if what is None else _GOES_ON[what]


def check_nothing_goes_on(what: str | None) -> None:
    """Raises RuleBroken while an employment, a contract, pay or a group is open."""
    if what is not None:
        raise RuleBroken(_GOES_ON[what])


def kept_until(ends: Ends | None, day: date) -> date | None:
    """The last day on which the law keeps something; None where nothing is kept any more."""
    if ends is None or not kept_by_law(ends, Stage.PAPERS, day):
        return None
    return ends.goes_on(Stage.PAPERS) - timedelta(days=1)


def kept_by_law(ends: Ends | None, stage: Stage, day: date) -> bool:
    """Whether the law keeps on a day what a stage names, of somebody who was employed."""
    is_legal = stage is not Stage.SEARCH and ends is not None and ends.work is not None
    return is_legal and ends is not None and ends.goes_on(stage) > day
