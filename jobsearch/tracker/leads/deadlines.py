"""Finds the last day to apply in the text of an advertisement; pure."""

import re
from collections.abc import Iterator
from datetime import date

_NEAR = 90  # letters behind the words in which the day stands
_MOST_TRIES = 20
_WORDS = re.compile(
    r"viimei\w{0,4} hakupäiv\w{0,4}|hakuai\w{0,4}|haku (?:päättyy|sulkeutuu|on auki|on avoinna)|"
    r"viimeistään|mennessä|hae (?:heti|paikkaa|tehtävään)|jätä hakemu|lähetä hakemu|"
    r"hakemukset? |paikka täytetään|"
    r"sista ansökning\w{0,8}|ansökningstid\w{0,4}|ansök(?:an)?(?: \w{1,15}){0,3} senast|senast|"
    r"sök senast|"
    r"apply (?:by|before|no later than)|application(?:s)? (?:deadline|close[sd]?|period|must)|"
    r"closing date|deadline|no later than|apply until|applications? by|last (?:application )?day",
    re.IGNORECASE,
)
# the words stand behind the day: "30.11. mennessä"
_BEHIND = re.compile(r"mennessä", re.IGNORECASE)
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "tammi januari january jan",
            "helmi februari february feb",
            "maalis mars march mar",
            "huhti april apr",
            "touko maj may",
            "kesä juni june jun",
            "heinä juli july jul",
            "elo augusti august aug",
            "syys september sep sept",
            "loka oktober october okt oct",
            "marras november nov",
            "joulu december dec",
        ),
        start=1,
    )
    for name in names.split()
}
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_NUMBERS = re.compile(
    r"(?<![\d.:])(\d{1,2})\s?[./]\s?(\d{1,2})(?:\s?[./]\s?(\d{4})|[./](\d{2})(?![\d.:]))?(?!\d)"
)
_DAY_FIRST = re.compile(
    r"(?<![\d.:])(\d{1,2})(?:\.|st|nd|rd|th|:e)?\s{1,2}(?:of |päivänä )?([a-zåäö]{3,9}?)"
    r"(?:kuu(?:ta|n|ssa)?)?\b\.?,?(?:\s{1,2}(\d{4}))?",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(
    r"\b([a-z]{3,9})\.?\s{1,2}(\d{1,2})(?:st|nd|rd|th)?(?![\d.:])(?:,?\s{1,2}(\d{4}))?",
    re.IGNORECASE,
)
_RANGE = re.compile(r"\s{0,2}(?:[-–—]|to|till|until|saakka|asti)\s{0,2}", re.IGNORECASE)

Found = tuple[int, int, date]
"""Where a day begins and ends in the text, and the day."""


def find_deadline(text: str, today: date) -> date | None:
    """The last day to apply that a text names; of a span it is the last one.

    A day without a year is the next one to come. None when no day stands near the words for it.
    """
    for tried, words in enumerate(_WORDS.finditer(text)):
        if tried == _MOST_TRIES:
            break
        if _BEHIND.fullmatch(words[0]):
            found = _days(text[max(words.start() - 40, 0) : words.start()], today)[-1:]
        else:
            found = _days(text[words.end() : words.end() + _NEAR], today)
        if found:
            return _last_of_span(text, words.end(), found)
    return None


def _last_of_span(text: str, start: int, found: list[Found]) -> date:
    first, *others = found
    if others:
        between = text[start + first[1] : start + others[0][0]]
        if _RANGE.fullmatch(between.strip(". ")):
            return others[0][2]
    return first[2]


def _days(text: str, today: date) -> list[Found]:
    """The days in a short text, in their order; what is no day of the calendar is left out."""
    return sorted(one for one in _every_day(text, today))


def _every_day(text: str, today: date) -> Iterator[Found]:
    for iso in _ISO.finditer(text):
        yield from _found(iso, int(iso[3]), int(iso[2]), iso[1], today)
    for said in _NUMBERS.finditer(text):
        yield from _found(said, int(said[1]), int(said[2]), said[3] or said[4], today)
    for said in _DAY_FIRST.finditer(text):
        month = _MONTHS.get(said[2].casefold())
        if month is not None:
            yield from _found(said, int(said[1]), month, said[3], today)
    for said in _MONTH_FIRST.finditer(text):
        month = _MONTHS.get(said[1].casefold())
        if month is not None:
            yield from _found(said, int(said[2]), month, said[3], today)


def _found(
    said: re.Match[str], day: int, month: int, year: str | None, today: date
) -> Iterator[Found]:
    for candidate in _years(year, today):
        try:
            on = date(candidate, month, day)
        except ValueError:  # the 31st of June, or 16.00
            continue
        if year is not None or on >= today:
            yield said.start(), said.end(), on
            return


def _years(said: str | None, today: date) -> tuple[int, ...]:
    if said is None:
        return today.year, today.year + 1
    return (int(said) + (2000 if len(said) == 2 else 0),)
