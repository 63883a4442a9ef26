"""Use cases of details for pay: codes, accounts and tax cards, by staff or the person herself."""

from datetime import date

from sqlalchemy import select

from jobsearch.accounts.proofs.service import ask_for_proof, check_proof
from jobsearch.core.access import Actor
from jobsearch.core.clock import now, today
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible, RuleBroken
from jobsearch.core.text import mark as N_
from jobsearch.organisations.queries import get_organisation
from jobsearch.payroll.contracts.details import queries
from jobsearch.payroll.contracts.details.mail import tell_account_changed
from jobsearch.payroll.contracts.details.models import AccountChange
from jobsearch.payroll.contracts.models import TaxCard
from jobsearch.payroll.contracts.queries import in_use
from jobsearch.payroll.contracts.rules import TaxCardTerms, check_old_enough
from jobsearch.payroll.contracts.service import record_tax_card
from jobsearch.people.models import Person
from jobsearch.people.service import keep_bank_account, keep_identity_code
from jobsearch.rates.yearly.service import check_year_open

PROOF_PURPOSE = "account.change"


def enter_identity_code(person_id: str, code: str | None) -> Person:
    """Staff enter a code that the person gave. Raises NotVisible, RuleBroken."""
    if not code:
        raise RuleBroken(N_("Enter the identity code."), field="identity_code")
    check_old_enough(code, today())
    return keep_identity_code(person_id, code)


def give_identity_code(actor: Actor, code: str | None) -> Person:
    """The person gives her own code, once: afterwards staff correct it.

    Raises NotVisible, RuleBroken.
    """
    person = _own(actor)
    if person.identity_code:
        raise RuleBroken(
            N_("Your identity code is here already. If it is wrong, tell your coach."),
            field="identity_code",
        )
    return enter_identity_code(person.id, code)


def enter_account(person_id: str, account: str | None) -> Person:
    """Staff enter an account that the person gave; she is told on every way to her.

    Raises NotVisible, RuleBroken.
    """
    if not account:
        raise RuleBroken(N_("Enter the bank account."), field="bank_account")
    person = keep_bank_account(person_id, account)
    tell_account_changed(person, get_organisation(person.organisation_id).phone or "")
    return person


def ask_account_change(actor: Actor, account: str | None) -> tuple[AccountChange, str]:
    """The person wants her wages on this account: a code goes to her own phone or e-mail.

    Returns the change and the secret that ties the code to her browser. Nothing has changed yet.
    Raises NotVisible, RuleBroken.
    """
    person = _own(actor)
    if not account:
        raise RuleBroken(N_("Enter the bank account."), field="bank_account")
    change = AccountChange(
        organisation_id=person.organisation_id,
        person_id=person.id,
        bank_account=account,
        asked_at=now(),
    )
    db.session.add(change)
    db.session.flush()
    try:
        secret = ask_for_proof(actor.account_id, PROOF_PURPOSE, change.id)
    except RuleBroken as broken:
        raise RuleBroken(broken.message, field="bank_account", **broken.gaps) from broken
    return change, secret


def confirm_account_change(
    actor: Actor, change_id: str, request_secret: str, code: str | None
) -> Person:
    """She types the code: from now on wages go to the new account, and she is told so.

    Raises NotVisible, RuleBroken on field `code`; each change is proved once.
    """
    change = queries.get_own_change(actor, change_id)
    proof = check_proof(request_secret, code or "", PROOF_PURPOSE, change.id)
    if proof.account_id != actor.account_id or change.proved_at is not None:
        raise RuleBroken(N_("This code does not belong to this change."), field="code")
    with db.session.begin_nested():
        change.proved_at, change.sent_to = proof.at, proof.sent_to_masked
        return enter_account(change.person_id, change.bank_account)


def enter_tax_card(person_id: str, terms: TaxCardTerms, received_on: date | None = None) -> TaxCard:
    """Keep a tax card, entered by staff or by the person herself.

    Raises NotVisible, RuleBroken for a benefit card, impossible figures, a card of an earlier
    year, or the same card again.
    """
    day = received_on or today()
    if terms.valid_from.year < day.year:
        raise RuleBroken(
            N_("This tax card is of an earlier year. Ask for this year's card."),
            field="valid_from",
        )
    same = select(TaxCard.id).where(
        TaxCard.person_id == person_id,
        TaxCard.valid_from == terms.valid_from,
        TaxCard.received_on == day,
        in_use(),
    )
    if db.session.scalar(same) is not None:
        raise RuleBroken(
            N_("A tax card with this first day was entered today already."), field="valid_from"
        )
    return record_tax_card(person_id, terms, day)


def correct_tax_card(person_id: str, card_id: str, terms: TaxCardTerms) -> TaxCard:
    """Put right what was typed wrong from a card, by a new row; the old one stays, unused.

    What was paid by it is not changed: a correction run does that. Raises NotVisible when the card
    is put right already, RuleBroken for another year or a closed one.
    """
    card = queries.get_tax_card(person_id, card_id)
    if terms.valid_from.year != card.valid_from.year:
        raise RuleBroken(
            N_("A card is put right within its year. Enter another year's card as a new one."),
            field="valid_from",
        )
    check_year_open(card.organisation_id, terms.valid_from, "valid_from")
    return record_tax_card(person_id, terms, card.received_on, card.id)


def give_tax_card(actor: Actor, terms: TaxCardTerms) -> TaxCard:
    """The person enters her own tax card. Raises NotVisible, RuleBroken."""
    return enter_tax_card(_own(actor).id, terms, today(actor.zone))


def _own(actor: Actor) -> Person:
    person = None
    if actor.person_id is not None:
        person = db.session.scalar(select(Person).where(Person.id == actor.person_id))
    if person is None:
        raise NotVisible
    return person
