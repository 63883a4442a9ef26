"""The ledger as a file: its lines, and the pay of each cohort from its pay runs."""

from collections.abc import Iterator

from flask import Response
from flask_babel import gettext as _

from jobsearch.core.access import Actor
from jobsearch.core.sheets import Cell
from jobsearch.costs.queries import FullLedger
from jobsearch.costs.wording import KIND_NAMES
from jobsearch.web.sheets import sheet


def ledger_file(shown: FullLedger, ending: str, actor: Actor) -> Response:
    """A line a row: line, kind, group, basis, day, euros, whether it counts, source."""
    header = (
        _("Line"),
        _("Kind"),
        _("Group"),
        _("Basis"),
        _("Booked on"),
        _("Sum, €"),
        _("Counted, €"),
        _("Source"),
    )
    title = _("Costs %(code)s", code=shown.programme.code)
    return sheet(title, header, [*_pay_rows(shown), *_line_rows(shown)], ending, actor.zone)


def _line_rows(shown: FullLedger) -> Iterator[tuple[Cell, ...]]:
    for one in shown.lines:
        line = one.line
        yield (
            line.label,
            _(KIND_NAMES[line.kind]),
            one.cohort,
            line.basis,
            line.booked_on,
            line.amount,
            line.amount if one.counts else None,
            one.entered_by or _("File of costs"),
        )


def _pay_rows(shown: FullLedger) -> Iterator[tuple[Cell, ...]]:
    for paid in shown.pay:
        for kind, amount in paid.by_kind().items():
            if amount:
                basis = _("%(n)s payslips", n=paid.payslips)
                yield (
                    _("Pay of %(group)s", group=paid.cohort),
                    _(KIND_NAMES[kind]),
                    paid.cohort,
                    basis,
                    shown.as_of,
                    amount,
                    amount,
                    _("Pay runs"),
                )
