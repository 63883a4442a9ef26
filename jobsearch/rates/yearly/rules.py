"""When an employer's year is closed, and what that refuses; pure."""

from datetime import date, datetime

from jobsearch.core.errors import RuleBroken
from jobsearch.core.text import mark as N_


def check_open(year: int, closed_at: datetime | None, field: str = "pays_on") -> None:
    """Refuse anything that would change what was paid in a closed year."""
    if closed_at is not None:
        raise RuleBroken(
            N_("The year %(year)s is closed: nothing is paid or changed in it."),
            field=field,
            year=str(year),
        )


def check_over(year: int, today: date) -> None:
    """A year is closed when it is over."""
    if year >= today.year:
        raise RuleBroken(N_("The year %(year)s is not over yet."), year=str(year))
