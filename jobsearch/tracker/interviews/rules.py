"""How an interview is held, what is prepared for it, when it is recalled, and how it went."""

from collections.abc import Collection
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from jobsearch.core.errors import RuleBroken
from jobsearch.core.periods import instant_of, minute_of
from jobsearch.core.text import mark as N_

USUAL_MINUTES = 60
LEAST_MINUTES, MOST_MINUTES = 5, 480
MOST_PLACE = 200
MOST_LEARNED = 1000
REMINDED_FROM_MINUTE = 16 * 60
"""From 16.00 of the day before an interview its person is reminded."""
SETTLES_IN = timedelta(hours=1)
"""Who has just written or moved it needs no reminder at once."""
_FARTHEST = timedelta(days=366)


class InterviewWay(StrEnum):
    """How an interview is held."""

    ON_SITE = "on_site"
    PHONE = "phone"
    VIDEO = "video"


WAY_NAMES: dict[InterviewWay, str] = {
    InterviewWay.ON_SITE: N_("Face to face"),
    InterviewWay.PHONE: N_("By phone"),
    InterviewWay.VIDEO: N_("By video"),
}


class Preparation(StrEnum):
    """One thing to do before an interview."""

    EMPLOYER = "employer"
    STRENGTHS = "strengths"
    EXAMPLE = "example"
    QUESTIONS = "questions"
    WAY_THERE = "way_there"
    PAPERS = "papers"


PREPARATIONS: dict[Preparation, str] = {
    Preparation.EMPLOYER: N_("I have read what the employer does."),
    Preparation.STRENGTHS: N_("I can say in three sentences why I fit."),
    Preparation.EXAMPLE: N_("I have an example of work that I did well."),
    Preparation.QUESTIONS: N_("I have two questions to ask."),
    Preparation.WAY_THERE: N_("I know the way, or the link works."),
    Preparation.PAPERS: N_("I have my papers with me: CV, certificates, cards."),
}
TO_PREPARE: dict[Preparation, str] = {
    Preparation.EMPLOYER: N_("Read what the employer does."),
    Preparation.STRENGTHS: N_("Think of three sentences that say why you fit."),
    Preparation.EXAMPLE: N_("Choose an example of work that you did well."),
    Preparation.QUESTIONS: N_("Think of two questions to ask."),
    Preparation.WAY_THERE: N_("Check the way there, or that the link works."),
    Preparation.PAPERS: N_("Take your papers with you: CV, certificates, cards."),
}
"""The same as what is still to be done, for the reminder."""


class Went(StrEnum):
    """How an interview went, in the person's own view."""

    WELL = "well"
    FAIRLY = "fairly"
    HARD = "hard"


WENT_NAMES: dict[Went, str] = {
    Went.WELL: N_("It went well"),
    Went.FAIRLY: N_("It went fairly well"),
    Went.HARD: N_("It was hard"),
}


def open_items(ticked: Collection[Preparation]) -> list[Preparation]:
    """What is not prepared yet, in the order of the list."""
    return [item for item in Preparation if item not in ticked]


def starts_at_of(on: date, minute: int, zone: str) -> datetime:
    """The instant of a minute of a day on a zone's wall. Raises RuleBroken.

    In the night in which the clocks go forward an hour is left out: nothing begins in it.
    """
    starts_at = instant_of(on, minute, zone).astimezone(UTC)
    if minute_of(starts_at.astimezone(ZoneInfo(zone))) != minute:
        raise RuleBroken(N_("The clocks go forward that night: this time is left out."), field="at")
    return starts_at


def check_interview(
    starts_at: datetime, minutes: int, place: str, first: date, now: datetime, zone: str
) -> None:
    """From the group's first day to a year ahead, 5 to 480 minutes long. Raises RuleBroken."""
    if starts_at > now + _FARTHEST:
        raise RuleBroken(N_("This day is more than a year ahead."), field="on")
    if starts_at.astimezone(ZoneInfo(zone)).date() < first:
        raise RuleBroken(N_("This day is before the first day of your group."), field="on")
    if not LEAST_MINUTES <= minutes <= MOST_MINUTES:
        raise RuleBroken(
            N_("An interview takes from %(least)d to %(most)d minutes."),
            field="minutes",
            least=LEAST_MINUTES,
            most=MOST_MINUTES,
        )
    if len(place) > MOST_PLACE:
        raise _too_long("place", MOST_PLACE)


def check_told(starts_at: datetime, learned: str, now: datetime) -> None:
    """How it went is told once it has begun. Raises RuleBroken."""
    if starts_at > now:
        raise RuleBroken(N_("This interview is still to come."))
    if len(learned) > MOST_LEARNED:
        raise _too_long("learned", MOST_LEARNED)


def _too_long(field: str, most: int) -> RuleBroken:
    return RuleBroken(N_("At most %(most)d characters fit here."), field=field, most=most)


def is_link(place: str) -> bool:
    """Whether a place is an address on the web that a browser may open."""
    return place.startswith(("https://", "http://")) and not set(place) & set(' "<>')


def is_reminder_due(starts_at: datetime, changed_at: datetime, now: datetime, zone: str) -> bool:
    """Whether to remind now: from 16.00 of the day before on the zone's wall until it begins."""
    day_before = starts_at.astimezone(ZoneInfo(zone)).date() - timedelta(days=1)
    due_at = max(instant_of(day_before, REMINDED_FROM_MINUTE, zone), changed_at + SETTLES_IN)
    return due_at <= now < starts_at
