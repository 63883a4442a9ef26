"""The contracts of the demo: signed ones of the group that runs, each step in the next."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta

from jobsearch.accounts.proofs.rules import ProofDone
from jobsearch.accounts.queries import find_membership_of_person
from jobsearch.accounts.service import admit_participant
from jobsearch.cohorts.models import Cohort, Enrolment
from jobsearch.core import files
from jobsearch.core.access import Actor, Role
from jobsearch.core.clock import now
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible, RuleBroken
from jobsearch.core.money import Money, Rate
from jobsearch.core.tokens import new_key
from jobsearch.demo.groups import Office
from jobsearch.hiring import service as hiring
from jobsearch.hiring.checklist.models import Orientation
from jobsearch.payroll.contracts.editions.models import Contract, Signature
from jobsearch.payroll.contracts.editions.paper import record_of, write_out
from jobsearch.payroll.contracts.editions.pdf import contract_pdf, record_pdf
from jobsearch.payroll.contracts.editions.rules import ContractState, Method, Side
from jobsearch.payroll.contracts.editions.service import sheet_of
from jobsearch.payroll.contracts.law.rules import GroundKey
from jobsearch.payroll.contracts.models import Employment
from jobsearch.payroll.contracts.queries import find_employment_of
from jobsearch.payroll.contracts.rules import TaxCardKind, TaxCardTerms
from jobsearch.payroll.contracts.service import record_tax_card
from jobsearch.payroll.contracts.settings.rules import ContractSettings
from jobsearch.payroll.contracts.settings.service import save_settings
from jobsearch.people.models import Person
from jobsearch.people.queries import get_person

SETTINGS = ContractSettings(
    valid_from=date(2021, 1, 1),
    address="Valtakatu 1, 28100 Pori",
    pension_insurer="Esimerkki-Eläke",
    accident_insurer="Esimerkki-Vahinko",
    accident_policy="000-0000000-A",
    pay_days=12,
    trial_days=9,
)
_SIGNED_BEFORE = timedelta(days=6)
_QUESTION = "Saanko sanoa sopimuksen irti, jos löydän muuta työtä?"


def keep_settings(manager: Actor) -> None:
    """The demo employer's address and insurers, all of them made up."""
    save_settings(manager, SETTINGS)


def sign_those_at_work(office: Office, enrolments: Iterable[Enrolment]) -> None:
    """Contracts of a group that runs: issued and signed by both a week before its first day.

    Written as they are, not by the use cases, which refuse what begins in the past.
    """
    for enrolment in enrolments:
        employment = find_employment_of(enrolment.id)
        if employment is not None:
            _sign_of_old(office, employment)
            _introduce(office, enrolment, employment.starts_on)
    db.session.flush()


def _sign_of_old(office: Office, employment: Employment) -> None:
    day = employment.starts_on - _SIGNED_BEFORE
    at = datetime.combine(day, time(8, 12), UTC)
    person = get_person(employment.person_id)
    contract = _draft_of(office, employment, person, at)
    db.session.add(contract)
    db.session.flush()
    try:
        document = write_out(sheet_of(contract, day))
    except RuleBroken:
        db.session.delete(contract)  # a rate of the day is missing
        return
    file = files.put(contract_pdf(document), "application/pdf")
    contract.file_id, contract.sha256 = file.id, file.sha256
    contract.content, contract.offered_at = document.dump(), at
    contract.offered_by_id = office.manager.account_id
    contract.signed_at = at + timedelta(hours=3)
    contract.signatures.extend(_signatures(office, contract, person, at))
    record = record_of(contract, document, contract.signatures, office.manager.zone)
    contract.record_file_id = files.put(record_pdf(record), "application/pdf").id
    contract.state = ContractState.SIGNED


def _draft_of(office: Office, employment: Employment, person: Person, at: datetime) -> Contract:
    return Contract(
        person_id=person.id,
        enrolment_id=employment.enrolment_id,
        number=f"TS-{at.year}-{new_key()[:6].upper()}",
        edition=1,
        starts_on=employment.starts_on,
        ends_on=employment.ends_on,
        hourly=employment.hourly,
        allowance=employment.allowance,
        outcome_bonus=employment.outcome_bonus,
        agreed_minutes=employment.agreed_minutes,
        agreement=employment.agreement,
        ground=GroundKey.LONG_TERM_UNEMPLOYED,
        trial_days=SETTINGS.trial_days,
        place="Pori",
        language=person.language,
        made_by_id=office.manager.account_id,
        made_at=at,
        ground_reason="",
        tasks="",
        reason="",
        signatures=[],
    )


def _signatures(
    office: Office, contract: Contract, person: Person, at: datetime
) -> list[Signature]:
    manager, own = office.manager, {"person_id": person.id, "sha256": contract.sha256}
    return [
        Signature(
            side=Side.EMPLOYER,
            account_id=manager.account_id,
            name=manager.name,
            method=Method.SIGN_IN,
            signed_at=at + timedelta(minutes=20),
            **own,
        ),
        Signature(
            side=Side.EMPLOYEE,
            account_id=_admitted(person),
            name=person.full_name,
            method=Method.CODE,
            sent_to=_masked(person),
            signed_at=at + timedelta(hours=3),
            **own,
        ),
    ]


def _masked(person: Person) -> str:
    return f"{(person.phone or '')[:4]} ••• {(person.phone or '')[-3:]}"


def _admitted(person: Person) -> str:
    return admit_participant(
        person.id,
        name=person.full_name,
        email=person.email,
        phone=person.phone,
        language=person.language,
        organisation_id=person.organisation_id,
    )


def _introduce(office: Office, enrolment: Enrolment, on: date) -> None:
    db.session.add(
        Orientation(
            enrolment_id=enrolment.id,
            person_id=enrolment.person_id,
            done_on=on,
            marked_by_id=office.coach.account_id,
            marked_at=datetime.combine(on, time(7, 30), UTC),
        )
    )


def hire_the_next(
    office: Office, clerk: Actor, cohort: Cohort, candidates: Mapping[str, str]
) -> None:
    """People of the group that is being filled, one at each step; `candidates` by given name.

    Helmi is ready, Onni's tax card is missing, Emilia has signed and waits for the employer, Saana
    has an offer and a question, Veikko a draft. Where a rate of the day is missing all have drafts.
    """
    drafts = {
        name: hiring.hire(clerk, candidates[name], cohort.id)
        for name in ("Helmi", "Onni", "Emilia", "Saana", "Veikko")
    }
    try:
        for name in ("Helmi", "Onni", "Emilia", "Saana"):
            hiring.offer(clerk, drafts[name].id, drafts[name].version)
    except RuleBroken:
        return
    for name in ("Helmi", "Onni", "Emilia"):
        _sign_as_person(drafts[name])
    for name in ("Helmi", "Onni"):
        contract = drafts[name]
        seen = contract.sha256 or ""
        hiring.sign_for_employer(office.manager, contract.id, contract.version, seen)
    card = TaxCardTerms(
        TaxCardKind.WAGE,
        Rate.of("12.50"),
        Rate.of("34.00"),
        Money.of("21000"),
        date(cohort.starts_on.year, 1, 1),
    )
    for name in ("Helmi", "Emilia", "Saana"):
        record_tax_card(drafts[name].person_id, card, now().date())
    hiring.ask(_participant(drafts["Saana"].person_id), drafts["Saana"].id, None, _QUESTION)


def _sign_as_person(contract: Contract) -> None:
    actor = _participant(contract.person_id)
    proof = ProofDone(actor.account_id, _masked(contract.person), now())
    hiring.sign_with_proof(actor, contract.id, contract.sha256 or "", proof)


def _participant(person_id: str) -> Actor:
    member = find_membership_of_person(person_id)
    if member is None:
        raise NotVisible
    person = get_person(person_id)
    return Actor(
        account_id=member.account_id,
        membership_id=member.id,
        name=person.full_name,
        role=Role.PARTICIPANT,
        organisation_id=member.organisation_id,
        organisation_ids=frozenset({member.organisation_id}),
        person_id=person_id,
        language=person.language,
    )
