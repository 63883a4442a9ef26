"""What the page of a decision is made of."""

from typing import Any

from flask_babel import gettext as _

from jobsearch.recruitment.queries import get_candidate
from jobsearch.recruitment.selection.board.forms import DecisionForm, decision_form
from jobsearch.recruitment.selection.board.queries import show_board
from jobsearch.recruitment.selection.criteria.queries import find_edition
from jobsearch.recruitment.selection.queries import list_decisions


def decision_page(cohort_id: str, candidate_id: str) -> dict[str, Any]:
    """A candidate, the criteria as fields, earlier decisions, and how full the group is."""
    candidate = get_candidate(candidate_id)
    edition = find_edition(candidate.programme_id)
    criteria = [(one.id, one.text) for one in edition.criteria] if edition else []
    return {
        "candidate": candidate,
        "board": show_board(cohort_id),
        "earlier": list_decisions(candidate_id),
        "edition": edition,
        "form": decision_form(criteria),
    }


def refuse_empty(page: dict[str, Any]) -> dict[str, Any]:
    """The page again; a form without a decision says so on its field."""
    form: DecisionForm = page["form"]
    if form.plan() is None and not form.errors:
        form.decision.errors = [_("Choose a decision.")]
    return page
