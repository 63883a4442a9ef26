"""What the pages of the duty to search are asked for."""

from datetime import date

from jobsearch.core.access import Actor
from jobsearch.core.clock import today
from jobsearch.tracker.duty.rules import month_from


def this_day(actor: Actor) -> date:
    """Today where the actor works."""
    return today(actor.zone)


def chosen_month(text: str, today: date) -> date:
    """The month that an address names, by its first day; this one where it names none."""
    return month_from(text) or today.replace(day=1)
