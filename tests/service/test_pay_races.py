"""Many at once at a pay run: it is made once, approved once, and never while it changes."""

import threading
from collections import Counter
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import func, select

from jobsearch.core.db import db
from jobsearch.core.errors import Conflict, RuleBroken
from jobsearch.payroll.pay.models import PayLineRow, PayRun, Payslip
from jobsearch.payroll.pay.queries import get_run
from jobsearch.payroll.pay.rules import RunKind, RunState
from jobsearch.payroll.pay.service import (
    approve_pay_run,
    compute_pay_run,
    make_pay_run,
    review_pay_run,
)
from tests.paid import PAYS_ON, prepare
from tests.world import Member, World

pytestmark = pytest.mark.usefixtures("context")
As = Callable[[Member], object]


@pytest.fixture
def ready(world: World, as_: As) -> World:
    """Pia can be paid."""
    with as_(world.aino):
        prepare(world.a, "pia")
    return world


def _make(world: World) -> PayRun:
    cohort = world.a.cohort_ids[0]
    return make_pay_run(world.paula.actor, RunKind.WAGES, PAYS_ON, cohort_id=cohort)


def _reviewed(world: World, as_: As) -> tuple[str, int]:
    """A run that waits for its approval, and the version that everybody has seen."""
    with as_(world.paula):
        run = _make(world)
    with as_(world.paula):
        compute_pay_run(run.id, get_run(run.id).version)
    with as_(world.paula):
        review_pay_run(run.id, get_run(run.id).version, world.paula.actor)
    with as_(world.aino):
        return run.id, get_run(run.id).version


def _at_once(app: Flask, as_: As, *deeds: tuple[Member, Callable[[], object]]) -> Counter[str]:
    """What came of deeds that begin in the same moment."""
    together, outcomes = threading.Barrier(len(deeds)), Counter[str]()

    def do(member: Member, deed: Callable[[], object]) -> None:
        with app.app_context():
            together.wait()
            try:
                with as_(member):
                    deed()
                outcomes["done"] += 1
            except (Conflict, RuleBroken) as refused:
                outcomes[type(refused).__name__] += 1

    threads = [threading.Thread(target=do, args=one) for one in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def _lines_of_each(run_id: str) -> list[int]:
    """How often each line of each person stands in the run."""
    same = (
        select(func.count())
        .select_from(PayLineRow)
        .join(Payslip, PayLineRow.payslip_id == Payslip.id)
        .where(Payslip.pay_run_id == run_id)
        .group_by(Payslip.person_id, PayLineRow.item)
    )
    return list(db.session.scalars(same))


def test_of_eight_approvals_at_once_one_holds(ready: World, as_: As, app: Flask) -> None:
    run_id, seen = _reviewed(ready, as_)
    aino = ready.aino

    def approve() -> None:
        approve_pay_run(run_id, seen, aino.actor)

    outcomes = _at_once(app, as_, *[(aino, approve)] * 8)
    assert outcomes == {"done": 1, "Conflict": 7}
    with as_(aino):
        run = get_run(run_id)
        assert (run.state, run.approved_by_id) == (RunState.APPROVED, aino.account_id)
        assert run.reviewed_by_id != run.approved_by_id
        assert set(_lines_of_each(run_id)) == {1}
        assert db.session.scalar(select(func.count()).select_from(Payslip)) == 1


def test_approving_and_computing_again_at_once_has_one_winner(
    ready: World, as_: As, app: Flask
) -> None:
    run_id, seen = _reviewed(ready, as_)
    outcomes = _at_once(
        app,
        as_,
        (ready.aino, lambda: approve_pay_run(run_id, seen, ready.aino.actor)),
        (ready.paula, lambda: compute_pay_run(run_id, seen)),
    )
    assert outcomes["done"] == 1
    with as_(ready.aino):
        assert set(_lines_of_each(run_id)) == {1}


def test_of_two_clerks_who_make_the_same_run_at_once_one_does(
    ready: World, as_: As, app: Flask
) -> None:
    outcomes = _at_once(app, as_, *[(ready.paula, lambda: _make(ready))] * 4)
    assert outcomes["done"] == 1
    assert sum(outcomes.values()) == 4
    with as_(ready.paula):
        assert db.session.scalar(select(func.count()).select_from(PayRun)) == 1
