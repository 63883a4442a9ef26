"""What a provider may decide about following the search."""

from dataclasses import dataclass

from jobsearch.core.errors import RuleBroken
from jobsearch.core.text import mark as N_
from jobsearch.tracker.rules import COOLING_DAYS, QUIET_DAYS

MOST_COOLING, MOST_QUIET = 30, 60


@dataclass(frozen=True, slots=True)
class Settings:
    """A provider's settings of the tracker; `version` is 0 while it has decided nothing.

    `cooling_days`: for so many days, today included, a group leaves a company alone that one of
    them turned to (0: never). `quiet_days`: after so many days without a sign a lead is asked
    about.
    """

    cooling_days: int = COOLING_DAYS
    quiet_days: int = QUIET_DAYS
    version: int = 0


def check_settings(cooling_days: int, quiet_days: int) -> None:
    """Raises RuleBroken for numbers of days that are out of bounds."""
    if not 0 <= cooling_days <= MOST_COOLING:
        raise RuleBroken(
            N_("Enter a number of days from 0 to %(most)d."),
            field="cooling_days",
            most=MOST_COOLING,
        )
    if not 1 <= quiet_days <= MOST_QUIET:
        raise RuleBroken(
            N_("Enter a number of days from 1 to %(most)d."), field="quiet_days", most=MOST_QUIET
        )
