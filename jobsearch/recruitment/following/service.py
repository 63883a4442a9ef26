"""Use cases of following: a candidate lets her municipal coach see how far she is, or not."""

from collections.abc import Collection
from datetime import date

from jobsearch.core.access import Actor
from jobsearch.core.clock import now, today
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible, RuleBroken
from jobsearch.core.text import mark as N_
from jobsearch.recruitment.following import queries
from jobsearch.recruitment.following.models import FollowAgreement
from jobsearch.recruitment.following.rules import EDITION, AgreedHow, check_spoken
from jobsearch.recruitment.models import Candidate
from jobsearch.recruitment.queries import get_candidate


def choose_by_link(referral_id: str, *, allows: bool, wording: str, language: str) -> bool:
    """The candidate's own choice on her own page: the coach of this introduction follows, or not.

    She may choose again as often as she likes. Returns what holds now. Raises NotVisible.
    """
    referral = queries.get_referral(referral_id)
    candidate = referral.candidate
    held = queries.find_agreement(candidate.id, referral.referrer_id)
    if allows and held is None:
        _agree(candidate, referral.referrer_id, AgreedHow.BY_LINK, today(), wording, language)
    if not allows and held is not None:
        held.withdrawn_at = now()
    db.session.flush()
    return allows


def record_spoken(
    actor: Actor, candidate_id: str, referrer_id: str, on: date, *, wording: str, language: str
) -> FollowAgreement:
    """Staff write down that the candidate agreed in words, on a day, to them.

    Raises NotVisible, and RuleBroken for a day that cannot be or an agreement that holds already.
    """
    candidate = get_candidate(candidate_id)
    _known_coach(candidate, referrer_id)
    check_spoken(on, today(actor.zone), candidate.referred_on)
    if queries.find_agreement(candidate.id, referrer_id) is not None:
        raise RuleBroken(N_("The candidate has agreed already."))
    return _agree(candidate, referrer_id, AgreedHow.SPOKEN, on, wording, language, actor)


def withdraw(candidate_id: str, referrer_id: str) -> None:
    """The coach sees nothing of her from the next request on. Raises NotVisible."""
    held = queries.find_agreement(candidate_id, referrer_id)
    if held is None:
        raise NotVisible
    held.withdrawn_at = now()
    db.session.flush()


def end_following(account_id: str, person_ids: Collection[str]) -> None:
    """A signed-in coach is no longer theirs, and follows them no more."""
    for held in queries.list_held(account_id, person_ids):
        held.withdrawn_at = now()
    db.session.flush()


def _known_coach(candidate: Candidate, referrer_id: str) -> None:
    if referrer_id not in {line.referrer_id for line in queries.list_coaches(candidate.id)}:
        raise NotVisible


def _agree(
    candidate: Candidate,
    referrer_id: str,
    how: AgreedHow,
    on: date,
    wording: str,
    language: str,
    recorder: Actor | None = None,
) -> FollowAgreement:
    row = FollowAgreement(
        organisation_id=candidate.organisation_id,
        candidate_id=candidate.id,
        person_id=candidate.person_id,
        referrer_id=referrer_id,
        how=how,
        given_on=on,
        given_at=now(),
        recorded_by_id=recorder.account_id if recorder else None,
        wording_edition=EDITION,
        wording_language=language,
        wording=wording,
    )
    db.session.add(row)
    db.session.flush()
    return row
