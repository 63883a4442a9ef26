"""Use cases of consent: the person gives it and takes it back; staff say who her coach is."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import delete

from jobsearch.accounts.rules import Way
from jobsearch.audit.service import note_erased
from jobsearch.consents import queries
from jobsearch.consents.links.service import begin_link
from jobsearch.consents.models import CoachLink, Consent, ConsentWithdrawal, ProofEnd
from jobsearch.consents.rules import (
    ONLY_HERSELF,
    ConsentPurpose,
    Wording,
    check_giver,
    check_linker,
    check_validity,
    wording_in_use,
)
from jobsearch.consents.wordings import shipped_wordings
from jobsearch.core.access import Actor
from jobsearch.core.clock import now, today
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible, RuleBroken
from jobsearch.core.text import mark as N_


def give_consent(
    actor: Actor,
    *,
    purpose: ConsentPurpose,
    recipient_id: str,
    valid_to: date,
    wording: str,
    language: str,
    subject_id: str | None = None,
    edition: int | None = None,
) -> Consent:
    """The person's own act: this purpose, this recipient, this edition of a thing, until a day.

    `wording` are the sentences as read (GDPR art. 7(1)). Raises RuleBroken, as its checks do.
    """
    way, recipient = _check_giving(actor, recipient_id)
    day = today(actor.zone)
    words = _words_until(purpose, day, valid_to)
    consent = Consent(
        person_id=actor.person_id,
        recipient_id=recipient_id,
        recipient_name=recipient.name,
        recipient_organisation=recipient.organisation,
        recipient_address=recipient.email,
        purpose=purpose,
        subject_id=subject_id,
        subject_version=edition,
        wording_edition=words.edition,
        wording_language=language,
        wording=wording,
        scope=words.scope.say(language),
        given_at=now(),
        given_on=day,
        valid_to=valid_to,
        sign_in_id=actor.sign_in_id,
        given_by=way,
    )
    db.session.add(consent)
    db.session.flush()
    return consent


def _words_until(purpose: ConsentPurpose, day: date, valid_to: date) -> Wording:
    """The words in use today, whose validity reaches the day. Raises RuleBroken."""
    words = wording_in_use(shipped_wordings(), purpose, day)
    check_validity(words, day, valid_to)
    return words


def _check_giving(actor: Actor, recipient_id: str) -> tuple[Way, queries.NamedCoach]:
    """How she signed in, and whom she names. Raises RuleBroken."""
    check_giver(actor, actor.person_id or "")
    link = queries.find_coach_link(actor.person_id or "", today(actor.zone))
    town = link.municipality_id if link and link.account_id == recipient_id else None
    way, recipient = queries.way_of_sign_in(actor), queries.find_named_coach(recipient_id, town)
    if way is None:
        raise RuleBroken(ONLY_HERSELF)
    if recipient is None:
        raise RuleBroken(N_("This municipal coach cannot receive anything now."))
    return way, recipient


def withdraw_consent(actor: Actor, consent_id: str) -> None:
    """Take a consent back; from the next request on it opens nothing.

    Raises NotVisible for someone else's, RuleBroken when it was taken back already.
    """
    consent = queries.get_consent(consent_id)
    if consent.person_id != actor.person_id:
        raise NotVisible
    check_giver(actor, consent.person_id)
    if consent.withdrawal is not None:
        raise RuleBroken(N_("You have taken this permission back already."))
    db.session.add(
        ConsentWithdrawal(consent_id=consent.id, person_id=consent.person_id, withdrawn_at=now())
    )
    db.session.flush()


def link_coach(actor: Actor, person_id: str, email: str) -> CoachLink:
    """Staff say who is the person's municipal coach from today; it shows that coach nothing.

    The coach before her is hers until yesterday. A consent names its recipient and does not move
    along. Raises RuleBroken when no municipal coach signs in with the address.
    """
    check_linker(actor)
    day = today(actor.zone)
    if not queries.is_person_visible(actor, person_id, day):
        raise NotVisible
    membership = queries.find_municipal_coach(email.strip().lower())
    if membership is None:
        raise RuleBroken(N_("No municipal coach signs in with this address."), field="email")
    current = queries.find_coach_link(person_id, day)
    if current is not None and current.account_id == membership.account_id:
        return current
    account_id, municipality_id = membership.account_id, membership.organisation_id
    return begin_link(person_id, actor.organisation_id, account_id, municipality_id, day)


def let_proofs_go(consent_ids: Sequence[str], ended_before: date, day: date) -> None:
    """Delete consents that ended before a day, with their withdrawals, and note that day first.

    The database refuses the deletion of any other consent. `ended_before` is before `day`.
    """
    db.session.add(ProofEnd(ended_before=ended_before, noted_on=day))
    db.session.flush()
    of_them = ConsentWithdrawal.consent_id.in_(consent_ids)
    db.session.execute(delete(ConsentWithdrawal).where(of_them))
    db.session.execute(delete(Consent).where(Consent.id.in_(consent_ids)))
    note_erased("consent", consent_ids)
