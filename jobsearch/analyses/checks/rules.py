"""What a writer is asked to look at again before an analysis goes on; nothing of it is refused.

Never in an analysis: health, payroll, reasons of absence, others' names (issue and law.md
section 9, rule (c)). Words that may tell of them are quoted as they stand; people decide.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from jobsearch.analyses.checks.names import Named, names_in
from jobsearch.analyses.rules import SectionKey
from jobsearch.core.free_text import accounts_in, emails_in, identity_codes_in, masked, phones_in
from jobsearch.core.health_words import words_of_health
from jobsearch.core.text import mark as N_

MOST_QUOTED = 8


class Doubt(StrEnum):
    """Why something is asked about."""

    IDENTITY_CODE = "identity_code"
    NAME = "name"
    PHONE = "phone"
    EMAIL = "email"
    ACCOUNT = "account"
    HEALTH = "health"
    PAY = "pay"
    ABSENCE = "absence"


DOUBTS: dict[Doubt, str] = {
    Doubt.IDENTITY_CODE: N_("A personal identity code: take it out."),
    Doubt.NAME: N_("Somebody else's name: does it have to be here?"),
    Doubt.PHONE: N_("A phone number that is not the job seeker's own: is it needed?"),
    Doubt.EMAIL: N_("An e-mail address that is not the job seeker's own: is it needed?"),
    Doubt.ACCOUNT: N_("A bank account: take it out."),
    Doubt.HEALTH: N_("This may tell of somebody's health: leave health out."),
    Doubt.PAY: N_("This may tell of pay or taxes: they do not belong here."),
    Doubt.ABSENCE: N_("This may tell of absences: they do not belong here."),
}


@dataclass(frozen=True, slots=True)
class Around:
    """Whose analysis it is and who is around: `others` are her group's others and its coach."""

    phone: str | None = None
    email: str | None = None
    given_name: str = ""
    others: tuple[Named, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found for one reason, quoted as it stands; identity codes are masked."""

    doubt: Doubt
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SectionWarnings:
    """What is asked about in one section."""

    key: SectionKey
    findings: tuple[Finding, ...]


def look_through(texts: Iterable[tuple[SectionKey, str]], around: Around) -> list[SectionWarnings]:
    """The sections in which something is asked about, in their order."""
    looked = (SectionWarnings(key, findings_in(text, around)) for key, text in texts)
    return [one for one in looked if one.findings]


def findings_in(text: str, around: Around) -> tuple[Finding, ...]:
    """What is asked about in one text, each kind once."""
    found = {
        Doubt.IDENTITY_CODE: tuple(masked(code) for code in identity_codes_in(text)),
        Doubt.NAME: names_in(text, around.others, around.given_name),
        Doubt.PHONE: phones_in(text, (around.phone,)),
        Doubt.EMAIL: emails_in(text, (around.email,)),
        Doubt.ACCOUNT: accounts_in(text),
        Doubt.HEALTH: words_of_health(text),
        Doubt.PAY: words_of_pay(text),
        Doubt.ABSENCE: words_of_absence(text),
    }
    return tuple(Finding(doubt, words[:MOST_QUOTED]) for doubt, words in found.items() if words)


# beginnings of words of payroll in Finnish, Swedish and English
_PAYROLL = (
    "palkkalaskelm", "palkkakuit", "palkkatodist", "verokort", "veroprosent", "ennakonpidäty",
    "ulosot", "ulosmit", "maksukiel", "lomakorvau", "lomaraha", "tulosbonu", "tulorekist",
    "lönespecifika", "lönebesked", "löneintyg", "skattekort", "skatteprocent",
    "förskottsinnehållning", "utmätning", "semesterersättning", "resultatbonus", "payslip",
    "payroll", "garnish", "distraint",
)  # fmt: skip
_PAYROLL_WORD = re.compile(rf"(?<!\w)(?:{'|'.join(_PAYROLL)})\w*", re.IGNORECASE)
# a wage with its amount, in the same sentence, in either order
_WAGE = (
    r"(?<!\w)(?:palka|palkk(?!aty|atu)|tuntipalk|kuukausipalk|bonu|lön(?!s|n)|timlön|månadslön"
    r"|wage|salar)\w*"
)
_AMOUNT = r"[0-9][0-9 \u00a0]*(?:[,.][0-9]{1,2})?[ \u00a0]?(?:€|euro\w*|eur(?!\w))"
_PAID = re.compile(
    rf"{_WAGE}(?:(?![.!?]\s)[^\n]){{0,60}}?{_AMOUNT}|{_AMOUNT}(?:(?![.!?]\s)[^\n]){{0,60}}?{_WAGE}",
    re.IGNORECASE,
)
_ABSENCE = re.compile(
    r"(?<!\w)(?:poissaol|luvaton|luvattom|frånvar|absence|absent)\w*", re.IGNORECASE
)


def words_of_pay(text: str) -> tuple[str, ...]:
    """Words of payroll, and wages that stand with an amount; "paid work" alone is neither."""
    found = [*_PAYROLL_WORD.finditer(text), *_PAID.finditer(text)]
    return tuple(dict.fromkeys(one.group() for one in sorted(found, key=re.Match.start)))


def words_of_absence(text: str) -> tuple[str, ...]:
    """Words that tell that somebody was away."""
    return tuple(dict.fromkeys(_ABSENCE.findall(text)))
