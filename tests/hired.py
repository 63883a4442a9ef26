"""A candidate of provider A who has been selected for a group that begins in two weeks."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from jobsearch.accounts.models import Account, Membership
from jobsearch.accounts.proofs.rules import ProofDone
from jobsearch.cohorts.models import Enrolment, EnrolmentState
from jobsearch.core.access import Actor, Role
from jobsearch.core.db import db
from jobsearch.hiring import service as hiring
from jobsearch.payroll.contracts.editions.models import Contract
from jobsearch.payroll.contracts.settings.rules import ContractSettings
from jobsearch.payroll.contracts.settings.service import save_settings
from jobsearch.people.service import keep_identity_code
from jobsearch.programmes.models import Programme
from jobsearch.rates.service import load_shipped_rates
from jobsearch.recruitment.models import Candidate
from jobsearch.recruitment.rules import Stage
from tests.world import NOW, TODAY, World, make_cohort, make_person

STARTS = date(2026, 12, 7)
ENDS = date(2026, 12, 24)
CODE = "010594Y9032"
SETTINGS = ContractSettings(
    valid_from=date(2026, 1, 1),
    address="Valtakatu 1, 28100 Pori",
    pension_insurer="Elo",
    accident_insurer="LähiTapiola",
    accident_policy="123-4567890-A",
    pay_days=12,
    trial_days=9,
)


@dataclass(frozen=True)
class Hired:
    """Helmi, selected for Group 9, without a seat and without a contract yet."""

    person_id: str
    candidate_id: str
    cohort_id: str


def selected(world: World, *, with_code: bool = True, with_settings: bool = True) -> Hired:
    """Make Helmi and her group; needs a unit of work of provider A."""
    load_shipped_rates()
    own = {"organisation_id": world.a.organisation_id}
    programme = db.session.scalars(
        select(Programme).where(Programme.id == world.a.programme_id)
    ).one()
    cohort = make_cohort(programme, "Group 9", STARTS, world.stig.account_id)
    person = make_person(world.a.organisation_id, "Helmi", "Saarinen", "+358400000777")
    candidate = Candidate(
        programme_id=programme.id,
        person_id=person.id,
        stage=Stage.SELECTED,
        referred_on=TODAY,
        selected_on=TODAY,
        **own,
    )
    db.session.add(candidate)
    db.session.flush()
    if with_code:
        keep_identity_code(person.id, CODE)
    if with_settings:
        save_settings(world.aino.actor, SETTINGS)
    return Hired(person.id, candidate.id, cohort.id)


def drafted(world: World, hired: Hired) -> Contract:
    """Her draft, made by the clerk."""
    return hiring.hire(world.paula.actor, hired.candidate_id, hired.cohort_id)


def offered(world: World, hired: Hired) -> Contract:
    """Her contract, offered to her."""
    contract = drafted(world, hired)
    return hiring.offer(world.paula.actor, contract.id, contract.version)


def helmi(hired: Hired) -> Actor:
    """Helmi, signed in."""
    member = db.session.scalars(
        select(Membership).where(Membership.person_id == hired.person_id)
    ).one()
    account = db.session.get_one(Account, member.account_id)
    return Actor(
        account_id=account.id,
        membership_id=member.id,
        name=account.name,
        role=Role.PARTICIPANT,
        organisation_id=member.organisation_id,
        organisation_ids=frozenset({member.organisation_id}),
        person_id=hired.person_id,
        language="en",
    )


def proof_of(actor: Actor) -> ProofDone:
    """As if she had typed the code that came to her phone."""
    return ProofDone(actor.account_id, "+358 ••• 777", NOW)


def signed(world: World, hired: Hired) -> Contract:
    """Her contract, signed by both."""
    contract = offered(world, hired)
    contract = hiring.sign_for_employer(
        world.aino.actor, contract.id, contract.version, contract.sha256 or ""
    )
    actor = helmi(hired)
    return hiring.sign_with_proof(actor, contract.id, contract.sha256 or "", proof_of(actor))


def seat(world: World, cohort_id: str, person_id: str) -> Enrolment:
    """A seat in a group that has not begun."""
    enrolment = Enrolment(
        organisation_id=world.a.organisation_id,
        cohort_id=cohort_id,
        person_id=person_id,
        state=EnrolmentState.PLACED,
    )
    db.session.add(enrolment)
    db.session.flush()
    return enrolment
