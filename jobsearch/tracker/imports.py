"""A tracker workbook, a sheet a group, into one plain row per person and day."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from jobsearch.core.refusals import Refusals, same
from jobsearch.core.sheets import Sheet
from jobsearch.core.tables import Record
from jobsearch.core.text import mark as N_
from jobsearch.tracker.cells import as_people_mean
from jobsearch.tracker.headings import find_layout, meaning, read_layout
from jobsearch.tracker.rules import MOST_A_DAY, SEARCH_ACTIVITIES, Activity
from jobsearch.tracker.totals import Totals, is_average, is_total

DONE = tuple(kind.value for kind in Activity)
GOALS = tuple(f"goal_{kind}" for kind in SEARCH_ACTIVITIES)
_NUMBERS = (*DONE, *GOALS, "hours")
_MOST_MINUTES = 600  # what attendance holds for a day
_OF_GROUP = re.compile(r"(?:ryhmä|ryhma|grupp|group|team|tiimi|r|g)?\s*[-_.:#]?\s*([0-9]{1,3})\.?")


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


@dataclass(frozen=True, slots=True)
class Workbook:
    """What a tracker holds: its days, the sums that it says of itself, and sheets left alone.

    `said` holds for each group what its own row of totals says, by column; they equal the days.
    """

    days: Sequence[SheetDay]
    said: Mapping[str, Mapping[str, Decimal]] = field(default_factory=dict)
    left_alone: Sequence[str] = ()


def parse_tracker(sheets: Sequence[Sheet], expected: Collection[str] = ()) -> list[SheetDay]:
    """The days of `parse_workbook`."""
    return list(parse_workbook(sheets, expected, expected).days)


def parse_workbook(
    sheets: Sequence[Sheet], known: Collection[str] = (), required: Collection[str] = ()
) -> Workbook:
    """Every person's every day, sheet by sheet; the name of a sheet is the name of its group.

    `known` are names of groups: a sheet of the same number is one of them; those of `required`
    must be there. A sheet without days or names is no group's and is left alone. Raises
    FileRefused with everything that is wrong, each with sheet, row and column.
    """
    refusals = Refusals()
    groups = {sheet.name: _group_of(sheet.name, known) for sheet in sheets}
    taken = [sheet for sheet in sheets if _is_group(sheet, groups[sheet.name], known)]
    taken = taken or list(sheets)
    days: list[SheetDay] = []
    said: dict[str, Mapping[str, Decimal]] = {}
    for sheet in taken:
        found, totals = _sheet_days(sheet, groups[sheet.name], refusals)
        days += found
        said |= totals
    named = {day.group for day in days} | {groups[sheet.name] for sheet in taken}
    _refuse_missing(named, required, refusals)
    _refuse_in_two_groups(days, refusals)
    refusals.stop_if_any()
    left_alone = [sheet.name for sheet in sheets if sheet not in taken]
    return Workbook(days, said, left_alone)


def _group_of(sheet: str, known: Collection[str]) -> str:
    """The group that a sheet is named after; a CSV file is named after its only group."""
    name = re.sub(r"\.(csv|txt|tsv)$", "", sheet, flags=re.IGNORECASE)
    number = _number_of(name)
    alike = [one for one in known if same(one) == same(name)]
    alike = alike or [one for one in known if number and _number_of(one) == number]
    return alike[0] if len(alike) == 1 else name


def _number_of(name: str) -> int | None:
    found = _OF_GROUP.fullmatch(same(name))
    return int(found[1]) if found else None


def _is_group(sheet: Sheet, group: str, known: Collection[str]) -> bool:
    """Whether a sheet holds days of people; a page of advice or of sums does not."""
    if same(group) in {same(one) for one in known} or _number_of(group) is not None:
        return True
    if not sheet.lines:
        return False
    return bool({"day", "name"} & find_layout(sheet).meanings.keys())


def _refuse_missing(names: Collection[str], expected: Collection[str], refusals: Refusals) -> None:
    there = {same(name) for name in names}
    wanted = {same(name): name for name in (*expected, *_gaps(names))}
    for plain, name in wanted.items():
        if plain not in there:
            refusals.add(N_("The workbook has no sheet named %(sheet)s."), sheet=name)


def _gaps(names: Collection[str]) -> Iterable[str]:
    """Sheets that a numbered series lacks: between "Ryhmä 1" and "Ryhmä 3" it is "Ryhmä 2"."""
    numbered = [found for name in names if (found := re.fullmatch(r"(.*\D)(\d{1,3})", name))]
    series: dict[str, set[int]] = {}
    for found in numbered:
        series.setdefault(found[1], set()).add(int(found[2]))
    for stem, numbers in series.items():
        yield from (f"{stem}{n}" for n in range(min(numbers), max(numbers)) if n not in numbers)


def _sheet_days(
    sheet: Sheet, group: str, refusals: Refusals
) -> tuple[list[SheetDay], dict[str, Mapping[str, Decimal]]]:
    table = refusals.read(lambda _key: read_layout(sheet), "")
    if table is None:
        return [], {}
    days: list[SheetDay] = []
    before, totals = len(refusals.found), Totals(table)
    for record in as_people_mean(table):
        if is_average(record) or _says_nothing(record):
            continue
        if is_total(record):
            totals.meet(record)
        elif (found := _day(record, sheet.name, group, refusals)) is not None:
            days.append(found)
            totals.add(found.day, _sums(found))
    if len(refusals.found) == before:  # else rows are missing from the sums
        totals.check(refusals)
    if not days:
        refusals.add(N_("%(sheet)s: there is no row under the headings."), sheet=sheet.name)
    groups = {day.group for day in days}
    return days, {groups.pop(): totals.said} if len(groups) == 1 else {}


def _says_nothing(record: Record) -> bool:
    """A blank row of a template, a heading of a week, or the headings once more."""
    known = [record.value(key) for key in record.table.columns if key not in ("day", "group")]
    if all(value is None for value in known):
        return True
    return sum(isinstance(value, str) and meaning(value) is not None for value in known) > 2


def _sums(day: SheetDay) -> dict[str, Decimal]:
    kinds = {kind: Decimal(day.done[kind]) for kind in DONE}
    goals = {goal: Decimal(day.goals[goal.removeprefix("goal_")]) for goal in GOALS}
    return {**kinds, **goals, "hours": Decimal(day.minutes or 0) / 60}


def _day(record: Record, sheet: str, group: str, refusals: Refusals) -> SheetDay | None:
    before = len(refusals.found)
    day = refusals.need(record.day, record, "day")
    name = refusals.read(record.needed, "name")
    done = {kind: _count(record, kind, refusals) for kind in DONE}
    goals = {goal.removeprefix("goal_"): _count(record, goal, refusals) for goal in GOALS}
    minutes = refusals.read(record.minutes, "hours")
    if minutes is not None and minutes > _MOST_MINUTES:
        message = N_(
            "%(sheet)s, row %(row)d, column %(letter)s (%(column)s): "
            "%(value)s h is more than a day's work."
        )
        refusals.found.append(record.refuse("hours", message))
    group = record.text("group") or group
    if day is not None and name is not None:
        refusals.once((same(group), day, same(name)), record, "name")
    if len(refusals.found) > before or day is None or name is None:
        return None
    return SheetDay(
        sheet=sheet,
        row=record.number,
        group=group,
        day=day,
        name=" ".join(name.split()),
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
