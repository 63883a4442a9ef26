"""What people of one group say to help each other, and how they are paired."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum

from jobsearch.core.errors import RuleBroken
from jobsearch.core.health_words import check_shared_words
from jobsearch.core.text import mark as N_

MOST_CALL = 200
MOST_COMPANY = 120
MOST_ROLE = 120
MOST_TIP = 300
MOST_IN_A_PAIR = 3
PRAISE_DAYS = 7
"""For so many days, today included, a kind word stands on the page of whom it was said to."""
# Finnish sorts them after z, in this order
_LAST = str.maketrans("åäö", "{|}")


class PraiseWords(StrEnum):
    """What is said to somebody of the group; each once a day, and nobody counts it."""

    WELL_DONE = "well_done"
    THANKS = "thanks"
    KEEP_GOING = "keep_going"


PRAISE: dict[PraiseWords, str] = {
    PraiseWords.WELL_DONE: N_("Well done!"),
    PraiseWords.THANKS: N_("Thank you for your help!"),
    PraiseWords.KEEP_GOING: N_("You can do it!"),
}


class StillCooling(RuleBroken):
    """Somebody of the group has just turned to the company: it is asked about, not refused."""

    def __init__(self, name: str | None, company: str, on: date, free_on: date) -> None:
        gaps = {"company": company, "on": on, "free_on": free_on}
        if name is None:
            super().__init__(
                N_(
                    "Somebody of your group turned to %(company)s on %(on)s. "
                    "It is free again on %(free_on)s."
                ),
                None,
                **gaps,
            )
            return
        super().__init__(
            N_("%(name)s turned to %(company)s on %(on)s. It is free again on %(free_on)s."),
            None,
            name=name,
            **gaps,
        )


def name_order(name: str) -> str:
    """By what names are sorted: å, ä and ö are the last letters."""
    return name.casefold().translate(_LAST)


def check_call(words: str, *, about_work: bool) -> None:
    """A call for help says something short, and nothing of health. Raises RuleBroken."""
    if not words:
        raise RuleBroken(N_("Say in a few words what you need help with."), field="words")
    _check_length("words", words, MOST_CALL)
    check_shared_words("words", words, about_work=about_work)


def check_tip(company: str, role_title: str, words: str, *, about_work: bool) -> None:
    """A tip names a company, and says nothing of anybody's health. Raises RuleBroken."""
    if not company:
        raise RuleBroken(N_("Say which company it is."), field="company")
    _check_length("company", company, MOST_COMPANY)
    _check_length("role_title", role_title, MOST_ROLE)
    _check_length("known", words, MOST_TIP)
    check_shared_words("known", words, about_work=about_work)


def _check_length(field: str, text: str, most: int) -> None:
    if len(text) > most:
        raise RuleBroken(N_("At most %(most)d characters fit here."), field=field, most=most)


def pairs_of(keys: Sequence[str]) -> dict[str, int]:
    """Pairs in the order given, numbered from 1; the last of an odd number makes a three.

    One alone has no pair.
    """
    if len(keys) < 2:
        return {}
    last = len(keys) // 2
    return {key: min(place // 2 + 1, last) for place, key in enumerate(keys)}


def check_pairs(pairs: Mapping[str, int]) -> None:
    """A pair is two people, or three. Raises RuleBroken."""
    for number, people in sorted(Counter(pairs.values()).items()):
        if not 2 <= people <= MOST_IN_A_PAIR:
            raise RuleBroken(
                N_("A pair is two people, or three. Look at pair %(number)d."), number=number
            )
