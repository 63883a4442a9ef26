"""Bonuses on a real database: promised, proven, approved by another person, paid once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from jobsearch.audit.models import AuditEntry
from jobsearch.core import files
from jobsearch.core.db import db
from jobsearch.core.errors import Conflict, NotVisible, RuleBroken
from jobsearch.core.money import Money
from jobsearch.outcomes.rules import Evidence, Found, OutcomeKind
from jobsearch.outcomes.service import record_outcome
from jobsearch.payroll.bonus.models import BonusAward, PaidBonus
from jobsearch.payroll.bonus.own.queries import list_own
from jobsearch.payroll.bonus.queries import get_award, list_awards
from jobsearch.payroll.bonus.rules import BonusState, ProofWay
from jobsearch.payroll.bonus.service import (
    approve_bonus,
    award,
    bring_proof,
    lapse_late,
    note_proof,
    promise_again,
    put_on_payslips,
    refuse_bonus,
    register_bonus,
    take_back_proof,
    withdraw_bonus,
)
from jobsearch.payroll.bonus.terms.queries import show_rules
from jobsearch.payroll.bonus.terms.rules import BonusEvent, BonusTerms, Happening, ProofAsked
from jobsearch.payroll.bonus.terms.service import add_rule, end_rule
from jobsearch.payroll.contracts.models import Employment
from jobsearch.payroll.pay.bonuses.queries import bonuses_of, bonuses_to_pay
from jobsearch.payroll.pay.bonuses.service import make_bonus_run
from jobsearch.payroll.pay.models import Payslip
from jobsearch.payroll.pay.queries import get_run, list_payslips
from jobsearch.payroll.pay.rules import RunKind
from jobsearch.payroll.pay.service import (
    approve_pay_run,
    compute_pay_run,
    make_pay_run,
    mark_paid,
    review_pay_run,
)
from tests.bonused import STUDIES, bonus_of, earn_bonus, promise
from tests.documented import a_pdf
from tests.paid import TERM, prepare
from tests.world import TODAY, Member, World

pytestmark = pytest.mark.usefixtures("context")
As = Callable[[Member], object]
PAID = date(2026, 12, 18)
LATER = date(2026, 12, 21)


@pytest.fixture
def ready(world: World, as_: As) -> World:
    """Pia is employed and can be paid."""
    with as_(world.aino):
        prepare(world.a, "pia")
    return world


@pytest.fixture
def with_studies(world: World, as_: As) -> World:
    """The same, under a programme that pays 80 € for studies too."""
    with as_(world.aino):
        add_rule(world.aino.actor, world.a.programme_id, STUDIES, date(2026, 1, 1))
        prepare(world.a, "pia")
    return world


def step(as_: As, who: Member, action: Callable[..., object], run_id: str) -> None:
    needs_actor = action in (review_pay_run, approve_pay_run)
    with as_(who):
        version = get_run(run_id).version
        action(run_id, version, who.actor) if needs_actor else action(run_id, version)


def computed(world: World, as_: As, day: date = PAID) -> str:
    with as_(world.paula):
        run_id = make_pay_run(world.paula.actor, RunKind.BONUS, day, None).id
    step(as_, world.paula, compute_pay_run, run_id)
    return run_id


def approved(world: World, as_: As, day: date = PAID) -> str:
    run_id = computed(world, as_, day)
    step(as_, world.paula, review_pay_run, run_id)
    step(as_, world.aino, approve_pay_run, run_id)
    return run_id


def amounts(run_id: str) -> list[Money]:
    return [slip.gross for slip in list_payslips(run_id)]


def test_a_noted_outcome_promises_what_the_contract_says(ready: World, as_: As) -> None:
    kind = OutcomeKind.FIXED_TERM_PART_TIME
    found = Found(kind, TODAY, None, None, Evidence.OWN_WORD)
    with as_(ready.stig):
        record_outcome(ready.stig.actor, ready.a.enrolment_ids["pia"], found)
        one = bonus_of(ready.pia.person_id)
    assert (one.state, one.amount) == (BonusState.PROMISED, Money.of("150.00"))
    assert (one.event, one.happened_on) == (BonusEvent.WORK_DURING, TODAY)
    assert one.due_on == TODAY + timedelta(days=30)


def test_a_second_job_promises_nothing_more(ready: World, as_: As) -> None:
    with as_(ready.stig):
        promise(ready)
        more = Happening(True, date(2026, 12, 7))
        assert award(ready.stig.actor, ready.a.enrolment_ids["pia"], more) == []
    with as_(ready.aino):
        assert bonus_of(ready.pia.person_id).happened_on == TODAY


def test_who_is_not_employed_is_promised_nothing(world: World, as_: As) -> None:
    with as_(world.stig):
        assert award(world.stig.actor, world.a.enrolment_ids["pia"], Happening(True, TODAY)) == []


def test_a_contract_without_a_bonus_promises_nothing(ready: World, as_: As) -> None:
    with as_(ready.aino):
        db.session.scalars(select(Employment)).one().outcome_bonus = Money.zero()
        found = Happening(True, TODAY)
        assert award(ready.stig.actor, ready.a.enrolment_ids["pia"], found) == []


def test_the_database_refuses_the_same_promise_twice(ready: World, as_: As) -> None:
    with as_(ready.aino):
        one = promise(ready)
        columns = {
            column.key: getattr(one, column.key)
            for column in BonusAward.__mapper__.column_attrs
            if column.key not in ("id", "version")
        }
        db.session.add(BonusAward(**columns))
        with pytest.raises(IntegrityError):
            db.session.flush()
        db.session.rollback()


def test_a_file_is_erased_when_it_is_checked_and_its_check_stays(ready: World, as_: As) -> None:
    with as_(ready.stig):
        key = promise(ready).id
    with as_(ready.pia):
        one = bring_proof(ready.pia.actor, key, 1, a_pdf(), ready.pia.person_id)
        version = one.version
        assert db.session.scalars(select(files.StoredFile)).all() != []
    with as_(ready.aino):
        approve_bonus(ready.aino.actor, key, version)
    with as_(ready.aino):
        one = get_award(key)
        assert db.session.scalars(select(files.StoredFile)).all() == []
        assert (one.proof_file_id, one.proof_way) == (None, ProofWay.FILE)
        assert (one.proof_by_id, one.approved_by_id) == (
            ready.pia.account_id,
            ready.aino.account_id,
        )
        entries = select(AuditEntry).where(
            AuditEntry.row_id == key, AuditEntry.account_id == ready.aino.account_id
        )
        (entry,) = db.session.scalars(entries)
        assert {"state", "approved_at", "approved_by_id", "proof_file_id"} <= set(entry.fields)


def test_who_registered_it_or_its_proof_does_not_approve(ready: World, as_: As) -> None:
    with as_(ready.aino):
        employment = db.session.scalars(select(Employment)).one()
        (one,) = register_bonus(ready.aino.actor, employment.id, Happening(True, TODAY))
        one = note_proof(ready.paula.actor, one.id, one.version, ProofWay.CALLED)
        for who in (ready.aino, ready.paula):
            with pytest.raises(RuleBroken, match="Another person"):
                approve_bonus(who.actor, one.id, one.version)
        assert one.state is BonusState.PROOF


@pytest.mark.parametrize("name", ["promised_by_id", "proof_by_id"])
def test_the_database_too_wants_four_eyes(ready: World, as_: As, name: str) -> None:
    with as_(ready.aino):
        one = earn_bonus(ready)
        one.approved_by_id = getattr(one, name)
        with pytest.raises(IntegrityError):
            db.session.flush()
        db.session.rollback()


@pytest.mark.parametrize(
    "values",
    [
        {"state": BonusState.PAID},
        {"state": BonusState.APPROVED},
        {"state": BonusState.PROOF},
        {"paid_at": True},
    ],
)
def test_the_database_refuses_a_state_without_its_ground(
    ready: World, as_: As, values: dict[str, object]
) -> None:
    with as_(ready.aino):
        one = promise(ready)
        for name, value in values.items():
            setattr(one, name, one.promised_at if value is True else value)
        with pytest.raises(IntegrityError):
            db.session.flush()
        db.session.rollback()


def test_her_own_proof_can_be_taken_back_until_it_is_checked(ready: World, as_: As) -> None:
    with as_(ready.pia):
        one = promise(ready)
        one = bring_proof(ready.pia.actor, one.id, one.version, a_pdf(), ready.pia.person_id)
        one = take_back_proof(ready.pia.actor, one.id, one.version, ready.pia.person_id)
        assert (one.state, one.proof_file_id) == (BonusState.PROMISED, None)
        assert db.session.scalars(select(files.StoredFile)).all() == []
        one = note_proof(ready.paula.actor, one.id, one.version, ProofWay.SEEN)
        with pytest.raises(NotVisible):
            take_back_proof(ready.pia.actor, one.id, one.version, ready.pia.person_id)
        one = approve_bonus(ready.aino.actor, one.id, one.version)
        with pytest.raises(RuleBroken, match="decided already"):
            take_back_proof(ready.paula.actor, one.id, one.version)


def test_nobody_brings_the_proof_of_another(ready: World, as_: As) -> None:
    with as_(ready.stig):
        key = promise(ready).id
    with as_(ready.otto), pytest.raises(NotVisible):
        bring_proof(ready.otto.actor, key, 1, a_pdf(), ready.otto.person_id)
    with as_(ready.sam), pytest.raises(NotVisible):
        get_award(key)


def test_what_is_no_document_is_no_proof(ready: World, as_: As) -> None:
    with as_(ready.pia):
        one = promise(ready)
        with pytest.raises(RuleBroken) as broken:
            bring_proof(ready.pia.actor, one.id, one.version, b"MZ\x90", ready.pia.person_id)
        assert broken.value.field == "file"


def test_of_two_who_decide_at_once_the_second_looks_again(ready: World, as_: As) -> None:
    with as_(ready.aino):
        one = promise(ready)
        seen = note_proof(ready.paula.actor, one.id, one.version, ProofWay.SEEN).version
        refuse_bonus(one.id, seen, "The paper is of another person.")
        with pytest.raises(Conflict):
            approve_bonus(ready.aino.actor, one.id, seen)


def test_an_end_has_a_reason_without_a_word_of_health(ready: World, as_: As) -> None:
    with as_(ready.aino):
        one = promise(ready)
        for words in ("", "x" * 201, "Sairaana koko ajan"):
            with pytest.raises(RuleBroken) as broken:
                withdraw_bonus(one.id, one.version, words)
            assert broken.value.field == "words"


def test_a_late_bonus_lapses_and_can_be_opened_again(ready: World, as_: As) -> None:
    with as_(ready.aino):
        one = promise(ready)
        assert lapse_late(one.due_on) == 0
        assert lapse_late(one.due_on + timedelta(days=1)) == 1
        assert lapse_late(one.due_on + timedelta(days=1)) == 0
        one = promise_again(ready.paula.actor, one.id, one.version, date(2027, 2, 1))
        assert (one.state, one.due_on) == (BonusState.PROMISED, date(2027, 2, 1))
        with pytest.raises(RuleBroken):
            promise_again(ready.paula.actor, one.id, one.version, date(2027, 2, 2))


def test_another_job_promises_again_what_was_withdrawn(ready: World, as_: As) -> None:
    with as_(ready.aino):
        one = promise(ready)
        withdraw_bonus(one.id, one.version, "The job was cancelled.")
        again = promise(ready, began_on=date(2026, 12, 1))
        assert again.id == one.id
        assert (again.state, again.words) == (BonusState.PROMISED, "")
        assert again.happened_on == date(2026, 12, 1)


def test_a_bonus_is_registered_by_hand_once(ready: World, as_: As) -> None:
    with as_(ready.paula):
        key = db.session.scalars(select(Employment)).one().id
        register_bonus(ready.paula.actor, key, Happening(True, TODAY))
        with pytest.raises(RuleBroken, match="registered already"):
            register_bonus(ready.paula.actor, key, Happening(True, TODAY))
        with pytest.raises(RuleBroken, match="No bonus rule"):
            register_bonus(ready.paula.actor, key, Happening(False, TODAY))
        with pytest.raises(RuleBroken, match="began on"):
            register_bonus(ready.paula.actor, key, Happening(True, TERM.first - timedelta(days=1)))
    with as_(ready.petra), pytest.raises(NotVisible):
        register_bonus(ready.petra.actor, key, Happening(True, TODAY))


def test_a_run_pays_the_approved_bonuses_alone_and_once(with_studies: World, as_: As) -> None:
    world = with_studies
    with as_(world.aino):
        assert bonuses_to_pay().bonuses == 0
        earn_bonus(world)
        promise(world, is_work=False)  # not approved: not paid
        assert (bonuses_to_pay().bonuses, bonuses_to_pay().amount) == (1, Money.of("150.00"))
    run_id = approved(world, as_)
    with as_(world.paula):
        (slip,) = list_payslips(run_id)
        assert (slip.gross, slip.paid_minutes) == (Money.of("150.00"), 0)
        assert [one.amount for one in bonuses_of(slip)] == [Money.of("150.00")]
    step(as_, world.paula, mark_paid, run_id)
    again = computed(world, as_, LATER)
    with as_(world.paula):
        assert amounts(again) == []
        rows = db.session.scalars(select(BonusAward).order_by(BonusAward.amount)).all()
        assert [one.state for one in rows] == [BonusState.PROMISED, BonusState.PAID]
        assert rows[1].paid_at is not None


def test_several_bonuses_of_a_run_add_up_and_a_later_one_has_a_run_of_its_own(
    with_studies: World, as_: As
) -> None:
    world = with_studies
    with as_(world.aino):
        earn_bonus(world)
    first = approved(world, as_)
    with as_(world.aino):
        earn_bonus(world, is_work=False)
    second = approved(world, as_, LATER)
    with as_(world.paula):
        assert (amounts(first), amounts(second)) == ([Money.of("150.00")], [Money.of("80.00")])


def test_two_bonuses_of_one_person_are_paid_on_one_payslip(with_studies: World, as_: As) -> None:
    world = with_studies
    with as_(world.aino):
        earn_bonus(world)
        earn_bonus(world, is_work=False)
    run_id = approved(world, as_)
    with as_(world.paula):
        (slip,) = list_payslips(run_id)
        assert slip.gross == Money.of("230.00")
        assert len(bonuses_of(slip)) == 2


def test_two_runs_at_once_do_not_have_the_same_bonus(ready: World, as_: As) -> None:
    with as_(ready.aino):
        earn_bonus(ready)
    first = computed(ready, as_)
    other = computed(ready, as_, LATER)
    with as_(ready.paula):
        assert (amounts(first), amounts(other)) == ([Money.of("150.00")], [])
        slip = list_payslips(first)[0]
        bonus = db.session.scalars(select(PaidBonus.bonus_award_id)).one()
        with pytest.raises(IntegrityError):
            put_on_payslips(slip.organisation_id, [(slip.id, bonus)])
        db.session.rollback()
    step(as_, ready.paula, compute_pay_run, first)
    with as_(ready.paula):
        assert amounts(first) == [Money.of("150.00")]


def test_a_bonus_that_is_withdrawn_after_computing_stops_the_approval(
    ready: World, as_: As
) -> None:
    with as_(ready.aino):
        earn_bonus(ready)
    run_id = computed(ready, as_)
    step(as_, ready.paula, review_pay_run, run_id)
    with as_(ready.aino):
        one = bonus_of(ready.pia.person_id)
        withdraw_bonus(one.id, one.version, "The job was cancelled.")
    with pytest.raises(RuleBroken, match="Something has changed"):
        step(as_, ready.aino, approve_pay_run, run_id)
    step(as_, ready.paula, compute_pay_run, run_id)
    with as_(ready.paula):
        assert amounts(run_id) == []


def test_another_bonus_of_the_same_sum_stops_the_approval_too(world: World, as_: As) -> None:
    with as_(world.aino):
        same = replace(STUDIES, amount=Money.of("150.00"))
        add_rule(world.aino.actor, world.a.programme_id, same, date(2026, 1, 1))
        prepare(world.a, "pia")
        one = earn_bonus(world)
    run_id = computed(world, as_)
    step(as_, world.paula, review_pay_run, run_id)
    with as_(world.aino):
        one = get_award(one.id)
        withdraw_bonus(one.id, one.version, "The job was cancelled.")
        earn_bonus(world, is_work=False)
    with pytest.raises(RuleBroken, match="Something has changed"):
        step(as_, world.aino, approve_pay_run, run_id)


def test_what_an_approved_run_pays_is_not_withdrawn(ready: World, as_: As) -> None:
    with as_(ready.aino):
        earn_bonus(ready)
    approved(ready, as_)
    with as_(ready.aino):
        one = bonus_of(ready.pia.person_id)
        with pytest.raises(RuleBroken, match="approved pay run pays"):
            withdraw_bonus(one.id, one.version, "The job was cancelled.")


def test_a_run_of_bonuses_is_not_opened_for_nothing(ready: World, as_: As) -> None:
    with as_(ready.paula):
        with pytest.raises(RuleBroken, match="No approved bonus"):
            make_bonus_run(ready.paula.actor, PAID)
        earn_bonus(ready)
        assert make_bonus_run(ready.paula.actor, PAID).kind is RunKind.BONUS


def test_a_run_of_one_group_leaves_the_bonuses_of_others(ready: World, as_: As) -> None:
    with as_(ready.aino):
        earn_bonus(ready)
    with as_(ready.paula):
        other = ready.a.cohort_ids[1]
        run_id = make_pay_run(ready.paula.actor, RunKind.BONUS, PAID, other).id
    step(as_, ready.paula, compute_pay_run, run_id)
    with as_(ready.paula):
        assert amounts(run_id) == []


def test_a_run_asks_as_much_for_one_bonus_as_for_two(
    with_studies: World, as_: As, statements: list[str]
) -> None:
    counts = []
    for is_work in (True, False):
        with as_(with_studies.aino):
            earn_bonus(with_studies, is_work=is_work)
        statements.clear()
        computed(with_studies, as_, PAID if is_work else LATER)
        counts.append(len(statements))
    assert counts[0] == counts[1]
    assert counts[0] <= 40


def test_a_rule_holds_for_later_contracts_and_leaves_signed_ones(ready: World, as_: As) -> None:
    rule = BonusTerms(BonusEvent.WORK_DURING, 0, Money.of("200"), ProofAsked.EMPLOYERS_LETTER, 14)
    with as_(ready.aino):
        actor, programme = ready.aino.actor, ready.a.programme_id
        with pytest.raises(RuleBroken, match="signed already"):
            add_rule(actor, programme, rule, TERM.first)
        made = add_rule(actor, programme, rule, TODAY)
        with pytest.raises(RuleBroken, match="from that day on already"):
            add_rule(actor, programme, rule, TODAY)
        assert promise(ready).amount == Money.of("150.00")
        (now,) = show_rules(programme).now
        assert now.terms == rule
        end_rule(made.id, made.version, TODAY)
        with pytest.raises(RuleBroken, match="ended already"):
            end_rule(made.id, made.version, TODAY)
    with as_(ready.sam), pytest.raises(NotVisible):
        add_rule(ready.sam.actor, programme, rule, date(2027, 1, 1))


def test_the_list_counts_by_state_and_puts_what_is_due_first(with_studies: World, as_: As) -> None:
    with as_(with_studies.aino):
        promise(with_studies, began_on=date(2026, 12, 1))
        earn_bonus(with_studies, is_work=False)
        shown = list_awards(None, 1, "Europe/Helsinki")
        assert [line.award.amount for line in shown.lines] == [
            Money.of("80.00"),
            Money.of("150.00"),
        ]
        assert shown.counts[BonusState.PROMISED] == shown.counts[BonusState.APPROVED] == 1
        assert shown.sums[BonusState.PROMISED] == Money.of("150.00")
        assert shown.days_left(shown.lines[1].award) == 37
        assert len(list_awards(BonusState.PAID, 1, "Europe/Helsinki").lines) == 0


def test_she_sees_what_is_promised_before_anything_is_found(ready: World, as_: As) -> None:
    with as_(ready.pia):
        (own,) = list_own(ready.pia.person_id, "Europe/Helsinki")
        assert [(one.terms.terms.event, one.amount) for one in own.possible] == [
            (BonusEvent.WORK_DURING, Money.of("150.00")),
            (BonusEvent.WORK_AFTER, Money.of("150.00")),
        ]
        assert own.awards == ()


def test_wages_are_paid_without_the_bonus(ready: World, as_: As) -> None:
    with as_(ready.aino):
        earn_bonus(ready)
    with as_(ready.paula):
        run_id = make_pay_run(
            ready.paula.actor, RunKind.WAGES, date(2026, 12, 4), ready.a.cohort_ids[0]
        ).id
    step(as_, ready.paula, compute_pay_run, run_id)
    with as_(ready.paula):
        (slip,) = db.session.scalars(select(Payslip).where(Payslip.pay_run_id == run_id))
        assert slip.gross == Money.of("601.68")
