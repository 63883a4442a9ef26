"""The form of attendance: one mark a person, all sent at once."""

from collections.abc import Iterable, Mapping

from jobsearch.recruitment.sessions.rules import MARKS, BookingState
from jobsearch.web.forms import Form

PREFIX = "mark-"


class MarkForm(Form):
    """The marks themselves are read from the fields `mark-<booking>`; they have no order."""

    def marks(self, sent: Mapping[str, str], bookings: Iterable[str]) -> dict[str, BookingState]:
        """The marks that were sent for these bookings; anything else is left out."""
        known = {state.value: state for state in MARKS}
        given = {key: sent.get(f"{PREFIX}{key}", "") for key in bookings}
        return {key: known[value] for key, value in given.items() if value in known}
