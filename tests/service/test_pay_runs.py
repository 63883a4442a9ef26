"""Pay runs on a real database: to the cent, once, by two people, frozen after approval."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from jobsearch.attendance.models import Attendance
from jobsearch.attendance.rules import AttendanceState, Mark
from jobsearch.core import files
from jobsearch.core.db import db
from jobsearch.core.errors import Conflict, NotVisible, RuleBroken
from jobsearch.core.money import Money, Rate
from jobsearch.payroll.contracts.models import Employment, TaxCard
from jobsearch.payroll.contracts.service import record_tax_card, sign_employment
from jobsearch.payroll.pay.exceptions import Concern, from_json
from jobsearch.payroll.pay.models import PayLineRow, PayRun, Payslip
from jobsearch.payroll.pay.queries import get_payslip, get_run, list_own_payslips, list_payslips
from jobsearch.payroll.pay.rules import RunKind, RunState
from jobsearch.payroll.pay.service import (
    approve_pay_run,
    compute_pay_run,
    make_pay_run,
    mark_paid,
    review_pay_run,
)
from jobsearch.people.models import Person
from jobsearch.programmes.models import PayTerms
from jobsearch.rates.models import EmployerSetting, RateEntry
from jobsearch.rates.queries import list_rates
from jobsearch.rates.rules import RateKey
from jobsearch.rates.service import load_shipped_rates
from tests.bonused import earn_bonus
from tests.paid import ACCOUNT, CARD, PAYS_ON, TERM, prepare
from tests.world import Member, World

pytestmark = pytest.mark.usefixtures("context")
As = Callable[[Member], object]


@pytest.fixture
def ready(world: World, as_: As) -> World:
    """Pia can be paid: rates, settings, contract, card, account and hours are there."""
    with as_(world.aino):
        prepare(world.a, "pia")
    return world


def made(world: World, as_: As, **changes: object) -> str:
    values = {
        "actor": world.paula.actor,
        "kind": RunKind.WAGES,
        "pays_on": PAYS_ON,
        "cohort_id": world.a.cohort_ids[0],
    } | changes
    with as_(world.paula):
        return make_pay_run(**values).id


def step(world: World, as_: As, who: Member, action: Callable[..., object], run_id: str) -> None:
    """One step as somebody who has just looked at the run."""
    needs_actor = action in (review_pay_run, approve_pay_run)
    with as_(who):
        version = get_run(run_id).version
        action(run_id, version, who.actor) if needs_actor else action(run_id, version)


def reviewed(world: World, as_: As, **changes: object) -> str:
    run_id = made(world, as_, **changes)
    step(world, as_, world.paula, compute_pay_run, run_id)
    step(world, as_, world.paula, review_pay_run, run_id)
    return run_id


def approved(world: World, as_: As, **changes: object) -> str:
    run_id = reviewed(world, as_, **changes)
    step(world, as_, world.aino, approve_pay_run, run_id)
    return run_id


def concerns(run: PayRun) -> list[Concern]:
    return [from_json(kept).concern for kept in run.exceptions]


def test_a_run_pays_the_wages_of_the_worked_example(ready: World, as_: As) -> None:
    run_id = made(ready, as_)
    step(ready, as_, ready.paula, compute_pay_run, run_id)
    with as_(ready.paula):
        (slip,) = list_payslips(run_id)
        assert slip.employee_name == "Pia Pihlaja"
        assert slip.paid_minutes == 48 * 60
        assert (slip.gross, slip.tax) == (Money.of("601.68"), Money.of("120.34"))
        assert (slip.pension, slip.unemployment) == (Money.of("43.92"), Money.of("5.35"))
        assert (slip.net, slip.to_account) == (Money.of("432.07"), Money.of("452.07"))
        assert slip.health_employer == Money.of("11.49")
        assert [line.code for line in slip.lines][:5] == ["201", "234", "402", "413", "414"]
        assert slip.masked_account is not None and "1234" not in slip.masked_account
        assert concerns(get_run(run_id)) == []


def test_a_whole_run_goes_from_draft_to_paid(ready: World, as_: As) -> None:
    run_id = approved(ready, as_)
    step(ready, as_, ready.paula, mark_paid, run_id)
    with as_(ready.aino):
        run = get_run(run_id)
        assert run.state is RunState.PAID
        assert run.approved_by is not None and run.approved_by.name == "Aino Aalto"


def test_an_approved_run_gives_the_participant_her_payslip(ready: World, as_: As) -> None:
    approved(ready, as_)
    with as_(ready.pia):
        (slip,) = list_own_payslips(ready.pia.person_id)
        assert slip.file_id is not None
        file = files.get(slip.file_id)
        text = "".join(page.extract_text() for page in PdfReader(BytesIO(file.content)).pages)
    for shown in ("Pia Pihlaja", "Provider A", "1234567-1", "452,07", "120,34"):
        assert shown in text.replace("\u00a0", " ")
    assert ACCOUNT not in text.replace(" ", "").replace("\u00a0", "")


def test_nobody_sees_a_payslip_that_is_not_hers_or_not_issued(ready: World, as_: As) -> None:
    run_id = reviewed(ready, as_)
    with as_(ready.pia):
        slip_id = list_payslips(run_id)[0].id
        with pytest.raises(NotVisible):
            get_payslip(slip_id, ready.pia.person_id)
    step(ready, as_, ready.aino, approve_pay_run, run_id)
    with as_(ready.otto), pytest.raises(NotVisible):
        get_payslip(slip_id, ready.otto.person_id)
    with as_(ready.sam), pytest.raises(NotVisible):
        get_payslip(slip_id)


def test_the_maker_cannot_approve(ready: World, as_: As) -> None:
    run_id = reviewed(ready, as_)
    with pytest.raises(RuleBroken, match="Another person"):
        step(ready, as_, ready.paula, approve_pay_run, run_id)


def test_the_database_too_refuses_the_maker_as_approver(ready: World, as_: As) -> None:
    run_id = reviewed(ready, as_)
    with as_(ready.paula):
        run = get_run(run_id)
        run.approved_by_id, run.approved_at = run.made_by_id, run.made_at
        with pytest.raises(IntegrityError):
            db.session.flush()
        db.session.rollback()


def test_of_two_who_approve_at_once_one_is_told_to_look_again(ready: World, as_: As) -> None:
    run_id = reviewed(ready, as_)
    with as_(ready.aino):
        seen = get_run(run_id).version
    step(ready, as_, ready.aino, approve_pay_run, run_id)
    with pytest.raises(Conflict), as_(ready.aino):
        approve_pay_run(run_id, seen, ready.aino.actor)
    with as_(ready.aino):
        assert len(db.session.scalars(select(files.StoredFile)).all()) == 1


def test_a_manager_does_not_approve_a_run_that_she_has_not_seen(ready: World, as_: As) -> None:
    run_id = reviewed(ready, as_)
    with as_(ready.aino):
        seen = get_run(run_id).version
    step(ready, as_, ready.paula, compute_pay_run, run_id)
    step(ready, as_, ready.paula, review_pay_run, run_id)
    with pytest.raises(Conflict), as_(ready.aino):
        approve_pay_run(run_id, seen, ready.aino.actor)


def test_the_wages_of_a_group_and_period_have_one_run(ready: World, as_: As) -> None:
    made(ready, as_)
    with pytest.raises(RuleBroken, match="in a pay run already"):
        made(ready, as_)
    with pytest.raises(RuleBroken, match="in a pay run already"):
        made(ready, as_, first=date(2026, 12, 1), last=date(2026, 12, 3))


def test_a_run_of_everyone_pays_nobody_twice(ready: World, as_: As) -> None:
    approved(ready, as_)
    everyone = made(ready, as_, cohort_id=None, first=TERM.first)
    step(ready, as_, ready.paula, compute_pay_run, everyone)
    with as_(ready.paula):
        assert list_payslips(everyone) == []
        assert concerns(get_run(everyone)) == [Concern.PAID_ELSEWHERE]
    step(ready, as_, ready.paula, review_pay_run, everyone)
    with pytest.raises(RuleBroken, match="pays nobody"):
        step(ready, as_, ready.aino, approve_pay_run, everyone)


def test_a_run_is_computed_again_until_it_is_approved(ready: World, as_: As) -> None:
    run_id = reviewed(ready, as_)
    with as_(ready.aino):
        first = db.session.scalars(
            select(Attendance).where(Attendance.person_id == ready.pia.person_id).limit(1)
        ).one()
        first.paid_minutes, first.mark = 0, Mark.UNPAID_ABSENCE
    with pytest.raises(RuleBroken, match="Something has changed"):
        step(ready, as_, ready.aino, approve_pay_run, run_id)
    step(ready, as_, ready.paula, compute_pay_run, run_id)
    with as_(ready.paula):
        run = get_run(run_id)
        assert (run.state, run.reviewed_at) == (RunState.COMPUTED, None)
        (slip,) = list_payslips(run_id)
        assert slip.paid_minutes < 48 * 60
        lines = db.session.scalars(select(PayLineRow)).all()
        assert {line.payslip_id for line in lines} == {slip.id}


@pytest.mark.parametrize("action", [compute_pay_run, review_pay_run, approve_pay_run])
def test_an_approved_run_is_frozen(ready: World, as_: As, action: Callable[..., object]) -> None:
    run_id = approved(ready, as_)
    with pytest.raises(RuleBroken):
        step(ready, as_, ready.aino, action, run_id)


def test_a_later_change_does_not_touch_an_approved_payslip(ready: World, as_: As) -> None:
    run_id = approved(ready, as_)
    with as_(ready.aino):
        rate = db.session.scalars(
            select(RateEntry).where(RateEntry.key == RateKey.UI_EMPLOYEE, RateEntry.value == 89)
        ).one()
        rate.value = 500
        db.session.scalars(select(TaxCard)).one()
    with as_(ready.aino):
        assert list_payslips(run_id)[0].unemployment == Money.of("5.35")


def test_a_missing_rate_refuses_the_run_and_is_named(ready: World, as_: As) -> None:
    with as_(ready.aino):
        settings = db.session.scalars(select(EmployerSetting)).one()
        assert settings.year == 2026
        db.session.add(
            EmployerSetting(
                organisation_id=ready.a.organisation_id,
                year=2027,
                tyel_total_bp=2485,
                accident_bp=70,
                group_life_bp=6,
                allowance_treatment="216",
            )
        )
    run_id = made(ready, as_, pays_on=date(2027, 1, 15))
    with pytest.raises(RuleBroken, match="pension contribution” is not known for 2027-01-15"):
        step(ready, as_, ready.paula, compute_pay_run, run_id)
    with as_(ready.paula):
        assert get_run(run_id).state is RunState.DRAFT


def test_missing_percentages_of_the_employer_refuse_the_run(ready: World, as_: As) -> None:
    run_id = made(ready, as_, pays_on=date(2027, 1, 15))
    with pytest.raises(RuleBroken, match="own percentages for 2027"):
        step(ready, as_, ready.paula, compute_pay_run, run_id)


def test_a_run_is_not_dated_on_a_day_when_banks_are_closed(ready: World, as_: As) -> None:
    with pytest.raises(RuleBroken, match=r"Banks are closed on 2026-12-24.*2026-12-28"):
        made(ready, as_, pays_on=date(2026, 12, 24))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"first": date(2026, 12, 3), "last": date(2026, 12, 1)}, "period_last"),
        ({"first": date(2026, 12, 8), "last": date(2026, 12, 9)}, "pays_on"),
    ],
)
def test_an_impossible_period_is_refused(
    ready: World, as_: As, changes: dict[str, date], field: str
) -> None:
    with pytest.raises(RuleBroken) as broken:
        made(ready, as_, **changes)
    assert broken.value.field == field


def test_a_group_of_another_provider_cannot_be_paid(ready: World, as_: As) -> None:
    with pytest.raises(NotVisible):
        made(ready, as_, cohort_id=ready.b.cohort_ids[0])


def test_a_day_without_a_mark_stops_the_run(ready: World, as_: As) -> None:
    with as_(ready.aino):
        db.session.delete(
            db.session.scalars(
                select(Attendance).where(Attendance.person_id == ready.pia.person_id).limit(1)
            ).one()
        )
    run_id = made(ready, as_)
    step(ready, as_, ready.paula, compute_pay_run, run_id)
    with as_(ready.paula):
        assert Concern.HOURS_MISSING in concerns(get_run(run_id))
    with pytest.raises(RuleBroken, match="Settle what stops"):
        step(ready, as_, ready.paula, review_pay_run, run_id)


def test_hours_that_nobody_approved_stop_the_run(ready: World, as_: As) -> None:
    with as_(ready.aino):
        row = db.session.scalars(
            select(Attendance).where(Attendance.person_id == ready.pia.person_id).limit(1)
        ).one()
        row.state = AttendanceState.MARKED
    run_id = made(ready, as_)
    step(ready, as_, ready.paula, compute_pay_run, run_id)
    with as_(ready.paula):
        assert concerns(get_run(run_id)) == [Concern.HOURS_NOT_APPROVED]
    with pytest.raises(RuleBroken, match="Settle what stops"):
        step(ready, as_, ready.paula, review_pay_run, run_id)


def test_approving_the_run_locks_the_hours_that_it_pays(ready: World, as_: As) -> None:
    approved(ready, as_)
    with as_(ready.aino):
        enrolment_id = ready.a.enrolment_ids["pia"]
        rows = select(Attendance).where(Attendance.enrolment_id == enrolment_id)
        assert {row.state for row in db.session.scalars(rows)} == {AttendanceState.LOCKED}


def test_without_a_card_sixty_per_cent_is_withheld_and_said(ready: World, as_: As) -> None:
    with as_(ready.aino):
        db.session.delete(db.session.scalars(select(TaxCard)).one())
    run_id = made(ready, as_)
    step(ready, as_, ready.paula, compute_pay_run, run_id)
    with as_(ready.paula):
        assert list_payslips(run_id)[0].tax == Money.of("361.01")
        assert concerns(get_run(run_id)) == [Concern.TAX_CARD_MISSING]


def test_without_an_identity_code_nothing_is_computed_for_her(ready: World, as_: As) -> None:
    with as_(ready.aino):
        person = db.session.scalars(select(Person).where(Person.given_name == "Pia")).one()
        person.identity_code = person.bank_account = None
    run_id = made(ready, as_)
    step(ready, as_, ready.paula, compute_pay_run, run_id)
    with as_(ready.paula):
        assert list_payslips(run_id) == []
        assert concerns(get_run(run_id)) == [Concern.IDENTITY_MISSING, Concern.ACCOUNT_MISSING]


def test_a_bonus_is_paid_alone_and_once(ready: World, as_: As) -> None:
    approved(ready, as_)
    with as_(ready.aino):
        earn_bonus(ready)
    bonus = approved(ready, as_, kind=RunKind.BONUS, pays_on=date(2026, 12, 18))
    with as_(ready.paula):
        (slip,) = list_payslips(bonus)
        assert (slip.tax, slip.net) == (Money.of("30.00"), Money.of("107.71"))
        assert [line.code for line in slip.lines][:1] == ["203"]
    again = made(ready, as_, kind=RunKind.BONUS, pays_on=date(2026, 12, 21))
    step(ready, as_, ready.paula, compute_pay_run, again)
    with as_(ready.paula):
        assert list_payslips(again) == []


def test_the_ceiling_of_the_card_counts_what_was_paid_before(ready: World, as_: As) -> None:
    with as_(ready.aino):
        card = db.session.scalars(select(TaxCard)).one()
        card.ceiling = Money.of("651.68")
    approved(ready, as_)
    with as_(ready.aino):
        earn_bonus(ready)
    bonus = made(ready, as_, kind=RunKind.BONUS, pays_on=date(2026, 12, 18))
    step(ready, as_, ready.paula, compute_pay_run, bonus)
    with as_(ready.paula):
        (slip,) = list_payslips(bonus)
        # 50.00 at 20 % and 100.00 at 42 %
        assert slip.tax == Money.of("52.00")


def test_one_person_is_not_paid_twice_for_the_same_days(ready: World, as_: As) -> None:
    run_id = reviewed(ready, as_)
    with as_(ready.paula):
        slip = list_payslips(run_id)[0]
        other = make_pay_run(ready.paula.actor, RunKind.WAGES, PAYS_ON, None)
        columns = {
            column.key: getattr(slip, column.key)
            for column in Payslip.__mapper__.column_attrs
            if column.key not in ("id", "pay_run_id")
        }
        db.session.add(Payslip(**columns, pay_run_id=other.id))
        with pytest.raises(IntegrityError):
            db.session.flush()
        db.session.rollback()


def test_a_contract_is_signed_once(ready: World, as_: As) -> None:
    with as_(ready.aino):
        employment = db.session.scalars(select(Employment)).one()
        terms = db.session.scalars(select(PayTerms)).one()
        with pytest.raises(RuleBroken, match="signed already"):
            sign_employment(employment.enrolment_id, TERM, terms, 2880, "ground")


def test_a_card_with_a_percentage_over_100_is_not_kept(ready: World, as_: As) -> None:
    with as_(ready.aino), pytest.raises(RuleBroken, match="between 0 and 100"):
        record_tax_card(
            ready.pia.person_id, replace(CARD, base=Rate.of("100.01")), date(2026, 11, 10)
        )


def test_shipped_rates_are_loaded_once(ready: World, as_: As) -> None:
    with as_(ready.aino):
        assert load_shipped_rates() == 0
        histories = {history.key: history for history in list_rates()}
    minimum = histories[RateKey.TYEL_MIN_MONTH].lines
    assert [line.days.first.year for line in minimum if line.row is None] == [2027, 2023]


def test_a_run_takes_few_queries(ready: World, as_: As, statements: list[str]) -> None:
    run_id = made(ready, as_)
    with as_(ready.paula):
        version = get_run(run_id).version
        statements.clear()
        compute_pay_run(run_id, version)
        asked = [text for text in statements if not text.startswith(("BEGIN", "SAVEPOINT"))]
    assert len(asked) <= 20, "\n".join(asked)
