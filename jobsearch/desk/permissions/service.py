"""Use cases of the page of permissions: take one back, whichever feature it belongs to."""

from jobsearch.analyses.queries import find_own_analysis
from jobsearch.analyses.releases.service import withdraw as withdraw_analysis
from jobsearch.consents.introductions.service import take_back_permission
from jobsearch.consents.rules import ConsentPurpose
from jobsearch.consents.service import withdraw_consent
from jobsearch.core.access import Actor
from jobsearch.desk.permissions import queries
from jobsearch.desk.permissions.rules import Standing
from jobsearch.recruitment.following.service import withdraw as withdraw_following


def take_back(actor: Actor, consent_id: str) -> None:
    """The participant takes a permission back: from the next request on it opens nothing.

    Raises NotVisible for another's, RuleBroken when it was taken back already.
    """
    permission = queries.get_permission(actor, consent_id)
    consent = permission.consent
    if consent.purpose is ConsentPurpose.INTRODUCTION:
        take_back_permission(actor, consent.id)
        return
    own = find_own_analysis(actor)
    if permission.standing is Standing.LIVE and own is not None and own.id == consent.subject_id:
        withdraw_analysis(actor)
    else:
        withdraw_consent(actor, consent.id)


def take_back_following(actor: Actor, agreement_id: str) -> None:
    """Her municipal coach follows her no more. Raises NotVisible when it is not hers or is over."""
    held = queries.get_own_following(actor, agreement_id)
    withdraw_following(held.candidate_id, held.referrer_id)
