"""The list of bonuses as rows of a file, in the reader's language."""

from collections.abc import Iterable, Iterator, Sequence

from flask_babel import gettext as _

from jobsearch.core.sheets import Cell
from jobsearch.payroll.bonus.queries import AwardLine
from jobsearch.payroll.bonus.rules import STATE_NAMES, WAY_NAMES
from jobsearch.payroll.bonus.terms.rules import PROOF_NAMES
from jobsearch.payroll.bonus.wording import say_event


def bonus_table(lines: Iterable[AwardLine]) -> tuple[list[str], Iterator[Sequence[Cell]]]:
    """Head and rows."""
    head = [
        *(_("Person"), _("Group"), _("What for"), _("Amount, €"), _("State"), _("Happened on")),
        *(_("Proof asked"), _("Proof by"), _("How it was shown"), _("Why")),
    ]
    return head, (_row(line) for line in lines)


def _row(line: AwardLine) -> list[Cell]:
    one = line.award
    return [
        line.name,
        line.cohort,
        say_event(one.event, one.months),
        one.amount,
        _(STATE_NAMES[one.state]),
        one.happened_on,
        _(PROOF_NAMES[one.proof_asked]),
        one.due_on,
        _(WAY_NAMES[one.proof_way]) if one.proof_way else "",
        one.words,
    ]
