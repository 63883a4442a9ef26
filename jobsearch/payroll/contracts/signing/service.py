"""Use cases of signing: the employer's signer, the person by a code, and what then is in force."""

from jobsearch.accounts.proofs.rules import ProofDone
from jobsearch.core import files
from jobsearch.core.access import Actor
from jobsearch.core.clock import now, today
from jobsearch.core.db import db
from jobsearch.core.errors import Conflict, NotVisible, RuleBroken
from jobsearch.core.text import mark as N_
from jobsearch.payroll.contracts.editions import queries
from jobsearch.payroll.contracts.editions.document import load_document
from jobsearch.payroll.contracts.editions.models import Contract, Signature
from jobsearch.payroll.contracts.editions.paper import record_of
from jobsearch.payroll.contracts.editions.pdf import record_pdf
from jobsearch.payroll.contracts.editions.rules import (
    Act,
    ContractState,
    Method,
    Side,
    check_signing,
    next_state,
)
from jobsearch.payroll.contracts.law.imports import shipped_law
from jobsearch.payroll.contracts.queries import began_on
from jobsearch.payroll.contracts.rules import check_first_day
from jobsearch.payroll.contracts.service import employ

_CHANGED = N_("What you looked at has changed. Look at it again before you sign.")


def sign_for_employer(actor: Actor, contract_id: str, version: int, seen: str) -> Contract:
    """The employer's signer signs the bytes whose digest she saw; her sign-in is fresh.

    Of two signers at once one signs, the other is told. Raises NotVisible, RuleBroken when there is
    nothing to sign or the paper is another; Conflict when it has changed since `version` was read.
    """
    contract = queries.lock_contract(contract_id)
    _check_seen(contract, seen)
    _check_signing(actor, contract, Side.EMPLOYER)
    if contract.version != version and not contract.signatures:
        raise Conflict  # not only signed by the other side meanwhile
    return _sign(actor, contract, Side.EMPLOYER, actor.name, Method.SIGN_IN, "")


def sign_for_employee(actor: Actor, contract_id: str, seen: str, proof: ProofDone) -> Contract:
    """The person signs the bytes whose digest she saw, by a code sent to her own phone or e-mail.

    Raises NotVisible, and RuleBroken when there is nothing to sign, the paper is another, or the
    proof is somebody else's.
    """
    queries.get_own_contract(actor, contract_id)
    if proof.account_id != actor.account_id:
        raise RuleBroken(N_("The code was sent to another account."), field="code")
    contract = queries.lock_contract(contract_id)
    _check_seen(contract, seen)
    _check_signing(actor, contract, Side.EMPLOYEE)
    name = contract.person.full_name
    return _sign(actor, contract, Side.EMPLOYEE, name, Method.CODE, proof.sent_to_masked)


def check_can_sign(actor: Actor, contract_id: str) -> Contract:
    """Whether the person can sign this version now, before a code is sent to her.

    Raises NotVisible, RuleBroken.
    """
    contract = queries.get_own_contract(actor, contract_id)
    _check_signing(actor, contract, Side.EMPLOYEE)
    return contract


def _check_signing(actor: Actor, contract: Contract, side: Side) -> None:
    signed, day = {one.side for one in contract.signatures}, today(actor.zone)
    begun = began_on(contract.enrolment_id, day)
    check_first_day(contract.starts_on, begun)
    check_signing(contract.state, signed, side, contract.starts_on, begun or day)


def _check_seen(contract: Contract, seen: str) -> None:
    if contract.state is ContractState.REPLACED:
        raise Conflict  # somebody changes the terms at this moment
    if contract.sha256 is None or contract.sha256 != seen:
        raise RuleBroken(_CHANGED)
    file = files.get(contract.file_id or "")
    if file.sha256 != contract.sha256:
        raise NotVisible


def _sign(
    actor: Actor, contract: Contract, side: Side, name: str, method: Method, sent_to: str
) -> Contract:
    at = now()
    contract.signatures.append(
        Signature(
            organisation_id=contract.organisation_id,
            person_id=contract.person_id,
            side=side,
            account_id=actor.account_id,
            name=name,
            method=method,
            sent_to=sent_to,
            sha256=contract.sha256 or "",
            signed_at=at,
        )
    )
    after = next_state(contract.state, Act.SIGN)
    if after is ContractState.SIGNED:
        _put_in_force(actor, contract)
    contract.state = after
    db.session.flush()
    return contract


def _put_in_force(actor: Actor, contract: Contract) -> None:
    """Both have signed: the earlier version is replaced, the record is issued, pay has its ground.

    The earlier one leaves first: at most one version of an enrolment is in force.
    """
    earlier = queries.find_in_force(contract.enrolment_id)
    if earlier is not None:
        earlier.state = next_state(earlier.state, Act.REPLACE)
    contract.signed_at = now()
    document = load_document(contract.content or "")
    record = record_of(contract, document, contract.signatures, actor.zone)
    contract.record_file_id = files.put(record_pdf(record), "application/pdf").id
    db.session.flush()
    ground = shipped_law().ground_on(contract.ground, contract.starts_on)
    said = f"{ground.text.say(contract.language)} {contract.ground_reason}".strip()
    employ(
        contract.enrolment_id,
        contract.term,
        hourly=contract.hourly,
        allowance=contract.allowance,
        outcome_bonus=contract.outcome_bonus,
        agreed_minutes=contract.agreed_minutes,
        agreement=contract.agreement,
        ground=said,
    )
