"""Who is forgotten when: not selected, and nothing has happened for the provider's months."""

from datetime import date

from jobsearch.core.periods import add_months
from jobsearch.recruitment.rules import ORDER, Stage, is_before

NOT_SIGNED = tuple(stage for stage in ORDER if is_before(stage, Stage.SIGNED))
"""The stages of whoever has no employment: hers would be kept for its own time."""


def quiet_before(today: date, months: int) -> date:
    """The day before which nothing more may have happened: so many months ago."""
    return add_months(today, -months)
