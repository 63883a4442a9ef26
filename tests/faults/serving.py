"""What the web server of these tests serves: wsgi.py itself, in the time of the cast."""

import os
from datetime import datetime, timedelta, tzinfo
from typing import Self

from jobsearch.core import clock

SHIFT = "FAULTS_CLOCK_SHIFT"


class MovedClock(datetime):
    """It was the moment of the cast when the test began, and time goes on, over restarts too."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Self:
        """The time of the cast."""
        return super().now(tz) + timedelta(seconds=float(os.environ[SHIFT]))


if SHIFT in os.environ:
    clock.datetime = MovedClock  # type: ignore[misc]
    from wsgi import app  # noqa: F401
