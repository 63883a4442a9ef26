"""Use case of frozen reports: keep one as it is now."""

from hashlib import sha256

from jobsearch.core.access import Actor
from jobsearch.core.clock import now
from jobsearch.core.db import db
from jobsearch.core.errors import RuleBroken
from jobsearch.core.text import mark as N_
from jobsearch.reports.frozen.models import FrozenReport
from jobsearch.reports.frozen.queries import find_same
from jobsearch.reports.paper.pdf import draw_pdf
from jobsearch.reports.paper.rules import Report
from jobsearch.reports.paper.workbook import draw_workbook


def freeze_report(
    actor: Actor, programme_id: str, report: Report, publication_id: str | None = None
) -> FrozenReport:
    """Keep the text of a report, with the digests of what is drawn of it.

    Raises RuleBroken for a text that is kept already, Conflict when two keep the same one at once.
    """
    if publication_id is None:
        same = find_same(programme_id, report.checksum)
        if same is not None:
            message = N_("Nothing has changed since the report that was frozen on %(day)s.")
            raise RuleBroken(message, "as_of", day=same.frozen_at)
    row = FrozenReport(
        organisation_id=actor.organisation_id,
        programme_id=programme_id,
        publication_id=publication_id,
        kind=report.kind,
        language=report.language,
        as_of=report.as_of,
        content=report.to_json(),
        sha256=report.checksum,
        pdf_sha256=sha256(draw_pdf(report)).hexdigest(),
        workbook_sha256=sha256(draw_workbook(report)).hexdigest(),
        frozen_at=now(),
        frozen_by_id=actor.account_id,
    )
    db.session.add(row)
    db.session.flush()
    return row
