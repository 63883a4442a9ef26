"""Use cases of introductions: permit, ask, write or not, comment."""

from collections.abc import Callable
from datetime import date

from jobsearch.accounts.queries import get_own_account
from jobsearch.consents.introductions import mail, queries
from jobsearch.consents.introductions.models import AskedIntroduction
from jobsearch.consents.introductions.own import get_own
from jobsearch.consents.introductions.rules import (
    MOST_IN_COMMENT,
    MOST_LETTERS,
    Act,
    IntroductionState,
    Warnings,
    check_doer,
    check_text,
    next_state,
    warnings_of,
)
from jobsearch.consents.models import Consent
from jobsearch.consents.queries import NamedCoach, get_consent
from jobsearch.consents.rules import ConsentPurpose, check_giver, validities
from jobsearch.consents.service import give_consent, withdraw_consent
from jobsearch.core.access import Actor, Role
from jobsearch.core.clock import now, today
from jobsearch.core.db import db
from jobsearch.core.errors import Conflict, NotVisible, RuleBroken
from jobsearch.core.text import mark as N_
from jobsearch.core.tokens import digest
from jobsearch.people.restrictions.service import check_unrestricted

Say = Callable[[NamedCoach, date, str], str]
"""The words of the permission to this coach, until this day, in this language."""


def permit_introduction(actor: Actor, months: int, seen: str, say: Say) -> Consent:
    """The participant lets her coach ask her municipal coach for an introduction.

    `seen` is the digest of the words that lay before her. Raises RuleBroken, with nothing kept.
    """
    check_giver(actor, actor.person_id or "")
    person_id, day = actor.person_id or "", today(actor.zone)
    queries.lock_person(person_id)
    check_unrestricted(person_id)
    coach = queries.find_named(person_id, day)
    if coach is None:
        raise RuleBroken(N_("You have no municipal coach yet. Ask your coach to name one."))
    live = queries.list_live_permissions(person_id, day, coach.account_id)
    if any(consent.recipient_id == coach.account_id for consent in live):
        raise RuleBroken(N_("You have given your permission already."))
    valid_to = _last_day(day, months)
    wording = say(coach, valid_to, actor.language)
    if digest(wording) != seen:
        raise RuleBroken(N_("What you looked at has changed. Look at it again before you decide."))
    consent = give_consent(
        actor,
        purpose=ConsentPurpose.INTRODUCTION,
        recipient_id=coach.account_id,
        valid_to=valid_to,
        wording=wording,
        language=actor.language,
    )
    mail.confirm(mail.GIVEN, consent, get_own_account(actor.account_id))
    return consent


def _last_day(day: date, months: int) -> date:
    offered = dict(validities(queries.words_today(), day))
    if months not in offered:
        raise RuleBroken(N_("Choose one of the times on the page."), field="months")
    return offered[months]


def take_back_permission(actor: Actor, consent_id: str) -> None:
    """The participant takes it back: from the next request on nobody asks, writes or reads.

    Raises NotVisible for one of another's or of another purpose.
    """
    consent = get_consent(consent_id)
    if consent.purpose is not ConsentPurpose.INTRODUCTION:
        raise NotVisible
    withdraw_consent(actor, consent_id)
    mail.confirm(mail.WITHDRAWN, consent, get_own_account(actor.account_id))


def ask_for_introduction(actor: Actor, person_id: str) -> AskedIntroduction:
    """A coach asks the municipal coach whom the participant's live permission names.

    Raises RuleBroken with the reason when there is none, NotVisible for another's participant.
    """
    if actor.role is not Role.COACH:
        raise RuleBroken(N_("Only a coach asks for an introduction."))
    queries.lock_person(person_id)
    check_unrestricted(person_id)
    shown = queries.show_for_staff(actor, person_id)
    coach = queries.find_named(person_id, today(actor.zone))
    if shown.refusal is not None:
        raise RuleBroken(shown.refusal.value)
    if shown.permission is None or coach is None:
        raise NotVisible  # the refusal above has said why already
    introduction = AskedIntroduction(
        person_id=person_id,
        consent_id=shown.permission.id,
        recipient_id=coach.account_id,
        asked_by_id=actor.account_id,
        asked_at=now(),
    )
    db.session.add(introduction)
    db.session.flush()
    mail.ask(introduction, coach)
    return introduction


def write_introduction(actor: Actor, introduction_id: str, text: str, version: int) -> Warnings:
    """The municipal coach writes, or corrects what she wrote; the participant reads it at once.

    Returns what to look at again. Raises RuleBroken, Conflict when she wrote in another window
    meanwhile, PermissionEnded or NotVisible.
    """
    check_doer(actor.role, Act.WRITE)
    check_text("text", text, MOST_LETTERS)
    introduction = queries.get_asked(actor, introduction_id, locked=True)
    if introduction.version != version:
        raise Conflict
    is_first = introduction.state is not IntroductionState.WRITTEN
    check_unrestricted(introduction.person_id)
    introduction.state = next_state(introduction.state, Act.WRITE)
    introduction.text, introduction.written_at = text, now()
    db.session.flush()
    mail.tell_participant(introduction, introduction.person)
    if is_first:
        mail.tell_coach(introduction, introduction.asked_by)
    return warnings_of(text)


def decline_introduction(actor: Actor, introduction_id: str) -> None:
    """The municipal coach does not write one. Raises as writing does."""
    check_doer(actor.role, Act.DECLINE)
    introduction = queries.get_asked(actor, introduction_id, locked=True)
    introduction.state = next_state(introduction.state, Act.DECLINE)
    db.session.flush()


def comment_on_introduction(actor: Actor, introduction_id: str, text: str) -> Warnings:
    """The participant says what she thinks of it; who reads the introduction reads it beside.

    Raises RuleBroken once the permission has ended: then nobody reads it.
    """
    check_doer(actor.role, Act.COMMENT)
    check_text("text", text, MOST_IN_COMMENT)
    own = get_own(actor, introduction_id, locked=True)
    next_state(own.state, Act.COMMENT)
    own.introduction.comment, own.introduction.commented_at = text, now()
    db.session.flush()
    return warnings_of(text)
