"""What a contract that waits to be signed would pay, by its person's own tax card; an estimate."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from jobsearch.cohorts.calendar import holidays_of
from jobsearch.core.access import Actor
from jobsearch.core.errors import RuleBroken
from jobsearch.core.money import wage
from jobsearch.core.periods import ONE_DAY, next_banking_day
from jobsearch.payroll.contracts.details.queries import list_tax_cards
from jobsearch.payroll.contracts.editions.models import Contract
from jobsearch.payroll.contracts.editions.queries import get_own_contract
from jobsearch.payroll.contracts.models import TaxCard
from jobsearch.payroll.contracts.rules import born_on, card_on
from jobsearch.payroll.pay.calculation import PayFacts, compute_payslip
from jobsearch.payroll.pay.lines import PayslipFigures
from jobsearch.people.queries import get_person
from jobsearch.rates.queries import find_employer_setting, load_rate_table
from jobsearch.rates.rules import RateTable
from jobsearch.recruitment.expectations.rules import BenefitEstimate, Pay, estimate


@dataclass(frozen=True, slots=True)
class WorthPage:
    """A contract's pay if all of it is paid on one day.

    `figures` is None while her identity code, the employer's figures or a rate is missing, and
    `benefit` where a figure of the day is not known.
    """

    contract: Contract
    pays_on: date
    pay: Pay
    figures: PayslipFigures | None
    has_card: bool
    benefit: BenefitEstimate | None


def show_worth(actor: Actor, contract_id: str) -> WorthPage:
    """What one of her own contracts would pay her. Raises NotVisible."""
    contract = get_own_contract(actor, contract_id)
    last = contract.ends_on
    closed = {**holidays_of(last.year), **holidays_of(last.year + 1)}
    pays_on = next_banking_day(last + ONE_DAY, closed)
    minutes = contract.agreed_minutes
    pay = Pay(
        contract.hourly,
        minutes,
        wage(minutes, contract.hourly),
        contract.allowance,
        contract.outcome_bonus,
    )
    table = load_rate_table()
    cards = list_tax_cards(contract.person_id)
    return WorthPage(
        contract=contract,
        pays_on=pays_on,
        pay=pay,
        figures=_figures(contract, pays_on, cards, table),
        has_card=bool(cards),
        benefit=estimate(pay, table, pays_on),
    )


def _figures(
    contract: Contract, pays_on: date, cards: Sequence[TaxCard], table: RateTable
) -> PayslipFigures | None:
    code = get_person(contract.person_id).identity_code
    setting = find_employer_setting(contract.organisation_id, pays_on.year)
    if code is None or setting is None:
        return None
    # the cards come newest first; the rule wants them as they came
    terms = [card.as_terms() for card in reversed(cards)]
    facts = PayFacts(
        pays_on=pays_on,
        born_on=born_on(code),
        paid_minutes=contract.agreed_minutes,
        hourly=contract.hourly,
        allowance=contract.allowance,
        card=card_on(terms, pays_on),
    )
    try:
        return compute_payslip(facts, setting.as_settings(), table)
    except RuleBroken:
        return None
