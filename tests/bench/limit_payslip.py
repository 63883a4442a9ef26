"""The least a payslip can cost: one page drawn straight on a canvas, with TrueType fonts."""

import io
from pathlib import Path

import reportlab
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

_LEFT, _RIGHT = 42, 553
_FACES = {"LimitSans": "Vera.ttf", "LimitSansBold": "VeraBd.ttf"}
_FACTS = (
    ("Employee", "Mira Łukasz-Saarnivaara"),
    ("Number", "004711"),
    ("Address", "Rantakatu 12, 28100 Pori"),
    ("Tax card", "18.5 %"),
    ("Account", "FI21 1234 5600 0007 85"),
    ("Group", "Group 7"),
    ("Period", "16.11.–3.12.2026"),
    ("Day of payment", "15.12.2026"),
)
_COLUMNS = ((_LEFT, "Pay"), (300, "Hours"), (370, "Rate"), (450, "Amount"), (_RIGHT, "This year"))


def load_faces() -> None:
    """Register the two faces, once a process."""
    folder = Path(reportlab.__file__).parent / "fonts"
    for name, file in _FACES.items():
        pdfmetrics.registerFont(TTFont(name, str(folder / file)))


def _euros(cents: int) -> str:
    return f"{cents / 100:,.2f}"


def limit_payslip(number: int) -> bytes:
    """A payslip of twelve kinds of pay and eight deductions as a file of its own."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    canvas.setTitle(f"Payslip {number:06d}")
    y = _draw_facts(canvas, number, A4[1] - 52)
    pay = [(f"Kind of pay {at + 1}", 120 - at, 1150 + 25 * at) for at in range(12)]
    taken = [(f"Deduction {at + 1}", 900 + 311 * at + number % 7) for at in range(8)]
    y = _draw_pay(canvas, pay, y - 12)
    y = _draw_deductions(canvas, taken, y - 20)
    gross, less = sum(h * rate for _, h, rate in pay), sum(cents for _, cents in taken)
    canvas.setFont("LimitSansBold", 11)
    for label, cents in (("Gross", gross), ("Deductions", less), ("Net", gross - less)):
        y -= 16
        canvas.drawString(300, y, label)
        canvas.drawRightString(_RIGHT, y, _euros(cents))
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def _draw_facts(canvas: Canvas, number: int, y: float) -> float:
    canvas.setFont("LimitSansBold", 14)
    canvas.drawString(_LEFT, y, f"Payslip 2026-12 number {number:06d}")
    canvas.setFont("LimitSans", 9)
    y -= 24
    for at, (name, value) in enumerate(_FACTS):
        x = 300 if at % 2 else _LEFT
        canvas.drawString(x, y, name)
        canvas.drawString(x + 76, y, value)
        y -= 13 * (at % 2)
    return y


def _draw_pay(canvas: Canvas, pay: list[tuple[str, int, int]], y: float) -> float:
    canvas.setFont("LimitSansBold", 9)
    for x, head in _COLUMNS:
        (canvas.drawString if x == _LEFT else canvas.drawRightString)(x, y, head)
    canvas.setFont("LimitSans", 9)
    for name, hours, rate in pay:
        y -= 13
        amount = hours * rate
        canvas.drawString(_LEFT, y, name)
        figures = (str(hours), _euros(rate), _euros(amount), _euros(11 * amount))
        for (x, _), figure in zip(_COLUMNS[1:], figures, strict=True):
            canvas.drawRightString(x, y, figure)
        canvas.line(_LEFT, y - 3, _RIGHT, y - 3)
    return y


def _draw_deductions(canvas: Canvas, taken: list[tuple[str, int]], y: float) -> float:
    canvas.setFont("LimitSansBold", 9)
    canvas.drawString(_LEFT, y, "Deductions")
    canvas.setFont("LimitSans", 9)
    for name, cents in taken:
        y -= 13
        canvas.drawString(_LEFT, y, name)
        canvas.drawRightString(450, y, _euros(cents))
        canvas.drawRightString(_RIGHT, y, _euros(11 * cents))
        canvas.line(_LEFT, y - 3, _RIGHT, y - 3)
    return y - 8
