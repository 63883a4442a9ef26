"""What the web server of these tests serves: wsgi.py itself, in the time of the cast."""

import os
from datetime import datetime, timedelta, tzinfo
from typing import Self

from jobsearch.core import clock, manners

SHIFT = "FAULTS_CLOCK_SHIFT"
CARELESS = "FAULTS_CARELESS"


class MovedClock(datetime):
    """It was the moment of the cast when the test began, and time goes on, over restarts too."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Self:
        """The time of the cast."""
        return super().now(tz) + timedelta(seconds=float(os.environ[SHIFT]))


def forget_to_wait() -> None:
    """Acknowledge what the disk may not hold yet, as either engine does on its own."""
    manners._PRAGMAS = tuple(
        one.replace("synchronous=FULL", "synchronous=NORMAL") for one in manners._PRAGMAS
    )
    manners._SQLITE["synchronous"] = {1}
    manners._DURABLE = "SELECT 1"


if SHIFT in os.environ:
    clock.datetime = MovedClock  # type: ignore[misc]
    if CARELESS in os.environ:
        forget_to_wait()
    from wsgi import app  # noqa: F401
