"""A spreadsheet of candidates, as a municipality's coaches fill it in, into plain rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from jobsearch.core import spellings
from jobsearch.core.errors import RuleBroken
from jobsearch.core.phones import phone_number
from jobsearch.core.refusals import Refusals, is_total, same
from jobsearch.core.sheets import Line, Sheet
from jobsearch.core.tables import Record, Table, read_table
from jobsearch.core.text import mark as N_
from jobsearch.recruitment.referrals.rules import split_name
from jobsearch.recruitment.rules import ExitReason, SessionForm, Stage
from jobsearch.recruitment.sheets.rules import (
    CAME_WORDS,
    HEADING_WITHIN,
    NOT_SELECTED_WORDS,
    SELECTED_WORDS,
    STAYED_AWAY_WORDS,
    language_in,
    recognise,
    stage_from_sheet,
)

# The pilot's own headings, by which intake tells the kind of a file.
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
_WORDS = (
    "municipality",
    "municipal_coach",
    "introduction",
    "group",
    "note",
    "language",
    "call_when",
)
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
    email: str | None = None
    language: str = "fi"
    call_when: str = ""
    identity_code: str | None = None


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


def heading_of(sheet: Sheet) -> Line:
    """The one of the first rows whose headings are known best. Raises RuleBroken for none."""
    if not sheet.lines:
        raise RuleBroken(N_("%(sheet)s is empty."), "file", sheet=sheet.name)
    return max(sheet.lines[:HEADING_WITHIN], key=lambda line: len(recognise(headings_of(line))))


def headings_of(line: Line) -> list[str]:
    """The headings as a person reads them."""
    return [" ".join(str(value if value is not None else "").split()) for value in line.values]


@dataclass(frozen=True, slots=True)
class Understood:
    """What was read of a sheet with columns named by a person, and all that is wrong in it."""

    candidates: Sequence[SheetCandidate]
    problems: Sequence[RuleBroken]


def understand(
    sheet: Sheet, heading_row: int, columns: Mapping[str, int], today: date
) -> Understood:
    """The candidates below a heading row. What has no column is left open: introduced today.

    Nothing is raised: problems come row by row, beside what was understood.
    """
    refusals = Refusals()
    heading = next((line for line in sheet.lines if line.number == heading_row), sheet.lines[0])
    table = Table(sheet, heading, dict(columns))
    records = [record for record in table.records() if not is_total(record)]
    found = [_candidate(record, refusals, today) for record in records]
    if not records:
        refusals.add(N_("%(sheet)s: there is no row under the headings."), sheet=sheet.name)
    return Understood([one for one in found if one is not None], refusals.found)


def _candidate(
    record: Record, refusals: Refusals, today: date | None = None
) -> SheetCandidate | None:
    name = _name(record, refusals)
    phone = _phone(record, refusals)
    referred_on = _referred_on(record, refusals, today)
    session_on = _session_on(record, refusals, referred_on)
    came = _word(record, refusals, "came", CAME_WORDS | STAYED_AWAY_WORDS | {""})
    decision = _word(record, refusals, "decision", SELECTED_WORDS | NOT_SELECTED_WORDS)
    email, code = _email(record, refusals), _identity_code(record, refusals)
    if today is None:
        _once(record, refusals, name, phone)
    else:
        _once_by_any(record, refusals, {"phone": phone, "email": email, "identity_code": code})
        _reachable(record, refusals, name)
    words = {key: refusals.read(record.text, key) or "" for key in _WORDS}
    if name is None or referred_on is None:
        return None
    invited, note = session_on is not None, same(words["note"])
    told = stage_from_sheet(came=came, decision=decision, invited=invited, note=note)
    return SheetCandidate(
        row=record.number,
        name=name,
        phone=phone,
        municipality=words["municipality"],
        municipal_coach=words["municipal_coach"],
        introduction=words["introduction"],
        referred_on=referred_on,
        session_on=session_on,
        session_form=_form(record),
        group=words["group"],
        stage=told.stage,
        exit_reason=told.exit_reason,
        returned=told.returned,
        email=email,
        language=language_in(words["language"]),
        call_when=words["call_when"][:120],
        identity_code=code,
    )


def _session_on(record: Record, refusals: Refusals, referred_on: date | None) -> date | None:
    session_on = refusals.read(record.day, "session_on")
    if referred_on and session_on and session_on < referred_on:
        message = N_(
            "%(sheet)s, row %(row)d, column %(letter)s (%(column)s): "
            "the info session is before the referral."
        )
        refusals.found.append(record.refuse("session_on", message))
    return session_on


def _name(record: Record, refusals: Refusals) -> str | None:
    """One field, or given names and family name in two."""
    columns = record.table.columns
    if "name" in columns or "given_name" not in columns:
        name = refusals.read(record.needed, "name")
        return None if name is None else " ".join(split_name(name)).strip()
    given = refusals.read(record.needed, "given_name")
    return None if given is None else f"{given} {record.text('family_name')}".strip()


def _referred_on(record: Record, refusals: Refusals, today: date | None) -> date | None:
    if today is None:
        return refusals.need(record.day, record, "referred_on")
    before = len(refusals.found)
    day = refusals.read(record.day, "referred_on")
    if day is not None and day > today:
        message = N_(
            "%(sheet)s, row %(row)d, column %(letter)s (%(column)s): "
            "the day has not come yet: %(value)s."
        )
        refusals.found.append(record.refuse("referred_on", message))
    return day if day is not None or len(refusals.found) > before else today


def _email(record: Record, refusals: Refusals) -> str | None:
    written = refusals.read(record.text, "email")
    address = spellings.email_address(written) if written else None
    if written and address is None:
        message = N_(
            "%(sheet)s, row %(row)d, column %(letter)s (%(column)s): "
            "“%(value)s” is not an e-mail address."
        )
        refusals.found.append(record.refuse("email", message))
    return address


def _identity_code(record: Record, refusals: Refusals) -> str | None:
    """By it somebody is recognised; it is not kept of a candidate (1050/2018 section 29)."""
    written = refusals.read(record.text, "identity_code")
    code = spellings.identity_code(written) if written else None
    if written and code is None:
        message = N_(
            "%(sheet)s, row %(row)d, column %(letter)s (%(column)s): "
            "this is not a Finnish identity code."
        )
        refusals.found.append(record.refuse("identity_code", message))
    return code


def _reachable(record: Record, refusals: Refusals, name: str | None) -> None:
    if name and not record.text("phone") and not record.text("email"):
        message = N_(
            "%(sheet)s, row %(row)d: %(name)s has neither a phone number nor an e-mail address."
        )
        key = "phone" if "phone" in record.table.columns else "email"
        refusals.found.append(record.refuse(key, message, name=name))


def _once_by_any(record: Record, refusals: Refusals, marks: Mapping[str, str | None]) -> None:
    """A person twice: one of number, address and code in any spelling. Names may be the same."""
    before = len(refusals.found)
    for key, mark in marks.items():
        if mark and len(refusals.found) == before:
            refusals.once((key, mark), record, key)


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
