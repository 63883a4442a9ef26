"""Use cases of the participant's decision: consent and release in one, or not, or take back."""

import hashlib
from datetime import date

from jobsearch.accounts.queries import get_own_account
from jobsearch.analyses import queries
from jobsearch.analyses.mail import GIVEN, confirm, confirm_withdrawal, tell_recipient
from jobsearch.analyses.models import Analysis, Release
from jobsearch.analyses.receiving.service import issue_way_in
from jobsearch.analyses.rules import Act, next_state, standing
from jobsearch.analyses.service import has_live_release, move_on
from jobsearch.analyses.sheet import Office, Paper, Recipient
from jobsearch.consents.models import Consent
from jobsearch.consents.queries import find_live_consent, is_live
from jobsearch.consents.rules import ConsentPurpose
from jobsearch.consents.service import give_consent, withdraw_consent
from jobsearch.core import files
from jobsearch.core.access import Actor
from jobsearch.core.clock import now, today
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible, RuleBroken
from jobsearch.core.text import mark as N_
from jobsearch.people.restrictions.service import check_unrestricted

_CHANGED = N_("What you looked at has changed. Look at it again before you decide.")


def consent_to_release(actor: Actor, until: date | None, seen: str, office: Office) -> Release:
    """She lets this edition go to her municipal coach until a day; it goes at once.

    `seen` is the sha256 of the paper that lay before her: exactly those bytes are issued. Consent,
    stored paper, release and both notices are one transaction. An earlier permission for the same
    analysis ends with it. Raises RuleBroken, with nothing kept; so it does while the use of her
    data is restricted.
    """
    analysis = queries.lock_analysis(actor, queries.get_own_analysis(actor).id)
    next_state(standing(analysis.state, has_live_release(actor, analysis)), Act.CONSENT)
    check_unrestricted(analysis.person_id)
    terms = queries.terms_of(actor, until)
    sheet = queries.decision_sheet(actor, analysis, until)
    if sheet.recipient is None:
        raise RuleBroken(N_("You have no municipal coach yet. Ask your coach to name one."))
    paper = office.render(sheet)
    if hashlib.sha256(paper.pdf).hexdigest() != seen:
        raise RuleBroken(_CHANGED)
    for earlier in queries.list_live_releases(analysis.id, today(actor.zone)):
        withdraw_consent(actor, earlier.consent_id)
    consent = give_consent(
        actor,
        purpose=ConsentPurpose.ANALYSIS,
        recipient_id=sheet.recipient.account_id,
        valid_to=terms.valid_to,
        wording=office.wording(sheet.recipient, terms, actor.language),
        language=actor.language,
        subject_id=analysis.id,
        edition=analysis.edition,
    )
    made = _release(actor, analysis, consent, sheet.recipient, paper)
    move_on(analysis, Act.CONSENT, is_live=False)
    analysis.decided_at = now()
    # a link to the recipient and a receipt to the participant; neither says whose or what
    tell_recipient(made, sheet.recipient, *issue_way_in(made, terms.valid_to))
    confirm(GIVEN, analysis, get_own_account(actor.account_id), {})
    db.session.flush()
    return made


def _release(
    actor: Actor, analysis: Analysis, consent: Consent, recipient: Recipient, paper: Paper
) -> Release:
    """Issue the paper under a consent to this edition and this recipient, and no other."""
    _check_release(actor, analysis, consent, recipient)
    stored = files.put(paper.pdf, "application/pdf")
    release = Release(
        analysis_id=analysis.id,
        person_id=analysis.person_id,
        consent_id=consent.id,
        recipient_id=consent.recipient_id,
        file_id=stored.id,
        sha256=stored.sha256,
        edition=analysis.edition,
        content=paper.content,
        released_at=now(),
    )
    db.session.add(release)
    db.session.flush()
    return release


def _check_release(
    actor: Actor, analysis: Analysis, consent: Consent | None, recipient: Recipient | None
) -> None:
    """Raises RuleBroken with the reason when this consent does not let this analysis go."""
    if recipient is None:
        raise RuleBroken(N_("No municipal coach is named."))
    if consent is None:
        raise RuleBroken(N_("It is not sent: the job seeker has not given permission to send it."))
    if consent.subject_id != analysis.id or consent.subject_version != analysis.edition:
        raise RuleBroken(
            N_("It is not sent: the text has changed since the job seeker gave permission.")
        )
    if consent.recipient_id != recipient.account_id:
        raise RuleBroken(N_("It is not sent: the permission names another municipal coach."))
    if not is_live(consent.id, today(actor.zone)):
        raise RuleBroken(N_("It is not sent: the permission has ended."))


def send(actor: Actor, analysis_id: str) -> None:
    """A coach asks to send: it goes by the participant's consent alone, so this says why not.

    Raises RuleBroken always: without her consent with the reason, with it that it has gone.
    """
    analysis = queries.get_analysis(actor, analysis_id)
    check_unrestricted(analysis.person_id)
    day = today(actor.zone)
    recipient = queries.find_recipient(analysis.person_id, day)
    consent = find_live_consent(analysis.person_id, ConsentPurpose.ANALYSIS, analysis.id, day)
    _check_release(actor, analysis, consent, recipient)
    raise RuleBroken(N_("It was sent when the job seeker gave permission."))


def decline(actor: Actor) -> None:
    """She does not let it go; nobody is asked why and no recipient learns of it."""
    analysis = queries.lock_analysis(actor, queries.get_own_analysis(actor).id)
    move_on(analysis, Act.DECLINE, is_live=has_live_release(actor, analysis))
    analysis.decided_at = now()
    db.session.flush()


def withdraw(actor: Actor) -> None:
    """She takes her permission back: from the next request on nothing of it opens.

    Raises RuleBroken when there is none that lives, NotVisible when she has no analysis.
    """
    own = queries.find_own_analysis(actor)
    if own is None:
        raise NotVisible
    analysis = queries.lock_analysis(actor, own.id)
    live = queries.list_live_releases(analysis.id, today(actor.zone))
    if not live:
        raise RuleBroken(N_("There is no permission to take back."))
    for release in live:
        withdraw_consent(actor, release.consent_id)
    move_on(analysis, Act.WITHDRAW)
    analysis.decided_at = now()
    seen = queries.count_openings(analysis.person_id, [release.id for release in live])
    confirm_withdrawal(analysis, get_own_account(actor.account_id), seen)
    db.session.flush()
