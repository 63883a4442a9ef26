"""Frozen reports for tests: one of provider A, and its results open to everybody."""

from jobsearch.core.text import LANGUAGES
from jobsearch.reports.frozen.service import freeze_report
from jobsearch.reports.paper.rules import Kind
from jobsearch.reports.public.service import open_page
from tests.reported import a_report
from tests.world import World


def furnish_frozen(world: World, canary: str) -> dict[str, str]:
    """A frozen report that says the word, and an open page that does not."""
    aino, programme_id = world.aino.actor, world.a.programme_id
    frozen = freeze_report(aino, programme_id, a_report(kind=Kind.FUNDER, subject=canary))
    pages = {one: a_report(kind=Kind.PUBLIC, language=one) for one in LANGUAGES}
    opened = open_page(aino, programme_id, pages, 0)
    return {"frozen_id": frozen.id, "publication_id": opened.id}
