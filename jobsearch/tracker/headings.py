"""What a heading of somebody's tracker means, however it is worded, and where the headings are."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from jobsearch.core.errors import RuleBroken
from jobsearch.core.sheets import Line, Sheet, Value
from jobsearch.core.tables import Table
from jobsearch.core.text import mark as N_

_FIELD = "file"
_HEADING_WITHIN = 30  # rows of titles and notes that may stand above the headings
_UNITS = r"\b(kpl|st|pcs?|h|t|lkm|määrät?|antal|nro|number of|no)\b"
_DONE = r"\b(toteu\w+|teh(ty|dyt)|tulos|tulokset|done|actual|results?|utfall|resultat|gjor(t|da))\b"
_GOAL = r"\b(tavoi\w+|mål\w*|goals?|targets?)\b"
# sums over kinds or days, averages, remarks, and days or people that belong to a kind
_NEVER = re.compile(
    r"yht\b|yhteensä|summa|total|kaikki|keskiarvo|average|medel|%|huom|komment|muistiin|lisätie"
    r"|\bnotes?\b|remark|comment|anteckn|anmärk|seuraava|\bnext\b|nästa|yhteystie|uppgift|detail"
    r"|yhteyshenk|contact person|kontaktperson|pvm\b.|.\bpvm|päivämäärät"
)
_WHOLE: Mapping[str, str] = {
    "day": r"päivä|päivämäärä|pvm|pv|(ohjelma|työ)päivä|dag|datum|day|date",
    "name": r"nimi|(henkilön|työnhakijan|osallistujan|hakijan) nimi|henkilö|työnhakija|osallistuja"
    r"|hakija|namn|person|deltagare|(arbets|jobb)sökande|(full )?name|participant|job ?seeker",
    "hours": r"läsnä|läsnäolo(tunnit)?|(läsnä|läsnäolo|tehdyt|työ) ?(tunnit|tunteja)|tunnit|tunteja"
    r"|työaika|närvaro(timmar)?|närvarande|(arbets)?timmar|hours( (present|worked))?"
    r"|attendance( hours)?|present",
    "group": r"ryhmä|ryhmän nimi|grupp|group",
}
_AGENCIES = (
    r"henkilöstö(palv|vuokr)|vuokra(fir|yri)|avoi(n|met|mia|mien) hakemu|öpp(en|na) ansök"
    r"|spontanansök|bemanning|open applic|agenc|staffing"
)
_ADVERTS = (
    r"avoi(n|met|mia|mien) (työ)?paik|\bhae(tut|ttu)|\bhaut\b|\bhaku\b|paikkahau|hakemu|lediga?"
    r" |sökta|ansökning|annons|advertis|vacanc|applied|applic|open (position|job)"
)
_STEMS: Sequence[tuple[str, str]] = (
    ("agency_application", _AGENCIES),
    ("interview", r"haastattel|intervju|interview"),
    ("employer_contact", r"yhteydenot|kontakt|contact|\bsoito"),
    ("advertised_application", _ADVERTS),
)
NAMES: Mapping[str, str] = {
    "day": "Päivä",
    "name": "Nimi",
    "hours": "Läsnä (h)",
    "advertised_application": "Haetut avoimet paikat",
    "employer_contact": "Yhteydenotot työnantajiin",
    "agency_application": "Avoimet hakemukset henkilöstöpalveluihin",
    "interview": "Sovitut haastattelut",
}
"""What a tracker must have, by the title that a refusal names."""


def meaning(title: Value) -> str | None:
    """What a heading stands for: a column's name in the code; None for what is left alone.

    "Haetut avoimet paikat (kpl)", "Sökta lediga jobb" and "Jobs applied for" are one column.
    """
    text = _plain(title)
    wanted = re.search(_GOAL, text)
    text = _bare(re.sub(f"{_GOAL}|{_DONE}|{_UNITS}", " ", text))
    if not text or _NEVER.search(_bare(_plain(title))):
        return None
    if not wanted:
        for key, whole in _WHOLE.items():
            if re.fullmatch(whole, text):
                return key
    kind = next((key for key, stem in _STEMS if re.search(stem, text)), None)
    if wanted:
        return f"goal_{kind}" if kind and kind != "interview" else None
    return kind


def _plain(title: Value) -> str:
    text = str(title if title is not None else "").replace("\u00ad", "").casefold()
    return re.sub(r"-\s*\n\s*", "", text)  # a word broken at the end of a line


def _bare(text: str) -> str:
    return " ".join(re.sub(r"[^\w%]+|_", " ", text).split())


@dataclass(frozen=True, slots=True)
class Layout:
    """A row taken for the headings and what its columns mean; several may mean the same."""

    heading: Line
    meanings: Mapping[str, Sequence[int]]

    @property
    def hits(self) -> int:
        """How many of the columns that a tracker must have are there."""
        return len(NAMES.keys() & self.meanings.keys())


def find_layout(sheet: Sheet) -> Layout:
    """The row, or the two rows over each other, that mean the most. Raises RuleBroken if empty."""
    if not sheet.lines:
        raise RuleBroken(N_("%(sheet)s is empty."), _FIELD, sheet=sheet.name)
    lines = sheet.lines[:_HEADING_WITHIN]
    found = [_layout(line) for line in lines]
    # two rows count only when they say more than one of them does
    found += [_layout(_joined(upper, line)) for upper, line in pairwise(lines)]
    return max(found, key=lambda layout: (layout.hits, len(layout.meanings)))


def _layout(heading: Line) -> Layout:
    meanings: dict[str, list[int]] = {}
    for column, title in enumerate(heading.values):
        key = meaning(title) if isinstance(title, str) else None
        if key is not None:
            meanings.setdefault(key, []).append(column)
    return Layout(heading, meanings)


def _joined(upper: Line, lower: Line) -> Line:
    """Headings in two rows as one: a cell over several columns holds for all of them."""
    titles: list[Value] = []
    over = ""
    for column in range(max(len(upper.values), len(lower.values))):
        above, below = upper.at(column), lower.at(column)
        over = above if isinstance(above, str) else over
        if not isinstance(below, str):
            titles.append(above)
        elif _is_side(below):
            titles.append(f"{below} {over}")
        elif re.search(_GOAL, _plain(over)) and meaning(over) is None:
            titles.append(f"{over} {below}")
        else:
            titles.append(below)
    return Line(lower.number, tuple(titles))


def _is_side(title: str) -> bool:
    """Whether a heading says no more than "goal" or "done"."""
    return not _bare(re.sub(f"{_GOAL}|{_DONE}|{_UNITS}", " ", _plain(title)))


def read_layout(sheet: Sheet) -> Table:
    """The sheet as a table. Raises RuleBroken for a column that is missing or there twice."""
    layout = find_layout(sheet)
    where = {"sheet": sheet.name, "row": layout.heading.number}
    columns: dict[str, int] = {}
    for key, places in layout.meanings.items():
        place = _chosen(key, places, layout.heading)
        if place is None:
            titles = [" ".join(str(layout.heading.at(one)).split()) for one in places[:2]]
            raise RuleBroken(
                N_(
                    "%(sheet)s, row %(row)d: the headings “%(title)s” and “%(other)s”"
                    " mean the same. Leave one of them."
                ),
                _FIELD,
                title=titles[0],
                other=titles[1],
                **where,
            )
        columns[key] = place
    for key, title in NAMES.items():
        if key not in columns:
            raise RuleBroken(
                N_("%(sheet)s, row %(row)d: the heading “%(title)s” is missing."),
                _FIELD,
                title=title,
                **where,
            )
    return Table(sheet, layout.heading, columns)


def _chosen(key: str, places: Sequence[int], heading: Line) -> int | None:
    """The only place, or the only one that is worded as the programme words it."""
    if len(places) == 1:
        return places[0]
    own = [one for one in places if _bare(_plain(heading.at(one))) == _bare(_plain(NAMES.get(key)))]
    return own[0] if len(own) == 1 else None
