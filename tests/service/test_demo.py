"""The demo: loaded once, on any date, with something on every page."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import time_machine
from sqlalchemy import func, select

from jobsearch.accounts.models import Membership
from jobsearch.accounts.staff.service import check_first_step, finish_by_code
from jobsearch.accounts.throttle.service import Caller
from jobsearch.analyses.models import Analysis, Release
from jobsearch.attendance.models import Attendance
from jobsearch.attendance.rules import AttendanceState, Mark
from jobsearch.cohorts.models import Cohort, CohortDay, Enrolment
from jobsearch.core.access import Role
from jobsearch.core.clock import today
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import Scope
from jobsearch.core.tokens import new_key
from jobsearch.demo.accounts import PASSPHRASE, STAFF
from jobsearch.demo.funnel import RECRUITED
from jobsearch.demo.service import PILOT, is_empty, is_loaded, load_demo
from jobsearch.organisations.models import Organisation
from jobsearch.outcomes.queries import standing
from jobsearch.outcomes.rules import State
from jobsearch.payroll.bonus.models import BonusAward
from jobsearch.payroll.contracts.models import Employment, TaxCard
from jobsearch.payroll.exports.bank.models import BankFile
from jobsearch.payroll.exports.books.queries import compare_run
from jobsearch.payroll.exports.register.models import RegisterDelivery
from jobsearch.payroll.exports.register.rules import DeliveryKind, DeliveryState
from jobsearch.payroll.pay.models import PayRun, Payslip
from jobsearch.payroll.pay.rules import RunKind, RunState
from jobsearch.programmes.models import Programme
from jobsearch.recruitment.board.queries import funnel
from jobsearch.recruitment.rules import Stage
from jobsearch.reports import queries as reports
from jobsearch.tracker.models import Action, Goal
from tests.factors import code_at

DATES = [
    datetime(2026, 11, 24, 8, tzinfo=UTC),  # a Tuesday
    datetime(2027, 4, 4, 8, tzinfo=UTC),  # the Sunday after Easter, in a year without rates
]


@pytest.fixture(params=DATES, ids=lambda at: at.date().isoformat())
def provider(request, app, context):
    """A provider with the demo on a day, beside the cast of the tests."""
    provider_id = new_key()
    with time_machine.travel(request.param, tick=False):
        with app.test_request_context(), unit_of_work(Scope(frozenset({provider_id}), "demo")):
            load_demo(provider_id, new_key())
        with unit_of_work(Scope(frozenset({provider_id}), "test")):
            yield provider_id


def count(table, *where) -> int:
    return db.session.scalar(select(func.count()).select_from(table).where(*where)) or 0


def test_the_demo_has_the_pilot_and_three_groups_on_any_date(provider):
    this_day = today()
    pilot = reports.get_programme_by_code("pilot-2021")
    printed = reports.results(pilot, date(2022, 1, 10)).to_json_dict()
    assert printed == json.loads((PILOT / "results.json").read_text(encoding="utf-8"))

    programme = db.session.scalars(select(Programme).where(Programme.id != pilot.id)).one()
    cohorts = select(Cohort).where(Cohort.programme_id == programme.id).order_by(Cohort.name)
    ended, running, coming = db.session.scalars(cohorts)
    assert ended.ends_on < running.starts_on <= this_day <= running.ends_on < coming.starts_on
    days = select(CohortDay.on).where(CohortDay.cohort_id == running.id).order_by(CohortDay.on)
    sixth = db.session.scalars(days).all()[5]
    assert sixth == max(day for day in db.session.scalars(days) if day <= this_day)

    hours = count(Attendance, Attendance.cohort_day_id.in_(_days_of(running)))
    assert hours == 6 * (5 if sixth == this_day else 6)
    assert count(Attendance, Attendance.mark == Mark.UNSETTLED_ABSENCE) == 5 + 1
    paid = Attendance.cohort_day_id.in_(_days_of(ended))
    run, *corrections = db.session.scalars(
        select(PayRun).where(PayRun.cohort_id == ended.id).order_by(PayRun.kind.desc())
    )
    if this_day.year == 2026:
        assert [one.kind for one in corrections] == [RunKind.CORRECTION]
        assert (run.state, run.made_by_id != run.approved_by_id) == (RunState.PAID, True)
        assert count(Attendance, paid, Attendance.state == AttendanceState.LOCKED) == 60
        assert count(Payslip, Payslip.file_id.is_not(None)) == 5
        assert count(BankFile, BankFile.pay_run_id == run.id) == 1
        told = select(RegisterDelivery.kind, RegisterDelivery.state)
        assert sorted(db.session.execute(told.order_by(RegisterDelivery.kind)).all()) == [
            (DeliveryKind.SUMMARY, DeliveryState.DELIVERED),
            (DeliveryKind.WAGES, DeliveryState.DELIVERED),
        ]
        assert compare_run(run.id) and not any(one.differs for one in compare_run(run.id))
    else:  # its page says which rate is missing
        assert run.state is RunState.DRAFT
        assert count(Attendance, paid, Attendance.state == AttendanceState.APPROVED) == 60
    assert count(Goal, Goal.on == sixth) == 18
    assert count(Action, Action.on == sixth, Action.cohort_id == running.id) > 0
    assert count(Employment) == 13
    assert count(TaxCard) >= 14
    states = select(BonusAward.state).order_by(BonusAward.promise, BonusAward.state)
    assert list(db.session.scalars(states)) == [
        "promised",
        "promised",
        "promised",
        "approved",
        "proof",
    ]
    assert count(Analysis) == 3
    assert count(Release) == 1
    assert count(Enrolment, Enrolment.cohort_id == coming.id) == 5

    recruited = funnel(programme.id, this_day)
    assert recruited.introduced == 6 + 5 + len(RECRUITED)
    assert all(recruited.reached[stage] for stage in Stage)
    assert sum(recruited.exits.values()) == 4
    stands = standing(programme.id, 3, this_day)
    assert (stands.started, stands.states[State.FOUND_WORK]) == (11, 2)


def _days_of(cohort: Cohort):
    return select(CohortDay.id).where(CohortDay.cohort_id == cohort.id)


def test_every_role_signs_in_to_the_demo(provider):
    assert is_loaded()
    assert not is_empty()
    roles = select(Membership.role).join(
        Organisation, Organisation.id == Membership.organisation_id
    )
    demo = db.session.scalars(roles.where(Organisation.demo_since.is_not(None)).distinct())
    assert set(demo) == set(Role)
    for line in STAFF:
        caller = Caller("192.0.2.1")
        step = check_first_step(line.email, PASSPHRASE, caller, "test")
        assert finish_by_code(step.secret, code_at(secret=line.app_secret), caller, "test")


def test_the_demo_is_loaded_into_an_empty_base_only(app):
    runner = app.test_cli_runner()
    before = runner.invoke(args=["demo", "sign-ins"])
    assert (before.exit_code, before.output) == (0, "")
    assert runner.invoke(args=["demo", "load", "--if-empty"]).exit_code == 0
    refused = runner.invoke(args=["demo", "load"])
    assert refused.exit_code == 1
    assert "The database is in use" in refused.output


def test_the_shipped_files_are_the_pilots_own():
    assert sorted(file.name for file in Path(PILOT).iterdir()) == [
        "asiakkaat.csv",
        "kustannukset.csv",
        "palaute.csv",
        "results.json",
        "seurantataulukko.xlsx",
        "tulokset.csv",
    ]
