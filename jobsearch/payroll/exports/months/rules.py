"""Whether the sums of a month agree; pure.

The employer's health contribution is due on the month's total, rounded once a rate; what payslips
say of it is information and may differ by the rounding of each of them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from jobsearch.core.errors import RuleBroken
from jobsearch.core.money import Money
from jobsearch.core.text import mark as N_
from jobsearch.payroll.exports.books.rules import Comparison


def together(runs: Iterable[Sequence[Comparison]]) -> list[Comparison]:
    """The comparisons of several runs, added up; what was not made of a run is left out."""
    found: dict[str, list[Comparison]] = {}
    for comparisons in runs:
        for one in comparisons:
            found.setdefault(one.words, []).append(one)
    return [_add(words, same) for words, same in found.items()]


def _add(words: str, same: Sequence[Comparison]) -> Comparison:
    made = [one for one in same if one.other is not None]
    own = Money.total(one.own for one in (made or same))
    other = Money.total(one.other or Money.zero() for one in made) if made else None
    return Comparison(words, own, other)


@dataclass(frozen=True, slots=True)
class HealthOfMonth:
    """The employer's health contribution: on the month's total, by people, and as it was told.

    `payslips` is how many lines were rounded; `told` is None while no separate report is made.
    """

    due: Money
    by_people: Money
    payslips: int
    told: Money | None

    @property
    def rounding(self) -> Money:
        """What the month's total has more than the sum of people; information."""
        return self.due - self.by_people

    @property
    def is_explained(self) -> bool:
        """Whether rounding explains it: half a cent a payslip, and half of one on the total."""
        return 2 * abs(self.rounding.cents) <= self.payslips + 1

    @property
    def reported(self) -> Comparison:
        """What is due against what the separate report says."""
        words = N_("Health contribution on the month’s total, and by the separate report")
        return Comparison(words, self.due, self.told)


def check_health(health: HealthOfMonth) -> None:
    """Refuse to report a month whose contribution is not that of its payslips."""
    if not health.is_explained:
        raise RuleBroken(
            N_(
                "The health contribution of the month is %(due)s, of its payslips %(people)s. That"
                " is more than rounding. Nothing is reported."
            ),
            due=health.due,
            people=health.by_people,
        )
