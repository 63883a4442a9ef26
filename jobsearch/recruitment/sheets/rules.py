"""What the words of a candidates' sheet say: of its columns, a stage, a reason for leaving."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from jobsearch.core.errors import RuleBroken
from jobsearch.core.text import mark as N_
from jobsearch.recruitment.rules import ExitReason, Stage


@dataclass(frozen=True, slots=True)
class SheetStage:
    """What a row of a candidates' sheet says: the stage, why it ended there, and a return."""

    stage: Stage
    exit_reason: ExitReason | None = None
    returned: bool = False


SELECTED_WORDS = frozenset({"valittu", "vald", "selected"})
NOT_SELECTED_WORDS = frozenset({"ei valittu", "inte vald", "not selected", ""})
CAME_WORDS = frozenset({"saapui", "kom", "came"})
STAYED_AWAY_WORDS = frozenset({"ei saapunut", "kom inte", "did not come"})

_REASONS: tuple[tuple[str, ExitReason], ...] = (
    ("ei tavoit", ExitReason.NOT_REACHED),
    ("ei saapu", ExitReason.DID_NOT_COME),
    ("työllisty", ExitReason.FOUND_WORK),
    ("sai töitä", ExitReason.FOUND_WORK),
    ("opisk", ExitReason.STUDIES),
    ("ei halun", ExitReason.DECLINED),
    ("kieltäyty", ExitReason.DECLINED),
    ("ei täyt", ExitReason.NOT_ELIGIBLE),
)
_RETURNED = "palasi"
_BEFORE_START = "ennen aloitusta"


def reason_in(note: str) -> ExitReason | None:
    """The coded reason that a note's first words name; other words are "other", none is None."""
    words = note.casefold().strip()
    if not words:
        return None
    return next((code for start, code in _REASONS if words.startswith(start)), ExitReason.OTHER)


def stage_from_sheet(*, came: str, decision: str, invited: bool, note: str) -> SheetStage:
    """The stage that a row's words tell; all words come trimmed and in lower case.

    Whoever was selected has signed and started, unless the note says that work was found before
    the start; "came back" in the note undoes that. Of the note nothing else is kept.
    """
    if decision in SELECTED_WORDS:
        if _RETURNED in note:
            return SheetStage(Stage.STARTED, returned=True)
        if reason_in(note) is ExitReason.FOUND_WORK and _BEFORE_START in note:
            return SheetStage(Stage.SIGNED, ExitReason.FOUND_WORK)
        return SheetStage(Stage.STARTED)
    if came in CAME_WORDS:
        return SheetStage(Stage.ATTENDED, reason_in(note) or ExitReason.OTHER)
    if came in STAYED_AWAY_WORDS:
        return SheetStage(Stage.INVITED, reason_in(note) or ExitReason.DID_NOT_COME)
    return SheetStage(Stage.INVITED if invited else Stage.REFERRED, reason_in(note))


# --- columns ----------------------------------------------------------------------------------


class Column(StrEnum):
    """What a column of a candidates' sheet can hold."""

    NAME = "name"
    GIVEN_NAME = "given_name"
    FAMILY_NAME = "family_name"
    PHONE = "phone"
    EMAIL = "email"
    IDENTITY_CODE = "identity_code"
    MUNICIPALITY = "municipality"
    LANGUAGE = "language"
    MUNICIPAL_COACH = "municipal_coach"
    INTRODUCTION = "introduction"
    CALL_WHEN = "call_when"
    REFERRED_ON = "referred_on"
    SESSION_ON = "session_on"
    SESSION_FORM = "session_form"
    CAME = "came"
    DECISION = "decision"
    GROUP = "group"
    NOTE = "note"


# headings in full, in Finnish, Swedish and English, without what stands in brackets
_HEADINGS: Mapping[Column, tuple[str, ...]] = {
    Column.NAME: ("nimi", "asiakas", "asiakkaan nimi", "henkilö", "hakija", "namn", "name"),
    Column.GIVEN_NAME: ("etunimi", "etunimet", "förnamn", "first name", "given name"),
    Column.FAMILY_NAME: ("sukunimi", "efternamn", "last name", "family name", "surname"),
    Column.PHONE: ("puhelin", "puh", "puhnro", "gsm", "matkapuhelin", "telefon", "tel", "phone"),
    Column.EMAIL: ("sähköposti", "email", "e-mail", "s-posti", "e-post", "mail"),
    Column.IDENTITY_CODE: ("henkilötunnus", "hetu", "personbeteckning", "identity code"),
    Column.MUNICIPALITY: ("kunta", "kotikunta", "paikkakunta", "kommun", "municipality", "town"),
    Column.LANGUAGE: ("kieli", "asiointikieli", "äidinkieli", "språk", "language"),
    Column.MUNICIPAL_COACH: ("omavalmentaja", "ohjaaja", "valmentaja", "virkailija", "egen coach"),
    Column.INTRODUCTION: ("henkilöesittely", "esittely", "taustaa", "presentation", "introduction"),
    Column.CALL_WHEN: ("milloin soittaa", "soittoaika", "när ringa", "when to call"),
    Column.REFERRED_ON: ("ohjattu", "ohjauspäivä", "pvm", "päivämäärä", "hänvisad", "referred"),
    Column.SESSION_ON: ("infopäivä", "info", "infotilaisuus", "infodag", "info session"),
    Column.SESSION_FORM: ("infon muoto", "infoform", "session form"),
    Column.CAME: ("infoon", "saapui", "osallistui", "till info", "came"),
    Column.DECISION: ("päätös", "valinta", "beslut", "decision"),
    Column.GROUP: ("ryhmä", "grupp", "group"),
    Column.NOTE: ("syy tai huomio", "syy", "huomio", "huom", "orsak", "reason", "note"),
}
# else a heading that holds one of these; the first that fits
_STEMS: tuple[tuple[str, Column], ...] = (
    ("etunim", Column.GIVEN_NAME),
    ("förnamn", Column.GIVEN_NAME),
    ("first name", Column.GIVEN_NAME),
    ("sukunim", Column.FAMILY_NAME),
    ("efternamn", Column.FAMILY_NAME),
    ("last name", Column.FAMILY_NAME),
    ("omavalment", Column.MUNICIPAL_COACH),
    ("coach", Column.MUNICIPAL_COACH),
    ("puhel", Column.PHONE),
    ("telefon", Column.PHONE),
    ("phone", Column.PHONE),
    ("gsm", Column.PHONE),
    ("sähköpost", Column.EMAIL),
    ("sposti", Column.EMAIL),
    ("e-post", Column.EMAIL),
    ("mail", Column.EMAIL),
    ("henkilötunn", Column.IDENTITY_CODE),
    ("hetu", Column.IDENTITY_CODE),
    ("kunta", Column.MUNICIPALITY),
    ("kommun", Column.MUNICIPALITY),
    ("kieli", Column.LANGUAGE),
    ("språk", Column.LANGUAGE),
    ("esittely", Column.INTRODUCTION),
    ("soitt", Column.CALL_WHEN),
    ("milloin tavoit", Column.CALL_WHEN),
    ("ohjattu", Column.REFERRED_ON),
    ("ohjauspäiv", Column.REFERRED_ON),
    ("nimi", Column.NAME),
    ("namn", Column.NAME),
    ("name", Column.NAME),
)
_IN_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_LANGUAGES = {"ruotsi": "sv", "svenska": "sv", "sv": "sv", "swedish": "sv"} | dict.fromkeys(
    ("englanti", "engelska", "english", "en"), "en"
)
HEADING_WITHIN = 30


def plain_heading(text: str) -> str:
    """A heading without brackets, stars, colons and full stops, in small letters."""
    bare = _IN_BRACKETS.sub(" ", text.replace("\u00ad", "")).casefold()
    return " ".join(re.sub(r"[*:.#?]", " ", bare).split())


def column_of(heading: str) -> Column | None:
    """What a heading says of its column, or None."""
    plain = plain_heading(heading)
    for column, words in _HEADINGS.items():
        if plain in words:
            return column
    return next((column for stem, column in _STEMS if stem in plain), None)


def recognise(headings: Sequence[str]) -> dict[str, int]:
    """Which column holds what, by its place from 0; of two that say the same the first counts.

    A heading that says it in full comes before one that only holds the word.
    """
    found: dict[str, int] = {}
    for place, heading in enumerate(headings):
        column = next(
            (c for c, words in _HEADINGS.items() if plain_heading(heading) in words), None
        )
        if column is not None:
            found.setdefault(column.value, place)
    for place, heading in enumerate(headings):
        column = column_of(heading)
        if column is not None and place not in found.values():
            found.setdefault(column.value, place)
    return found


def check_columns(columns: Mapping[str, int]) -> None:
    """A name, and a way to reach her; no column is two things. Raises RuleBroken."""
    if Column.NAME not in columns and Column.GIVEN_NAME not in columns:
        raise RuleBroken(N_("Say which column has the name."), field="columns")
    if Column.PHONE not in columns and Column.EMAIL not in columns:
        raise RuleBroken(
            N_("Say which column has the phone number or the e-mail."), field="columns"
        )


def language_in(word: str) -> str:
    """The language of letters that a word names; Finnish where it is another or none."""
    return _LANGUAGES.get(word.strip().casefold(), "fi")
