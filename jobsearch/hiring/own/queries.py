"""What a person's own pages of hiring show."""

from collections.abc import Sequence
from dataclasses import dataclass

from jobsearch.core.access import Actor
from jobsearch.payroll.contracts.details.queries import list_tax_cards
from jobsearch.payroll.contracts.editions.document import ContractDocument, load_document
from jobsearch.payroll.contracts.editions.models import Contract, Signature
from jobsearch.payroll.contracts.editions.queries import get_own_contract, list_own_contracts
from jobsearch.payroll.contracts.editions.rules import TO_SIGN, Side
from jobsearch.payroll.contracts.models import TaxCard
from jobsearch.people.models import Person
from jobsearch.people.queries import get_person


@dataclass(frozen=True, slots=True)
class OwnContract:
    """One version as its person reads it."""

    contract: Contract
    document: ContractDocument

    def signature(self, side: Side) -> Signature | None:
        """The signature of a side, if it has signed."""
        return next((one for one in self.contract.signatures if one.side is side), None)

    @property
    def waits_for_her(self) -> bool:
        """Whether it is hers to sign."""
        return self.contract.state in TO_SIGN and self.signature(Side.EMPLOYEE) is None


@dataclass(frozen=True, slots=True)
class OwnContracts:
    """The version that matters now, and the others."""

    now: OwnContract | None
    others: Sequence[Contract]


def show_own(actor: Actor) -> OwnContracts:
    """A person's contracts: the one to sign or the newest, and the rest. Raises NotVisible."""
    found = list_own_contracts(actor)
    if not found:
        return OwnContracts(None, ())
    return OwnContracts(read(found[0]), found[1:])


def show_one(actor: Actor, contract_id: str) -> OwnContract:
    """One of her own versions. Raises NotVisible."""
    return read(get_own_contract(actor, contract_id))


def read(contract: Contract) -> OwnContract:
    """A version with what it says."""
    return OwnContract(contract, load_document(contract.content or ""))


@dataclass(frozen=True, slots=True)
class OwnDetails:
    """What payroll knows of her, as she may see it."""

    person: Person
    cards: Sequence[TaxCard]


def show_details(actor: Actor) -> OwnDetails:
    """Her own details for pay. Raises NotVisible."""
    person = get_person(actor.person_id or "")
    return OwnDetails(person, list_tax_cards(person.id))
