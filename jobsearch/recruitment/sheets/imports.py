"""A spreadsheet of candidates, as a municipality's coaches fill it in, into plain rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from jobsearch.core.phones import phone_number
from jobsearch.core.refusals import Refusals, is_total, same
from jobsearch.core.sheets import Sheet
from jobsearch.core.tables import Record, read_table
from jobsearch.core.text import mark as N_
from jobsearch.recruitment.rules import ExitReason, SessionForm, Stage
from jobsearch.recruitment.sheets.rules import (
    CAME_WORDS,
    NOT_SELECTED_WORDS,
    SELECTED_WORDS,
    STAYED_AWAY_WORDS,
    stage_from_sheet,
)

REQUIRED: Mapping[str, Sequence[str]] = {
    "name": ("Nimi", "Namn", "Name"),
    "phone": ("Puhelin", "Puhelinnumero", "Telefon", "Phone"),
    "municipality": ("Kunta", "Kommun", "Municipality"),
    "municipal_coach": ("Omavalmentaja", "Egen coach", "Municipal coach"),
    "referred_on": ("Ohjattu", "Hänvisad", "Referred"),
    "session_on": ("Infopäivä", "Infodag", "Info session"),
    "came": ("Infoon", "Till info", "Came"),
    "decision": ("Päätös", "Beslut", "Decision"),
    "group": ("Ryhmä", "Grupp", "Group"),
}
OPTIONAL: Mapping[str, Sequence[str]] = {
    "introduction": ("Henkilöesittely", "Esittely", "Presentation", "Introduction"),
    "session_form": ("Infon muoto", "Infoform", "Session form"),
    "note": ("Syy tai huomio", "Syy", "Huomio", "Orsak", "Reason"),
}
_ALONE = ("henkilökoht", "yksilö", "personlig", "one to one")


@dataclass(frozen=True, slots=True)
class SheetCandidate:
    """One person of the sheet, the number as +358…. The note is read for its reason, not kept."""

    row: int
    name: str
    phone: str | None
    municipality: str
    municipal_coach: str
    introduction: str
    referred_on: date
    session_on: date | None
    session_form: SessionForm | None
    group: str
    stage: Stage
    exit_reason: ExitReason | None
    returned: bool


def parse_candidates(sheets: Sequence[Sheet]) -> list[SheetCandidate]:
    """The candidates of a file, in its order.

    Raises FileRefused with everything that is wrong, each with row and column.
    """
    refusals = Refusals()
    table = read_table(sheets[0], REQUIRED, OPTIONAL)
    records = [record for record in table.records() if not is_total(record)]
    found = [_candidate(record, refusals) for record in records]
    if not records:
        refusals.add(N_("%(sheet)s: there is no row under the headings."), sheet=sheets[0].name)
    refusals.stop_if_any()
    return [candidate for candidate in found if candidate is not None]


def _candidate(record: Record, refusals: Refusals) -> SheetCandidate | None:
    name = refusals.read(record.needed, "name")
    phone = _phone(record, refusals)
    referred_on = refusals.need(record.day, record, "referred_on")
    session_on = refusals.read(record.day, "session_on")
    if referred_on and session_on and session_on < referred_on:
        message = N_(
            "%(sheet)s, row %(row)d, column %(letter)s (%(column)s): "
            "the info session is before the referral."
        )
        refusals.found.append(record.refuse("session_on", message))
    came = _word(record, refusals, "came", CAME_WORDS | STAYED_AWAY_WORDS | {""})
    decision = _word(record, refusals, "decision", SELECTED_WORDS | NOT_SELECTED_WORDS)
    _once(record, refusals, name, phone)
    if name is None or referred_on is None:
        return None
    told = stage_from_sheet(
        came=came,
        decision=decision,
        invited=session_on is not None,
        note=same(record.text("note")),
    )
    return SheetCandidate(
        row=record.number,
        name=name,
        phone=phone,
        municipality=record.text("municipality"),
        municipal_coach=record.text("municipal_coach"),
        introduction=record.text("introduction"),
        referred_on=referred_on,
        session_on=session_on,
        session_form=_form(record),
        group=record.text("group"),
        stage=told.stage,
        exit_reason=told.exit_reason,
        returned=told.returned,
    )


def _word(record: Record, refusals: Refusals, key: str, known: frozenset[str]) -> str:
    word = same(refusals.read(record.text, key) or "")
    if word not in known:
        refusals.unknown_word(record, key, sorted(known - {""}))
    return word


def _form(record: Record) -> SessionForm | None:
    words = same(record.text("session_form"))
    if not words:
        return None
    return SessionForm.ONE_TO_ONE if any(w in words for w in _ALONE) else SessionForm.GROUP


def _phone(record: Record, refusals: Refusals) -> str | None:
    written = refusals.read(record.text, "phone")
    number = phone_number(written) if written else None
    if written and number is None:
        message = N_(
            "%(sheet)s, row %(row)d, column %(letter)s (%(column)s): "
            "“%(value)s” is not a telephone number."
        )
        refusals.found.append(record.refuse("phone", message))
    return number


def _once(record: Record, refusals: Refusals, name: str | None, phone: str | None) -> None:
    """A person twice: the same name, or the same number in any spelling."""
    before = len(refusals.found)
    if name:
        refusals.once(("name", same(name)), record, "name")
    if phone and len(refusals.found) == before:
        refusals.once(("phone", phone), record, "phone")
