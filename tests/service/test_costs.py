"""Costs straight from pay runs and the books: two calculations agree, and no single pay shows."""

import random
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from jobsearch.cohorts.models import Cohort, Enrolment
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible, RuleBroken
from jobsearch.core.money import Money
from jobsearch.costs.groups.queries import show_groups
from jobsearch.costs.pay.queries import PAID_STATES, show_runs
from jobsearch.costs.queries import list_programme_costs, load_ledger, show_ledger, spent_on
from jobsearch.costs.rules import NewLine
from jobsearch.costs.service import book_cost
from jobsearch.outcomes.models import Outcome
from jobsearch.outcomes.rules import OutcomeKind
from jobsearch.payroll.contracts.models import Employment
from jobsearch.payroll.pay.lines import Item
from jobsearch.payroll.pay.models import PayLineRow, PayRun, Payslip
from jobsearch.payroll.pay.rules import RunState
from jobsearch.programmes.costs.models import ProgrammeCost
from jobsearch.programmes.costs.rules import WAGE_KINDS, CostKind
from jobsearch.programmes.models import Programme
from tests.costed import employ, make_run, pay_slip
from tests.world import TODAY, World, enrol, make_cohort, make_person

pytestmark = pytest.mark.usefixtures("context")


def _groups(world: World, sizes: tuple[int, ...]) -> list[list[Enrolment]]:
    """Groups of so many who started, in A's programme; the coach of the first is Stig."""
    programme = db.session.scalars(
        select(Programme).where(Programme.id == world.a.programme_id)
    ).one()
    found = []
    for at, size in enumerate(sizes):
        first = TODAY - timedelta(days=60 + at)
        coach_id = None if at else world.stig.account_id
        cohort = make_cohort(programme, f"Paid {at}", first, coach_id)
        people = [
            make_person(world.a.organisation_id, f"P{at}{n}", "Q", f"+3584111{at:03d}{n:03d}")
            for n in range(size)
        ]
        found.append([enrol(cohort, person.id, first) for person in people])
    db.session.flush()
    return found


def _plainly(programme_id: str) -> tuple[Money, Money]:
    """All and the wage part again, row by row in Python."""
    enrolled = {row.id: row.cohort_id for row in db.session.scalars(select(Enrolment))}
    in_it = {
        row.id for row in db.session.scalars(select(Cohort)) if row.programme_id == programme_id
    }
    from_contract = {
        row.id: enrolled[row.enrolment_id] for row in db.session.scalars(select(Employment))
    }
    runs = {row.id: row for row in db.session.scalars(select(PayRun))}
    total = wages = Money.zero()
    with_pay: set[str] = set()
    for slip in db.session.scalars(select(Payslip)):
        cohort_id = from_contract[slip.employment_id]
        counts = runs[slip.pay_run_id].state in PAID_STATES and slip.pays_on <= TODAY
        if cohort_id in in_it and counts:
            total, wages = total + slip.employer_total, wages + slip.employer_total
            with_pay.add(cohort_id)
    for line in db.session.scalars(select(ProgrammeCost)):
        is_wage = line.kind in WAGE_KINDS
        aside = is_wage and (line.cohort_id in with_pay or (not line.cohort_id and with_pay))
        if line.removed_at is None and line.booked_on <= TODAY and not aside:
            total += line.amount
            wages += line.amount if is_wage else Money.zero()
    return total, wages


@pytest.mark.parametrize("seed", range(3))
def test_sql_and_plain_python_come_to_the_same_sums(world, as_: Callable, seed: int) -> None:
    dice = random.Random(seed)
    with as_(world.aino):
        key = world.a.programme_id
        groups = _groups(world, (2, 6, 3))
        contracts = [
            [employ(world, one.id, one.person_id) for one in group] for group in groups[:2]
        ]
        for _n in range(6):
            state = dice.choice([*PAID_STATES, RunState.APPROVED])
            run = make_run(world, TODAY + timedelta(days=dice.randint(-30, 5)), state)
            for contract in dice.sample([*contracts[0], *contracts[1]], 4):
                bonus = dice.randint(0, 15_000)
                gross = bonus + dice.randint(0, 90_000)
                pay_slip(
                    world,
                    run,
                    contract,
                    Money(gross).plain(),
                    bonus=Money(bonus).plain(),
                    reimbursed=Money(dice.randint(0, 2000)).plain(),
                    on_costs=Money(dice.randint(0, 20_000)).plain(),
                )
        cohorts = [None, *(group[0].cohort_id for group in groups)]
        for n in range(20):
            db.session.add(
                ProgrammeCost(
                    organisation_id=world.a.organisation_id,
                    programme_id=key,
                    cohort_id=dice.choice(cohorts),
                    label=f"Line {n}",
                    kind=dice.choice(list(CostKind)),
                    amount=Money(dice.randint(-1000, 200_000)),
                    booked_on=TODAY + timedelta(days=dice.randint(-60, 10)),
                )
            )
        db.session.flush()
        plain = _plainly(key)
        spent = spent_on(key, TODAY)
        assert (spent.total, spent.wages) == plain
        ledger, full = show_ledger(key, None), load_ledger(key, None)
        assert ledger.cost.total == plain[0]
        counted = Money.total(one.line.amount for one in full.lines if one.counts)
        assert counted + Money.total(one.total for one in full.pay) == plain[0]
        assert ledger.count == len(full.lines)
        (line,) = [one for one in list_programme_costs() if one.programme_id == key]
        assert line.total == plain[0]
        runs = show_runs(key, None, 1)
        paid = [one for one in runs.lines if one.state in PAID_STATES]
        assert Money.total(one.total for one in paid) == Money.total(one.total for one in full.pay)
        assert Money.total(one.total for one in runs.lines if one not in paid) == ledger.waiting
        bonuses = select(PayLineRow).where(PayLineRow.item == Item.BONUS)
        assert Money.total(one.bonuses for one in runs.lines) <= Money.total(
            row.amount for row in db.session.scalars(bonuses)
        )


def test_who_may_not_see_pay_gets_that_of_five_people_at_a_time_or_none(world, as_) -> None:
    with as_(world.aino):
        (group,) = _groups(world, (6,))
        contracts = [employ(world, one.id, one.person_id) for one in group]
        run = make_run(world, TODAY - timedelta(days=9))
        for contract in contracts[:5]:
            pay_slip(world, run, contract, "600", on_costs="100")

    def shown(member, sees_pay):
        with as_(member):
            coach_id = world.stig.account_id if member is world.stig else None
            lines = show_groups(world.a.programme_id, coach_id, sees_pay).lines
            return next(one for one in lines if one.cohort == "Paid 0")

    before = shown(world.stig, False)
    assert before.pay == Money.of("3500")
    with as_(world.aino):
        single = make_run(world, TODAY - timedelta(days=2))
        pay_slip(world, single, contracts[5], "777", on_costs="1")
    # one person more is paid: the coach's sum does not move, so nothing can be subtracted
    assert shown(world.stig, False).pay == before.pay
    assert shown(world.paula, True).pay == Money.of("4278")


def test_a_placement_of_a_group_costs_its_own_costs_over_those_who_found_work(world, as_) -> None:
    with as_(world.aino):
        (group,) = _groups(world, (6,))

    def shown():
        with as_(world.aino):
            lines = show_groups(world.a.programme_id, None, True).lines
            return next(one for one in lines if one.cohort == "Paid 0")

    assert shown().per_person is None, "nothing of its own is no cost of nothing"
    with as_(world.aino):
        line = NewLine("By hand", CostKind.OTHER, Money.of("400"), TODAY, group[0].cohort_id)
        book_cost(world.aino.actor, world.a.programme_id, line)
    assert (shown().placements, shown().per_placement) == (0, None)
    assert shown().per_person == Money.of("66.67")
    with as_(world.aino):
        for one in group[:3]:
            own = {"organisation_id": one.organisation_id, "person_id": one.person_id}
            began = {"kind": OutcomeKind.FREELANCE, "began_on": TODAY - timedelta(days=20)}
            db.session.add(Outcome(enrolment_id=one.id, **own, **began))
    assert shown().placements == 3
    assert shown().per_placement == Money.of("133.33")
    assert shown().per_person == Money.of("66.67")


def test_a_small_group_shows_no_pay_to_a_coach(world, as_) -> None:
    with as_(world.aino):
        (group,) = _groups(world, (4,))
        run = make_run(world, TODAY - timedelta(days=9))
        for one in group:
            pay_slip(world, run, employ(world, one.id, one.person_id), "600")
        line = NewLine("By hand", CostKind.OTHER, Money.of("40"), TODAY, group[0].cohort_id)
        book_cost(world.aino.actor, world.a.programme_id, line)
    with as_(world.stig):
        lines = show_groups(world.a.programme_id, world.stig.account_id, False).lines
        paid = next(one for one in lines if one.cohort == "Paid 0")
        assert (paid.pay, paid.booked, paid.per_person) == (None, Money.of("40"), None)


def test_wages_are_not_booked_by_hand_where_they_are_paid_from_here(world, as_) -> None:
    with as_(world.aino):
        first, second = _groups(world, (1, 1))
        contract = employ(world, first[0].id, first[0].person_id)
        pay_slip(world, make_run(world, TODAY), contract, "100")
        wage = NewLine("Wages", CostKind.WAGES, Money.of("5"), TODAY, first[0].cohort_id)
        with pytest.raises(RuleBroken):
            book_cost(world.aino.actor, world.a.programme_id, wage)
        elsewhere = NewLine("Wages", CostKind.WAGES, Money.of("5"), TODAY, second[0].cohort_id)
        book_cost(world.aino.actor, world.a.programme_id, elsewhere)
        assert show_ledger(world.a.programme_id, None).cost.total == Money.of("105")
    with as_(world.sam), pytest.raises(NotVisible):
        show_ledger(world.a.programme_id, None)


def test_the_ledger_asks_as_often_of_many_groups_as_of_one(world, as_, statements) -> None:
    with as_(world.aino):
        asked = []
        for sizes in ((1,), (1,) * 40):
            for group in _groups_named(world, sizes, len(asked)):
                contract = employ(world, group[0].id, group[0].person_id)
                pay_slip(world, make_run(world, TODAY), contract, "100")
            db.session.flush()
            statements.clear()
            show_ledger(world.a.programme_id, None)
            list_programme_costs()
            show_groups(world.a.programme_id, None, True)
            asked.append(len(statements))
        assert asked[0] == asked[1] <= 16


def _groups_named(world: World, sizes: tuple[int, ...], round_: int) -> list[list[Enrolment]]:
    programme = db.session.scalars(
        select(Programme).where(Programme.id == world.a.programme_id)
    ).one()
    found = []
    for at, _size in enumerate(sizes):
        first = TODAY - timedelta(days=60)
        cohort = make_cohort(programme, f"Round {round_}.{at}", first, None)
        phone = f"+3584222{round_:02d}{at:03d}"
        person = make_person(world.a.organisation_id, f"R{round_}{at}", "Q", phone)
        found.append([enrol(cohort, person.id, first)])
    db.session.flush()
    return found
