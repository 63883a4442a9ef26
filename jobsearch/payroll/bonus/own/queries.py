"""What is asked of a person's own bonuses."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from jobsearch.core.clock import today
from jobsearch.core.db import db
from jobsearch.core.money import Money
from jobsearch.payroll.bonus import queries
from jobsearch.payroll.bonus.models import BonusAward
from jobsearch.payroll.bonus.rules import BonusState
from jobsearch.payroll.bonus.terms.rules import DatedTerms, amount_of


@dataclass(frozen=True, slots=True)
class Possible:
    """What a rule pays a person if it is fulfilled, under one contract."""

    terms: DatedTerms
    amount: Money


@dataclass(frozen=True, slots=True)
class OwnAward:
    """One of a person's bonuses on a day: whether its proof can be brought now."""

    award: BonusAward
    is_ahead: bool
    is_over: bool

    @property
    def can_bring(self) -> bool:
        """Whether a proof is waited for and would be taken."""
        return self.award.state is BonusState.PROMISED and not (self.is_ahead or self.is_over)


@dataclass(frozen=True, slots=True)
class OwnBonuses:
    """What one contract of a person promises, and the bonuses that have come of it."""

    case: queries.Case
    possible: Sequence[Possible]
    awards: Sequence[OwnAward]


def list_own(person_id: str, zone: str) -> list[OwnBonuses]:
    """A person's contracts with what they promise and what has come of it; three statements."""
    this_day = today(zone)
    awards: dict[str, list[OwnAward]] = {}
    statement = (
        select(BonusAward)
        .where(BonusAward.person_id == person_id)
        .order_by(BonusAward.due_on, BonusAward.id)
    )
    for award in db.session.scalars(statement):
        awards.setdefault(award.employment_id, []).append(_on(award, this_day))
    return [
        OwnBonuses(case, _possible(case), awards.get(case.employment.id, ()))
        for case in queries.own_cases(person_id)
    ]


def show_own(award_id: str, person_id: str, zone: str) -> OwnAward:
    """One of a person's bonuses. Raises NotVisible."""
    return _on(queries.get_award(award_id, person_id), today(zone))


def _on(award: BonusAward, this_day: date) -> OwnAward:
    return OwnAward(award, this_day < award.happened_on, this_day > award.due_on)


def _possible(case: queries.Case) -> list[Possible]:
    contract = case.employment.outcome_bonus
    found = [Possible(rule, amount_of(rule.terms, contract)) for rule in case.rules]
    return [one for one in found if one.amount > Money.zero()]
