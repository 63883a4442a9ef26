"""Hebrew and Arabic on paper: letters joined as they are written, lines in the order of drawing.

Unicode's bidirectional algorithm (UAX #9) without embeddings, isolates and paired brackets: the
signs that ask for those are left out of every text before it comes here.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001eeff]"
)
_ARABIC_FORMS = range(0xFB50, 0xFEFD)
_TATWEEL = "\u0640"
_LAM_ALEF = ("\u0644\u0622", "\u0644\u0623", "\u0644\u0625", "\u0644\u0627")
_MIRRORED = str.maketrans("()[]{}<>«»‹›≤≥", ")(][}{><»«›‹≥≤")


class Turned(str):
    """A line in the order of drawing; `is_right` its side, `parts` what is read one after another.

    A part is a run of one direction, as (from, to) of the drawn letters: programs that read a PDF
    turn the letters inside it again. No /ActualText is given: Poppler turns that too (22.12).
    """

    __slots__ = ("is_right", "parts")
    is_right: bool
    parts: tuple[tuple[int, int], ...]


def turns(text: str) -> bool:
    """Whether any letter of the text is written from right to left."""
    return not text.isascii() and _RIGHT_TO_LEFT.search(text) is not None


def is_right_to_left(text: str) -> bool:
    """Whether the first letter that has a direction goes from right to left (UAX #9, P2, P3)."""
    for letter in text:
        kind = unicodedata.bidirectional(letter)
        if kind in {"L", "R", "AL"}:
            return kind != "L"
    return False


@cache
def _forms() -> dict[str, dict[str, str]]:
    """By Arabic letters: their isolated, final, initial and medial form."""
    found: dict[str, dict[str, str]] = {}
    for code in _ARABIC_FORMS:
        kind, _, letters = unicodedata.decomposition(chr(code)).partition("> ")
        plain = "".join(chr(int(letter, 16)) for letter in letters.split())
        if kind and (len(plain) == 1 or plain in _LAM_ALEF):
            found.setdefault(plain, {})[kind.lstrip("<")] = chr(code)
    return found


@cache
def plain_letters() -> dict[str, str]:
    """The letters that each joined form stands for: what a reader of the file is to get."""
    return {form: plain for plain, forms in _forms().items() for form in forms.values()}


def joined(text: str) -> str:
    """The text with its Arabic letters in the forms that they have beside each other."""
    units = _units(text)
    made = []
    for at, unit in enumerate(units):
        forms = _forms().get(unit)
        if forms is None:
            made.append(unit)
            continue
        before = _joins_on(_beside(units, at, -1))
        after = "initial" in forms and _is_joined_to(_beside(units, at, 1))
        kind = ("medial" if after else "final") if before else ("initial" if after else "isolated")
        made.append(forms.get(kind) or forms.get("isolated") or unit)
    return "".join(made)


def _units(text: str) -> list[str]:
    """The letters; lam and alef, which are written as one, stay together."""
    units: list[str] = []
    for letter in text:
        if units and units[-1] + letter in _LAM_ALEF:
            units[-1] += letter
        else:
            units.append(letter)
    return units


def _beside(units: list[str], at: int, step: int) -> str:
    """The next letter on one side; vowel signs stand above and below and part nothing."""
    at += step
    while 0 <= at < len(units) and unicodedata.bidirectional(units[at][0]) == "NSM":
        at += step
    return units[at] if 0 <= at < len(units) else ""


def _joins_on(unit: str) -> bool:
    """Whether a letter reaches to the one after it."""
    return unit == _TATWEEL or "initial" in _forms().get(unit, ())


def _is_joined_to(unit: str) -> bool:
    """Whether a letter lets the one before it reach to it."""
    return unit == _TATWEEL or "final" in _forms().get(unit, ())


def turned(line: str, right: bool) -> Turned:
    """A line as it is drawn from left to right, in a paragraph of one direction."""
    kinds = _kinds(line, right)
    levels = _levels(kinds, right)
    for at in range(len(line) - 1, -1, -1):
        if not line[at].isspace():
            break
        levels[at] = int(right)
    order = _order(line, levels)
    drawn = "".join(line[at].translate(_MIRRORED) if levels[at] % 2 else line[at] for at in order)
    made = Turned(drawn)
    made.is_right, made.parts = right, _parts(order, levels)
    return made


def _parts(order: list[int], levels: list[int]) -> tuple[tuple[int, int], ...]:
    """Where each run of one level stands in the drawing, in the order of reading."""
    drawn = {place: at for at, place in enumerate(order)}
    parts, first = [], 0
    for at in range(1, len(levels) + 1):
        if at == len(levels) or levels[at] != levels[first]:
            places = [drawn[place] for place in range(first, at)]
            parts.append((min(places), max(places) + 1))
            first = at
    return tuple(parts)


def _kinds(line: str, right: bool) -> list[str]:
    """The directions of letters after the rules W1 to W7: L, R, EN, AN or neutral (ON)."""
    kinds = _letters(line, right)
    _take_in_signs(kinds)
    strong = "R" if right else "L"
    for at, kind in enumerate(kinds):
        if kind in {"L", "R"}:
            strong = kind
        elif kind == "EN":
            kinds[at] = "L" if strong == "L" else "EN"
        elif kind != "AN":
            kinds[at] = "ON"
    return kinds


def _letters(line: str, right: bool) -> list[str]:
    """W1 to W3: vowel signs go with their letter, numbers after Arabic are Arabic numbers."""
    strong = before = "R" if right else "L"
    kinds = []
    for letter in line:
        kind = unicodedata.bidirectional(letter) or "L"
        kind = before if kind == "NSM" else kind
        if kind in {"L", "R", "AL"}:
            strong = kind
        kinds.append("AN" if kind == "EN" and strong == "AL" else kind)
        before = kind
    return ["R" if kind == "AL" else kind for kind in kinds]


def _take_in_signs(kinds: list[str]) -> None:
    """W4 and W5: a separator inside a number and signs beside it belong to the number."""
    for at in range(1, len(kinds) - 1):
        one, sign, two = kinds[at - 1 : at + 2]
        if one == two and (sign, one) in {("ES", "EN"), ("CS", "EN"), ("CS", "AN")}:
            kinds[at] = one
    for steps in (range(1, len(kinds)), range(len(kinds) - 2, -1, -1)):
        for at in steps:
            if kinds[at] == "ET" and kinds[at - steps.step] == "EN":
                kinds[at] = "EN"


def _levels(kinds: list[str], right: bool) -> list[int]:
    """How deep each letter is turned: neutrals go with both neighbours, else with the line."""
    base, own = int(right), "R" if right else "L"
    levels, at = [0] * len(kinds), 0
    while at < len(kinds):
        end = at
        while end < len(kinds) and kinds[end] == "ON":
            end += 1
        if end > at:
            one = _side(kinds[at - 1]) if at else own
            two = _side(kinds[end]) if end < len(kinds) else own
            kinds[at:end] = [one if one == two else own] * (end - at)
        at = max(end, at + 1)
    for at, kind in enumerate(kinds):
        if base:
            levels[at] = 1 if kind == "R" else 2
        else:
            levels[at] = {"L": 0, "R": 1}.get(kind, 2)
    return levels


def _side(kind: str) -> str:
    return "L" if kind == "L" else "R"


def _order(line: str, levels: list[int]) -> list[int]:
    """The places of letters from left to right (L2); vowel signs stay after their letter (L3)."""
    order = list(range(len(levels)))
    for level in range(max(levels, default=0), 0, -1):
        at = 0
        while at < len(order):
            end = at
            while end < len(order) and levels[order[end]] >= level:
                end += 1
            order[at:end] = reversed(order[at:end])
            at = end + 1
    placed: list[int] = []
    signs: list[int] = []
    for place in order:
        if levels[place] % 2 and unicodedata.bidirectional(line[place]) == "NSM":
            signs.append(place)
        else:
            placed += [place, *signs]
            signs = []
    return placed + signs
