"""What the page and the paper of the impact assessment show, gathered for their views."""

from dataclasses import dataclass
from datetime import date

from jobsearch.core.access import Actor
from jobsearch.core.clock import today
from jobsearch.privacy.impact.models import ImpactReview
from jobsearch.privacy.impact.queries import list_reviews
from jobsearch.privacy.impact.risks import LEVELS, NECESSITY, RISKS, Level, Risk
from jobsearch.privacy.impact.rules import is_due
from jobsearch.privacy.processing.queries import Register, get_register


@dataclass(frozen=True, slots=True)
class Assessment:
    """The whole assessment on a day: what is processed, why so, the risks, and the decisions."""

    on: date
    register: Register
    reviews: list[ImpactReview]
    risks: tuple[Risk, ...] = RISKS
    necessity: tuple[str, ...] = NECESSITY

    @property
    def is_due(self) -> bool:
        """Whether a review is due."""
        return is_due(self.reviews[0].next_review_on if self.reviews else None, self.on)

    @property
    def levels(self) -> dict[Level, str]:
        """The levels in words, to be translated."""
        return LEVELS


def get_assessment(actor: Actor) -> Assessment:
    """The assessment of the actor's organisation; two statements."""
    register = get_register(actor.organisation_id)
    return Assessment(today(actor.zone), register, list_reviews())
