"""The four activities of search work and what may be logged."""

from datetime import date
from enum import StrEnum

from jobsearch.core.errors import RuleBroken
from jobsearch.core.text import mark as N_

MOST_A_DAY = 50


class Activity(StrEnum):
    """The four activities that the programme counts (mission, section 5)."""

    ADVERTISED_APPLICATION = "advertised_application"
    EMPLOYER_CONTACT = "employer_contact"
    AGENCY_APPLICATION = "agency_application"
    INTERVIEW = "interview"


SEARCH_ACTIVITIES = (
    Activity.ADVERTISED_APPLICATION,
    Activity.EMPLOYER_CONTACT,
    Activity.AGENCY_APPLICATION,
)
"""Goals are set for these; interviews are counted and are the fruit of them."""


def check_log_day(on: date, first: date, today: date) -> None:
    """An action is logged for a day from the cohort's first to today. Raises RuleBroken."""
    if on > today:
        raise RuleBroken(N_("This day has not come yet."), field="on")
    if on < first:
        raise RuleBroken(N_("This day is before the first day of your group."), field="on")


def check_target(target: int) -> None:
    """A day's goal is between 0 and 50 actions. Raises RuleBroken."""
    if not 0 <= target <= MOST_A_DAY:
        raise RuleBroken(
            N_("A goal is a number from 0 to %(most)d."), field="target", most=MOST_A_DAY
        )
