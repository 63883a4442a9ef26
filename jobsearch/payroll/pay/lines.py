"""The lines of a payslip and their sums; pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from jobsearch.core.money import Money, Rate
from jobsearch.core.text import mark as N_
from jobsearch.payroll.pay.sentences import Sentence


class LineKind(StrEnum):
    """What a line does to the sums."""

    EARNING = "earning"  # adds to gross, taxed and insured
    DEDUCTION = "deduction"  # taken off gross
    REIMBURSEMENT = "reimbursement"  # added to what goes to the account, after net
    AFTER_NET = "after_net"  # taken off what goes to the account, after net
    EMPLOYER = "employer"  # the employer's own cost, information on the payslip


TAKEN = frozenset({LineKind.DEDUCTION, LineKind.AFTER_NET})
"""Kinds that people read with a minus."""


class Item(StrEnum):
    """What a line is for."""

    WAGE = "wage"
    BONUS = "bonus"
    ALLOWANCE = "allowance"
    HOLIDAY_COMPENSATION = "holiday_compensation"
    REIMBURSEMENT = "reimbursement"
    TAX = "tax"
    PENSION_EMPLOYEE = "pension_employee"
    UNEMPLOYMENT_EMPLOYEE = "unemployment_employee"
    DISTRAINT = "distraint"
    PENSION_EMPLOYER = "pension_employer"
    UNEMPLOYMENT_EMPLOYER = "unemployment_employer"
    HEALTH_EMPLOYER = "health_employer"
    ACCIDENT_EMPLOYER = "accident_employer"
    GROUP_LIFE_EMPLOYER = "group_life_employer"


@dataclass(frozen=True, slots=True)
class ItemTerms:
    """How an item counts, its income type in the Incomes Register ("" if none) and its name."""

    kind: LineKind
    code: str
    label: str


ITEMS: dict[Item, ItemTerms] = {
    Item.WAGE: ItemTerms(LineKind.EARNING, "201", N_("Hourly wage")),
    Item.BONUS: ItemTerms(LineKind.EARNING, "203", N_("Bonus")),
    Item.ALLOWANCE: ItemTerms(LineKind.EARNING, "216", N_("Allowance paid as wage")),
    Item.HOLIDAY_COMPENSATION: ItemTerms(LineKind.EARNING, "234", N_("Holiday compensation")),
    Item.REIMBURSEMENT: ItemTerms(
        LineKind.REIMBURSEMENT, "353", N_("Reimbursement of expenses (taxable)")
    ),
    Item.TAX: ItemTerms(LineKind.DEDUCTION, "402", N_("Withheld tax")),
    Item.PENSION_EMPLOYEE: ItemTerms(
        LineKind.DEDUCTION, "413", N_("Employee's pension contribution")
    ),
    Item.UNEMPLOYMENT_EMPLOYEE: ItemTerms(
        LineKind.DEDUCTION, "414", N_("Employee's unemployment insurance contribution")
    ),
    # not among the income types to report (`finland/law.md` section 5)
    Item.DISTRAINT: ItemTerms(LineKind.AFTER_NET, "", N_("Distraint")),
    Item.PENSION_EMPLOYER: ItemTerms(LineKind.EMPLOYER, "", N_("Employer's pension contribution")),
    Item.UNEMPLOYMENT_EMPLOYER: ItemTerms(
        LineKind.EMPLOYER, "", N_("Employer's unemployment insurance contribution")
    ),
    Item.HEALTH_EMPLOYER: ItemTerms(
        LineKind.EMPLOYER, "102", N_("Employer's health insurance contribution")
    ),
    Item.ACCIDENT_EMPLOYER: ItemTerms(LineKind.EMPLOYER, "", N_("Accident insurance")),
    Item.GROUP_LIFE_EMPLOYER: ItemTerms(LineKind.EMPLOYER, "", N_("Group life insurance")),
}


@dataclass(frozen=True, slots=True)
class PayLine:
    """One figure of a payslip: its kind says which way it counts.

    Only what takes back a line of an earlier payslip (`reverses_id`) is negative.
    """

    item: Item
    amount: Money
    explanation: Sentence
    minutes: int | None = None
    hourly: Money | None = None
    rate: Rate | None = None
    base: Money | None = None
    reverses_id: str | None = None

    @property
    def kind(self) -> LineKind:
        """What the line does to the sums."""
        return ITEMS[self.item].kind

    @property
    def code(self) -> str:
        """The income type of the Incomes Register; "" for most of the employer's contributions."""
        return ITEMS[self.item].code


def share(item: Item, rate: Rate, base: Money, text: str, **gaps: Money | Rate | str) -> PayLine:
    """A line that is a percentage of a base, half-up to the cent; its sentence tells both."""
    sentence = Sentence.of(text, rate=rate, base=base, **gaps)
    return PayLine(item, rate.of_money(base), sentence, rate=rate, base=base)


def nothing(item: Item, text: str, **gaps: Money | Rate | str) -> PayLine:
    """A line of 0.00 € and the reason why nothing is due."""
    return PayLine(item, Money.zero(), Sentence.of(text, **gaps))


def _cut(line: PayLine, left: Money) -> PayLine:
    text = N_("All that was left of the pay, %(left)s; more would have been due.")
    return replace(line, amount=left, explanation=Sentence.of(text, left=left))


def at_most(lines: Iterable[PayLine], left: Money) -> list[PayLine]:
    """The lines in order, cut so that they take no more than what is left: nobody pays to work."""
    kept = []
    for line in lines:
        kept.append(line if line.amount <= left else _cut(line, left))
        left -= kept[-1].amount
    return kept


@dataclass(frozen=True, slots=True)
class PayslipFigures:
    """A payslip's lines and their sums; `pension_base` is the pay that bore pension insurance.

    net = gross − deductions; to_account = net + reimbursements − distraint;
    employer_total = gross + reimbursements + contributions.
    """

    lines: tuple[PayLine, ...]
    gross: Money
    deductions: Money
    net: Money
    reimbursements: Money
    distraint: Money
    to_account: Money
    contributions: Money
    employer_total: Money
    pension_base: Money

    def of(self, item: Item) -> Money:
        """The sum of the lines of one item; 0.00 € without any."""
        return Money(sum(line.amount.cents for line in self.lines if line.item is item))


def add_up(lines: Iterable[PayLine], pension_base: Money) -> PayslipFigures:
    """The sums of lines that are rounded already; nothing is rounded here."""
    lines = tuple(lines)
    cents = dict.fromkeys(LineKind, 0)
    for line in lines:
        cents[line.kind] += line.amount.cents
    gross, taken = Money(cents[LineKind.EARNING]), Money(cents[LineKind.DEDUCTION])
    reimbursed, contributions = (
        Money(cents[LineKind.REIMBURSEMENT]),
        Money(cents[LineKind.EMPLOYER]),
    )
    distraint = Money(cents[LineKind.AFTER_NET])
    return PayslipFigures(
        lines=lines,
        gross=gross,
        deductions=taken,
        net=gross - taken,
        reimbursements=reimbursed,
        distraint=distraint,
        to_account=gross - taken + reimbursed - distraint,
        contributions=contributions,
        employer_total=gross + reimbursed + contributions,
        pension_base=pension_base,
    )
