"""Certificates on paper, in the locale of the caller (`with speaking(document.language)`)."""

from dataclasses import replace

from flask_babel import gettext as _

from jobsearch.payroll.certificates.document import CertificateDocument, Sheet
from jobsearch.pdf import blocks, styles
from jobsearch.pdf.blocks import Blocks
from jobsearch.pdf.page import Document, build
from jobsearch.pdf.rows import Cell, Row, Rows, Shape, cell
from jobsearch.web.formats import date_text

_HAIR = (0.5, styles.HAIR)
_DARK = (0.9, styles.BAR)
_HEAD = replace(styles.CELL_STRONG, size=8.3, leading=10.5)
_NUMBER_HEAD = replace(_HEAD, right=True)
_MANY = 4  # columns of numbers that leave texts less room


def certificate_pdf(document: CertificateDocument) -> bytes:
    """The PDF of a certificate; the same document gives the same bytes."""
    number = f"{document.number} / {document.edition}"
    return build(
        Document(
            title=f"{document.title} {number} – {document.employee}",
            author=document.employer,
            language=document.language,
            subject=document.title,
            story=tuple(_story(document, number)),
            running=(f"{document.employer} – {document.employee}", number),
            foot=document.foot,
            number_page=lambda page, pages: _("Page %(page)d / %(pages)d", page=page, pages=pages),
        )
    )


def _story(document: CertificateDocument, number: str) -> Blocks:
    sender = [document.employer, document.business_id, document.address]
    issued = date_text(document.issued_on, document.language)
    story = blocks.letterhead([line for line in sender if line], [number, issued])
    story += blocks.title(document.title)
    story += blocks.facts(list(document.facts))
    story += blocks.space(9)
    for words in document.texts:
        story += blocks.text(words)
    for sheet in document.sheets:
        story += blocks.section(sheet.caption)
        story.append(_table(sheet))
    story += blocks.space(8)
    for note in document.notes:
        story += blocks.text(note, styles.NOTE)
    if document.signer:
        story += blocks.signatures([document.signer])
    return story


def _table(sheet: Sheet) -> Rows:
    texts, numbers = sheet.texts, len(sheet.heads) - sheet.texts
    share = (0.62 if texts == 1 else 0.66) if numbers < _MANY else (0.24 if texts == 1 else 0.35)
    wide, narrow = styles.WIDTH * share / texts, styles.WIDTH * (1 - share) / numbers
    widths = (*[wide] * texts, *[narrow] * numbers)
    rows = [Row(_heads(sheet), is_head=True, below=_DARK)]
    rows += [Row(_cells(sheet, row), below=_HAIR) for row in sheet.rows]
    if sheet.total:
        total = _cells(sheet, sheet.total, is_strong=True)
        rows.append(Row(total, above=_DARK, panel=styles.PANEL))
    return Rows(rows, Shape(widths, pad_left=3, pad_right=3, named_rows=True))


def _heads(sheet: Sheet) -> tuple[Cell, ...]:
    return tuple(
        cell(word, _HEAD if at < sheet.texts else _NUMBER_HEAD)
        for at, word in enumerate(sheet.heads)
    )


def _cells(sheet: Sheet, words: tuple[str, ...], *, is_strong: bool = False) -> tuple[Cell, ...]:
    text = styles.CELL_STRONG if is_strong else styles.CELL
    number = styles.NUMBER_STRONG if is_strong else styles.NUMBER
    return tuple(cell(word, text if at < sheet.texts else number) for at, word in enumerate(words))
