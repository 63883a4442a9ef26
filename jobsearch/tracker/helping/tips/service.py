"""Use cases of tips: share one, follow it, let it go, thank for it, take it back."""

from jobsearch.core.access import Actor
from jobsearch.core.clock import now
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible, RuleBroken
from jobsearch.core.text import mark as N_
from jobsearch.people.rules import shown_name
from jobsearch.tracker.helping.models import Tip, TipClaim
from jobsearch.tracker.helping.queries import get_seat, list_mates
from jobsearch.tracker.helping.rules import check_tip
from jobsearch.tracker.helping.tips import queries
from jobsearch.tracker.rules import company_key


def share_tip(
    actor: Actor,
    cohort_id: str,
    company: str,
    role_title: str = "",
    words: str = "",
    *,
    about_work: bool = False,
) -> Tip:
    """Tell a group of work that one heard of: a participant her own, staff any that they see.

    Raises RuleBroken as `check_tip`, NotVisible for another group.
    """
    if actor.person_id is not None and get_seat(actor).cohort_id != cohort_id:
        raise NotVisible
    if actor.person_id is None and not list_mates(actor, cohort_id):
        raise NotVisible
    check_tip(company, role_title, words, about_work=about_work)
    tip = Tip(
        cohort_id=cohort_id,
        person_id=actor.person_id,
        shared_by_id=actor.account_id,
        company=company,
        company_key=company_key(company),
        role_title=role_title,
        words=words,
        shared_at=now(),
    )
    db.session.add(tip)
    db.session.flush()
    return tip
