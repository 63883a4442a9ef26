"""What a participant still gives or signs before her first day."""

from collections.abc import Sequence
from dataclasses import dataclass

from jobsearch.core.access import Actor
from jobsearch.core.text import mark as N_
from jobsearch.hiring.checklist.queries import get_starter
from jobsearch.hiring.checklist.rules import Doer, Item
from jobsearch.payroll.contracts.editions.rules import TO_SIGN, ContractState

_HERS: dict[Item, tuple[str, str]] = {
    Item.IDENTITY_CODE: ("hiring.my_details", N_("Give your identity code")),
    Item.BANK_ACCOUNT: ("hiring.my_details", N_("Give your bank account")),
    Item.TAX_CARD: ("hiring.my_details", N_("Give your tax card")),
    Item.CONTRACT: ("hiring.my_contract", N_("Read and sign your contract")),
}


@dataclass(frozen=True, slots=True)
class Preparation:
    """One thing that she still prepares, and the page for it."""

    endpoint: str
    words: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """What is left for her to do, and how her contract stands."""

    to_prepare: Sequence[Preparation]
    is_signed: bool
    is_offered: bool


def before_first_day(actor: Actor, enrolment_id: str) -> Waiting:
    """What a participant prepares before her first day; two statements. Raises NotVisible."""
    starter = get_starter(actor, enrolment_id)
    return Waiting(
        to_prepare=[
            Preparation(*_HERS[line.item])
            for line in starter.missing
            if Doer.PERSON in line.doers and line.item in _HERS
        ],
        is_signed=starter.contract is ContractState.SIGNED,
        is_offered=starter.contract in TO_SIGN,
    )
