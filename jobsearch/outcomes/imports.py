"""A spreadsheet of outcomes, a row per person who started, into plain rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from jobsearch.core.refusals import Refusals, is_total, same
from jobsearch.core.sheets import Sheet
from jobsearch.core.tables import Record, read_table
from jobsearch.core.text import mark as N_
from jobsearch.outcomes.rules import Evidence, FoundThrough, OutcomeKind

REQUIRED: Mapping[str, Sequence[str]] = {
    "name": ("Nimi", "Namn", "Name"),
    "group": ("Ryhmä", "Grupp", "Group"),
    "ended_on": ("Jakso päättyi", "Perioden slutade", "Period ended"),
    "result": ("Tulos", "Resultat", "Result"),
    "began_on": ("Alkoi", "Började", "Began"),
    "kind": ("Laji", "Typ", "Kind"),
}
OPTIONAL: Mapping[str, Sequence[str]] = {
    "found_through": ("Mistä löytyi", "Kanava", "Kanal", "Channel"),
    "evidence": ("Näyttö", "Underlag", "Evidence"),
}


class Result(StrEnum):
    """What the sheet says came of it."""

    FOUND_WORK = "found_work"
    NOT_IN_WORK = "not_in_work"
    OPEN = "open"


RESULTS = {
    "työllistyi": Result.FOUND_WORK,
    "ei työllistynyt": Result.NOT_IN_WORK,
    "seuranta kesken": Result.OPEN,
    "kesken": Result.OPEN,
}
KINDS = {
    "toistaiseksi voimassa oleva kokoaikatyö": OutcomeKind.PERMANENT_FULL_TIME,
    "toistaiseksi voimassa oleva osa-aikatyö": OutcomeKind.PERMANENT_PART_TIME,
    "määräaikainen kokoaikatyö": OutcomeKind.FIXED_TERM_FULL_TIME,
    "määräaikainen osa-aikatyö": OutcomeKind.FIXED_TERM_PART_TIME,
    "työ henkilöstöpalveluyrityksen kautta": OutcomeKind.AGENCY_WORK,
    "oman alan työ": OutcomeKind.OWN_FIELD_WORK,
    "freelance-keikat jatkuivat": OutcomeKind.FREELANCE,
    "freelance": OutcomeKind.FREELANCE,
    "yrittäjyys": OutcomeKind.SELF_EMPLOYMENT,
    "palkkatuettu työ": OutcomeKind.SUBSIDISED_WORK,
    "muu työ": OutcomeKind.OTHER_WORK,
    "opiskelupaikka": OutcomeKind.STUDIES,
}
CHANNELS = {
    "avoin ilmoitus": FoundThrough.ADVERTISED,
    "yhteydenotto työnantajaan": FoundThrough.EMPLOYER_CONTACT,
    "henkilöstöpalveluyritys": FoundThrough.AGENCY,
    "oma verkosto": FoundThrough.OWN_NETWORK,
    "ohjelma": FoundThrough.PROGRAMME,
    "muu": FoundThrough.OTHER,
}
EVIDENCE = {
    "oma ilmoitus": Evidence.OWN_WORD,
    "työnantajan ilmoitus": Evidence.EMPLOYERS_WORD,
    "työsopimus": Evidence.DOCUMENT,
    "asiakirja": Evidence.DOCUMENT,
}

E = TypeVar("E", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class SheetOutcome:
    """One person of the sheet; kind, beginning and the rest only where work was found."""

    sheet: str
    row: int
    name: str
    group: str
    ended_on: date
    result: Result
    began_on: date | None
    kind: OutcomeKind | None
    found_through: FoundThrough | None
    evidence: Evidence


def parse_outcomes(sheets: Sequence[Sheet]) -> list[SheetOutcome]:
    """The outcomes of a file, in its order.

    Raises FileRefused with everything that is wrong, each with row and column.
    """
    refusals = Refusals()
    table = read_table(sheets[0], REQUIRED, OPTIONAL)
    records = [record for record in table.records() if not is_total(record)]
    found = [_outcome(record, refusals) for record in records]
    if not records:
        refusals.add(N_("%(sheet)s: there is no row under the headings."), sheet=sheets[0].name)
    refusals.stop_if_any()
    return [outcome for outcome in found if outcome is not None]


def _outcome(record: Record, refusals: Refusals) -> SheetOutcome | None:
    name = refusals.read(record.needed, "name")
    if name is not None:
        refusals.once(same(name), record, "name")
    ended_on = refusals.need(record.day, record, "ended_on")
    began_on = refusals.read(record.day, "began_on")
    result = _word(record, refusals, "result", RESULTS)
    if result is None:
        refusals.read(record.needed, "result")
    kind = _word(record, refusals, "kind", KINDS)
    _refuse_mismatch(record, refusals, result)
    if name is None or ended_on is None or result is None:
        return None
    return SheetOutcome(
        sheet=record.table.sheet.name,
        row=record.number,
        name=name,
        group=record.text("group"),
        ended_on=ended_on,
        result=result,
        began_on=began_on,
        kind=kind,
        found_through=_word(record, refusals, "found_through", CHANNELS),
        evidence=_word(record, refusals, "evidence", EVIDENCE) or Evidence.OWN_WORD,
    )


def _refuse_mismatch(record: Record, refusals: Refusals, result: Result | None) -> None:
    """Work has a beginning and a kind; nothing found has neither."""
    if result is Result.FOUND_WORK:
        refusals.read(record.needed, "began_on")
        refusals.read(record.needed, "kind")
    elif result is not None and record.value("began_on") is not None:
        message = N_(
            "%(sheet)s, row %(row)d, column %(letter)s (%(column)s): "
            "a beginning is written although no work was found."
        )
        refusals.found.append(record.refuse("began_on", message))


def _word(record: Record, refusals: Refusals, key: str, known: Mapping[str, E]) -> E | None:
    word = same(refusals.read(record.text, key) or "")
    if word and word not in known:
        refusals.unknown_word(record, key, list(known))
    return known.get(word)
