"""Use cases of the register of processing: hand it out once it says who is responsible."""

from jobsearch.core.access import Actor
from jobsearch.privacy.processing.queries import Register, get_register
from jobsearch.privacy.processing.rules import check_controller


def complete_register(actor: Actor) -> Register:
    """The register to be handed out. Raises RuleBroken when controller or contact is missing."""
    register = get_register(actor.organisation_id)
    check_register(register)
    return register


def check_register(register: Register) -> None:
    """Raises RuleBroken when controller or contact is missing."""
    one = register.controller
    reach = one.privacy_email or one.privacy_phone or ""
    check_controller(one.name, one.postal_address, one.privacy_name or "", reach)
