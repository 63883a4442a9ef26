"""Words that often tell of someone's health, in the three languages of the house."""

import re

from jobsearch.core.errors import RuleBroken
from jobsearch.core.text import mark as N_

# beginnings of words in Finnish, Swedish and English
_BEGINNINGS = (
    "adhd", "ahdistu", "alkoholi", "autis", "burnout", "diabet", "diagnoo", "epilep", "kuntoutu",
    "leikkau", "lääkäri", "lääki", "lääke", "masen", "mielentervey", "migreen", "päihde", "päihte",
    "raska", "reuma", "sairaa", "sairas", "sairau", "syövä", "syöpä", "terapi", "terveyden",
    "terveyti", "työkyvyttöm", "uupum", "uupunu", "vamma", "deprimera", "depression", "gravid",
    "läkare", "medicin", "missbruk", "psyk", "sjuk", "utbränd", "utmattn", "ångest", "cancer",
    "disab", "disease", "doctor", "hospital", "ill", "illness", "medicat", "pregnan", "sick",
    "therapy", "alcohol", "anxiety", "mental",
)  # fmt: skip
_WHOLE = frozenset({"ill"})  # "illallinen" and "illustrate" are no illness
_WORD = re.compile(r"[^\W\d_]+")


def words_of_health(*texts: str) -> tuple[str, ...]:
    """The words of the texts that may tell of health, in small letters, each once."""
    found: dict[str, None] = {}
    for text in texts:
        for word in _WORD.findall(text):
            low = word.lower()
            if any(low == s if s in _WHOLE else low.startswith(s) for s in _BEGINNINGS):
                found[low] = None
    return tuple(found)


def check_shared_words(field: str, text: str, *, about_work: bool) -> None:
    """What others read says nothing of anybody's health. Raises RuleBroken on the field.

    A workplace or a trade may be named so: `about_work` is that the writer says it is one.
    """
    telling = () if about_work else words_of_health(text)
    if telling:
        raise RuleBroken(
            N_(
                "This may tell of someone's health: %(words)s. Leave it out, "
                "or say below that it is a workplace or a job."
            ),
            field=field,
            words=", ".join(telling),
        )
