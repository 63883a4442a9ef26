"""What the clerk enters of a payment ban: how much, to whom, under which reference; pure."""

import re
from dataclasses import dataclass

from jobsearch.core.errors import RuleBroken
from jobsearch.core.money import Money
from jobsearch.core.text import mark as N_
from jobsearch.payroll.pay.rules import FROZEN, RunState

MOST_AUTHORITY = 70  # what banks take of a name
_NATIONAL = re.compile(r"[0-9]{4,20}", re.ASCII)
_INTERNATIONAL = re.compile(r"RF[0-9]{2}[0-9A-Z]{1,21}", re.ASCII)
_WEIGHTS = (7, 3, 1)


@dataclass(frozen=True, slots=True)
class DistraintTerms:
    """What a payment ban takes this time: the sum is the clerk's, nothing is computed.

    The protected share and the fractions of it are the authority's to say (`finland/law.md`
    section 2: distraint as a manual line).
    """

    amount: Money
    authority: str
    account: str
    reference: str


def plain_reference(text: str) -> str:
    """A reference without spaces and leading zeros, in capitals."""
    return "".join(text.split()).upper().lstrip("0")


def is_reference(reference: str) -> bool:
    """Whether it is a Finnish reference number or an RF reference with right check digits."""
    if _NATIONAL.fullmatch(reference):
        body = reference[-2::-1]
        total = sum(int(digit) * _WEIGHTS[at % 3] for at, digit in enumerate(body))
        return (10 - total % 10) % 10 == int(reference[-1])
    if _INTERNATIONAL.fullmatch(reference):
        turned = reference[4:] + reference[:4]
        return int("".join(str(int(sign, 36)) for sign in turned)) % 97 == 1
    return False


def check_distraint(terms: DistraintTerms) -> None:
    """Refuse a distraint without a sum, a payee, an account or a right reference."""
    if terms.amount <= Money.zero():
        raise RuleBroken(N_("The distraint is above 0 €. Take it away instead."), field="amount")
    if not terms.authority.strip():
        raise RuleBroken(N_("Name who is paid, as its account has it."), field="authority")
    if not terms.account:
        raise RuleBroken(N_("Enter the authority’s account."), field="account")
    if not is_reference(terms.reference):
        raise RuleBroken(
            N_("Check the reference: its last digit does not fit the others."), field="reference"
        )


def check_open(state: RunState) -> None:
    """A distraint is entered and taken away while the run can still be computed."""
    if state in FROZEN:
        raise RuleBroken(N_("The pay run is approved: what is taken from the pay stays."))
