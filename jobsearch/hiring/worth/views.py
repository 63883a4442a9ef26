"""Page of whether a contract is worth it, for its person before she signs."""

from flask.typing import ResponseReturnValue

from jobsearch.core.access import Permission
from jobsearch.hiring.views import blueprint
from jobsearch.hiring.worth.queries import show_worth
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.pages import render


@blueprint.get("/my-contract/<key:contract_id>/worth")
@needs(Permission.MY_CONTRACT)
def worth_it(contract_id: str) -> ResponseReturnValue:
    """What the contract pays, what is left after tax, and what it does to benefit."""
    return render("hiring/worth_it.html", shown=show_worth(current_actor(), contract_id))
