"""What the pages of breaking the glass show, gathered for their views."""

from typing import Any

from jobsearch.core.access import Actor
from jobsearch.core.clock import now
from jobsearch.privacy.breakglass import queries
from jobsearch.privacy.breakglass.rules import KINDS, PAGE, lives


def list_providers() -> list[tuple[str, str]]:
    """The providers to choose from."""
    return queries.list_providers()


def asking_page(actor: Actor) -> dict[str, Any]:
    """One's own open look, and one's own earlier ones."""
    at = now()
    mine = queries.find_open(actor.account_id)
    return {
        "current": mine if mine and lives(mine.ends_at, mine.ended_at, at) else None,
        "glasses": queries.list_glasses(actor, None),
        "kinds": KINDS,
        "lives": lambda one: lives(one.ends_at, one.ended_at, at),
    }


def glass_page(actor: Actor, glass_id: str, after: int) -> dict[str, Any]:
    """One look with a page of what was opened. Raises NotVisible."""
    glass = queries.get_glass(actor, glass_id)
    opened = queries.list_pages(glass.id, after, PAGE + 1)
    return {
        "glass": glass,
        "kinds": KINDS,
        "is_living": lives(glass.ends_at, glass.ended_at, now()),
        "opened": opened[:PAGE],
        "next": opened[PAGE - 1].id if len(opened) > PAGE else None,
        "after": after,
    }
