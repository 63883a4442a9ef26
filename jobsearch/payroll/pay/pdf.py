"""The payslip on paper, in the locale of the caller (`with speaking(document.language)`)."""

from flask_babel import gettext as _

from jobsearch.core.money import Money
from jobsearch.payroll.pay.document import CorrectionPart, PayslipDocument, PayslipDocumentLine
from jobsearch.pdf import blocks, styles
from jobsearch.pdf.blocks import Blocks
from jobsearch.pdf.page import Document, build
from jobsearch.pdf.rows import Row, Rows, Shape, cell
from jobsearch.web.formats import amount, date_text, day_range, hours, money, percent

_BASE, _RATE, _AMOUNT = 84.0, 62.0, 70.0
_WIDTHS = (styles.WIDTH - _BASE - _RATE - _AMOUNT, _BASE, _RATE, _AMOUNT)
_HAIR = (0.5, styles.HAIR)
_DARK = (0.9, styles.BAR)


def payslip_pdf(document: PayslipDocument) -> bytes:
    """The PDF of a payslip; the same document gives the same bytes."""
    title = _("Payslip")
    period = day_range(document.period, language=document.language)
    return build(
        Document(
            title=f"{title} {document.reference} – {document.employee_name}",
            author=document.employer_name,
            language=document.language,
            subject=f"{title} {period}",
            story=tuple(_story(document, title)),
            running=(f"{document.employer_name} – {document.employee_name}", document.reference),
            foot=_foot(document),
            number_page=lambda page, pages: _("Page %(page)d / %(pages)d", page=page, pages=pages),
        )
    )


def _story(document: PayslipDocument, title: str) -> Blocks:
    language = document.language
    story = blocks.letterhead(
        [
            document.employer_name,
            _("Business ID %(business_id)s", business_id=document.employer_business_id),
        ],
        [document.reference, date_text(document.pays_on, language)],
    )
    story += blocks.title(title)
    story += blocks.facts(
        [
            (_("Employee"), document.employee_name),
            (_("Pay period"), day_range(document.period, language=language)),
            (_("Date of payment"), date_text(document.pays_on, language)),
            _to_account(document),
            (_("Account"), document.masked_iban or _("Not known")),
        ]
    )
    story += blocks.space(9)
    if document.correction is not None:
        story += _corrected(document.correction, language)
    story.append(_pay(document))
    story += blocks.section(_("Employer's costs, for information"))
    story.append(_employer(document))
    story += blocks.section(_("In %(year)d up to this payment", year=document.year_to_date.year))
    story.append(_year(document))
    story += blocks.space(8)
    for note in document.notes:
        story += blocks.text(note, styles.NOTE)
    return story


def _to_account(document: PayslipDocument) -> tuple[str, str]:
    if document.to_account < Money.zero():
        return _("To be returned"), money(-document.to_account, document.language)
    return _("Paid to the account"), money(document.to_account, document.language)


def _corrected(part: CorrectionPart, language: str) -> Blocks:
    story = blocks.section(_("What is corrected"))
    for text in part.texts:
        story += blocks.text(text)
    heads = (_("What"), _("Before"), _("Now"), _("Difference, €"))
    first, *others = heads
    head = (
        cell(first, styles.CELL_STRONG),
        *(cell(text, styles.NUMBER_STRONG) for text in others),
    )
    rows = [
        Row(
            (
                cell(row.label, styles.CELL),
                *(cell(amount(sum_, language), styles.NUMBER) for sum_ in (row.before, row.now)),
                cell(amount(row.difference, language), styles.NUMBER_STRONG),
            ),
            below=_HAIR,
        )
        for row in part.rows
    ]
    return [*story, _table(Row(head, is_head=True, below=_DARK), *rows), *blocks.space(9)]


def _foot(document: PayslipDocument) -> str:
    if document.is_demo:
        return str(_("Demonstration: these people and figures are made up."))
    return str(_("Keep this payslip. It shows what was paid and how it was calculated."))


def _pay(document: PayslipDocument) -> Rows:
    language = document.language
    return _table(
        _heads(_("Pay")),
        *(_line(line, language) for line in document.earnings),
        _sum(_("Gross pay"), document.gross, language),
        *(_line(line, language) for line in document.deductions),
        _sum(_("Net pay"), document.net, language),
        *(_line(line, language) for line in (*document.reimbursements, *document.after_net)),
        _sum(_("To the account"), document.to_account, language),
    )


def _employer(document: PayslipDocument) -> Rows:
    language = document.language
    return _table(
        _heads(_("Cost")),
        *(_line(line, language) for line in document.employer_lines),
        _sum(_("Total cost to the employer"), document.employer_total, language),
    )


def _table(*rows: Row) -> Rows:
    return Rows(rows, Shape(_WIDTHS, pad_left=4, pad_right=4, named_rows=True))


def _heads(first: str) -> Row:
    cells = (
        cell(first, styles.CELL_STRONG),
        cell(_("Hours or base"), styles.NUMBER_STRONG),
        cell(_("Rate"), styles.NUMBER_STRONG),
        cell(_("Amount, €"), styles.NUMBER_STRONG),
    )
    return Row(cells, is_head=True, below=_DARK)


def _line(line: PayslipDocumentLine, language: str) -> Row:
    base, rate = "", ""
    if line.minutes is not None:
        base = hours(line.minutes, language=language)
        rate = money(line.hourly, language) if line.hourly is not None else ""
    elif line.rate is not None:
        base = money(line.base, language) if line.base is not None else ""
        rate = percent(line.rate, language=language)
    label = f"{line.code} {line.label}" if line.code else line.label
    cells = (
        cell(label, styles.CELL, line.explanation, styles.CELL_NOTE),
        cell(base, styles.NUMBER),
        cell(rate, styles.NUMBER),
        cell(amount(line.amount, language), styles.NUMBER),
    )
    return Row(cells, below=_HAIR)


def _sum(label: str, total: Money, language: str) -> Row:
    cells = (
        cell(label, styles.CELL_STRONG),
        (),
        (),
        cell(amount(total, language), styles.NUMBER_STRONG),
    )
    return Row(cells, above=_DARK, below=_HAIR, panel=styles.PANEL)


def _year(document: PayslipDocument) -> Rows:
    year, language = document.year_to_date, document.language
    figures = [
        (_("Gross pay"), year.gross),
        (_("Withheld tax"), year.tax),
        (_("Pension"), year.pension),
        (_("Unemployment insurance"), year.unemployment),
        (_("Net pay"), year.net),
        (_("Reimbursements"), year.reimbursements),
    ]
    heads = tuple(cell(label, styles.SMALL_RIGHT) for label, _total in figures)
    sums = tuple(cell(amount(total, language), styles.NUMBER) for _label, total in figures)
    return Rows(
        [Row(heads, is_head=True, below=_DARK), Row(sums)],
        Shape((styles.WIDTH / len(figures),) * len(figures), pad_left=4, pad_right=4),
    )
