"""One contract of one person of the cast, written straight into the tables, for any date."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from jobsearch.cohorts.models import Enrolment
from jobsearch.cohorts.queries import get_enrolment
from jobsearch.core import files
from jobsearch.core.db import db
from jobsearch.core.money import Money, Rate
from jobsearch.core.periods import Span
from jobsearch.payroll.contracts.details.models import AccountChange
from jobsearch.payroll.contracts.editions.models import Contract, ContractQuestion
from jobsearch.payroll.contracts.editions.paper import PlannedDay, Sheet, write_out
from jobsearch.payroll.contracts.editions.pdf import contract_pdf
from jobsearch.payroll.contracts.editions.rules import ContractState, ContractTerms
from jobsearch.payroll.contracts.law.imports import shipped_law
from jobsearch.payroll.contracts.law.rules import GroundKey
from jobsearch.payroll.contracts.settings.rules import ContractSettings
from tests.world import DAY_MINUTES, FIRST_DAY, NOW, Member, Side, World

SETTINGS = ContractSettings(
    valid_from=date(2026, 1, 1),
    address="Valtakatu 1, 28100 Pori",
    pension_insurer="Elo",
    accident_insurer="LähiTapiola",
    accident_policy="123-4567890-A",
    pay_days=12,
    trial_days=9,
)


def terms_of(first: date, last: date, language: str = "en", **changes: object) -> ContractTerms:
    """The programme's terms for a term."""
    values: dict[str, object] = {
        "term": Span(first, last),
        "hourly": Money.of("11.50"),
        "allowance": Money.of("20.00"),
        "outcome_bonus": Money.of("150.00"),
        "agreed_minutes": 2880,
        "agreement": "Collective agreement of the field",
        "ground": GroundKey.LONG_TERM_UNEMPLOYED,
        "ground_reason": "",
        "trial_days": 9,
        "place": "Pori",
        "tasks": "",
        "language": language,
    }
    return ContractTerms(**values | changes)  # type: ignore[arg-type]


def sheet_of(terms: ContractTerms, employee: str = "Pia Pihlaja", edition: int = 1) -> Sheet:
    """What a contract of the twelve days is written out from."""
    first = terms.term.first
    days = tuple(
        PlannedDay(first + timedelta(days=7 * (n // 4) + n % 4), 540, minutes)
        for n, minutes in enumerate(DAY_MINUTES)
    )
    return Sheet(
        number="TS-2026-TEST12",
        edition=edition,
        terms=terms,
        settings=SETTINGS,
        ground=shipped_law().ground_on(terms.ground, first),
        employer="Provider A",
        business_id="1234567-1",
        employee=employee,
        born_on=date(1991, 5, 15),
        days=days,
        holiday=Rate.of("9"),
        dated=NOW.date(),
        is_demo=False,
    )


def contract_of_pia(
    world: World, first: date, last: date, state: ContractState = ContractState.OFFERED
) -> Contract:
    """Pia's contract, offered; needs a unit of work of provider A."""
    enrolment = get_enrolment(world.a.enrolment_ids["pia"])
    terms = terms_of(first, last)
    document = write_out(sheet_of(terms))
    file = files.put(contract_pdf(document), "application/pdf")
    values = {name: getattr(terms, name) for name in ContractTerms.__slots__ if name != "term"}
    contract = Contract(
        organisation_id=enrolment.organisation_id,
        person_id=enrolment.person_id,
        enrolment_id=enrolment.id,
        number=document.number,
        edition=1,
        state=state,
        starts_on=first,
        ends_on=last,
        made_by_id=world.paula.account_id,
        made_at=NOW,
        offered_by_id=world.paula.account_id,
        offered_at=NOW,
        file_id=file.id,
        sha256=file.sha256,
        content=document.dump(),
        **values,
    )
    db.session.add(contract)
    db.session.flush()
    return contract


def sign_seats(side: Side, maker: Member, names: Iterable[str], on: date = FIRST_DAY) -> None:
    """Both have signed for these seats; needs a unit of work of their provider."""
    for who in names:
        sign_seat(get_enrolment(side.enrolment_ids[who]), maker, on)


def sign_seat(enrolment: Enrolment, maker: Member, on: date) -> Contract:
    """A contract that both have signed, its paper left blank, and she waits from that day on."""
    at = datetime.combine(on, time(6), UTC)
    file = files.put(b"%PDF-1.7", "application/pdf")
    terms = terms_of(on, on + timedelta(days=17))
    values = {name: getattr(terms, name) for name in ContractTerms.__slots__ if name != "term"}
    contract = Contract(
        organisation_id=enrolment.organisation_id,
        person_id=enrolment.person_id,
        enrolment_id=enrolment.id,
        number=f"TS-{enrolment.id[:12]}",
        edition=1,
        state=ContractState.SIGNED,
        starts_on=terms.term.first,
        ends_on=terms.term.last,
        made_by_id=maker.account_id,
        made_at=at,
        offered_by_id=maker.account_id,
        offered_at=at,
        signed_at=at,
        file_id=file.id,
        sha256=file.sha256,
        content="{}",
        **values,
    )
    db.session.add(contract)
    enrolment.waiting_from = on
    db.session.flush()
    return contract


def furnish_contract(world: World, words: str) -> dict[str, str]:
    """Pia's contract with a question, and an account that she has asked to change to."""
    contract = contract_of_pia(world, date(2026, 11, 16), date(2026, 12, 3))
    own = {"organisation_id": contract.organisation_id, "person_id": contract.person_id}
    question = ContractQuestion(
        contract_id=contract.id, question=f"{words} What if I am ill?", asked_at=NOW, **own
    )
    change = AccountChange(bank_account="FI2112345600000785", asked_at=NOW, **own)
    db.session.add_all([question, change])
    db.session.flush()
    return {"contract_id": contract.id, "question_id": question.id, "change_id": change.id}
