"""Reports made of a programme as it is known now, drawn again from a frozen text, and compared."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from flask_babel import force_locale

from jobsearch.core.access import Actor
from jobsearch.core.errors import NotVisible
from jobsearch.organisations.queries import get_organisation
from jobsearch.programmes.models import Programme
from jobsearch.reports import queries
from jobsearch.reports.esf.queries import indicators
from jobsearch.reports.frozen.models import FrozenReport
from jobsearch.reports.frozen.queries import (
    Frozen,
    get_frozen,
    get_frozen_beside,
    list_told,
)
from jobsearch.reports.frozen.rules import Change, differences
from jobsearch.reports.frozen.service import freeze_report
from jobsearch.reports.funder.content import funder_report
from jobsearch.reports.funder.outside import hide_for_outside
from jobsearch.reports.paper.pdf import draw_pdf
from jobsearch.reports.paper.rules import Kind, Report
from jobsearch.reports.paper.workbook import draw_workbook
from jobsearch.web.formats import LOCALES


def compose_funder_report(
    programme: Programme, as_of: date, language: str, earlier: Sequence[Report] = ()
) -> Report:
    """The report to a funder by what is known now, small numbers hidden; it leaves the house.

    Nor does it tell, beside one of the `earlier` reports, of the few of whom something changed.
    """
    provider = get_organisation(programme.organisation_id).name
    return _compose(programme, provider, as_of, language, earlier)


def _compose(
    programme: Programme, provider: str, as_of: date, language: str, earlier: Sequence[Report]
) -> Report:
    results = queries.results(programme, as_of)
    known = indicators(programme.id, as_of)
    with force_locale(LOCALES[language]):
        made = funder_report(language, programme.name, provider, results, known)
        return hide_for_outside(made, earlier)


def freeze_funder_report(
    actor: Actor, programme: Programme, asked: date | None, language: str
) -> FrozenReport:
    """Keep the report to a funder as it is now. Raises RuleBroken when it is kept already."""
    as_of = queries.day_of_results(programme, asked)
    made = compose_funder_report(programme, as_of, language, list_told(programme.id))
    return freeze_report(actor, programme.id, made)


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """Whether text, PDF and workbook are, byte by byte, what they were when it was frozen."""

    frozen: Frozen
    text: bool
    pdf: bool
    workbook: bool

    @property
    def is_same(self) -> bool:
        """Whether all three are."""
        return self.text and self.pdf and self.workbook


def rebuild(frozen_id: str) -> Rebuilt:
    """Draw a frozen report again from its text alone. Raises NotVisible."""
    frozen = get_frozen(frozen_id)
    if not frozen.is_whole:
        return Rebuilt(frozen, text=False, pdf=False, workbook=False)
    report = frozen.report
    return Rebuilt(
        frozen,
        text=report.to_json() == frozen.text,
        pdf=sha256(draw_pdf(report)).hexdigest() == frozen.pdf_sha256,
        workbook=sha256(draw_workbook(report)).hexdigest() == frozen.workbook_sha256,
    )


@dataclass(frozen=True, slots=True)
class Compared:
    """A frozen report beside the same report by what is known now."""

    frozen: Frozen
    changes: Sequence[Change]


def compare_with_now(frozen_id: str) -> Compared:
    """What a funder's report of the same day and language would say now.

    Raises NotVisible, also for a text of the open page: that is published anew, not compared.
    """
    beside = get_frozen_beside(frozen_id)
    frozen = beside.frozen
    if frozen.line.kind is not Kind.FUNDER:
        raise NotVisible
    as_of, language = frozen.line.as_of, frozen.line.language
    now = _compose(beside.programme, beside.provider, as_of, language, beside.earlier)
    return Compared(frozen, differences(frozen.report, now))
