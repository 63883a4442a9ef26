"""The if-then plan of the morning, the debrief of the day, and what a group celebrates."""

from dataclasses import dataclass
from datetime import time
from enum import StrEnum

from jobsearch.core.errors import RuleBroken
from jobsearch.core.health_words import check_shared_words
from jobsearch.core.periods import time_of
from jobsearch.core.text import mark as N_

MOST_EMPLOYER = 80
MOST_LEARNED = 500
MOST_NEXT = 200
MOST_NEWS = 80


class Way(StrEnum):
    """How the first employer of the day is reached."""

    CALL = "call"
    VISIT = "visit"
    WRITE = "write"
    APPLY = "apply"


WAY_NAMES: dict[Way, str] = {
    Way.CALL: N_("I call"),
    Way.VISIT: N_("I go there"),
    Way.WRITE: N_("I write"),
    Way.APPLY: N_("I send an application"),
}
PLANS: dict[Way, str] = {
    Way.CALL: N_("At %(time)s I call %(employer)s."),
    Way.VISIT: N_("At %(time)s I go to %(employer)s."),
    Way.WRITE: N_("At %(time)s I write to %(employer)s."),
    Way.APPLY: N_("At %(time)s I send an application to %(employer)s."),
}
"""When, how and which employer first: who plans so does it more often (evidence.md, 1)."""
SHORT_PLANS: dict[Way, str] = {
    Way.CALL: N_("%(time)s call: %(employer)s"),
    Way.VISIT: N_("%(time)s visit: %(employer)s"),
    Way.WRITE: N_("%(time)s message: %(employer)s"),
    Way.APPLY: N_("%(time)s application: %(employer)s"),
}
"""The same in a line of the board."""


@dataclass(frozen=True, slots=True)
class Plan:
    """When it is this time, she does this at that employer first."""

    employer: str
    way: Way
    minute: int

    @property
    def at(self) -> time:
        """The time of day."""
        return time_of(self.minute)


class News(StrEnum):
    """What a group celebrates when the person wants it to."""

    INTERVIEW = "interview"
    JOB = "job"


NEWS_NAMES: dict[News, str] = {News.INTERVIEW: N_("An interview"), News.JOB: N_("A job")}
CHEERS: dict[News, str] = {
    News.INTERVIEW: N_("%(name)s got an interview!"),
    News.JOB: N_("%(name)s got a job!"),
}
GROUP_CHEERS: dict[News, str] = {
    News.INTERVIEW: N_("An interview for the group!"),
    News.JOB: N_("A job for the group!"),
}


@dataclass(frozen=True, slots=True)
class Cheer:
    """One piece of good news on the board; without a name the group is cheered."""

    news: News
    name: str | None
    words: str


def check_plan(employer: str, way: str, minute: int | None) -> Plan:
    """A plan says all three. Raises RuleBroken on the field that is missing."""
    if not employer:
        raise RuleBroken(N_("Say which employer comes first."), field="employer")
    if len(employer) > MOST_EMPLOYER:
        raise _too_long("employer", MOST_EMPLOYER)
    if way not in tuple(Way):
        raise RuleBroken(N_("Choose how you do it."), field="way")
    if minute is None:
        raise RuleBroken(N_("Say at what time, for example 10.15."), field="at")
    return Plan(employer, Way(way), minute)


def check_debrief(learned: str, next_step: str, *, about_work: bool) -> None:
    """A debrief says at least one of the two. Raises RuleBroken.

    Nothing about anybody's health; a workplace or a trade may be named so, and who writes says
    that it is one.
    """
    if not learned and not next_step:
        raise RuleBroken(N_("Write something into one of the two."), field="learned")
    _check_words("learned", learned, MOST_LEARNED, about_work)
    _check_words("next_step", next_step, MOST_NEXT, about_work)


def check_news(words: str) -> None:
    """A few words about the news, or none. Raises RuleBroken for too many."""
    if len(words) > MOST_NEWS:
        raise _too_long("words", MOST_NEWS)


def _check_words(field: str, text: str, most: int, about_work: bool) -> None:
    if len(text) > most:
        raise _too_long(field, most)
    check_shared_words(field, text, about_work=about_work)


def _too_long(field: str, most: int) -> RuleBroken:
    return RuleBroken(N_("At most %(most)d characters fit here."), field=field, most=most)
