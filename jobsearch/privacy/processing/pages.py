"""What the page of the register shows, gathered for its view."""

from datetime import date
from typing import Any

from jobsearch.core.access import Actor
from jobsearch.core.clock import today
from jobsearch.core.errors import RuleBroken
from jobsearch.privacy.processing.queries import get_register
from jobsearch.privacy.processing.rules import SAFEGUARDS
from jobsearch.privacy.processing.service import check_register


def register_page(actor: Actor) -> dict[str, Any]:
    """The register, and whether it says who is responsible. One statement."""
    register = get_register(actor.organisation_id)
    return {
        "register": register,
        "safeguards": SAFEGUARDS,
        "is_complete": _is_complete(register),
        "columns": sum(len(line.columns) for line in register.lines),
    }


def day_of(actor: Actor) -> date:
    """Today where the actor is."""
    return today(actor.zone)


def _is_complete(register: Any) -> bool:
    try:
        check_register(register)
    except RuleBroken:
        return False
    return True
