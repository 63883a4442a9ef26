"""Names of people in a text, also bent as Finnish, Swedish and English bend them; pure."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from jobsearch.core.free_text import words_in

# case endings of Finnish, the genitives of Swedish and English; then what may hang on them
_ENDINGS = (
    "a", "ä", "n", "na", "nä", "ta", "tä", "ssa", "ssä", "sta", "stä", "lla", "llä", "lta", "ltä",
    "lle", "ksi", "tta", "ttä", "in", "en", "an", "än", "on", "un", "yn", "ön", "hin", "hen", "iin",
    "ia", "iä", "ina", "inä", "issa", "issä", "ista", "istä", "illa", "illä", "ilta", "iltä",
    "ille", "s", "ksen", "ksella", "ksellä", "kselle", "kselta", "kseltä", "ksessa", "ksessä",
    "ksesta", "ksestä", "sta", "kseen", "’s", "'s", "",
)  # fmt: skip
_ENDING = f"(?:{'|'.join(sorted(set(_ENDINGS), key=len, reverse=True))})(?:kin|kaan|kään|ko|kö)?"
# names that are words as well: at the beginning of a sentence they are taken for the word
_WORDS_TOO = frozenset((
    "aamu", "aatos", "ahti", "aino", "anna", "armas", "hilja", "ilma", "ilo", "into", "kaino",
    "kaste", "kielo", "lahja", "lempi", "lumi", "meri", "oiva", "onni", "orvokki", "pilvi",
    "pyry", "raita", "rauha", "ruusu", "sade", "satu", "sirkka", "sisko", "sulo", "säde",
    "taika", "taimi", "taito", "toivo", "tuisku", "tuuli", "tyyne", "usko", "vadelma",
    "vanamo", "vappu", "varma", "veli", "vieno", "vilja", "voitto", "mark", "may", "will",
    "grace", "hope", "joy", "rose", "stig", "bo", "tom", "per", "björn", "sten",
))  # fmt: skip
_WEAK = (("kk", "k"), ("pp", "p"), ("tt", "t"), ("nt", "nn"), ("lt", "ll"), ("rt", "rr"))
_VOWELS = "aeiouyäöå"


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody by given and family name."""

    given_name: str
    family_name: str


def stems_of(name: str) -> tuple[str, ...]:
    """The stems that endings are put on: Pekka bends to Pekan, Satu to Sadun, Virtanen to Virtasen.

    A double given name is also called by its parts.
    """
    found = [name]
    if name[-1:] in _VOWELS:
        root, last = name[:-1], name[-1]
        found += [root[: -len(a)] + b + last for a, b in _WEAK if root.endswith(a)]
        if root.endswith("t") and root[-2:-1] in (*_VOWELS, "h"):
            found.append(root[:-1] + "d" + last)
    if name.endswith("nen"):
        found.append(name[:-3] + "se")
    if name.endswith("s"):
        found.append(name[:-1])
    elif name[-1:] not in _VOWELS:
        found += [name + "i", name + "e"]
    return tuple(found)


def names_in(text: str, others: Iterable[Named], own_given: str = "") -> tuple[str, ...]:
    """Names of these others, quoted as they stand: given name and family name, or the given alone.

    A given name is looked for with a capital letter; one that the person herself has is found with
    the family name alone, and so is one that begins a sentence as an ordinary word.
    """
    words = words_in(text)
    found: dict[int, str] = {}
    for one in others:
        given, family = _pattern(_parts(one.given_name)), _pattern([one.family_name])
        alone = one.given_name.casefold() != own_given.casefold()
        for at, word in enumerate(words):
            said = word.group()
            if not given.fullmatch(said):
                continue
            after = words[at + 1].group() if at + 1 < len(words) else ""
            if one.family_name and after and family.fullmatch(after):
                found[word.start()] = text[word.start() : words[at + 1].end()]
            elif alone and said[:1].isupper() and not _is_a_word(one.given_name, word, text):
                found.setdefault(word.start(), said)
    return tuple(dict.fromkeys(found[at] for at in sorted(found)))


def _parts(given: str) -> Collection[str]:
    return dict.fromkeys((given, *re.split(r"[ -]", given)))


def _pattern(names: Iterable[str]) -> re.Pattern[str]:
    stems = (re.escape(stem) for name in names if len(name) > 1 for stem in stems_of(name))
    return re.compile(f"(?:{'|'.join(stems) or '(?!)'}){_ENDING}", re.IGNORECASE)


def _is_a_word(name: str, word: re.Match[str], text: str) -> bool:
    if name.casefold() not in _WORDS_TOO:
        return False
    before = text[: word.start()].rstrip(" \t\"'”’»-•*(")
    return not before or before[-1] in ".!?:\n"
