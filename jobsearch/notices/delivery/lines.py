"""What every way out of the house has in common, and how it says that something went wrong."""

from typing import Protocol

from jobsearch.notices.delivery.letter import Letter


class AddressRefused(Exception):
    """The server refused this address for good; another try would not help."""


class MessageRefused(Exception):
    """The server refused this message for good, whoever gets it."""


class TryLater(Exception):
    """The server did not take this message now; it may take the next one."""


class ServerDown(Exception):
    """The server cannot be spoken to at all; nobody's message goes now."""


class Line(Protocol):
    """A way out of the house."""

    def open(self) -> None:
        """Get ready to deliver, again after a failure. Raises ServerDown."""

    def deliver(self, letter: Letter) -> str | None:
        """Hand one message over; returns the server's own name for it, if it gives one.

        Raises AddressRefused, MessageRefused, TryLater or ServerDown.
        """

    def close(self) -> None:
        """Let the server go."""


class OutboxPage:
    """The demo's way out: nothing leaves the house, messages are read on the outbox page."""

    def open(self) -> None:
        """Nothing to get ready."""

    def deliver(self, letter: Letter) -> str | None:
        """The message stays where it is."""
        return None

    def close(self) -> None:
        """Nothing to let go."""
