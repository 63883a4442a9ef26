"""What the page of keeping shows, gathered for its view."""

from dataclasses import dataclass
from datetime import date, timedelta

from jobsearch.analyses.keeping import queries
from jobsearch.analyses.keeping.models import KeepingRun, KeepingTerms
from jobsearch.analyses.keeping.rules import USUAL, Terms
from jobsearch.consents.rules import ConsentPurpose, Wording, wording_in_use
from jobsearch.consents.wordings import shipped_wordings
from jobsearch.core.access import Actor
from jobsearch.core.clock import today

_MONTHS_AHEAD = 12


@dataclass(frozen=True, slots=True)
class KeepingPage:
    """Terms and who decided them; what goes tonight and by month; the receipts of one page."""

    terms: Terms
    decisions: list[KeepingTerms]
    words: dict[str, Wording]
    tonight: tuple[int, int, int]
    months: list[tuple[date, int, int, int]]
    runs: list[KeepingRun]
    pages: int


def keeping_page(actor: Actor, page: int) -> KeepingPage:
    """All of the page. Seven statements, however much there is."""
    day = today(actor.zone)
    decisions = queries.list_decisions()
    terms = queries.terms_of(decisions[0]) if decisions else USUAL
    going = queries.what_goes(terms)
    due = going.due(day + timedelta(days=1))
    wordings = shipped_wordings()
    return KeepingPage(
        terms=terms,
        decisions=decisions,
        words={one.value: wording_in_use(wordings, one, day) for one in ConsentPurpose},
        tonight=(len(due.analyses), len(due.introductions), len(due.proofs)),
        months=going.months()[:_MONTHS_AHEAD],
        runs=queries.list_runs(page),
        pages=queries.count_pages(),
    )
