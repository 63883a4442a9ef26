"""Contracts: drafted, offered as bytes, signed by both sides, changed and ended."""

import hashlib
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from jobsearch.accounts.proofs.rules import ProofDone
from jobsearch.audit.models import AuditEntry
from jobsearch.cohorts.models import CohortDay, Enrolment, EnrolmentState
from jobsearch.core import files
from jobsearch.core.db import db
from jobsearch.core.errors import Conflict, NotVisible, RuleBroken
from jobsearch.core.money import Money
from jobsearch.core.periods import Span
from jobsearch.hiring import service as hiring
from jobsearch.notices.models import Message
from jobsearch.organisations.models import Organisation
from jobsearch.payroll.contracts.editions import queries, service
from jobsearch.payroll.contracts.editions.models import Contract, Signature
from jobsearch.payroll.contracts.editions.rules import ContractState, Method, Side
from jobsearch.payroll.contracts.law.rules import EndingKey, GroundKey
from jobsearch.payroll.contracts.models import Employment
from jobsearch.payroll.contracts.questions.service import answer, ask
from jobsearch.payroll.contracts.signing.service import sign_for_employee
from jobsearch.programmes.models import PayTerms
from jobsearch.recruitment.models import Candidate
from jobsearch.recruitment.rules import ExitReason, Stage
from tests.hired import (
    ENDS,
    STARTS,
    drafted,
    helmi,
    offered,
    proof_of,
    selected,
    signed,
)
from tests.world import NOW, TODAY

pytestmark = pytest.mark.usefixtures("context")


def _employments() -> list[Employment]:
    return list(db.session.scalars(select(Employment)))


def test_a_draft_takes_the_programmes_pay_terms_and_the_days_of_the_group(as_, world) -> None:
    with as_(world.paula):
        contract = drafted(world, selected(world))
        assert contract.state is ContractState.DRAFT
        assert contract.hourly == Money.of("11.50")
        assert (contract.starts_on, contract.ends_on) == (STARTS, ENDS)
        assert contract.agreed_minutes == 48 * 60
        assert contract.trial_days == 9
        assert (contract.number[:8], contract.edition) == ("TS-2026-", 1)


def test_later_pay_terms_of_the_programme_leave_a_contract_as_it_is(as_, world) -> None:
    with as_(world.paula):
        contract = drafted(world, selected(world))
        db.session.add(
            PayTerms(
                organisation_id=world.a.organisation_id,
                programme_id=world.a.programme_id,
                valid_from=date(2026, 12, 8),
                hourly_wage=Money.of("99.00"),
                allowance=Money.of("20.00"),
                outcome_bonus=Money.of("150.00"),
                agreement="Another",
            )
        )
        db.session.flush()
        offered_one = hiring.offer(world.paula.actor, contract.id, contract.version)
        assert offered_one.hourly == Money.of("11.50")


def test_hiring_gives_a_seat_and_a_sign_in_and_asks_for_details_once(as_, world) -> None:
    with as_(world.paula):
        hired = selected(world, with_code=False)
        contract = drafted(world, hired)
        enrolment = db.session.scalars(
            select(Enrolment).where(Enrolment.id == contract.enrolment_id)
        ).one()
        assert enrolment.state is EnrolmentState.PLACED
        assert helmi(hired).person_id == hired.person_id
        kinds = db.session.scalars(select(Message.kind)).all()
        assert kinds == ["hiring.details_wanted"]


def test_who_is_not_selected_gets_no_contract(as_, world) -> None:
    with as_(world.paula):
        hired = selected(world)
        candidate = db.session.get_one(Candidate, hired.candidate_id)
        candidate.stage = Stage.ATTENDED
        with pytest.raises(RuleBroken, match="selected"):
            hiring.hire(world.paula.actor, hired.candidate_id, hired.cohort_id)
        candidate.stage, candidate.exit_reason = Stage.SELECTED, ExitReason.STUDIES
        with pytest.raises(RuleBroken, match="left"):
            hiring.hire(world.paula.actor, hired.candidate_id, hired.cohort_id)


def test_a_contract_without_identity_code_settings_or_business_id_is_not_offered(
    as_, world
) -> None:
    with as_(world.paula):
        hired = selected(world, with_code=False, with_settings=False)
        contract = drafted(world, hired)
        with pytest.raises(RuleBroken, match="identity code is missing"):
            hiring.offer(world.paula.actor, contract.id, contract.version)
        contract.person.identity_code = "010594Y9032"
        with pytest.raises(RuleBroken, match="insurers are not known"):
            hiring.offer(world.paula.actor, contract.id, contract.version)
        assert contract.state is ContractState.DRAFT


def test_the_offered_paper_is_stored_once_under_its_digest(as_, world) -> None:
    with as_(world.paula):
        contract = offered(world, selected(world))
        file = files.get(contract.file_id or "")
        assert contract.state is ContractState.OFFERED
        assert file.sha256 == contract.sha256 == hashlib.sha256(file.content).hexdigest()
        assert file.content.startswith(b"%PDF-")
        with pytest.raises(RuleBroken, match="already"):
            hiring.offer(world.paula.actor, contract.id, contract.version)


def test_what_is_adjusted_for_a_person_needs_a_reason_and_stays_in_the_trail(as_, world) -> None:
    with as_(world.paula):
        contract = drafted(world, selected(world))
        more = replace(contract.terms, hourly=Money.of("13.00"))
        with pytest.raises(RuleBroken, match="differ"):
            service.edit_contract(contract.id, contract.version, more, "")
        service.edit_contract(contract.id, contract.version, more, "Leads the group's register.")
        entry = db.session.scalars(
            select(AuditEntry)
            .where(AuditEntry.table_name == "contract", AuditEntry.act == "update")
            .order_by(AuditEntry.at.desc())
        ).first()
        assert entry is not None
        assert {"hourly", "reason"} <= set(entry.fields)


def test_a_shorter_term_has_the_hours_of_its_own_days(as_, world) -> None:
    with as_(world.paula):
        contract = drafted(world, selected(world))
        later = replace(contract.terms, term=Span(date(2026, 12, 14), ENDS), trial_days=5)
        service.edit_contract(contract.id, contract.version, later, "Begins a week later.")
        assert contract.agreed_minutes == 36 * 60


def test_an_old_page_of_a_draft_changes_nothing(as_, world) -> None:
    with as_(world.paula):
        contract = drafted(world, selected(world))
        version = contract.version
        service.edit_contract(contract.id, version, replace(contract.terms, place="Ulvila"), "")
        with pytest.raises(Conflict):
            service.edit_contract(contract.id, version, contract.terms, "")


@pytest.mark.parametrize("first", [Side.EMPLOYER, Side.EMPLOYEE])
def test_both_sign_in_either_order_and_then_pay_has_its_ground(as_, world, first: Side) -> None:
    with as_(world.aino):
        hired = selected(world)
        contract = offered(world, hired)
        actor = helmi(hired)

        def employer() -> Contract:
            seen = contract.sha256 or ""
            return hiring.sign_for_employer(world.aino.actor, contract.id, contract.version, seen)

        def employee() -> Contract:
            return sign_for_employee(actor, contract.id, contract.sha256 or "", proof_of(actor))

        steps = [employer, employee] if first is Side.EMPLOYER else [employee, employer]
        assert steps[0]().state is ContractState.SIGNED_BY_ONE
        assert _employments() == []
        assert steps[1]().state is ContractState.SIGNED
        (employment,) = _employments()
        assert employment.hourly == contract.hourly
        assert (employment.starts_on, employment.ends_on) == (STARTS, ENDS)
        assert employment.ground.startswith("Työntekijä on ollut työttömänä")
        assert files.get(contract.record_file_id or "").content.startswith(b"%PDF-")


def test_a_signature_says_who_when_how_and_what(as_, world) -> None:
    with as_(world.aino):
        contract = signed(world, selected(world))
        kept = {one.side: one for one in contract.signatures}
        assert kept[Side.EMPLOYER].method is Method.SIGN_IN
        assert kept[Side.EMPLOYER].name == "Aino Aalto"
        assert kept[Side.EMPLOYEE].method is Method.CODE
        assert kept[Side.EMPLOYEE].sent_to == "+358 ••• 777"
        assert {one.sha256 for one in kept.values()} == {contract.sha256}
        assert kept[Side.EMPLOYEE].signed_at == NOW


def test_a_signature_is_never_changed_or_removed(as_, world) -> None:
    with as_(world.aino):
        signed(world, selected(world))
    with pytest.raises(Exception, match="append-only"), as_(world.aino):
        db.session.scalars(select(Signature)).first().name = "Somebody Else"
        db.session.flush()


def test_each_side_signs_once(as_, world) -> None:
    with as_(world.aino):
        hired = selected(world)
        contract = offered(world, hired)
        seen = contract.sha256 or ""
        hiring.sign_for_employer(world.aino.actor, contract.id, contract.version, seen)
        with pytest.raises(RuleBroken, match="employer has signed"):
            hiring.sign_for_employer(world.aino.actor, contract.id, contract.version, seen)
        actor = helmi(hired)
        sign_for_employee(actor, contract.id, seen, proof_of(actor))
        with pytest.raises(RuleBroken, match="You have signed"):
            sign_for_employee(actor, contract.id, seen, proof_of(actor))


def test_other_bytes_than_those_that_were_seen_are_not_signed(as_, world) -> None:
    with as_(world.aino):
        hired = selected(world)
        contract = offered(world, hired)
        actor = helmi(hired)
        with pytest.raises(RuleBroken, match="has changed"):
            sign_for_employee(actor, contract.id, "0" * 64, proof_of(actor))
        with pytest.raises(RuleBroken, match="has changed"):
            hiring.sign_for_employer(world.aino.actor, contract.id, contract.version, "")


def test_nobody_signs_for_another(as_, world) -> None:
    with as_(world.aino):
        hired = selected(world)
        contract = offered(world, hired)
        seen = contract.sha256 or ""
        with pytest.raises(NotVisible):
            sign_for_employee(world.pia.actor, contract.id, seen, proof_of(world.pia.actor))
        with pytest.raises(RuleBroken, match="another account"):
            others = ProofDone(world.pia.account_id, "p•••@example.org", NOW)
            sign_for_employee(helmi(hired), contract.id, seen, others)


def test_what_begins_in_the_past_is_neither_offered_nor_signed(as_, world, clock) -> None:
    with as_(world.aino):
        hired = selected(world)
        contract = offered(world, hired)
        actor, seen = helmi(hired), contract.sha256 or ""
        clock.shift(timedelta(days=14))
        with pytest.raises(RuleBroken, match="in the past"):
            sign_for_employee(actor, contract.id, seen, proof_of(actor))
        newer = service.change_contract(world.paula.actor, contract.id, contract.version)
        with pytest.raises(RuleBroken, match="in the past"):
            hiring.offer(world.paula.actor, newer.id, newer.version)


def test_it_can_be_signed_on_the_morning_of_the_first_day(as_, world, clock) -> None:
    with as_(world.aino):
        hired = selected(world)
        contract = offered(world, hired)
        actor = helmi(hired)
        clock.shift(timedelta(days=13))
        after = sign_for_employee(actor, contract.id, contract.sha256 or "", proof_of(actor))
        assert after.state is ContractState.SIGNED_BY_ONE


def test_a_change_is_a_new_version_that_both_sign_while_the_old_one_holds(as_, world) -> None:
    with as_(world.aino):
        hired = selected(world)
        first = signed(world, hired)
        old_file, old_digest = first.file_id, first.sha256
        newer = service.change_contract(world.paula.actor, first.id, first.version)
        assert (newer.number, newer.edition) == (first.number, 2)
        assert first.state is ContractState.SIGNED
        more = replace(newer.terms, hourly=Money.of("13.00"))
        service.edit_contract(newer.id, newer.version, more, "Agreed with her on Monday.")
        hiring.offer(world.paula.actor, newer.id, newer.version)
        assert first.state is ContractState.SIGNED
        assert _employments()[0].hourly == Money.of("11.50")
        seen = newer.sha256 or ""
        hiring.sign_for_employer(world.aino.actor, newer.id, newer.version, seen)
        actor = helmi(hired)
        sign_for_employee(actor, newer.id, seen, proof_of(actor))
        assert (first.state, newer.state) == (ContractState.REPLACED, ContractState.SIGNED)
        assert (first.file_id, first.sha256) == (old_file, old_digest)
        (employment,) = _employments()
        assert employment.hourly == Money.of("13.00")


def test_a_change_after_the_first_day_keeps_that_day_and_what_was_worked(as_, world, clock) -> None:
    with as_(world.aino):
        hired = selected(world)
        first = signed(world, hired)
        clock.shift(timedelta(days=16))  # four days of work are behind
        paula, actor = world.paula.actor, helmi(hired)
        newer = service.change_contract(paula, first.id, first.version)
        rest = replace(newer.terms, term=Span(date(2026, 12, 14), ENDS), trial_days=0)
        service.edit_contract(newer.id, newer.version, rest, "The group goes on.")
        with pytest.raises(RuleBroken, match="keeps this first day"):
            hiring.offer(paula, newer.id, newer.version)
        more = replace(newer.terms, term=Span(STARTS, ENDS), hourly=Money.of("13.00"))
        service.edit_contract(newer.id, newer.version, more, "Agreed with her on Monday.")
        hiring.offer(paula, newer.id, newer.version)
        seen = newer.sha256 or ""
        hiring.sign_for_employer(world.aino.actor, newer.id, newer.version, seen)
        sign_for_employee(actor, newer.id, seen, proof_of(actor))
        (employment,) = _employments()
        assert (employment.starts_on, employment.agreed_minutes) == (STARTS, 48 * 60)
        assert employment.hourly == Money.of("13.00")


def test_a_later_first_day_is_not_signed_once_work_has_begun(as_, world, clock) -> None:
    with as_(world.aino):
        hired = selected(world)
        first = signed(world, hired)
        paula, actor = world.paula.actor, helmi(hired)
        newer = service.change_contract(paula, first.id, first.version)
        later = replace(newer.terms, term=Span(date(2026, 12, 14), ENDS), trial_days=0)
        service.edit_contract(newer.id, newer.version, later, "She asked for a later start.")
        hiring.offer(paula, newer.id, newer.version)
        clock.shift(timedelta(days=13))  # the first day of the version in force
        with pytest.raises(RuleBroken, match="keeps this first day"):
            sign_for_employee(actor, newer.id, newer.sha256 or "", proof_of(actor))
        (employment,) = _employments()
        assert employment.starts_on == STARTS


def test_changing_an_offer_takes_it_back(as_, world) -> None:
    with as_(world.aino):
        hired = selected(world)
        first = offered(world, hired)
        seen = first.sha256 or ""
        service.change_contract(world.paula.actor, first.id, first.version)
        assert first.state is ContractState.REPLACED
        with pytest.raises(Conflict):
            hiring.sign_for_employer(world.aino.actor, first.id, first.version, seen)
        with pytest.raises(RuleBroken, match="newer version"):
            service.change_contract(world.paula.actor, first.id, first.version)


def test_she_declines_with_her_words_and_who_offered_is_told(as_, world) -> None:
    with as_(world.aino):
        hired = selected(world)
        contract = offered(world, hired)
        hiring.decline(helmi(hired), contract.id, "The days do not fit me.")
        assert contract.state is ContractState.DECLINED
        assert contract.declined_words == "The days do not fit me."
        kinds = db.session.scalars(select(Message.kind)).all()
        assert "hiring.contract_declined" in kinds
        with pytest.raises(RuleBroken, match="cannot be declined"):
            hiring.decline(helmi(hired), contract.id, "")
        newer = service.change_contract(world.paula.actor, contract.id, contract.version)
        assert newer.edition == 2


def test_who_has_signed_does_not_decline(as_, world) -> None:
    with as_(world.aino):
        hired = selected(world)
        contract = offered(world, hired)
        actor = helmi(hired)
        sign_for_employee(actor, contract.id, contract.sha256 or "", proof_of(actor))
        with pytest.raises(RuleBroken, match="signed this contract already"):
            hiring.decline(actor, contract.id, "")


def test_when_both_have_signed_she_is_a_candidate_who_signed_and_waits(as_, world) -> None:
    with as_(world.aino):
        hired = selected(world)
        contract = signed(world, hired)
        candidate = db.session.get_one(Candidate, hired.candidate_id)
        assert (candidate.stage, candidate.signed_on) == (Stage.SIGNED, TODAY)
        assert contract.enrolment.waiting_from == TODAY
        assert "hiring.contract_signed" in db.session.scalars(select(Message.kind)).all()


def test_work_found_before_the_start_ends_all_of_it_at_once(as_, world) -> None:
    with as_(world.aino):
        hired = selected(world)
        contract = signed(world, hired)
        hiring.leave_before_start(world.aino.actor, contract.enrolment_id, ExitReason.FOUND_WORK)
        assert contract.state is ContractState.ENDED
        assert (contract.ending, contract.ended_on) == (EndingKey.AGREED_BEFORE_START, TODAY)
        assert _employments() == []
        assert contract.enrolment.state is EnrolmentState.WITHDREW
        candidate = db.session.get_one(Candidate, hired.candidate_id)
        assert (candidate.stage, candidate.exit_reason) == (Stage.SIGNED, ExitReason.FOUND_WORK)


def test_an_offer_that_is_not_signed_ends_as_not_concluded(as_, world) -> None:
    with as_(world.aino):
        contract = offered(world, selected(world))
        hiring.leave_before_start(world.aino.actor, contract.enrolment_id, ExitReason.FOUND_WORK)
        assert contract.ending is EndingKey.NOT_CONCLUDED


def test_who_came_back_has_her_history_and_a_new_version(as_, world) -> None:
    with as_(world.aino):
        hired = selected(world)
        first = signed(world, hired)
        hiring.leave_before_start(world.aino.actor, first.enrolment_id, ExitReason.FOUND_WORK)
        again = hiring.come_back(world.aino.actor, hired.candidate_id, hired.cohort_id)
        assert (again.number, again.edition) == (first.number, 2)
        candidate = db.session.get_one(Candidate, hired.candidate_id)
        assert (candidate.times_returned, candidate.exit_reason) == (1, None)
        editions = queries.list_editions(first.enrolment_id)
        assert [one.state for one in editions] == [ContractState.DRAFT, ContractState.ENDED]


def test_a_contract_ends_in_the_trial_period_with_the_employment(as_, world, clock) -> None:
    with as_(world.aino):
        contract = signed(world, selected(world))
        clock.shift(timedelta(days=15))  # the third day of work
        on = STARTS + timedelta(days=2)
        contract = hiring.end(
            world.aino.actor, contract.id, contract.version, EndingKey.TRIAL_BY_EMPLOYEE, on
        )
        assert contract.state is ContractState.ENDED
        (employment,) = _employments()
        assert employment.ends_on == on
        assert contract.enrolment.left_on == on


def test_the_third_contract_on_the_ground_of_long_unemployment_is_the_last(as_, world) -> None:
    with as_(world.paula):
        hired = selected(world)
        contract = drafted(world, hired)
        sheet = service.sheet_of(contract, TODAY)
        assert sheet.ground.key is GroundKey.LONG_TERM_UNEMPLOYED
        for number in range(3):
            db.session.add(_earlier(world, hired.person_id, number))
        db.session.flush()
        with pytest.raises(RuleBroken, match="has had 3 contracts"):
            hiring.offer(world.paula.actor, contract.id, contract.version)


def test_a_contract_that_ended_early_counts_on_its_ground_one_that_never_began_does_not(
    as_, world
) -> None:
    with as_(world.paula):
        hired = selected(world)
        contract = drafted(world, hired)
        earlier = [_earlier(world, hired.person_id, number) for number in range(3)]
        for one in earlier:
            one.state, one.ending = ContractState.ENDED, EndingKey.AGREED
            one.ended_on = one.starts_on + timedelta(days=2)
        earlier[0].ended_on = earlier[0].starts_on - timedelta(days=1)
        db.session.add_all(earlier)
        db.session.flush()
        of_ground = GroundKey.LONG_TERM_UNEMPLOYED, contract.enrolment_id
        terms = queries.earlier_terms(hired.person_id, *of_ground)
        assert sorted(span.length() for span in terms) == [3, 3]
        earlier[0].ended_on = earlier[0].starts_on
        db.session.flush()
        with pytest.raises(RuleBroken, match="has had 3 contracts"):
            hiring.offer(world.paula.actor, contract.id, contract.version)


def _earlier(world, person_id: str, number: int) -> Contract:
    cohort_id = world.a.cohort_ids[0]
    own = {"organisation_id": world.a.organisation_id}
    enrolment = Enrolment(
        cohort_id=cohort_id if number == 0 else world.a.cohort_ids[1],
        person_id=person_id,
        **own,
    )
    if number == 2:
        enrolment.cohort_id = _spare_cohort(world)
    db.session.add(enrolment)
    db.session.flush()
    first = date(2025, 1 + number, 1)
    return Contract(
        person_id=person_id,
        enrolment_id=enrolment.id,
        number=f"TS-2025-{number}",
        edition=1,
        state=ContractState.SIGNED,
        starts_on=first,
        ends_on=first + timedelta(days=17),
        hourly=Money.of("11.50"),
        allowance=Money.zero(),
        outcome_bonus=Money.zero(),
        agreed_minutes=2880,
        agreement="x",
        ground=GroundKey.LONG_TERM_UNEMPLOYED,
        trial_days=0,
        place="Pori",
        language="fi",
        made_by_id=world.paula.account_id,
        made_at=NOW,
        signed_at=NOW,
        file_id=files.put(b"%PDF-", "application/pdf").id,
        sha256="0" * 64,
        content="{}",
        **own,
    )


def _spare_cohort(world) -> str:
    from jobsearch.programmes.models import Programme
    from tests.world import make_cohort

    programme = db.session.get_one(Programme, world.a.programme_id)
    return make_cohort(programme, "Group 1", date(2025, 3, 3), None).id


def test_a_question_is_asked_and_answered_once(as_, world) -> None:
    with as_(world.aino):
        hired = selected(world)
        contract = offered(world, hired)
        asked = ask(helmi(hired), contract.id, None, "What if I am ill?")
        with pytest.raises(RuleBroken, match="Write your question"):
            ask(helmi(hired), contract.id, None, "  ")
        answer(world.paula.actor, asked.id, "Tell your coach in the morning.")
        with pytest.raises(RuleBroken, match="answered already"):
            answer(world.paula.actor, asked.id, "Again")


def test_a_moved_day_keeps_the_hours_and_a_cancelled_one_shows_in_the_checklist(as_, world) -> None:
    from jobsearch.hiring.checklist.queries import get_starter
    from jobsearch.hiring.checklist.rules import Item

    with as_(world.aino):
        contract = signed(world, selected(world))
        done = {line.item for line in _lines(get_starter, world, contract) if line.is_done}
        assert Item.TERMS in done
        day = db.session.scalars(
            select(CohortDay).where(CohortDay.on == date(2026, 12, 17))
        ).first()
        day.cancelled_at = NOW
        db.session.flush()
        done = {line.item for line in _lines(get_starter, world, contract) if line.is_done}
        assert Item.TERMS not in done


def _lines(get_starter, world, contract):
    return get_starter(world.aino.actor, contract.enrolment_id).lines


def test_another_providers_contract_is_not_there(as_, world) -> None:
    with as_(world.aino):
        contract_id = signed(world, selected(world)).id
    with as_(world.sam):
        with pytest.raises(NotVisible):
            queries.get_contract(contract_id)
        assert db.session.scalar(select(func.count(Contract.id))) == 0


def test_an_employer_without_a_business_id_offers_no_contract(as_, world) -> None:
    with as_(world.aino):
        contract = drafted(world, selected(world))
        organisation = db.session.get_one(Organisation, world.a.organisation_id)
        organisation.business_id = None
        db.session.flush()
        with pytest.raises(RuleBroken, match="business ID"):
            hiring.offer(world.paula.actor, contract.id, contract.version)
