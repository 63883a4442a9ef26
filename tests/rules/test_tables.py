"""A sheet as a table: headings found, cells typed, and every refusal says where."""

import io
from datetime import date, time

import openpyxl
import pytest

from jobsearch.core.errors import RuleBroken
from jobsearch.core.money import Money
from jobsearch.core.sheets import Sheet
from jobsearch.core.tables import Record, Table, read_table, sheet_named
from jobsearch.core.workbooks import read_sheets


def xlsx(*rows: tuple[object, ...]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Ryhmä 1"
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def words(refused: pytest.ExceptionInfo[RuleBroken]) -> str:
    return refused.value.message % refused.value.gaps


TITLES = {"name": "Nimi", "day": "Päivä", "hours": ("Läsnä (h)", "Närvaro (h)")}


def table(*rows: tuple[object, ...]) -> Table:
    [sheet] = read_sheets(xlsx(("Seuranta, Nimi",), (), *rows), "x.xlsx")
    return read_table(sheet, TITLES, {"note": "Huomioita"})


def record(*values: object) -> Record:
    [only] = table(("Päivä", "Nimi", " läsnä  (H) ", "Huomioita"), values).records()
    return only


def test_headings_are_found_below_titles_whatever_their_blanks_and_capitals() -> None:
    row = record(date(2021, 5, 17), "Aino", "4,5", "CV")
    assert (
        row.number,
        row.needed("name"),
        row.day("day"),
        row.minutes("hours"),
        row.text("note"),
    ) == (
        4,
        "Aino",
        date(2021, 5, 17),
        270,
        "CV",
    )


def test_a_missing_heading_is_named_with_its_row() -> None:
    with pytest.raises(RuleBroken) as refused:
        table(("Päivä", "Nimii", "Läsnä (h)"), (None, "Aino", 3))
    assert words(refused) == "Ryhmä 1, row 3: the heading “Nimi” is missing."


def test_a_heading_that_stands_twice_is_refused() -> None:
    with pytest.raises(RuleBroken) as refused:
        table(("Päivä", "Nimi", "Läsnä (h)", "nimi"), (None, "Aino", 3))
    assert "twice" in words(refused)


@pytest.mark.parametrize(
    ("value", "minutes"),
    [(3, 180), ("4,5", 270), ("4.5", 270), ("4:30", 270), (time(4, 30), 270), (0, 0), (1 / 3, 20)],
)
def test_hours_come_as_whole_minutes(value: object, minutes: int) -> None:
    assert record(None, "Aino", value).minutes("hours") == minutes


@pytest.mark.parametrize("value", ["sairas", -1, 25, "1_0", "\uff11", "1e3", "0,333", 1e300, "nan"])
def test_what_is_no_hours_is_refused_with_row_and_column(value: object) -> None:
    with pytest.raises(RuleBroken) as refused:
        record(None, "Aino", value).minutes("hours")
    assert words(refused).startswith("Ryhmä 1, row 4, column C (läsnä (H)):")


@pytest.mark.parametrize("value", ["17.5.2021", "2021-05-17", date(2021, 5, 17)])
def test_days_are_read_in_the_usual_spellings(value: object) -> None:
    assert record(value, "Aino", 3).day("day") == date(2021, 5, 17)


@pytest.mark.parametrize("value", ["31.2.2021", "17.5.", "5/17/2021", 44333, "keskiviikko"])
def test_what_is_no_day_is_refused(value: object) -> None:
    with pytest.raises(RuleBroken) as refused:
        record(value, "Aino", 3).day("day")
    assert "column A (Päivä)" in words(refused)


@pytest.mark.parametrize(
    ("value", "cents"), [("12433,60", 1243360), (11.5, 1150), ("\u22123", -300)]
)
def test_euros_come_exact(value: object, cents: int) -> None:
    assert record(None, "Aino", value).money("hours") == Money(cents)


def test_whole_numbers_and_empty_cells() -> None:
    assert record(None, "Aino", 4).whole("hours") == 4
    assert record(None, "Aino", None, "x").whole("hours") is None
    for value in (-1, "4,5", "neljä"):
        with pytest.raises(RuleBroken):
            record(None, "Aino", value).whole("hours")


def test_an_empty_needed_cell_and_an_excel_error_are_refused() -> None:
    with pytest.raises(RuleBroken) as refused:
        record("17.5.2021", None, 3).needed("name")
    assert words(refused) == "Ryhmä 1, row 4, column B (Nimi) is empty."
    with pytest.raises(RuleBroken):
        record("17.5.2021", "#REF!", 3).text("name")


def test_a_caller_refuses_with_the_same_place_in_words() -> None:
    refusal = record(None, "Aino", 3).refuse("name", "%(sheet)s, row %(row)d: %(value)s %(n)s", n=2)
    assert refusal.message % refusal.gaps == "Ryhmä 1, row 4: Aino 2"


def test_a_missing_sheet_is_named() -> None:
    assert sheet_named([Sheet("Ryhmä 1", ())], "ryhmä 1").name == "Ryhmä 1"
    with pytest.raises(RuleBroken) as refused:
        sheet_named([Sheet("Ryhmä 1", ())], "Ryhmä 2")
    assert "Ryhmä 2" in words(refused)


def test_an_empty_sheet_is_refused() -> None:
    with pytest.raises(RuleBroken):
        read_table(Sheet("Ryhmä 1", ()), TITLES)
