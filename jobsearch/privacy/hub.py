"""The manager's hub of privacy: its cards, and what of it waits."""

from dataclasses import dataclass
from typing import Any

from jobsearch.audit.queries import find_last_check
from jobsearch.core.access import Actor
from jobsearch.core.clock import now, today
from jobsearch.core.text import mark as _
from jobsearch.organisations.queries import get_organisation
from jobsearch.privacy.breakglass.queries import list_glasses
from jobsearch.privacy.breakglass.rules import lives
from jobsearch.privacy.impact.queries import find_review
from jobsearch.privacy.impact.rules import is_due

_RECENT = 5


@dataclass(frozen=True, slots=True)
class Card:
    """One page of the hub: where it is, and what is done there."""

    endpoint: str
    icon: str
    label: str
    text: str


CARDS: tuple[Card, ...] = (
    Card(
        "data_requests.list_requests",
        "inbox",
        _("Requests about data"),
        _("What people ask about their data, with the day by which they get an answer"),
    ),
    Card(
        "erasures.list_erasures",
        "trash-2",
        _("Erasures"),
        _("Who was erased when, and until when the law keeps the rest"),
    ),
    Card(
        "timetable.show_timetable",
        "hourglass",
        _("Timetable of data"),
        _("How long each kind of data is kept, what goes next and what has gone"),
    ),
    Card(
        "processing.show_processing",
        "clipboard-list",
        _("Register of processing activities"),
        _("Which data there is about people, why, how long, and who sees it"),
    ),
    Card(
        "impact.show_impact",
        "triangle-alert",
        _("Impact assessment"),
        _("The risks to people, what is done against them, and your own decision"),
    ),
    Card(
        "trail.list_changes",
        "history",
        _("Changes and looks"),
        _("Who changed what, who looked at whom, and whether the record is whole"),
    ),
)
"""In order; a feature that has a page adds its line."""


def hub_page(actor: Actor) -> dict[str, Any]:
    """The cards, with what is missing, due or broken; four statements."""
    at = now()
    one = get_organisation(actor.organisation_id)
    review = find_review()
    return {
        "cards": CARDS,
        "is_contact_missing": not (one.privacy_name and (one.privacy_email or one.privacy_phone)),
        "review": review,
        "is_review_due": is_due(review.next_review_on if review else None, today(actor.zone)),
        "check": find_last_check(),
        "glasses": list_glasses(actor, None, _RECENT),
        "lives": lambda glass: lives(glass.ends_at, glass.ended_at, at),
    }
