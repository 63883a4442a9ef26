"""How a run stands in the books: its journal, and whether all its sums agree; pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from jobsearch.core.errors import RuleBroken
from jobsearch.core.money import Money, wage
from jobsearch.core.text import Word
from jobsearch.core.text import mark as N_
from jobsearch.payroll.pay.lines import Item, LineKind


class Post(StrEnum):
    """What a line of the journal is booked on; each employer says on which account."""

    WAGES = "wages"
    BONUSES = "bonuses"
    HOLIDAY_COMPENSATION = "holiday_compensation"
    REIMBURSEMENTS = "reimbursements"
    PENSION_COST = "pension_cost"
    UNEMPLOYMENT_COST = "unemployment_cost"
    HEALTH_COST = "health_cost"
    ACCIDENT_COST = "accident_cost"
    GROUP_LIFE_COST = "group_life_cost"
    TAX_DEBT = "tax_debt"
    PENSION_DEBT = "pension_debt"
    UNEMPLOYMENT_DEBT = "unemployment_debt"
    ACCIDENT_DEBT = "accident_debt"
    GROUP_LIFE_DEBT = "group_life_debt"
    DISTRAINT_DEBT = "distraint_debt"
    OWED = "owed"
    BANK = "bank"


POST_NAMES: Mapping[Post, str] = {
    Post.WAGES: N_("Wages"),
    Post.BONUSES: N_("Bonuses"),
    Post.HOLIDAY_COMPENSATION: N_("Holiday compensation"),
    Post.REIMBURSEMENTS: N_("Reimbursements of expenses"),
    Post.PENSION_COST: N_("Pension insurance, cost"),
    Post.UNEMPLOYMENT_COST: N_("Unemployment insurance, cost"),
    Post.HEALTH_COST: N_("Health insurance contribution, cost"),
    Post.ACCIDENT_COST: N_("Accident insurance, cost"),
    Post.GROUP_LIFE_COST: N_("Group life insurance, cost"),
    Post.TAX_DEBT: N_("Withheld tax and health contribution, debt"),
    Post.PENSION_DEBT: N_("Pension insurance, debt"),
    Post.UNEMPLOYMENT_DEBT: N_("Unemployment insurance, debt"),
    Post.ACCIDENT_DEBT: N_("Accident insurance, debt"),
    Post.GROUP_LIFE_DEBT: N_("Group life insurance, debt"),
    Post.DISTRAINT_DEBT: N_("Distraint, debt"),
    Post.OWED: N_("Pay that was too much, owed by people"),
    Post.BANK: N_("The employer’s bank account"),
}
USUAL_ACCOUNTS: Mapping[Post, str] = {
    Post.WAGES: "5000",
    Post.BONUSES: "5010",
    Post.HOLIDAY_COMPENSATION: "5040",
    Post.REIMBURSEMENTS: "7800",
    Post.PENSION_COST: "6100",
    Post.UNEMPLOYMENT_COST: "6130",
    Post.HEALTH_COST: "6120",
    Post.ACCIDENT_COST: "6140",
    Post.GROUP_LIFE_COST: "6150",
    Post.TAX_DEBT: "2920",
    Post.PENSION_DEBT: "2930",
    Post.UNEMPLOYMENT_DEBT: "2931",
    Post.ACCIDENT_DEBT: "2932",
    Post.GROUP_LIFE_DEBT: "2933",
    Post.DISTRAINT_DEBT: "2940",
    Post.OWED: "1780",
    Post.BANK: "1910",
}
"""Proposed numbers, as in a usual Finnish chart of accounts; each employer has its own."""

# Where a line is booked: debit and credit; None is the payment itself.
_SIDES: Mapping[Item, tuple[Post | None, Post | None]] = {
    Item.WAGE: (Post.WAGES, None),
    Item.ALLOWANCE: (Post.WAGES, None),
    Item.BONUS: (Post.BONUSES, None),
    Item.HOLIDAY_COMPENSATION: (Post.HOLIDAY_COMPENSATION, None),
    Item.REIMBURSEMENT: (Post.REIMBURSEMENTS, None),
    Item.TAX: (None, Post.TAX_DEBT),
    Item.PENSION_EMPLOYEE: (None, Post.PENSION_DEBT),
    Item.UNEMPLOYMENT_EMPLOYEE: (None, Post.UNEMPLOYMENT_DEBT),
    Item.DISTRAINT: (None, Post.DISTRAINT_DEBT),
    Item.PENSION_EMPLOYER: (Post.PENSION_COST, Post.PENSION_DEBT),
    Item.UNEMPLOYMENT_EMPLOYER: (Post.UNEMPLOYMENT_COST, Post.UNEMPLOYMENT_DEBT),
    Item.HEALTH_EMPLOYER: (Post.HEALTH_COST, Post.TAX_DEBT),
    Item.ACCIDENT_EMPLOYER: (Post.ACCIDENT_COST, Post.ACCIDENT_DEBT),
    Item.GROUP_LIFE_EMPLOYER: (Post.GROUP_LIFE_COST, Post.GROUP_LIFE_DEBT),
}


_COSTS = frozenset(debit for debit, _credit in _SIDES.values() if debit is not None)


@dataclass(frozen=True, slots=True)
class BookedLine:
    """One line of a payslip as the books need it; `payslip_id` says which lines are one's."""

    item: Item
    kind: LineKind
    amount: Money
    minutes: int | None = None
    hourly: Money | None = None
    payslip_id: str = ""


@dataclass(frozen=True, slots=True)
class JournalLine:
    """One line of the journal: on which post, and how much on which side."""

    post: Post
    debit: Money
    credit: Money


def make_journal(lines: Iterable[BookedLine]) -> list[JournalLine]:
    """The journal of a run, each post once, nothing below zero: what takes back changes sides.

    What is paid out is the bank's credit; a payslip that takes back more than it pays is owed.
    """
    balances: dict[Post, Money] = defaultdict(Money.zero)  # debit above zero, credit below
    paid: dict[str, Money] = defaultdict(Money.zero)
    for line in lines:
        left, right = _SIDES[line.item]
        if left is not None:
            balances[left] += line.amount
            paid[line.payslip_id] += line.amount
        if right is not None:
            balances[right] -= line.amount
            paid[line.payslip_id] -= line.amount
    for amount in paid.values():
        balances[Post.BANK if amount > Money.zero() else Post.OWED] -= amount
    return [_journal_line(post, balances[post]) for post in Post if balances.get(post)]


def _journal_line(post: Post, balance: Money) -> JournalLine:
    return JournalLine(post, max(balance, Money.zero()), max(-balance, Money.zero()))


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two sums that must be equal; `other` is None while there is nothing to compare with."""

    words: str
    own: Money
    other: Money | None

    @property
    def differs(self) -> bool:
        """Whether both are there and not equal."""
        return self.other is not None and self.own != self.other


@dataclass(frozen=True, slots=True)
class Sums:
    """What a run's payslips, files and reports say, each from its own source.

    `to_account` is less by what people owe who were paid too much (`owed`). `told` is gross pay and
    reimbursements of the payments that standing reports tell of, `reported` what those reports
    themselves say.
    """

    gross: Money
    deductions: Money
    reimbursements: Money
    distraint: Money
    to_account: Money
    owed: Money
    employer_total: Money
    bank_file: Money | None
    told: Money
    reported: Money | None


def compare(lines: Sequence[BookedLine], sums: Sums) -> list[Comparison]:
    """Hours times rate, payslips, bank file, Incomes Register and journal, in pairs."""
    return [*_within(lines, sums), *_outside(sums)]


def _within(lines: Sequence[BookedLine], sums: Sums) -> list[Comparison]:
    """The payslips against their own lines and the journal made of them."""
    kinds: dict[LineKind, Money] = defaultdict(Money.zero)
    for line in lines:
        kinds[line.kind] += line.amount
    worked = [line for line in lines if line.minutes is not None and line.hourly is not None]
    by_hours = Money.total(wage(line.minutes or 0, line.hourly or Money(0)) for line in worked)
    wages = Money.total(line.amount for line in worked)
    balances = {line.post: line.debit - line.credit for line in make_journal(lines)}
    to_people = Money.total(balances.get(post, Money.zero()) for post in (Post.BANK, Post.OWED))
    cost = Money.total(balances.get(post, Money.zero()) for post in _COSTS)
    return [
        Comparison(
            N_("Hours times the hourly wage, and the wages of the payslips"), by_hours, wages
        ),
        Comparison(
            N_("Gross pay of the payslips, and their lines"), sums.gross, kinds[LineKind.EARNING]
        ),
        Comparison(
            N_("Deductions of the payslips, and their lines"),
            sums.deductions,
            kinds[LineKind.DEDUCTION],
        ),
        Comparison(
            N_("To the accounts by the payslips, and by the journal"), sums.to_account, -to_people
        ),
        Comparison(
            N_("Cost to the employer by the payslips, and by the journal"),
            sums.employer_total,
            cost,
        ),
    ]


def _outside(sums: Sums) -> list[Comparison]:
    """The payslips against what left the house."""
    return [
        Comparison(
            N_("To the accounts and the distraint by the payslips, and by the bank’s file"),
            sums.to_account + sums.owed + sums.distraint,
            sums.bank_file,
        ),
        Comparison(
            N_("Gross pay and reimbursements, and what the Incomes Register is told"),
            sums.told,
            sums.reported,
        ),
    ]


def check_agreement(comparisons: Iterable[Comparison]) -> None:
    """Refuse to report a run whose sums differ; the sums are named."""
    for one in comparisons:
        if one.differs:
            raise RuleBroken(
                N_("The sums differ: %(what)s (%(own)s, %(other)s). Nothing is reported."),
                what=Word(one.words),
                own=one.own,
                other=one.other or Money.zero(),
            )
