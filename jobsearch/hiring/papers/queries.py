"""What the office's page of a contract shows."""

from collections.abc import Sequence
from dataclasses import dataclass

from jobsearch.core.clock import today
from jobsearch.core.errors import NotVisible
from jobsearch.payroll.contracts.editions.document import ContractDocument, load_document
from jobsearch.payroll.contracts.editions.models import Contract, ContractQuestion, Signature
from jobsearch.payroll.contracts.editions.queries import get_contract, list_editions, names_of
from jobsearch.payroll.contracts.editions.rules import Side, Standing, possible_times
from jobsearch.payroll.contracts.law.imports import shipped_law
from jobsearch.payroll.contracts.law.rules import EndingTime, Ground, GroundKey


@dataclass(frozen=True, slots=True)
class ContractPage:
    """A version with its document, its other versions, and how it may end now."""

    contract: Contract
    document: ContractDocument | None
    editions: Sequence[Contract]
    names: dict[str, str]
    endings: tuple[tuple[str, str], ...]
    ground: Ground
    ended_by: str

    def signature(self, side: Side) -> Signature | None:
        """The signature of a side, if it has signed."""
        return next((one for one in self.contract.signatures if one.side is side), None)


def show_contract(contract_id: str, language: str) -> ContractPage:
    """A version for clerk and manager. Raises NotVisible."""
    contract = get_contract(contract_id)
    law, day = shipped_law(), today()
    # before the first day it ends with the seat, on the page of who does not begin
    times = possible_times(Standing(contract.state, contract.term, contract.trial_days), day) - {
        EndingTime.BEFORE_START,
        EndingTime.LAST_DAY,
    }
    endings = tuple(
        (one.key.value, one.text.say(language)) for one in law.endings_on(day) if one.when in times
    )
    ground = next(one for one in law.grounds if one.key is contract.ground)
    ended = next((one for one in law.endings if one.key is contract.ending), None)
    asked = [one.answered_by_id for one in contract.questions]
    return ContractPage(
        contract=contract,
        document=load_document(contract.content) if contract.content else None,
        editions=list_editions(contract.enrolment_id),
        names=names_of([contract.offered_by_id, contract.made_by_id, contract.ended_by_id, *asked]),
        endings=endings,
        ground=ground,
        ended_by=ended.text.say(language) if ended else "",
    )


def grounds_of(contract: Contract) -> list[GroundKey]:
    """The grounds in force on a contract's first day."""
    return [one.key for one in shipped_law().grounds_on(contract.starts_on)]


def longest_trial_of(contract: Contract) -> int:
    """How many days of trial period a contract may have."""
    return shipped_law().longest_trial(contract.term)


def check_question(question: ContractQuestion, contract_id: str) -> None:
    """A question belongs to this version. Raises NotVisible."""
    if question.contract_id != contract_id:
        raise NotVisible
