"""Use cases of the open page: open it with what is known now, close it at once."""

from collections.abc import Mapping

from jobsearch.core.access import Actor
from jobsearch.core.clock import now
from jobsearch.core.db import db
from jobsearch.core.errors import Conflict, RuleBroken
from jobsearch.core.text import DEFAULT_LANGUAGE
from jobsearch.core.text import mark as N_
from jobsearch.reports.frozen.models import Publication
from jobsearch.reports.frozen.queries import list_told
from jobsearch.reports.frozen.service import freeze_report
from jobsearch.reports.paper.rules import Report
from jobsearch.reports.public.queries import find_publication, get_publication
from jobsearch.reports.public.rules import check_step


def open_page(
    actor: Actor, programme_id: str, reports: Mapping[str, Report], version: int
) -> Publication:
    """Let everybody read these reports, one in each language; what stood open before is closed.

    RuleBroken when pages side by side would tell of fewer than five people, Conflict when
    `version` (0 for none) is not that of what stands open.
    """
    now_open = find_publication(programme_id)
    if (now_open.version if now_open else 0) != version:
        raise Conflict
    in_house = reports[DEFAULT_LANGUAGE]
    for earlier in list_told(programme_id):
        check_step(earlier, in_house)
        if now_open is not None and earlier.to_json() == in_house.to_json():
            raise RuleBroken(N_("The page that stands open says the same."), "as_of")
    if now_open is not None:
        close_page(actor, now_open.id, now_open.version)
    row = Publication(
        organisation_id=actor.organisation_id,
        programme_id=programme_id,
        as_of=in_house.as_of,
        opened_at=now(),
        opened_by_id=actor.account_id,
    )
    db.session.add(row)
    db.session.flush()
    for report in reports.values():
        freeze_report(actor, programme_id, report, row.id)
    return row


def close_page(actor: Actor, publication_id: str, version: int) -> Publication:
    """Take a page away at once. Raises NotVisible; Conflict when it is closed already."""
    row = get_publication(publication_id)
    if row.version != version or row.closed_at is not None:
        raise Conflict
    row.closed_by_id, row.closed_at = actor.account_id, now()
    db.session.flush()
    return row
