"""Files of a run for bookkeeping and for other payroll systems."""

from collections.abc import Iterator
from decimal import Decimal

from flask_babel import gettext as _

from jobsearch.core.money import Money
from jobsearch.core.sheets import Cell, to_csv
from jobsearch.payroll.exports.books.queries import RunInBooks, list_items
from jobsearch.payroll.exports.books.rules import POST_NAMES
from jobsearch.payroll.pay.lines import ITEMS, LineKind

# a payment ban is told to whoever pays, and to nobody else
_NOT_TOLD = frozenset({LineKind.EMPLOYER, LineKind.AFTER_NET})
MEDIA_TYPE = "text/csv; charset=utf-8"


def journal_csv(shown: RunInBooks) -> bytes:
    """The journal: day, account, name, debit, credit, and the run."""
    heads = (_("Day"), _("Account"), _("Name"), _("Debit, €"), _("Credit, €"), _("Reference"))
    rows = (
        (
            shown.run.pays_on,
            shown.accounts[line.post],
            _(POST_NAMES[line.post]),
            line.debit,
            line.credit,
            shown.run.id,
        )
        for line in shown.journal
    )
    return to_csv(heads, rows)


def items_csv(run_id: str) -> bytes:
    """Hours and items of each person; without account and identity code.

    One line an item: reference of the payslip, name, days, income type, item, hours, euros an hour,
    euros; deductions are negative.
    """
    heads = (
        _("Reference"),
        _("Name"),
        _("First day"),
        _("Last day"),
        _("Day of payment"),
        _("Income type"),
        _("Pay item"),
        _("Hours"),
        _("Euros an hour"),
        _("Euros"),
    )
    return to_csv(heads, _item_rows(run_id))


def _item_rows(run_id: str) -> Iterator[tuple[Cell, ...]]:
    for slip, lines in list_items(run_id):
        for line in lines:
            if line.kind in _NOT_TOLD:
                continue
            hours = None if line.minutes is None else Decimal(line.minutes) / 60
            amount: Money = -line.amount if line.kind is LineKind.DEDUCTION else line.amount
            yield (
                slip.id,
                slip.employee_name,
                slip.period_first,
                slip.period_last,
                slip.pays_on,
                line.code,
                _(ITEMS[line.item].label),
                None if hours is None else hours.quantize(Decimal("0.01")),
                line.hourly,
                amount,
            )
