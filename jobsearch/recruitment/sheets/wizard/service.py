"""Use cases of the wizard: let a sheet wait, name its columns, look at it, take it in whole."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete

from jobsearch.core.access import Actor
from jobsearch.core.clock import now, today
from jobsearch.core.db import db
from jobsearch.core.errors import Conflict, RuleBroken
from jobsearch.core.refusals import MOST, FileRefused
from jobsearch.core.sheets import Line, Sheet, letters
from jobsearch.core.text import mark as N_
from jobsearch.core.workbooks import read_sheets
from jobsearch.programmes.models import Programme
from jobsearch.programmes.queries import get_programme
from jobsearch.recruitment.service import record_starts
from jobsearch.recruitment.sheets import queries
from jobsearch.recruitment.sheets.imports import (
    SheetCandidate,
    heading_of,
    headings_of,
    understand,
)
from jobsearch.recruitment.sheets.models import CandidateSheet
from jobsearch.recruitment.sheets.queries import Known
from jobsearch.recruitment.sheets.rules import check_columns, recognise
from jobsearch.recruitment.sheets.service import save_rows

_KEPT = timedelta(days=1)
SHOWN = 20
MOST_COLUMNS = 40


@dataclass(frozen=True, slots=True)
class ColumnLine:
    """One column of a sheet: its letter, heading and first value, and what it is taken for."""

    place: int
    letter: str
    heading: str
    example: str
    holds: str


@dataclass(frozen=True, slots=True)
class Look:
    """A sheet that waits, as it is understood now: its columns, its people, and all that is wrong.

    `already` are candidates of the programme, `known` others whom the provider knows.
    """

    sheet: CandidateSheet
    programme: Programme
    columns: Sequence[ColumnLine]
    candidates: Sequence[SheetCandidate]
    problems: Sequence[RuleBroken]
    known: Sequence[Known]
    already: Sequence[Known]

    @property
    def shown(self) -> Sequence[SheetCandidate]:
        """The first rows, as they are understood."""
        return self.candidates[:SHOWN]

    @property
    def first_problems(self) -> Sequence[RuleBroken]:
        """As many problems as somebody mends in one go."""
        return self.problems[:MOST]

    @property
    def new(self) -> int:
        """How many would become candidates."""
        return len(self.candidates) - len(self.already)


def upload_sheet(actor: Actor, programme_id: str, content: bytes, name: str) -> CandidateSheet:
    """Let a sheet wait, its columns recognised as far as they can be; older ones are let go.

    Raises NotVisible, RuleBroken for a file that cannot be read.
    """
    programme = get_programme(programme_id)
    sheet = _first(content, name)
    heading = heading_of(sheet)
    db.session.execute(delete(CandidateSheet).where(CandidateSheet.uploaded_at < now() - _KEPT))
    row = CandidateSheet(
        programme_id=programme.id,
        name=name[:120],
        heading_row=heading.number,
        columns=recognise(headings_of(heading)),
        content=content,
        uploaded_at=now(),
        uploaded_by_id=actor.account_id,
    )
    db.session.add(row)
    db.session.flush()
    return row


def name_columns(
    sheet_id: str, version: int, heading_row: int, columns: Mapping[str, int]
) -> CandidateSheet:
    """Say which column holds what, and on which row the headings are.

    Raises NotVisible, RuleBroken for a row that is not there or a name without a column, Conflict.
    """
    row = queries.get_sheet(sheet_id)
    if row.version != version:
        raise Conflict
    sheet = _first(row.content, row.name)
    if heading_row != row.heading_row:
        line = next((line for line in sheet.lines if line.number == heading_row), None)
        if line is None:
            raise RuleBroken(N_("There is nothing on this row."), field="heading_row")
        row.heading_row, row.columns = line.number, recognise(headings_of(line))
        return row
    check_columns(columns)
    row.columns = dict(columns)
    db.session.flush()
    return row


def look_at(sheet_id: str) -> Look:
    """The sheet as it is understood now. Raises NotVisible."""
    row = queries.get_sheet(sheet_id)
    sheet = _first(row.content, row.name)
    programme = get_programme(row.programme_id)
    lines = _columns(sheet, row)
    try:
        check_columns(row.columns)
    except RuleBroken as missing:
        return Look(row, programme, lines, (), [missing], (), ())
    read = understand(sheet, row.heading_row, row.columns, today(programme.zone))
    known = queries.find_known(read.candidates)
    problems = [*read.problems, *_twice(list(known.values()))]
    people = [one.person.id for one in known.values()]
    candidates = queries.candidates_among(programme.id, people)
    already = [one for one in known.values() if one.person.id in candidates]
    others = [one for one in known.values() if one.person.id not in candidates]
    return Look(row, programme, lines, read.candidates, problems, others, already)


def _twice(known: Sequence[Known]) -> list[RuleBroken]:
    """Rows that are one person whom the provider knows: one by her number, one by her address."""
    first: dict[str, Known] = {}
    message = N_("Row %(row)d: %(name)s is the same person as on row %(first)d.")
    return [
        RuleBroken(message, row=one.row, name=one.name, first=first[one.person.id].row)
        for one in known
        if first.setdefault(one.person.id, one) is not one
    ]


def take_in(sheet_id: str, *, leaves_out: bool) -> int:
    """Take in every row or none; returns how many became candidates.

    `leaves_out` lets those be who are candidates of the programme already. Raises NotVisible,
    FileRefused with all that is wrong.
    """
    look = look_at(sheet_id)
    problems = list(look.problems)
    if look.already and not leaves_out:
        message = N_("Row %(row)d: %(name)s is a candidate of the programme already.")
        problems += [RuleBroken(message, row=one.row, name=one.name) for one in look.already]
    if not problems and not look.new:
        problems.append(RuleBroken(N_("Nobody in this file is new.")))
    if problems:
        raise FileRefused(problems)
    left_out = {one.row for one in look.already}
    rows = [row for row in look.candidates if row.row not in left_out]
    known = {one.row: one for one in look.known}
    starts = queries.cohort_starts(look.programme.id)
    save_rows(look.programme.id, rows, known, starts, today(look.programme.zone))
    record_starts(look.programme.id)
    db.session.delete(look.sheet)
    return len(rows)


def put_aside(sheet_id: str) -> None:
    """Let a sheet go without taking it in. Raises NotVisible."""
    db.session.delete(queries.get_sheet(sheet_id))


def _first(content: bytes, name: str) -> Sheet:
    sheets = [sheet for sheet in read_sheets(content, name) if sheet.lines]
    if not sheets:
        raise RuleBroken(N_("%(sheet)s is empty."), "file", sheet=name)
    return sheets[0]


def _columns(sheet: Sheet, row: CandidateSheet) -> list[ColumnLine]:
    heading = next((line for line in sheet.lines if line.number == row.heading_row), None)
    below = [line for line in sheet.lines if line.number > row.heading_row][:50]
    width = max((len(line.values) for line in [*below, heading or Line(0, ())]), default=0)
    holds = {place: key for key, place in row.columns.items()}
    titles = headings_of(heading) if heading else []
    return [
        ColumnLine(
            place,
            letters(place),
            titles[place] if place < len(titles) else "",
            next((str(line.at(place))[:60] for line in below if line.at(place)), ""),
            holds.get(place, ""),
        )
        for place in range(min(width, MOST_COLUMNS))
    ]
