"""Use cases from selected to the first day: hire, offer, sign, decline, end, leave, come back."""

from datetime import date

from jobsearch.accounts.proofs.rules import ProofDone
from jobsearch.accounts.proofs.service import ask_for_proof, check_proof
from jobsearch.accounts.service import admit_participant
from jobsearch.cohorts import service as cohorts
from jobsearch.cohorts.models import Enrolment
from jobsearch.cohorts.queries import find_enrolment, get_cohort, get_enrolment
from jobsearch.cohorts.rules import EnrolmentState
from jobsearch.core.access import Actor
from jobsearch.core.clock import today
from jobsearch.core.db import db
from jobsearch.core.errors import RuleBroken
from jobsearch.core.text import mark as N_
from jobsearch.hiring import mail, queries
from jobsearch.notices.rules import TextKind
from jobsearch.payroll.contracts.editions import queries as contracts
from jobsearch.payroll.contracts.editions import service as editions
from jobsearch.payroll.contracts.editions.models import Contract, ContractQuestion
from jobsearch.payroll.contracts.editions.rules import ContractState
from jobsearch.payroll.contracts.law.rules import EndingKey, TermKey
from jobsearch.payroll.contracts.questions import service as questions
from jobsearch.payroll.contracts.signing import service as signing
from jobsearch.people.models import Person
from jobsearch.people.queries import get_person
from jobsearch.recruitment.models import Candidate
from jobsearch.recruitment.queries import find_candidacy, get_candidate
from jobsearch.recruitment.rules import ExitReason, Stage
from jobsearch.recruitment.selection.offers.service import offer_free_seats
from jobsearch.recruitment.service import (
    bring_candidate_back,
    let_candidate_go,
    move_candidate,
)

SIGN_PURPOSE = "contract.sign"
_SOURCE = "contract"


def hire(actor: Actor, candidate_id: str, cohort_id: str) -> Contract:
    """A selected candidate gets a seat, a draft of her contract, and her own sign-in.

    Raises NotVisible, and RuleBroken when she is not selected, has left, the group is full or of
    another programme, or she cannot be reached.
    """
    candidate = get_candidate(candidate_id)
    if candidate.exit_reason is not None:
        raise RuleBroken(N_("The candidate has left; bring them back before moving on."))
    if candidate.stage not in (Stage.SELECTED, Stage.SIGNED):
        raise RuleBroken(N_("Only who has been selected gets a contract."))
    if get_cohort(cohort_id).programme_id != candidate.programme_id:
        raise RuleBroken(N_("Choose a group of this candidate's programme."), field="cohort_id")
    enrolment = find_enrolment(cohort_id, candidate.person_id)
    if enrolment is None or enrolment.state is EnrolmentState.WITHDREW or enrolment.left_on:
        enrolment = cohorts.enrol(actor, cohort_id, candidate.person_id)
    return prepare(actor, enrolment.id)


def prepare(actor: Actor, enrolment_id: str) -> Contract:
    """Whoever has a seat gets a draft and her own sign-in, and is asked for her details.

    Raises NotVisible, RuleBroken.
    """
    enrolment = get_enrolment(enrolment_id)
    if enrolment.state is EnrolmentState.WITHDREW or enrolment.left_on is not None:
        raise RuleBroken(N_("This person has no seat in the group."))
    person = get_person(enrolment.person_id)
    contract = editions.draft_contract(actor, enrolment_id)
    _admit(person)
    if not (person.identity_code and person.bank_account):
        mail.tell_person(
            mail.DETAILS_WANTED,
            person,
            once=f"details:{enrolment_id}",
            group=get_cohort(enrolment.cohort_id).name,
            page="hiring.my_details",
        )
    return contract


def _admit(person: Person) -> str:
    return admit_participant(
        person.id,
        name=person.full_name,
        email=person.email,
        phone=person.phone,
        language=person.language,
        organisation_id=person.organisation_id,
    )


def offer(actor: Actor, contract_id: str, version: int) -> Contract:
    """Issue a draft and tell the person that it waits for her. Raises as `offer_contract`."""
    contract = editions.offer_contract(actor, contract_id, version)
    _admit(contract.person)
    mail.tell_person(mail.CONTRACT_READY, contract.person, once=f"contract:{contract.id}")
    return contract


def sign_for_employer(actor: Actor, contract_id: str, version: int, seen: str) -> Contract:
    """The employer's signer signs. Raises as `signing.sign_for_employer`."""
    contract = signing.sign_for_employer(actor, contract_id, version, seen)
    _after_signing(actor, contract)
    return contract


def ask_for_code(actor: Actor, contract_id: str) -> str:
    """Send the person a code for exactly this version; returns the secret of her browser.

    Raises NotVisible, RuleBroken when she cannot sign it now or has asked too often.
    """
    contract = signing.check_can_sign(actor, contract_id)
    return ask_for_proof(actor.account_id, SIGN_PURPOSE, contract.id)


def sign_for_employee(
    actor: Actor, contract_id: str, seen: str, request_secret: str, code: str
) -> Contract:
    """The person signs with the code. Raises NotVisible, RuleBroken on field `code` and others.

    A try with a code is kept even when the signing is refused; nothing else of it is.
    """
    own = contracts.get_own_contract(actor, contract_id)
    proof = check_proof(request_secret, code, SIGN_PURPOSE, own.id)
    with db.session.begin_nested():
        return sign_with_proof(actor, own.id, seen, proof)


def sign_with_proof(actor: Actor, contract_id: str, seen: str, proof: ProofDone) -> Contract:
    """The person signs by a proof that was given. Raises as `signing.sign_for_employee`."""
    contract = signing.sign_for_employee(actor, contract_id, seen, proof)
    _after_signing(actor, contract)
    return contract


def _after_signing(actor: Actor, contract: Contract) -> None:
    """When both have signed she waits for her first day, as a candidate who has signed."""
    if contract.state is not ContractState.SIGNED:
        return
    day = today(actor.zone)
    enrolment = contract.enrolment
    cohorts.begin_waiting(enrolment.id, day)
    candidate = _candidacy(enrolment)
    if candidate is not None and candidate.stage is Stage.SELECTED and not candidate.exit_reason:
        move_candidate(candidate.id, Stage.SIGNED, day, source=_SOURCE)
    mail.tell_person(
        mail.CONTRACT_SIGNED,
        contract.person,
        once=f"signed:{contract.id}",
        day=contract.starts_on,
        page="desk.today",
    )


def _candidacy(enrolment: Enrolment) -> Candidate | None:
    programme_id = get_cohort(enrolment.cohort_id).programme_id
    return find_candidacy(programme_id, enrolment.person_id)


def decline(actor: Actor, contract_id: str, words: str) -> Contract:
    """The person does not sign; whoever offered is told. Raises NotVisible, RuleBroken."""
    contract = editions.decline_contract(actor, contract_id, words)
    _tell_offerer(mail.CONTRACT_DECLINED, contract, f"declined:{contract.id}")
    return contract


def ask(actor: Actor, contract_id: str, about: TermKey | None, question: str) -> ContractQuestion:
    """The person asks; whoever offered is told. Raises NotVisible, RuleBroken."""
    asked = questions.ask(actor, contract_id, about, question)
    contract = contracts.get_own_contract(actor, contract_id)
    _tell_offerer(mail.QUESTION_ASKED, contract, f"asked:{asked.id}")
    return asked


def answer(actor: Actor, question_id: str, words: str) -> ContractQuestion:
    """Staff answer; the person is told. Raises NotVisible, RuleBroken."""
    answered = questions.answer(actor, question_id, words)
    person = get_person(answered.person_id)
    mail.tell_person(mail.QUESTION_ANSWERED, person, once=f"answered:{answered.id}")
    return answered


def _tell_offerer(kind: TextKind, contract: Contract, once: str) -> None:
    to = queries.find_recipient(contract.offered_by_id, contract.organisation_id)
    mail.tell_staff(kind, to, contract.organisation_id, contract.id, once)


def end(
    actor: Actor, contract_id: str, version: int, ending: EndingKey, ended_on: date | None
) -> Contract:
    """End a contract; who was at work leaves her group with it. Raises as `end_contract`."""
    day = ended_on or today(actor.zone)
    contract = contracts.get_contract(contract_id)
    was_at_work = contract.state is ContractState.SIGNED and contract.starts_on <= day
    contract = editions.end_contract(actor, contract_id, version, ending, day)
    if was_at_work and contract.enrolment.left_on is None:
        cohorts.leave(contract.enrolment_id, day)
    return contract


def leave_before_start(actor: Actor, enrolment_id: str, reason: ExitReason) -> Enrolment:
    """Who does not begin: her contract ends, her seat goes to the next, her candidacy has a reason.

    All of it or nothing. Raises NotVisible, and RuleBroken when she has begun or has no seat.
    """
    enrolment = get_enrolment(enrolment_id)
    if enrolment.state is EnrolmentState.STARTED:
        raise RuleBroken(N_("This person has begun: note what she found among the outcomes."))
    day = today(actor.zone)
    ways = (
        (contracts.find_open(enrolment_id), EndingKey.NOT_CONCLUDED),
        (contracts.find_in_force(enrolment_id), EndingKey.AGREED_BEFORE_START),
    )
    for contract, ending in ways:
        if contract is not None:
            editions.end_contract(actor, contract.id, None, ending, day)
    cohorts.leave(enrolment_id, day)
    candidate = _candidacy(enrolment)
    if candidate is not None and candidate.exit_reason is None:
        let_candidate_go(candidate.id, reason, day, source=_SOURCE)
    offer_free_seats(enrolment.cohort_id)
    return enrolment


def come_back(actor: Actor, candidate_id: str, cohort_id: str) -> Contract:
    """Who had left before the start is back: with her history, a seat and a new draft.

    Raises NotVisible, RuleBroken.
    """
    candidate = get_candidate(candidate_id)
    if candidate.stage not in (Stage.SELECTED, Stage.SIGNED):
        raise RuleBroken(N_("Only who has been selected gets a contract."))
    bring_candidate_back(candidate_id, source=_SOURCE)
    return hire(actor, candidate_id, cohort_id)
