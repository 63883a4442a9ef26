"""Participant indicators of ESF+: what is known of people on leaving and six months later; pure.

Regulation (EU) 2021/1057, annex I (law.md section 12). What the house does not keep is named as not
known: nothing is asked of anybody for the sake of an indicator.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from jobsearch.core.periods import add_months
from jobsearch.core.text import mark as N_
from jobsearch.outcomes.following.rules import ESF_MONTHS, Window, window_of
from jobsearch.outcomes.rules import Answer

LEAVING = 0
"""Months from the end at which the indicators on leaving are taken."""

_IN_WORK = frozenset({Answer.IN_WORK, Answer.GIG, Answer.ENTREPRENEUR})


class Known(StrEnum):
    """What is known of one person at one point; ahead while it has not come yet."""

    AHEAD = "ahead"
    OPEN = "open"
    IN_WORK = "in_work"
    STUDIES = "studies"
    OUT_OF_WORK = "out_of_work"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Spell:
    """Work (or studies) that a person found: from a day, to a day where the end is known."""

    began_on: date
    ended_on: date | None = None
    is_work: bool = True


@dataclass(frozen=True, slots=True)
class Given:
    """An answer of the follow-up: to the question of a point if it names one, else of its day."""

    asked_on: date
    answer: Answer
    point: int | None = None


@dataclass(frozen=True, slots=True)
class Participant:
    """One person who started, as the indicators see her: no name, no background."""

    left_on: date
    spells: Sequence[Spell] = ()
    answers: Sequence[Given] = ()


def known_at(person: Participant, point: int, as_of: date) -> Known:
    """What is known of her so many months from the end, by what was there on the day.

    Her answer decides. Without one, work or studies count that are known to have gone on in the
    month of the question; whatever else was noted says nothing of that time.
    """
    window = window_of(point, person.left_on)
    if as_of < window.opens_on:
        return Known.AHEAD
    answer = _answer_in(window, person.answers, as_of)
    if answer in _IN_WORK:
        return Known.IN_WORK
    if answer is Answer.STUDIES:
        return Known.STUDIES
    if answer is Answer.NOT_IN_WORK:
        return Known.OUT_OF_WORK
    going_on = [one for one in person.spells if _goes_on(one, window, as_of)]
    if going_on:
        return Known.IN_WORK if any(one.is_work for one in going_on) else Known.STUDIES
    # who would rather not tell, and who said "not known", stay unknown
    return Known.OPEN if answer is None and as_of <= window.closes_on else Known.UNKNOWN


def _answer_in(window: Window, answers: Iterable[Given], as_of: date) -> Answer | None:
    """The last answer to the question, given by the day."""
    found = [
        one
        for one in answers
        if one.asked_on <= as_of
        and (one.point == window.point or (one.point is None and window.holds(one.asked_on)))
    ]
    return max(found, key=lambda one: one.asked_on).answer if found else None


def _goes_on(spell: Spell, window: Window, as_of: date) -> bool:
    """Whether it is known to have gone on in the month of the question.

    Something without an end is known for a month from its beginning: later it may have ended.
    """
    if spell.began_on > min(window.closes_on, as_of):
        return False
    ends = spell.ended_on or add_months(spell.began_on, 1)
    return ends >= window.opens_on


@dataclass(frozen=True, slots=True)
class Point:
    """How many people are known to be what at one point, of all who have reached it."""

    counts: Counter[Known]

    @property
    def reached(self) -> int:
        """Everyone for whom the point has come; open and unknown stay in."""
        return self.counts.total() - self.counts[Known.AHEAD]


@dataclass(frozen=True, slots=True)
class Indicators:
    """Everyone who started, and what is known of them on leaving and six months later."""

    participants: int
    leaving: Point
    six_months: Point


def count_indicators(people: Iterable[Participant], as_of: date) -> Indicators:
    """The indicators that the house knows, on a day."""
    everyone = list(people)
    leaving, later = (
        Point(Counter(known_at(one, point, as_of) for one in everyone))
        for point in (LEAVING, ESF_MONTHS)
    )
    return Indicators(len(everyone), leaving, later)


@dataclass(frozen=True, slots=True)
class NotKnown:
    """An indicator that the house cannot give: its name, its code where it is certain, and why."""

    name: str
    why: str
    code: str = ""


NOT_KNOWN = (
    NotKnown(
        N_("By gender: women, men, non-binary people"),
        N_("Nobody's gender is kept."),
    ),
    NotKnown(
        N_("By age: under 18, 18–29, 55 or older"),
        N_("Nobody's birthday is kept. The identity code is for pay alone."),
    ),
    NotKnown(
        N_("Unemployed, including long-term unemployed"),
        N_("The status of a job seeker is in the municipality's register, not here."),
        "EECO02",
    ),
    NotKnown(
        N_("Long-term unemployed; inactive; employed"),
        N_("The status of a job seeker is in the municipality's register, not here."),
    ),
    NotKnown(
        N_("By education: ISCED 0–2, 3–4, 5–8"),
        N_("Nobody's level of education is kept."),
    ),
    NotKnown(
        N_("Participants with disabilities"),
        N_("An employer may not ask, and nothing of it is kept."),
        "EECO12",
    ),
    NotKnown(
        N_(
            "Third-country nationals, people with a foreign background, minorities, homeless people"
        ),
        N_("An employer may not ask, and nothing of it is kept."),
    ),
    NotKnown(
        N_("Participants from rural areas"),
        N_("The municipality is known, but not which areas the funder counts as rural."),
    ),
    NotKnown(
        N_("Engaged in job searching upon leaving"),
        N_("It is counted of people who were inactive before, which is not known."),
    ),
    NotKnown(
        N_("Gaining a qualification upon leaving"),
        N_("Qualifications are not kept."),
    ),
    NotKnown(
        N_("A better position on the labour market six months after leaving"),
        N_("The position before is not known, and the sample is drawn by the authority."),
    ),
)
"""Codes are printed only where they have been checked: EECO02 and EECO12 (law.md section 12)."""
