"""Writes the messages about selection into the outbox."""

from datetime import timedelta

from jobsearch.cohorts.models import Cohort
from jobsearch.core.clock import local
from jobsearch.links.service import issue_link
from jobsearch.notices.rules import TextKind
from jobsearch.notices.service import send
from jobsearch.organisations.queries import get_organisation
from jobsearch.people.models import Person
from jobsearch.recruitment.selection.mail import (
    OFFER,
    SELECTED,
    expectations_link,
    offer_link,
)
from jobsearch.recruitment.selection.models import SeatOffer
from jobsearch.recruitment.sessions.letters import language_of, recipient_of

OFFER_PURPOSE = "recruitment.offer"
LINK_LIVES_AFTER = timedelta(days=14)
"""After its hour the page of an offer still says what became of it."""


def tell(kind: TextKind, person: Person, cohort: Cohort, once: str) -> str | None:
    """Tell a person what was decided about her seat; `once` names what is told one time only."""
    organisation = get_organisation(cohort.organisation_id)
    gaps: dict[str, object] = {
        "day": cohort.starts_on,
        "organisation": organisation.name,
        "phone": organisation.phone or organisation.name,
    }
    if kind is SELECTED:
        gaps["link"] = expectations_link(cohort.programme_id)
    return send(kind, recipient_of(person), gaps, organisation_id=cohort.organisation_id, once=once)


def send_offer(offer: SeatOffer, person: Person, cohort: Cohort, zone: str) -> str | None:
    """Offer the seat by a link of its own; the message is not sent after the hour is over."""
    secret = issue_link(
        OFFER_PURPOSE,
        offer.id,
        expires_at=offer.answer_by + LINK_LIVES_AFTER,
        language=language_of(person),
        organisation_id=offer.organisation_id,
    )
    return send(
        OFFER,
        recipient_of(person),
        {
            "day": cohort.starts_on,
            "until": local(offer.answer_by, zone),
            "link": offer_link(secret),
        },
        organisation_id=offer.organisation_id,
        once=f"offer:{offer.id}",
        expires_at=offer.answer_by,
    )
