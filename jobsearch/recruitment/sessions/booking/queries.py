"""What a candidate's booking page shows: her own place, and the times that she can choose."""

from dataclasses import dataclass
from datetime import datetime

from jobsearch.core.clock import now
from jobsearch.organisations.queries import get_organisation
from jobsearch.programmes.queries import get_programme
from jobsearch.recruitment.models import Candidate
from jobsearch.recruitment.queries import get_candidate
from jobsearch.recruitment.sessions.models import Booking
from jobsearch.recruitment.sessions.queries import SessionLine, find_last_booking, list_bookable
from jobsearch.recruitment.sessions.rules import BookingState


@dataclass(frozen=True, slots=True)
class BookingPage:
    """A candidate's own page; of other people it knows nothing."""

    candidate: Candidate
    first_name: str
    programme_id: str
    programme: str
    organisation: str
    phone: str | None
    zone: str
    booking: Booking | None
    choices: list[SessionLine]
    at: datetime

    @property
    def held(self) -> Booking | None:
        """The place that she holds and that lies ahead or is just running."""
        booking = self.booking
        return booking if booking and booking.state is BookingState.BOOKED else None

    @property
    def can_change(self) -> bool:
        """Whether she can still move or give up her place."""
        return self.held is not None and self.held.session.starts_at > self.at


def show_booking(candidate_id: str) -> BookingPage:
    """The page of a candidate. Raises NotVisible."""
    candidate = get_candidate(candidate_id)
    programme = get_programme(candidate.programme_id)
    organisation = get_organisation(candidate.organisation_id)
    booking = find_last_booking(candidate_id)
    held = booking if booking and booking.state is BookingState.BOOKED else None
    person = candidate.person
    return BookingPage(
        candidate=candidate,
        first_name=person.given_name.split()[0],
        programme_id=programme.id,
        programme=programme.name,
        organisation=organisation.name,
        phone=organisation.phone,
        zone=programme.zone,
        booking=booking,
        choices=list_bookable(programme.id, person.language, held.session_id if held else None),
        at=now(),
    )
