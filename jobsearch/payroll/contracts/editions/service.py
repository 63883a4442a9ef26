"""Use cases of a contract before it is signed: draft, edit, offer, change, decline, end, ask."""

from datetime import date

from jobsearch.core import files
from jobsearch.core.access import Actor
from jobsearch.core.clock import now, today
from jobsearch.core.db import db
from jobsearch.core.errors import Conflict, RuleBroken
from jobsearch.core.periods import Span
from jobsearch.core.text import mark as N_
from jobsearch.core.tokens import new_key
from jobsearch.payroll.contracts.editions import queries
from jobsearch.payroll.contracts.editions.models import Contract
from jobsearch.payroll.contracts.editions.paper import Sheet, write_out
from jobsearch.payroll.contracts.editions.pdf import contract_pdf
from jobsearch.payroll.contracts.editions.rules import (
    TO_SIGN,
    Act,
    ContractState,
    ContractTerms,
    Standing,
    check_declining,
    check_draft,
    check_ending,
    check_offer,
    next_state,
)
from jobsearch.payroll.contracts.law.imports import shipped_law
from jobsearch.payroll.contracts.law.rules import EndingKey, GroundKey, check_earlier
from jobsearch.payroll.contracts.queries import began_on
from jobsearch.payroll.contracts.rules import born_on, check_first_day
from jobsearch.payroll.contracts.service import end_employment
from jobsearch.payroll.contracts.settings.queries import find_settings
from jobsearch.payroll.contracts.settings.rules import ContractSettings
from jobsearch.rates.queries import load_rate_table
from jobsearch.rates.rules import RateKey

_MOST_WORDS = 2_000


def draft_contract(actor: Actor, enrolment_id: str) -> Contract:
    """A first draft with the programme's pay terms for the days of the group that are left.

    Raises NotVisible, and RuleBroken when there is a version on its way or in force, no day left,
    or no pay terms.
    """
    place = queries.get_place(enrolment_id)
    if queries.find_open(enrolment_id) or queries.find_in_force(enrolment_id):
        raise RuleBroken(N_("There is a contract for this group already."))
    left = [day.on for day in place.days if day.on >= today(actor.zone)]
    if not left:
        raise RuleBroken(N_("The group has no working day left, so there is no contract."))
    settings = find_settings(left[0])
    term = Span(left[0], left[-1])
    law = shipped_law()
    terms = ContractTerms(
        term=term,
        hourly=place.pay_terms.hourly_wage,
        allowance=place.pay_terms.allowance,
        outcome_bonus=place.pay_terms.outcome_bonus,
        agreed_minutes=sum(day.minutes for day in place.days_within(term)),
        agreement=place.pay_terms.agreement,
        ground=GroundKey.LONG_TERM_UNEMPLOYED,
        ground_reason="",
        trial_days=min(settings.trial_days if settings else 0, law.longest_trial(term)),
        place=place.cohort.place,
        tasks=settings.tasks if settings else "",
        language=place.person.language,
    )
    return _add(actor, place, terms, "", _next_edition(enrolment_id))


def _next_edition(enrolment_id: str) -> tuple[str, int]:
    """Number and edition of the next version: the number stays, the edition goes up."""
    before = queries.list_editions(enrolment_id)
    if before:
        return before[0].number, before[0].edition + 1
    return f"TS-{today().year}-{new_key()[:6].upper()}", 1


def _add(
    actor: Actor,
    place: queries.Place,
    terms: ContractTerms,
    reason: str,
    numbered: tuple[str, int],
) -> Contract:
    number, edition = numbered
    contract = Contract(
        organisation_id=actor.organisation_id,
        person_id=place.person.id,
        enrolment_id=place.enrolment_id,
        number=number,
        edition=edition,
        made_by_id=actor.account_id,
        made_at=now(),
        signatures=[],
        questions=[],
    )
    _write(contract, terms, reason)
    db.session.add(contract)
    db.session.flush()
    return contract


def _write(contract: Contract, terms: ContractTerms, reason: str) -> None:
    contract.starts_on = terms.term.first
    contract.ends_on = terms.term.last or terms.term.first
    contract.hourly, contract.allowance = terms.hourly, terms.allowance
    contract.outcome_bonus = terms.outcome_bonus
    contract.agreed_minutes, contract.agreement = terms.agreed_minutes, terms.agreement.strip()
    contract.ground, contract.ground_reason = terms.ground, terms.ground_reason.strip()
    contract.trial_days = terms.trial_days
    contract.place, contract.tasks = terms.place.strip(), terms.tasks.strip()
    contract.language, contract.reason = terms.language, reason.strip()


def _load(contract_id: str, version: int) -> Contract:
    contract = queries.lock_contract(contract_id)
    if contract.version != version:
        raise Conflict
    return contract


def edit_contract(contract_id: str, version: int, terms: ContractTerms, reason: str) -> Contract:
    """Adjust a draft for this person; the reason stays with it, and the trail keeps old values.

    The agreed hours are those of the group's days in the term. Raises NotVisible, RuleBroken, and
    Conflict when somebody else has changed it since `version` was read.
    """
    contract = _load(contract_id, version)
    next_state(contract.state, Act.EDIT)
    place = queries.get_place(contract.enrolment_id)
    terms = _with_hours(place, terms)
    check_draft(terms, place.usual, reason, shipped_law())
    _write(contract, terms, reason)
    db.session.flush()
    return contract


def _with_hours(place: queries.Place, terms: ContractTerms) -> ContractTerms:
    minutes = sum(day.minutes for day in place.days_within(terms.term))
    values = {name: getattr(terms, name) for name in ContractTerms.__slots__}
    return ContractTerms(**values | {"agreed_minutes": minutes})


def offer_contract(actor: Actor, contract_id: str, version: int) -> Contract:
    """Issue a draft: its paper is drawn once and stored; both sides sign exactly these bytes.

    Raises RuleBroken when a term is missing or not allowed, the first day is in the past, the
    identity code or the employer's settings are missing; Conflict as `edit_contract`.
    """
    contract = _load(contract_id, version)
    after = next_state(contract.state, Act.OFFER)
    sheet = sheet_of(contract, today(actor.zone))
    document = write_out(sheet)
    file = files.put(contract_pdf(document), "application/pdf")
    contract.file_id, contract.sha256 = file.id, file.sha256
    contract.content = document.dump()
    contract.state = after
    contract.offered_by_id, contract.offered_at = actor.account_id, now()
    db.session.flush()
    return contract


def sheet_of(contract: Contract, day: date) -> Sheet:
    """What a draft is written out from, checked. Raises RuleBroken with what is not right."""
    place = queries.get_place(contract.enrolment_id)
    terms, law = _with_hours(place, contract.terms), shipped_law()
    code = place.person.identity_code
    begun = began_on(contract.enrolment_id, day)
    check_first_day(terms.term.first, begun)
    check_offer(terms.term.first, begun or day, has_identity=bool(code))
    check_draft(terms, place.usual, contract.reason, law)
    ground = law.ground_on(terms.ground, terms.term.first)
    earlier = queries.earlier_terms(contract.person_id, terms.ground, contract.enrolment_id)
    check_earlier(ground, terms.term, earlier)
    contract.agreed_minutes = terms.agreed_minutes
    return Sheet(
        number=contract.number,
        edition=contract.edition,
        terms=terms,
        settings=_settings(terms.term.first),
        ground=ground,
        employer=place.organisation.name,
        business_id=_business_id(place),
        employee=place.person.full_name,
        born_on=born_on(code or ""),
        days=place.days_within(terms.term),
        holiday=load_rate_table().percent(RateKey.HOLIDAY_COMP_UNDER_1Y, terms.term.first),
        dated=day,
        is_demo=place.organisation.demo_since is not None,
    )


def _settings(day: date) -> ContractSettings:
    settings = find_settings(day)
    if settings is None:
        raise RuleBroken(
            N_(
                "The employer's address and insurers are not known for %(day)s. Enter them in the"
                " settings of contracts first."
            ),
            day=day,
        )
    return settings


def _business_id(place: queries.Place) -> str:
    if not place.organisation.business_id:
        raise RuleBroken(N_("The employer's business ID is missing from its settings."))
    return place.organisation.business_id


def change_contract(actor: Actor, contract_id: str, version: int) -> Contract:
    """A new version to edit, offer and sign; the terms are those of the old one.

    An offer that is not signed by both is taken back with it; a signed version stays in force until
    both have signed the new one. Raises RuleBroken when a newer version is on its way; Conflict.
    """
    contract = _load(contract_id, version)
    if contract.state is ContractState.DRAFT:
        raise RuleBroken(N_("This version is a draft: change it as it is."))
    if contract.state in TO_SIGN:
        contract.state = next_state(contract.state, Act.REPLACE)
        db.session.flush()
    if queries.find_open(contract.enrolment_id) is not None:
        raise RuleBroken(N_("A newer version is on its way already."))
    in_force = queries.find_in_force(contract.enrolment_id)
    if in_force is not None and in_force.id != contract.id:
        raise RuleBroken(N_("Another version is in force: change that one."))
    place = queries.get_place(contract.enrolment_id)
    return _add(actor, place, contract.terms, contract.reason, _next_edition(place.enrolment_id))


def decline_contract(actor: Actor, contract_id: str, words: str = "") -> Contract:
    """The person does not sign; her words, if any, go to staff. Raises NotVisible, RuleBroken."""
    queries.get_own_contract(actor, contract_id)
    contract = queries.lock_contract(contract_id)
    contract.state = check_declining(contract.state, {one.side for one in contract.signatures})
    contract.declined_at = now()
    contract.declined_words = words.strip()[:_MOST_WORDS] or None
    db.session.flush()
    return contract


def end_contract(
    actor: Actor, contract_id: str, version: int | None, ending: EndingKey, ended_on: date
) -> Contract:
    """End a version on a ground of the list; what pay rests on ends with it.

    Before the first day nobody was employed, so no employment stays; later it ends on `ended_on`.
    Raises RuleBroken when the ending is not possible now; Conflict.
    """
    contract = queries.lock_contract(contract_id)
    if version is not None and contract.version != version:
        raise Conflict
    day = today(actor.zone)
    found = next((one for one in shipped_law().endings_on(day) if one.key is ending), None)
    if found is None:
        raise RuleBroken(N_("Choose how the contract ends."), field="ending")
    at = Standing(contract.state, contract.term, contract.trial_days)
    check_ending(at, found, ended_on, day)
    was_in_force = contract.state is ContractState.SIGNED
    contract.state = next_state(contract.state, Act.END)
    contract.ending, contract.ended_on = ending, ended_on
    contract.ended_by_id = actor.account_id
    db.session.flush()
    if was_in_force:
        end_employment(contract.enrolment_id, ended_on)
    return contract
