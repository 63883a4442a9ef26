"""What the what-if page begins from: the programme's own figures, each with where it is from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from sqlalchemy import func, select

from jobsearch.cohorts.models import Cohort, CohortState, Enrolment, EnrolmentState
from jobsearch.core.clock import today
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.core.money import Money, Rate, round_half_up
from jobsearch.core.text import mark as N_
from jobsearch.costs.comparators.models import Comparator
from jobsearch.costs.comparators.queries import programme_beside
from jobsearch.costs.comparators.rules import ComparatorKind, are_of_one_service
from jobsearch.costs.queries import cost_on
from jobsearch.costs.rules import Cost, Spent, share_of
from jobsearch.costs.what_if.rules import Assumed, Assumptions, month_of_benefit
from jobsearch.programmes.costs.rules import CostKind
from jobsearch.programmes.models import PayTerms, Programme, TemplateDay
from jobsearch.rates.queries import load_rate_table
from jobsearch.rates.rules import RateKey, RateTable

USUAL_GROUP = 5
_EMPLOYER = (RateKey.TYEL_EMPLOYER_AVERAGE, RateKey.UI_EMPLOYER_LOW, RateKey.HEALTH_EMPLOYER)


Gap = str | int | Decimal | Money


@dataclass(frozen=True, slots=True)
class Why:
    """Where a figure is from: a marked sentence with its gaps."""

    message: str
    gaps: Mapping[str, Gap]


def _why(message: str, **gaps: Gap) -> Why:
    return Why(message, gaps)


_ASSUMED = _why(N_("An assumption: nothing is known of it here."))


@dataclass(frozen=True, slots=True)
class Start:
    """The figures that a page begins from, where each is from, and the measured k of n.

    `rate_row` is the comparator whose share is set beside the programme's.
    """

    programme: Programme
    as_of: date
    assumed: Assumptions
    why: Mapping[Assumed, Why]
    measured: tuple[int, int] | None
    cost: Cost
    rate_row: Comparator | None


@dataclass(frozen=True, slots=True)
class _Offer:
    programme: Programme
    minutes: int
    cohorts: int
    terms: PayTerms | None
    rows: Sequence[Comparator]


def load_start(programme_id: str) -> Start:
    """A programme's own figures of today; six statements. Raises NotVisible."""
    offer = _offer(programme_id)
    this_day = today(offer.programme.zone)
    cost, spent = cost_on(offer.programme, this_day)
    table = load_rate_table()
    holiday = table.find(RateKey.HOLIDAY_COMP_UNDER_1Y, this_day)
    terms = offer.terms
    assumed = Assumptions(
        group_size=USUAL_GROUP,
        minutes=offer.minutes,
        hourly=terms.hourly_wage if terms else Money.zero(),
        allowance=terms.allowance if terms else Money.zero(),
        holiday=Rate(holiday.value if holiday else 0),
        bonus=terms.outcome_bonus if terms else Money.zero(),
        on_costs=Fraction(0),
        other=Money.zero(),
        placement=Fraction(0),
        compared=Fraction(0),
        compared_cost=Money.zero(),
        displacement=Fraction(0),
        benefit=None,
    )
    why = dict.fromkeys(Assumed, _ASSUMED)
    if terms:
        why[Assumed.HOURLY] = why[Assumed.BONUS] = _why(N_("The programme's pay terms."))
    measured = (cost.placements, cost.people) if cost.people else None
    assumed = _with_own(assumed, why, cost, spent, offer.cohorts)
    assumed = _with_rates(assumed, why, table, this_day)
    assumed, rate_row = _with_comparators(assumed, why, offer.rows)
    return Start(offer.programme, this_day, assumed, why, measured, cost, rate_row)


def _offer(programme_id: str) -> _Offer:
    minutes = (
        select(func.coalesce(func.sum(TemplateDay.paid_minutes), 0))
        .where(TemplateDay.template_id == Programme.template_id)
        .correlate(Programme)
        .scalar_subquery()
    )
    cohorts = (
        select(func.count(Cohort.id.distinct()))
        .join(Enrolment, Enrolment.cohort_id == Cohort.id)
        .where(
            Cohort.programme_id == Programme.id,
            Cohort.state != CohortState.CANCELLED,
            Enrolment.state == EnrolmentState.STARTED,
        )
        .correlate(Programme)
        .scalar_subquery()
    )
    latest = (
        select(func.max(PayTerms.valid_from))
        .where(PayTerms.programme_id == programme_id, PayTerms.valid_from <= today())
        .scalar_subquery()
    )
    in_force = (PayTerms.programme_id == Programme.id) & (PayTerms.valid_from == latest)
    statement = programme_beside(programme_id, minutes, cohorts, PayTerms)
    found = list(db.session.execute(statement.outerjoin(PayTerms, in_force)))
    if not found:
        raise NotVisible
    programme, _row, worked, groups, terms = found[0]
    return _Offer(programme, int(worked), groups, terms, [row[1] for row in found if row[1]])


def _with_own(
    assumed: Assumptions, why: dict[Assumed, Why], cost: Cost, spent: Spent, cohorts: int
) -> Assumptions:
    """What the programme itself has measured: people, placements, on-costs and other costs."""
    if not cost.people or not cohorts:
        return assumed
    size = max(1, round_half_up(cost.people, cohorts))
    why[Assumed.GROUP_SIZE] = _why(
        N_("%(people)s people started in %(groups)s groups."), people=cost.people, groups=cohorts
    )
    why[Assumed.PLACEMENT] = _why(
        N_("%(found)s of the %(people)s who started found work."),
        found=cost.placements,
        people=cost.people,
    )
    assumed = replace(assumed, group_size=size, placement=Fraction(cost.placements, cost.people))
    other = share_of(spent.total - spent.wages, cohorts)
    if other:
        why[Assumed.OTHER] = _why(
            N_("The ledger's other costs over %(groups)s groups."), groups=cohorts
        )
        assumed = replace(assumed, other=other)
    kinds = (CostKind.WAGES, CostKind.BONUSES, CostKind.ON_COSTS)
    wages, bonuses, on_costs = (spent.by_kind.get(kind, Money.zero()) for kind in kinds)
    if wages + bonuses > Money.zero() and on_costs > Money.zero():
        why[Assumed.ON_COSTS] = _why(N_("The ledger's on-costs over its wages and bonuses."))
        share = Fraction(on_costs.cents, (wages + bonuses).cents)
        assumed = replace(assumed, on_costs=share)
    return assumed


def _with_rates(
    assumed: Assumptions, why: dict[Assumed, Why], table: RateTable, day: date
) -> Assumptions:
    """Dated figures with their source, where they are known for the day; never a guess."""
    rows = [table.find(key, day) for key in _EMPLOYER]
    known = [row for row in rows if row is not None]
    if not assumed.on_costs and len(known) == len(_EMPLOYER):
        why[Assumed.ON_COSTS] = _why(
            N_("The year's employer's contributions: %(source)s."),
            source=", ".join(dict.fromkeys(row.source for row in known)),
        )
        assumed = replace(assumed, on_costs=Fraction(sum(row.value for row in known), 10_000))
    benefit = table.find(RateKey.GENERAL_BENEFIT_DAY, day)
    month = month_of_benefit(Money(benefit.value), benefit.source, day) if benefit else None
    if month is not None:
        why[Assumed.BENEFIT] = _why(
            N_("General benefit, %(days)s days of %(sum)s: %(source)s."),
            days=month.days,
            sum=month.a_day,
            source=month.source,
        )
        assumed = replace(assumed, benefit=month.a_month)
    return assumed


def _with_comparators(
    assumed: Assumptions, why: dict[Assumed, Why], rows: Sequence[Comparator]
) -> tuple[Assumptions, Comparator | None]:
    """The first rate that is known of another service, and the cost of that service alone."""
    figures = [(row, row.as_figure()) for row in rows]
    rate = next((one for one in figures if one[1].kind is ComparatorKind.RATE), None)
    if rate is None:
        return assumed, None
    row, figure = rate
    why[Assumed.COMPARED] = _why(
        N_("%(service)s, %(period)s: %(source)s."),
        service=figure.service,
        period=figure.period,
        source=figure.source,
    )
    assumed = replace(assumed, compared=figure.share)
    for _row, cost in figures:
        if cost.amount is not None and are_of_one_service(cost, figure):
            why[Assumed.COMPARED_COST] = why[Assumed.COMPARED]
            return replace(assumed, compared_cost=cost.amount), row
    why[Assumed.COMPARED_COST] = _why(
        N_("No cost is known of this service; nothing is taken off for it.")
    )
    return assumed, row
