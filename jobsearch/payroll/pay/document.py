"""What is printed on a payslip: one frozen document, every sentence already in its language."""

from dataclasses import dataclass
from datetime import date

from jobsearch.core.money import Money, Rate
from jobsearch.core.periods import Span


@dataclass(frozen=True, slots=True)
class PayslipDocumentLine:
    """One row of the payslip.

    `code` is the income type of the Incomes Register (201, 203, 216, 234, 353, 402, 413, 414), or
    "" for the employer's own contributions. `amount` carries its sign: deductions are negative.
    At most one of `minutes` (with `hourly`) and `rate` (with `base`) says how it came about.
    """

    code: str
    label: str
    explanation: str
    amount: Money
    minutes: int | None = None
    hourly: Money | None = None
    rate: Rate | None = None
    base: Money | None = None


@dataclass(frozen=True, slots=True)
class YearToDate:
    """Sums of the calendar year up to and with this payslip, by date of payment."""

    year: int
    gross: Money
    tax: Money
    pension: Money
    unemployment: Money
    net: Money
    reimbursements: Money


@dataclass(frozen=True, slots=True)
class CorrectionRow:
    """One item of a correction: what it was, what it is, and the difference."""

    label: str
    before: Money
    now: Money
    difference: Money


@dataclass(frozen=True, slots=True)
class CorrectionPart:
    """What a payslip corrects: which payslip and why (`texts`), item by item."""

    texts: tuple[str, ...]
    rows: tuple[CorrectionRow, ...]


@dataclass(frozen=True, slots=True)
class PayslipDocument:
    """A payslip with the content of the Employment Contracts Act 2:16; issued once, kept as bytes.

    Printed top to bottom: employer and employee, period and pay date, `earnings` to `gross`,
    `deductions` (negative) to `net`, `reimbursements` and `after_net` (negative) to `to_account`;
    then, as information,
    `employer_lines` to `employer_total` (gross, reimbursements and contributions together),
    the year to date, and the notes on what each figure rests on. `masked_iban` is None when no
    account is known.
    """

    language: str
    reference: str
    employer_name: str
    employer_business_id: str
    employee_name: str
    period: Span
    pays_on: date
    earnings: tuple[PayslipDocumentLine, ...]
    gross: Money
    deductions: tuple[PayslipDocumentLine, ...]
    deductions_total: Money
    net: Money
    reimbursements: tuple[PayslipDocumentLine, ...]
    to_account: Money
    masked_iban: str | None
    employer_lines: tuple[PayslipDocumentLine, ...]
    employer_total: Money
    year_to_date: YearToDate
    notes: tuple[str, ...] = ()
    after_net: tuple[PayslipDocumentLine, ...] = ()
    correction: CorrectionPart | None = None
    is_demo: bool = False
