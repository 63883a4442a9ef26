"""Use cases of tips: share one, follow it, let it go, thank for it, take it back."""

from jobsearch.core.access import Actor
from jobsearch.core.clock import now, today
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible, RuleBroken
from jobsearch.core.text import mark as N_
from jobsearch.tracker.companies.cooling import find_cooling
from jobsearch.tracker.helping.circle import names_for
from jobsearch.tracker.helping.models import Tip, TipClaim
from jobsearch.tracker.helping.queries import get_seat, list_mates, list_own_mates
from jobsearch.tracker.helping.rules import MOST_ROLE, StillCooling, check_tip
from jobsearch.tracker.helping.tips import queries
from jobsearch.tracker.leads.rules import LeadDetails, LeadSource
from jobsearch.tracker.leads.service import add_lead
from jobsearch.tracker.rules import company_key

_UNKNOWN = "–"  # a lead says what job it is; a tip need not


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


def claim_tip(actor: Actor, tip_id: str, *, knowingly: bool = False) -> TipClaim:
    """A participant follows a tip of her group, and it becomes a lead of her own.

    To take it again changes nothing. Raises RuleBroken when somebody else follows it, StillCooling
    when the group leaves the company alone for now and she does not take it `knowingly`, NotVisible
    for another group's tip.
    """
    if actor.person_id is None:
        raise NotVisible
    tip = queries.hold_tip(actor, tip_id)
    claim = queries.find_claim(tip.id)
    if claim is not None and claim.person_id != actor.person_id:
        raise _taken(actor, tip, claim)
    if claim is not None:
        return claim
    if not knowingly:
        _check_cooling(actor, tip)
    lead_id = queries.find_earlier_lead(tip.id, actor.person_id) or _lead_of(actor, tip)
    claim = TipClaim(tip_id=tip.id, person_id=actor.person_id, lead_id=lead_id, claimed_at=now())
    db.session.add(claim)
    db.session.flush()
    return claim


def _check_cooling(actor: Actor, tip: Tip) -> None:
    cooling = find_cooling(tip.cohort_id, tip.company, today(actor.zone), actor.person_id)
    if cooling is not None:
        raise StillCooling(cooling.name, tip.company, cooling.on, cooling.free_on)


def _lead_of(actor: Actor, tip: Tip) -> str:
    title = tip.role_title or tip.words[:MOST_ROLE] or _UNKNOWN
    return add_lead(actor, LeadDetails(title, LeadSource.GROUP, employer_name=tip.company)).id


def _taken(actor: Actor, tip: Tip, claim: TipClaim) -> RuleBroken:
    names = names_for(actor, list_own_mates(actor))
    name = names.get(claim.person_id)
    if name is None:
        return RuleBroken(N_("Somebody of your group follows this tip already."))
    return RuleBroken(
        N_("%(name)s follows this tip at %(company)s already."), name=name, company=tip.company
    )


def release_tip(actor: Actor, tip_id: str) -> None:
    """Who follows a tip lets it go, and others can take it. Raises NotVisible."""
    claim = _own_claim(actor, tip_id)
    claim.released_at = now()
    db.session.flush()


def thank_for_tip(actor: Actor, tip_id: str) -> None:
    """Who follows a tip thanks who shared it; once is enough. Raises NotVisible."""
    claim = _own_claim(actor, tip_id)
    claim.thanked_at = claim.thanked_at or now()
    db.session.flush()


def _own_claim(actor: Actor, tip_id: str) -> TipClaim:
    tip = queries.hold_tip(actor, tip_id)
    claim = queries.find_claim(tip.id)
    if claim is None or claim.person_id != actor.person_id:
        raise NotVisible
    return claim


def take_tip_back(actor: Actor, tip_id: str) -> None:
    """Who shared a tip takes it back, or a coach of the group takes it away. Raises NotVisible."""
    tip = queries.hold_tip(actor, tip_id)
    if actor.person_id not in (None, tip.person_id):
        raise NotVisible
    tip.taken_back_at = now()
    db.session.flush()
