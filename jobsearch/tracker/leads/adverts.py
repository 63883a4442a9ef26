"""Reads title, employer and last day out of a pasted advertisement; pure, and only proposals.

Finnish, Swedish and English. Nothing is fetched and nothing is kept: the person looks at what is
proposed and corrects it. Each line is read up to a limit, so that no text takes long.
"""

import re
from dataclasses import dataclass
from datetime import date

from jobsearch.tracker.leads.deadlines import find_deadline

_MOST_LINES, _LONGEST_LINE, _LONGEST_NAME, _LONGEST_TITLE = 400, 400, 120, 80
_MOST_WORDS = 6  # of an employer's name
_LEGAL = frozenset(
    {"oy", "oyj", "ab", "abp", "ky", "kb", "ay", "tmi", "ry", "rf", "osk", "ltd", "plc", "inc"}
    | {"gmbh", "oü", "as"}
)
_LINKS = frozenset({"ja", "och", "and", "&", "of", "i"})
_BODY = re.compile(
    r"kaupunki|kunta|kuntayhtymä|hyvinvointialue|seurakunta|säätiö|yhdistys|stad|kommun|"
    r"samkommun|välfärdsområde|församling|stiftelse",
    re.IGNORECASE,
)
_NOBODY = frozenset(
    {"me", "vi", "we", "he", "hän", "hei", "nyt", "tule", "tervetuloa", "haemme", "etsimme"}
    | {"asiakkaamme", "yrityksemme", "vår", "kund", "our", "client", "kunden", "the", "who", "kuka"}
    | {"asiakkaallemme", "työnantaja", "arbetsgivaren", "employer", "company", "yritys"}
)
_EMPLOYER = re.compile(
    r"(?:työnantaja|yritys|organisaatio|arbetsgivare|företag|employer|company|organisation)"
    r"(?:n nimi|ens namn| name)?[ ]?(?::|$)[ ]?(.{0,120})",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"(?:tehtävänimike|ammattinimike|tehtävä|työtehtävä|nimike|työpaikka|titel|yrkestitel|"
    r"befattning|yrkesbenämning|tjänst|jobb|job title|position|title|role|vacancy|job)"
    r"[ ]?(?::|$)[ ]?(.{0,120})",
    re.IGNORECASE,
)
_SEEKS = re.compile(
    r" (?:hakee|etsii|palkkaa|rekrytoi|söker|anställer|rekryterar|is looking for|is seeking|"
    r"is hiring|seeks|is recruiting)(?: nyt| nu| now)?(?: |:|$)(.{0,120})",
    re.IGNORECASE,
)
_LOOKS_FOR = re.compile(
    r"^(?:haemme|etsimme|palkkaamme|vi söker|vi anställer|we are looking for|we're looking for|"
    r"we are hiring|we seek)(?: nyt| nu| now)? (.{0,120})",
    re.IGNORECASE,
)
_PART = re.compile(r" [|–—-] |, |[|/(•]|: ")
_AFTER_TITLE = re.compile(
    r"[,.;:!?(|]| (?:till|to|for|in|who|with|som|för|med|på|at|tehtäviin|joukkoomme|tiimiimme|"
    r"toimipisteeseemme|vakituiseen|määräaikaiseen|kokoaikaiseen|osa-aikaiseen|omaan|meille)\b",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"^(?:an?|en|ett|uutta|uusia|new|nya?|osaavaa|kokenutta) ", re.IGNORECASE)
_NO_TITLE = re.compile(
    r"avoi(?:met|n) (?:työ)?pai|takaisin|hae (?:työ)?paik|hae tätä|jaa |tulosta|tallenna|ilmoit|"
    r"hakuaika|haku |julkaistu|sijainti|työaika|palkka\b|kuvaus|lediga jobb|tillbaka|ansök|"
    r"publicerad|arbetstid|back|apply|share|save|posted|location|salary|job description|"
    r"viimeinen|sista|deadline|closing|työpaikkailmoitus|platsannons|https?:|www\.|menu|cookie|"
    r"eväste|tervetuloa|hei\b|tule |kom |come |oletko|är du|are you|haluatko|vill du|do you",
    re.IGNORECASE,
)
# the object of "hakee" in its basic form, as far as it can be told from its end
_BASIC = (
    ("jöitä", "jä"),
    ("joita", "ja"),
    ("jiä", "jä"),
    ("jia", "ja"),
    ("aa", "a"),
    ("ää", "ä"),
    ("ia", "i"),
    ("iä", "i"),
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What an advertisement seems to say; empty where nothing could be told."""

    role_title: str = ""
    employer: str = ""
    deadline_on: date | None = None


def read_advert(text: str, today: date) -> Proposal:
    """Propose title, employer and last day from the text of an advertisement."""
    lines = [_plain(line) for line in text.split("\n")[:_MOST_LINES]]
    lines = [line for line in lines if line]
    employer = _find_employer(lines)
    return Proposal(_find_title(lines, employer), employer, find_deadline(text, today))


def _plain(line: str) -> str:
    return " ".join(line[:_LONGEST_LINE].replace("\u00ad", "").split()).lstrip("•*-–#> ")


def _labelled(label: re.Pattern[str], lines: list[str]) -> str:
    """What stands behind a label, or in the line under it."""
    for at, line in enumerate(lines):
        found = label.match(line)
        if found is None:
            continue
        said = found[1].strip() or (lines[at + 1] if at + 1 < len(lines) else "")
        if any(letter.isalpha() for letter in said) and len(said) <= _LONGEST_NAME:
            return said.rstrip(" .,;")
    return ""


def _find_employer(lines: list[str]) -> str:
    said = _labelled(_EMPLOYER, lines)
    if said and said[0] not in "<=+@":
        return said
    for line in lines:
        for seeks in _SEEKS.finditer(line):
            name = _name_before(line[: seeks.start()].split())
            if name:
                return name
    for line in lines:
        name = _name_with_legal_form(line.split()) or _public_body(line)
        if name:
            return name
    return ""


def _public_body(line: str) -> str:
    """A part of a line that ends like the name of a town: "Porin kaupunki"."""
    for part in _PART.split(line):
        words = part.split()
        if 1 < len(words) <= _MOST_WORDS and _BODY.fullmatch(words[-1]):
            name = _name_before(words[:-1])
            return f"{name} {words[-1]}" if name else ""
    return ""


def _name_before(words: list[str]) -> str:
    """The name that ends here: words with a capital letter, back to where it begins."""
    name: list[str] = []
    for word in reversed(words[-_MOST_WORDS:]):
        bare = word.strip("\"'”“»«()").rstrip(",")
        ends = bool(name) and word.endswith((".", "!", "?", ":", ",", ";"))
        is_name = bare[:1].isupper() or bare[:1].isdigit() or bare.casefold() in _LEGAL | _LINKS
        if ends or not is_name or bare.casefold() in _NOBODY:
            break
        name.insert(0, bare)
    while name and name[0].casefold() in _LINKS:
        name.pop(0)
    own = [word for word in name if word.casefold() not in _LEGAL]
    return " ".join(name)[:_LONGEST_NAME] if own else ""


def _name_with_legal_form(words: list[str]) -> str:
    for at, word in enumerate(words):
        bare = re.split(r"[:.,;!?)]", word, maxsplit=1)[0]
        if bare.casefold() in _LEGAL and bare[:1].isupper() and at:
            name = _name_before([*words[:at], bare])
            if len(name.split()) > 1:
                return name
    return ""


def _find_title(lines: list[str], employer: str) -> str:
    said = _labelled(_TITLE, lines)
    if said and said[0].isalpha() and len(said) <= _LONGEST_TITLE:
        return said
    for line in lines:
        sought = _LOOKS_FOR.match(line) or _SEEKS.search(line)
        title = _sought(sought[1]) if sought else _first_part(line, employer)
        if title:
            return title
    return ""


def _sought(text: str) -> str:
    """Whom somebody looks for: "leipuria Poriin" is a leipuri."""
    words = _AFTER_TITLE.split(_ARTICLE.sub("", text.strip()), maxsplit=1)[0].split()
    small = [word for word in words if not word[:1].isupper() or word is words[0]][:4]
    if not small or not small[0][0].isalpha():
        return ""
    for at, word in enumerate(small):
        end = next((end for end in _BASIC if word.endswith(end[0]) and len(word) > 4), None)
        if end is not None:
            small = [*small[:at], word[: -len(end[0])] + end[1]]
            break
    title = " ".join(small)
    return title[0].upper() + title[1:]


def _first_part(line: str, employer: str) -> str:
    """A short line that looks like a title, without the employer and the place behind it."""
    if len(line) > _LONGEST_TITLE * 2 or line.endswith((".", "!", "?", ":", ";")):
        return ""
    parts = [part.strip() for part in _PART.split(line)]
    for part in parts:
        is_employer = employer and part.casefold() == employer.casefold()
        if is_employer or _NO_TITLE.match(part) or len(part.split()) > 8:
            continue
        if len(part) >= 3 and part[0].isalpha() and len(part) <= _LONGEST_TITLE:
            is_name = any(word.casefold() in _LEGAL for word in part.split())
            return "" if is_name else _AFTER_TITLE.split(part, maxsplit=1)[0].strip()
        return ""
    return ""
