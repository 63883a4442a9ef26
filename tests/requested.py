"""Requests about one's data, as Pia and those who write for her make them."""

from jobsearch.privacy.requests.rules import Area, Asked, RequestKind
from jobsearch.privacy.requests.service import ask
from tests.world import World


def furnish_requests(world: World, words: str) -> dict[str, str]:
    """A request for a copy and one for a correction of Pia's, both open."""
    copy = ask(world.pia.actor, Asked(RequestKind.COPY, Area.ALL, words))
    wrong = ask(world.pia.actor, Asked(RequestKind.CORRECTION, Area.HOURS, words))
    return {"data_request_id": copy.id, "own_data_request_id": wrong.id}
