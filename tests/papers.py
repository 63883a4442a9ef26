"""Documents to print in tests, and what is read back from the paper."""

import io
from collections import Counter
from datetime import UTC, date, datetime
from typing import Any

import pikepdf
from pypdf import PdfReader

from jobsearch.analyses.document import ActivityRow, AnalysisDocument, SectionText
from jobsearch.core.money import Money, Rate
from jobsearch.core.periods import Span
from jobsearch.payroll.pay.document import PayslipDocument, PayslipDocumentLine, YearToDate
from jobsearch.pdf.page import Document, build

PERIOD = Span(date(2026, 11, 16), date(2026, 12, 3))
GROSS = Money.of("680.16")


def share(code: str, label: str, cents: int, percent: str, why: str = "") -> PayslipDocumentLine:
    return PayslipDocumentLine(code, label, why, Money(cents), rate=Rate.of(percent), base=GROSS)


def payslip(**changes: Any) -> PayslipDocument:
    fields: dict[str, Any] = {
        "language": "fi",
        "reference": "PS-2026-00042",
        "employer_name": "Työnhakutyö Oy",
        "employer_business_id": "1234567-1",
        "employee_name": "Mira Saarnivaara",
        "period": PERIOD,
        "pays_on": date(2026, 12, 15),
        "earnings": (
            PayslipDocumentLine(
                "201",
                "Tuntipalkka",
                "12 päivää.",
                Money.of("624.00"),
                minutes=2880,
                hourly=Money.of("13.00"),
            ),
            share("234", "Lomakorvaus", 5616, "9.00", "Vuosilomalaki 17 §."),
        ),
        "gross": GROSS,
        "deductions": (
            share("402", "Ennakonpidätys", -12583, "18.50", "Verokortti 18,5 %."),
            share("413", "Työntekijän eläkemaksu", -4965, "7.30"),
            share("414", "Työntekijän työttömyysvakuutusmaksu", -605, "0.89"),
        ),
        "deductions_total": Money(-18153),
        "net": Money.of("498.63"),
        "reimbursements": (
            PayslipDocumentLine("353", "Kulukorvaus", "Oma yhteys.", Money.of("20.00")),
        ),
        "to_account": Money.of("518.63"),
        "masked_iban": "FI21 •••• •••• 0785",
        "employer_lines": (
            share("", "Työnantajan eläkemaksu", 12046, "17.71"),
            share("102", "Työnantajan sairausvakuutusmaksu", 1299, "1.91"),
        ),
        "employer_total": Money.of("833.61"),
        "year_to_date": YearToDate(
            2026, Money(1283016), Money(115358), Money(4965), Money(605), Money(49863), Money(2000)
        ),
        "notes": ("Prosentit ovat vuoden 2026 vahvistettuja maksuja.",),
    }
    return PayslipDocument(**(fields | changes))


def analysis(**changes: Any) -> AnalysisDocument:
    fields: dict[str, Any] = {
        "language": "fi",
        "number": "AN-2026-0147",
        "dated": date(2026, 12, 3),
        "provider_name": "Työnhakutyö 48 h",
        "programme_name": "Työsuhteinen työnhaku",
        "cohort_name": "Ryhmä 7",
        "participant_name": "Mira Saarnivaara",
        "period": PERIOD,
        "minutes": 2880,
        "days": 12,
        "recipient_name": "Hanna Virtakari",
        "recipient_organisation": "Selkämeren työllisyysalue",
        "authors": ("Mira Saarnivaara", "Riikka Ylönen"),
        "sections": (
            SectionText("Tilanne ja tavoite", "Mira hakee kokoaikaista asiakaspalvelun työtä."),
            SectionText(
                "Mitä tehtiin",
                "Osallistuminen 12 / 12 päivää.",
                activities=(
                    ActivityRow("Haetut avoimet paikat", "11", "9,2", 110, 92),
                    ActivityRow("Haastattelut", "3", "", 30),
                ),
            ),
            SectionText("Mikä toimi", "Puhelut suoraan esihenkilöille.", narrow=True),
            SectionText("Seuraavat askeleet", points=("Haastattelu", "Hygieniapassi"), narrow=True),
        ),
        "consent_text": "Annan luvan toimittaa tämän analyysin.\nVoin perua sen milloin vain.",
        "consent_given_at": datetime(2026, 12, 3, 10, 47, tzinfo=UTC),
        "consent_expires_on": date(2027, 2, 24),
        "left_out": 1,
        "edition": 2,
        "recipient_address": "hanna.virtakari@example.org",
        "wording_edition": "analysis-1",
    }
    return AnalysisDocument(**(fields | changes))


def sheet(*story: Any, **changes: Any) -> bytes:
    """Any blocks on paper."""
    fields: dict[str, Any] = {
        "title": "Koe",
        "author": "Tekijä",
        "language": "fi",
        "story": story,
        "running": ("Vasen", "Oikea"),
        "foot": "Alaviite",
        "number_page": lambda page, pages: f"Sivu {page} / {pages}",
    }
    return build(Document(**(fields | changes)))


def pages(content: bytes) -> list[str]:
    """The text of each page as a reader without eyes gets it, blanks made even."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(content)).pages]


def words(content: bytes) -> str:
    """All text, on one line."""
    return " ".join(pages(content))


def roles(content: bytes) -> Counter[str]:
    """How many elements of each role the structure tree has."""
    with pikepdf.open(io.BytesIO(content)) as file:
        found: Counter[str] = Counter()
        _count(file.Root.StructTreeRoot.K, found)
        return found


def _count(element: Any, found: Counter[str]) -> None:
    found[str(element.S)[1:]] += 1
    for kid in element.K:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            _count(kid, found)


def elements(file: pikepdf.Pdf, role: str) -> list[Any]:
    """The elements of one role, in their order."""
    found: list[Any] = []
    waiting = [file.Root.StructTreeRoot.K]
    while waiting:
        element = waiting.pop(0)
        if str(element.S) == role:
            found.append(element)
        waiting = [
            k for k in element.K if isinstance(k, pikepdf.Dictionary) and "/S" in k
        ] + waiting
    return found


def streams(content: bytes) -> list[bytes]:
    """What is drawn on each page."""
    with pikepdf.open(io.BytesIO(content)) as file:
        return [page.Contents.read_bytes() for page in file.pages]


def unmarked(content: bytes) -> int:
    """How many texts are drawn outside every mark; raises where marks do not nest."""
    count = 0
    with pikepdf.open(io.BytesIO(content)) as file:
        for page in file.pages:
            open_marks: list[str] = []
            for instruction in pikepdf.parse_content_stream(page):
                operator = str(instruction.operator)
                if operator in {"BDC", "BMC"}:
                    is_span = str(instruction.operands[0]) == "/Span"
                    assert bool(open_marks) == is_span, "a mark inside a mark, or a span outside"
                    open_marks.append(str(instruction.operands[0]))
                elif operator == "EMC":
                    open_marks.pop()
                elif operator in {"Tj", "TJ"} and not open_marks:
                    count += 1
            assert not open_marks, "a mark is left open at the page's end"
    return count


def fonts(content: bytes) -> dict[str, bool]:
    """The fonts of the file, and whether each is embedded."""
    with pikepdf.open(io.BytesIO(content)) as file:
        return {
            str(font.BaseFont): "/FontDescriptor" in font and "/FontFile2" in font.FontDescriptor
            for page in file.pages
            for font in page.Resources.Font.values()
        }
