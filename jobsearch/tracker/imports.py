"""A tracker workbook, a sheet a group, into one plain row per person and day."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from jobsearch.core.refusals import Refusals, is_total, same
from jobsearch.core.sheets import Sheet
from jobsearch.core.tables import Record, read_table
from jobsearch.core.text import mark as N_
from jobsearch.tracker.rules import MOST_A_DAY

GOALS = {
    "goal_advertised_application": ("Tavoite: haut", "Tavoite: avoimet paikat"),
    "goal_employer_contact": ("Tavoite: yhteydenotot",),
    "goal_agency_application": ("Tavoite: henkilöstöpalvelut",),
}
DONE = {
    "advertised_application": ("Haetut avoimet paikat",),
    "employer_contact": ("Yhteydenotot työnantajiin", "Yhteydenotot"),
    "agency_application": ("Avoimet hakemukset henkilöstöpalveluihin", "Avoimet hakemukset"),
    "interview": ("Sovitut haastattelut", "Haastattelut"),
}
REQUIRED: Mapping[str, Sequence[str]] = {
    "day": ("Päivä", "Päivämäärä"),
    "name": ("Nimi",),
    "hours": ("Läsnä (h)", "Läsnä", "Tunnit"),
    **DONE,
}
# The column of notes is not among them: what stands there is nobody's business later on.
OPTIONAL: Mapping[str, Sequence[str]] = {**GOALS}

_MOST_MINUTES = 600  # what attendance holds for a day


@dataclass(frozen=True, slots=True)
class SheetDay:
    """One person's day in the tracker.

    `goals` and `done` are counts by the kind of action; `minutes` is None where no hours are
    written. Notes are not read at all.
    """

    sheet: str
    row: int
    group: str
    day: date
    name: str
    goals: Mapping[str, int]
    done: Mapping[str, int]
    minutes: int | None

    @property
    def absent(self) -> bool:
        """0 h: absent, and of what kind is settled by a person, not by a word in a note."""
        return self.minutes == 0


def parse_tracker(sheets: Sequence[Sheet], expected: Collection[str] = ()) -> list[SheetDay]:
    """Every person's every day, sheet by sheet; the name of a sheet is the name of its group.

    `expected` names the groups that must be there. Raises FileRefused with everything that is
    wrong, each with sheet, row and column.
    """
    refusals = Refusals()
    _refuse_missing([sheet.name for sheet in sheets], expected, refusals)
    days: list[SheetDay] = []
    for sheet in sheets:
        days += _sheet_days(sheet, refusals)
    _refuse_in_two_groups(days, refusals)
    refusals.stop_if_any()
    return days


def _refuse_missing(names: Sequence[str], expected: Collection[str], refusals: Refusals) -> None:
    there = {same(name) for name in names}
    wanted = {same(name): name for name in (*expected, *_gaps(names))}
    for plain, name in wanted.items():
        if plain not in there:
            refusals.add(N_("The workbook has no sheet named %(sheet)s."), sheet=name)


def _gaps(names: Sequence[str]) -> Iterable[str]:
    """Sheets that a numbered series lacks: after "Ryhmä 1" and "Ryhmä 3" it is "Ryhmä 2"."""
    numbered = [found for name in names if (found := re.fullmatch(r"(.*\D)(\d{1,3})", name))]
    series: dict[str, set[int]] = {}
    for found in numbered:
        series.setdefault(found[1], set()).add(int(found[2]))
    for stem, numbers in series.items():
        yield from (f"{stem}{n}" for n in range(1, max(numbers)) if n not in numbers)


def _sheet_days(sheet: Sheet, refusals: Refusals) -> list[SheetDay]:
    table = refusals.read(lambda _key: read_table(sheet, REQUIRED, OPTIONAL), "")
    if table is None:
        return []
    days: list[SheetDay] = []
    before = len(refusals.found)
    for record in table.records():
        if is_total(record):
            if len(refusals.found) == before:  # else rows are missing from the sums
                refusals.check_total(record, _sums(days))
        elif (found := _day(record, sheet.name, refusals)) is not None:
            days.append(found)
    if not days:
        refusals.add(N_("%(sheet)s: there is no row under the headings."), sheet=sheet.name)
    return days


def _sums(days: Sequence[SheetDay]) -> dict[str, Decimal]:
    kinds = {kind: sum(day.done[kind] for day in days) for kind in DONE}
    goals = {f"goal_{kind}": sum(day.goals[kind] for day in days) for kind in _goal_kinds()}
    hours = {"hours": Decimal(sum(day.minutes or 0 for day in days)) / 60}
    return {key: Decimal(value) for key, value in (kinds | goals).items()} | hours


def _goal_kinds() -> tuple[str, ...]:
    return tuple(key.removeprefix("goal_") for key in GOALS)


def _day(record: Record, group: str, refusals: Refusals) -> SheetDay | None:
    before = len(refusals.found)
    day = refusals.need(record.day, record, "day")
    name = refusals.read(record.needed, "name")
    done = {kind: _count(record, kind, refusals) for kind in DONE}
    goals = {kind: _count(record, f"goal_{kind}", refusals) for kind in _goal_kinds()}
    minutes = refusals.read(record.minutes, "hours")
    if minutes is not None and minutes > _MOST_MINUTES:
        message = N_(
            "%(sheet)s, row %(row)d, column %(letter)s (%(column)s): "
            "%(value)s h is more than a day's work."
        )
        refusals.found.append(record.refuse("hours", message))
    if day is not None and name is not None:
        refusals.once((same(group), day, same(name)), record, "name")
    if len(refusals.found) > before or day is None or name is None:
        return None
    return SheetDay(
        sheet=group,
        row=record.number,
        group=group,
        day=day,
        name=name,
        goals=goals,
        done=done,
        minutes=minutes,
    )


def _count(record: Record, key: str, refusals: Refusals) -> int:
    count = refusals.read(record.whole, key) or 0
    if count > MOST_A_DAY:
        message = N_(
            "%(sheet)s, row %(row)d, column %(letter)s (%(column)s): "
            "%(value)s is more than anyone does in a day."
        )
        refusals.found.append(record.refuse(key, message))
    return count


def _refuse_in_two_groups(days: Sequence[SheetDay], refusals: Refusals) -> None:
    first: dict[str, SheetDay] = {}
    told: set[tuple[str, str]] = set()
    for day in days:
        other = first.setdefault(same(day.name), day)
        if other.group != day.group and (day.group, day.name) not in told:
            told.add((day.group, day.name))
            message = N_("%(sheet)s, row %(row)d: %(name)s is already on the sheet %(other)s.")
            gaps = {"sheet": day.sheet, "row": day.row, "name": day.name, "other": other.sheet}
            refusals.add(message, **gaps)
