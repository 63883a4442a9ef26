"""The client analysis on paper, in the locale of the caller (`force_locale(document.language)`)."""

from flask_babel import gettext as _

from jobsearch.analyses import statements
from jobsearch.analyses.document import ActivityRow, AnalysisDocument, SectionText
from jobsearch.pdf import blocks, styles
from jobsearch.pdf.bars import Bar, Bars
from jobsearch.pdf.blocks import Blocks
from jobsearch.pdf.page import Document, build
from jobsearch.pdf.rows import Row, Rows, Shape, cell
from jobsearch.web.formats import date_text

_FIGURE_WIDTH = 110
_NAMES_WIDTH = 130


def analysis_pdf(document: AnalysisDocument) -> bytes:
    """The PDF of an analysis; the same document gives the same bytes."""
    title = _("Client analysis")
    name = _("Client analysis %(number)s", number=document.number)
    return build(
        Document(
            title=f"{name} – {document.participant_name}",
            author=document.provider_name,
            language=document.language,
            subject=title,
            story=tuple(_story(document, title, name)),
            running=(f"{document.participant_name} – {document.programme_name}", name),
            foot=statements.foot(document),
            note=statements.note(document),
            has_outline=True,
            number_page=lambda page, pages: _("Page %(page)d / %(pages)d", page=page, pages=pages),
        )
    )


def _story(document: AnalysisDocument, title: str, name: str) -> Blocks:
    story = blocks.letterhead(
        [document.provider_name, document.programme_name],
        [name, date_text(document.dated, document.language)],
    )
    story += blocks.title(title)
    story += blocks.facts(statements.facts(document))
    if document.is_demo:
        story += blocks.space(6)
        story += blocks.text(statements.demonstration())
    story += _sections(document)
    story += blocks.box(_("Consent"), [document.consent_text], statements.consent_said(document))
    return story + _record(document)


def _sections(document: AnalysisDocument) -> Blocks:
    made: Blocks = []
    waiting: SectionText | None = None
    for section in document.sections:
        if waiting is not None and section.narrow:
            made += blocks.side_by_side(_section(waiting, document), _section(section, document))
            waiting = None
            continue
        if waiting is not None:
            made += _section(waiting, document)
        waiting = section if section.narrow else None
        if waiting is None:
            made += _section(section, document)
    return made + (_section(waiting, document) if waiting is not None else [])


def _section(section: SectionText, document: AnalysisDocument) -> Blocks:
    made = blocks.section(section.title)
    if section.activities:
        made += _activities(section, document)
    made += blocks.text(section.text)
    made += blocks.bullets(section.points)
    return made


def _activities(section: SectionText, document: AnalysisDocument) -> Blocks:
    kind, own, average = statements.heads(document)
    head = Row(
        (
            cell(kind, styles.CELL_STRONG),
            cell(own, styles.NUMBER_STRONG),
            cell(average, styles.NUMBER_STRONG),
        ),
        is_head=True,
        below=(0.9, styles.BAR),
    )
    rows = [
        Row(
            (
                cell(row.label, styles.CELL),
                cell(row.own, styles.NUMBER),
                cell(row.group or "–", styles.NUMBER),
            ),
            below=(0.5, styles.HAIR),
        )
        for row in section.activities
    ]
    widths = (styles.WIDTH - 2 * _FIGURE_WIDTH, _FIGURE_WIDTH, _FIGURE_WIDTH)
    table = Rows([head, *rows], Shape(widths, named_rows=True), after=7)
    said = statements.chart_said(section.activities, document)
    return [table, Bars([_bar(row) for row in section.activities], (own, average), said)]


def _bar(row: ActivityRow) -> Bar:
    return Bar(row.label, row.own_tenths, row.own, row.group_tenths, row.group)


def _record(document: AnalysisDocument) -> Blocks:
    """Who agreed, how and to what: a table in the place of signatures."""
    rows = [
        Row((cell(name, styles.CELL_STRONG), cell(said, styles.CELL)), below=(0.5, styles.HAIR))
        for name, said in statements.record(document)
    ]
    if not rows:
        return []
    shape = Shape((_NAMES_WIDTH, styles.WIDTH - _NAMES_WIDTH), named_rows=True)
    return [*blocks.section(_("Record of the consent")), Rows(rows, shape)]
