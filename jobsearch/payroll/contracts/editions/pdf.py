"""The contract and its signing record on paper; both are drawn once and kept as bytes."""

from reportlab.platypus.flowables import CondPageBreak

from jobsearch.payroll.contracts.editions.document import (
    Clause,
    ContractDocument,
    SigningRecord,
    WorkingDay,
)
from jobsearch.pdf import blocks, styles
from jobsearch.pdf.blocks import Blocks
from jobsearch.pdf.page import Document, build
from jobsearch.pdf.rows import Row, Rows, Shape, Words, cell
from jobsearch.web.formats import date_text

_HAIR = (0.5, styles.HAIR)
_DARK = (0.9, styles.BAR)
_MOST = 2_000  # letters of one term
_ROOM_OF_DAYS = 270  # points, so that twelve days stand on one page
_NAME = styles.WIDTH * 0.27
_TERMS = Shape((_NAME, styles.WIDTH - _NAME), pad_left=4, pad_right=4, named_rows=True)
_DAY = styles.WIDTH * 0.5
_DAYS = Shape((_DAY, (styles.WIDTH - _DAY) / 2, (styles.WIDTH - _DAY) / 2), pad_left=4, pad_right=4)
_SIGNED = Shape(
    (styles.WIDTH * 0.36, styles.WIDTH * 0.24, styles.WIDTH * 0.4),
    pad_left=4,
    pad_right=4,
    named_rows=True,
)


def contract_pdf(document: ContractDocument) -> bytes:
    """The PDF of a contract; the same document gives the same bytes."""
    words = document.words
    number = words["number"] % {"number": document.number, "edition": document.edition}
    return build(
        Document(
            title=f"{words['title']} {document.number} – {document.employee}",
            author=document.employer,
            language=document.language,
            subject=words["intro"],
            story=tuple(_story(document, number)),
            running=(f"{document.employer} – {document.employee}", number),
            foot=words["demo"] if document.is_demo else words["foot"],
            number_page=lambda page, pages: words["page"] % {"page": page, "pages": pages},
        )
    )


def _story(document: ContractDocument, number: str) -> Blocks:
    words = document.words
    business = f"{document.business_id}".strip()
    story = blocks.letterhead(
        [document.employer, business], [number, date_text(document.dated, document.language)]
    )
    story += blocks.title(words["title"])
    story += blocks.text(words["intro"])
    story += blocks.facts([(_employee(document), document.employee), *document.facts], columns=2)
    story += blocks.space(9)
    story.append(_terms(document))
    story.append(CondPageBreak(_ROOM_OF_DAYS))
    story += blocks.section(words["days"])
    story.append(_days(document))
    story += blocks.space(8)
    if document.is_change:
        story += blocks.text(words["change"])
    story += blocks.text(words["signing"])
    return story


def _employee(document: ContractDocument) -> str:
    return document.clauses[1].title


def _terms(document: ContractDocument) -> Rows:
    words = document.words
    head = Row(
        (cell(words["term"], styles.CELL_STRONG), cell(words["agreed"], styles.CELL_STRONG)),
        is_head=True,
        below=_DARK,
    )
    return Rows([head, *(_term(clause) for clause in document.clauses)], _TERMS)


def _term(clause: Clause) -> Row:
    text = (Words(clause.text, styles.CELL, most=_MOST),)
    return Row((cell(clause.title, styles.CELL_STRONG), text), below=_HAIR)


def _days(document: ContractDocument) -> Rows:
    words = document.words
    head = Row(
        (
            cell(words["day"], styles.CELL_STRONG),
            cell(words["begins"], styles.NUMBER_STRONG),
            cell(words["hours"], styles.NUMBER_STRONG),
        ),
        is_head=True,
        below=_DARK,
    )
    total = Row(
        (
            cell(words["in_all"], styles.CELL_STRONG),
            (),
            cell(document.hours_in_all, styles.NUMBER_STRONG),
        ),
        above=_DARK,
        panel=styles.PANEL,
    )
    return Rows([head, *(_day(day) for day in document.days), total], _DAYS)


def _day(day: WorkingDay) -> Row:
    cells = (
        cell(day.day, styles.CELL),
        cell(day.begins, styles.NUMBER),
        cell(day.hours, styles.NUMBER),
    )
    return Row(cells, below=_HAIR)


def record_pdf(record: SigningRecord) -> bytes:
    """The PDF of a signing record; the same record gives the same bytes."""
    words = record.words
    number = f"{record.number} / {record.edition}"
    return build(
        Document(
            title=f"{words['title']} {number} – {record.employee}",
            author=record.employer,
            language=record.language,
            subject=words["intro"],
            story=tuple(_record(record, number)),
            running=(f"{record.employer} – {record.employee}", number),
            foot=record.is_demo_words or words["title"],
            number_page=lambda page, pages: record.page_words % {"page": page, "pages": pages},
        )
    )


def _record(record: SigningRecord, number: str) -> Blocks:
    words = record.words
    story = blocks.letterhead([record.employer], [number])
    story += blocks.title(words["title"])
    story += blocks.text(words["intro"])
    story += blocks.facts(
        [
            (words["contract"], number),
            (words["issued"], record.issued_at),
            (words["parties"], f"{record.employer}, {record.employee}"),
        ],
        columns=2,
    )
    story += blocks.space(6)
    story += blocks.box(words["digest"], [record.sha256, words["verify"]])
    story += blocks.section(words["signatures"])
    head = Row(
        tuple(cell(words[name], styles.CELL_STRONG) for name in ("who", "when", "how")),
        is_head=True,
        below=_DARK,
    )
    rows = [
        Row(
            (
                cell(one.name, styles.CELL_STRONG, one.side, styles.CELL_NOTE),
                cell(one.signed_at, styles.CELL),
                (Words(one.how, styles.CELL, most=_MOST),),
            ),
            below=_HAIR,
        )
        for one in record.signatures
    ]
    story.append(Rows([head, *rows], _SIGNED))
    return story
