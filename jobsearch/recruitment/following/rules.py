"""Whether a municipal coach may follow a candidate: the agreement, its words, and who gives it."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from jobsearch.core.errors import RuleBroken
from jobsearch.core.text import mark as N_

PURPOSE = "recruitment.introduced"
"""The purpose of the link by which a candidate sees that she was introduced."""

LINK_LIFETIME = timedelta(days=183)

EDITION = "2026-1"
"""Changes with the words of WORDING; a test holds the two together."""
WORDING = N_(
    "%(coach)s may see how far I am on the way to the programme: the step and its day."
    " Nothing else. I can take this back at any time."
)


class AgreedHow(StrEnum):
    """By what act a candidate agreed; spoken words are written down by staff, with their day."""

    BY_LINK = "by_link"
    SPOKEN = "spoken"


def check_spoken(on: date, today: date, introduced_on: date) -> None:
    """Spoken words have a day between the introduction and today. Raises RuleBroken."""
    if on > today:
        raise RuleBroken(N_("This day has not come yet."), field="on")
    if on < introduced_on:
        raise RuleBroken(N_("On this day nobody had introduced her yet."), field="on")
