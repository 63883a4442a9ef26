"""Workbooks that are near relatives of the pilot's tracker come out right, or are told in words."""

import io
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from jobsearch.core.errors import RuleBroken
from jobsearch.core.workbooks import read_sheets
from jobsearch.intake.imports import Parsed, parse_file
from jobsearch.intake.rules import FileKind
from jobsearch.tracker.headings import meaning
from jobsearch.tracker.rules import Activity

PILOT = Path(__file__).parents[2] / "jobsearch" / "demo" / "pilot" / "seurantataulukko.xlsx"
FINNISH = ("Päivä", "Nimi", "Haut", "Yhteydenotot", "Avoimet hakemukset", "Haastattelut", "Tunnit")
SWEDISH = (
    "Datum",
    "Namn",
    "Sökta lediga jobb",
    "Arbetsgivarkontakter",
    "Öppna ansökningar",
    "Intervjuer",
    "Närvaro (h)",
)
ENGLISH = (
    "Date",
    "Name",
    "Jobs applied for",
    "Contacts with employers",
    "Open applications",
    "Interviews",
    "Hours",
)
MONDAY, TUESDAY = date(2021, 10, 4), date(2021, 10, 5)
ROWS: tuple[tuple[object, ...], ...] = (
    (MONDAY, "Aino Aalto", 2, 1, 0, 0, 3),
    (MONDAY, "Otto Oja", 1, 0, 1, 1, 4.5),
    (TUESDAY, "Aino Aalto", 0, 3, 0, 0, 4.5),
    (TUESDAY, "Otto Oja", 1, 1, 0, 0, 0),
)
SUMS = {
    "advertised_application": 4,
    "employer_contact": 5,
    "agency_application": 1,
    "interview": 1,
    "hours": 12,
}


def book(sheets: dict[str, Sequence[Sequence[object]]], *merged: str) -> bytes:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
        for cells in merged:
            sheet.merge_cells(cells)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def one(*rows: Sequence[object], name: str = "Ryhmä 1", merged: Sequence[str] = ()) -> Parsed:
    return parse_file(book({name: rows}, *merged), "seuranta.xlsx")


def sums(parsed: Parsed) -> dict[str, Decimal]:
    (group,) = parsed.groups()
    assert (group.people, group.days, group.person_days) == (2, 2, 4)
    return dict(group.made)


def with_cells(column: int, *values: object) -> list[tuple[object, ...]]:
    return [
        (*row[:column], value, *row[column + 1 :]) for row, value in zip(ROWS, values, strict=True)
    ]


def refusals(*rows: Sequence[object], **options: object) -> list[str]:
    with pytest.raises(RuleBroken) as refused:
        one(*rows, **options)
    return [str(each) for each in getattr(refused.value, "problems", (refused.value,))]


def test_the_pilots_own_sums_are_those_of_its_rows_of_totals_group_by_group():
    parsed = parse_file(PILOT.read_bytes(), PILOT.name)
    columns = {3: "advertised_application", 5: "employer_contact"}
    columns |= {7: "agency_application", 8: "interview"}
    workbook = openpyxl.load_workbook(PILOT)
    written = {}
    for sheet in workbook:
        last = [row for row in sheet.iter_rows(values_only=True) if row[0] == "Yhteensä"][-1]
        written[sheet.title] = {key: last[column] for column, key in columns.items()}
    found = {
        group.name: {kind.value: group.made[kind.value] for kind in Activity}
        for group in parsed.groups()
    }
    assert found == written
    assert {group.name: dict(group.said) for group in parsed.groups()} == written
    everything = [sum(group[kind.value] for group in found.values()) for kind in Activity]
    assert everything == [107, 164, 41, 20]
    assert list(parsed.left_alone) == []


@pytest.mark.parametrize("headings", [FINNISH, SWEDISH, ENGLISH])
def test_headings_of_three_languages_give_the_same(headings):
    assert sums(one(headings, *ROWS)) == SUMS


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("Haetut avoimet\npaikat (kpl)", "advertised_application"),
        ("Haettu avoin paikka", "advertised_application"),
        ("Avoimet työ\u00adpaikat, lkm", "advertised_application"),
        ("Hakemukset", "advertised_application"),
        ("Applications to advertised jobs", "advertised_application"),
        ("Yhteyden-\notot", "employer_contact"),
        ("Yhteydenotto työnantajaan", "employer_contact"),
        ("KONTAKTER MED ARBETSGIVARE (st)", "employer_contact"),
        ("Avoin hakemus henkilöstöpalveluyritykseen", "agency_application"),
        ("Hakemukset vuokrafirmoihin", "agency_application"),
        ("Öppna ansökningar till bemanningsföretag", "agency_application"),
        ("Applications to staffing agencies", "agency_application"),
        ("Sovitut työhaastattelut", "interview"),
        ("Avtalade intervjuer", "interview"),
        ("Tavoite:\nhaut", "goal_advertised_application"),
        ("Yhteydenotot (tavoite)", "goal_employer_contact"),
        ("Mål: öppna ansökningar", "goal_agency_application"),
        ("Target – contacts", "goal_employer_contact"),
        ("Pvm.", "day"),
        ("Työnhakijan nimi", "name"),
        ("Läsnäolo (tuntia)", None),
        ("Läsnä h", "hours"),
        ("Närvarotimmar", "hours"),
        ("Haut yhteensä", None),
        ("Haastattelun pvm", None),
        ("Huomioita yhteydenotoista", None),
        ("Yhteystiedot", None),
        ("Yhteyshenkilö", None),
        ("Tavoite: haastattelut", None),
        ("Keskiarvo", None),
    ],
)
def test_a_heading_means_one_column_however_it_is_worded(title, key):
    assert meaning(title) == key


def test_headings_in_two_rows_under_merged_cells_are_one():
    above = ("Päivä", "Nimi", "Tavoite", None, None, "Toteuma", None, None, None, "Läsnä (h)")
    below = (None, None, "haut", "yhteydenotot", "henkilöstöpalvelut")
    below += ("haut", "yhteydenotot", "henkilöstöpalvelut", "haastattelut", None)
    rows = [(*row[:2], 2, 3, 1, *row[2:]) for row in ROWS]
    merged = ("A2:A3", "B2:B3", "C2:E2", "F2:I2", "J2:J3")
    parsed = one(("Ryhmä 1",), above, below, *rows, merged=merged)
    assert sums(parsed) == SUMS
    assert dict(parsed.days[0].goals) == {
        "advertised_application": 2,
        "employer_contact": 3,
        "agency_application": 1,
    }


def test_a_kind_over_its_goal_and_its_result_is_understood():
    above = ("Päivä", "Nimi", "Haut", None, "Yhteydenotot", None, "Henkilöstöpalvelut", None)
    above += ("Haastattelut", "Tunnit")
    below = (None, None, "Tavoite", "Tehty", "Tavoite", "Tehty", "Tavoite", "Tehty", "Tehty", None)
    rows = [(*row[:2], 9, row[2], 8, row[3], 7, row[4], *row[5:]) for row in ROWS]
    parsed = one(above, below, *rows)
    assert sums(parsed) == SUMS
    assert list(parsed.days[0].goals.values()) == [9, 8, 7]


@pytest.mark.parametrize("word", ["Yhteensä", "YHT.", "Summa:", "Totalt", "Grand total", "Sum"])
@pytest.mark.parametrize("place", ["top", "bottom"])
def test_a_row_of_totals_is_checked_wherever_it_stands(word, place):
    total = (word, None, 4, 5, 1, 1, "12,0")
    rows = (total, *ROWS) if place == "top" else (*ROWS, total)
    parsed = one(FINNISH, *rows)
    assert sums(parsed) == SUMS
    assert dict(parsed.groups()[0].said) == SUMS
    wrong = (word, None, 4, 6, 1, 1, None)
    (said,) = refusals(FINNISH, *((wrong, *ROWS) if place == "top" else (*ROWS, wrong)))
    assert "column D (Yhteydenotot): the total is 6, but the rows" in said
    assert ("below" if place == "top" else "above") in said and "make 5" in said


def test_sums_of_weeks_and_days_and_averages_are_no_people():
    parsed = one(
        FINNISH,
        ("Viikko 1",),
        *ROWS[:2],
        (MONDAY, "Yhteensä", 3, 1, 1, 1, None),
        ("Maanantai yhteensä", None, 3, 1, 1, 1, None),
        *ROWS[2:],
        ("Tiistai yht.", None, 1, 4, 0, 0, None),
        ("Kaikki yhteensä", None, 4, 5, 1, 1, None),
        ("Keskiarvo", None, 2, 2.5, 0.5, 0.5, None),
    )
    assert sums(parsed) == SUMS


def test_somebody_who_is_called_as_a_sum_is_a_person():
    rows = [(row[0], "Ka Sum" if row[1] == "Otto Oja" else row[1], *row[2:]) for row in ROWS]
    assert sums(one(FINNISH, *rows)) == SUMS


@pytest.mark.parametrize(
    "values",
    [
        ("3", "4,5", "4.5", "0"),
        ("3 h", "4,5 h", "4,50", "0,0"),
        ("3:00", "4:30", "4 h 30 min", "0"),
        ("\u00a03", "4,5\u202fh", " 4,5 ", "0 t"),
    ],
)
def test_hours_as_text_are_hours(values):
    assert sums(one(FINNISH, *with_cells(6, *values))) == SUMS


@pytest.mark.parametrize(
    "values",
    [
        ("2", "1", None, "1"),
        ("2 kpl", "1 kpl", "–", "1 kpl"),
        ("2,0", "1.0", "-", "1"),
        (" 2\u00a0", "1\u00a0st", "", "\u00a01"),
        (2.0, "'1", 0, True),
    ],
)
def test_counts_as_text_are_counts(values):
    assert sums(one(FINNISH, *with_cells(2, *values))) == SUMS


def test_a_total_in_thousands_is_read_with_its_blank():
    (said,) = refusals(FINNISH, *ROWS, ("Yhteensä", None, "1\u00a0004", 5, 1, 1, None))
    assert "the total is 1004, but the rows above it make 4" in said


@pytest.mark.parametrize(
    ("monday", "tuesday"),
    [
        ("4.10.2021", "5.10.2021"),
        ("04.10.2021", "5. 10. 2021"),
        ("ma 4.10.2021", "tiistai 5.10.2021"),
        ("2021-10-04", "2021-10-05 00:00:00"),
        ("4.10.21", "2021/10/05"),
        (44473, "44474"),
        (44473.0, datetime(2021, 10, 5, 9, 0)),  # noqa: DTZ001 - as a cell has it
    ],
)
def test_days_come_in_any_usual_spelling(monday, tuesday):
    parsed = one(FINNISH, *with_cells(0, monday, monday, tuesday, tuesday))
    assert {day.day for day in parsed.days} == {MONDAY, TUESDAY}
    assert sums(parsed) == SUMS


def test_blank_rows_prefilled_days_headings_once_more_and_other_columns_are_left_alone():
    more = ("Puhelin", "Haut yhteensä", "Huomioita")
    rows = [(*row, "040 123", 7, "sairas") for row in ROWS]
    parsed = one(
        ("Seuranta",),
        (),
        (*FINNISH, *more),
        rows[0],
        (),
        rows[1],
        (None, " ", None),
        (TUESDAY, None, None, None, None, None, None, None, None, "ei tunteja"),
        ("Viikko 2",),
        (*FINNISH, *more),
        rows[2],
        rows[3],
        (date(2021, 10, 6),),
    )
    assert sums(parsed) == SUMS
    assert "sairas" not in repr(parsed)


@pytest.mark.parametrize(
    "name", ["Ryhmä 1", "ryhmä1", " RYHMÄ  1", "Grupp 1", "Group 1", "R1", "1", "Ryhmä-1"]
)
def test_a_sheet_of_the_same_number_is_the_group_that_is_expected(name):
    content = book({name: (FINNISH, *ROWS)})
    parsed = parse_file(content, "x.xlsx", ["Ryhmä 1"])
    assert {day.group for day in parsed.days} == {"Ryhmä 1"}
    assert {day.sheet for day in parsed.days} == {name.strip()}


def test_advice_and_summaries_are_left_alone_and_said():
    content = book(
        {
            "Ohje": (("Täytä taulukko joka päivä.",),),
            "Ryhmä 1": (FINNISH, *ROWS),
            "Yhteenveto": (("Haut", "Yhteydenotot", "Haastattelut"), (4, 5, 1)),
            "Tyhjä": (),
        }
    )
    parsed = parse_file(content, "x.xlsx", ["Ryhmä 1"])
    assert list(parsed.left_alone) == ["Ohje", "Yhteenveto", "Tyhjä"]
    assert sums(parsed) == SUMS


def test_groups_in_a_column_of_one_sheet_are_groups():
    headings = ("Ryhmä", *FINNISH)
    rows = [("Ryhmä 1" if row[1] == "Otto Oja" else "Ryhmä 2", *row) for row in ROWS]
    parsed = parse_file(book({"Kaikki": (headings, *rows)}), "x.xlsx", ["Ryhmä 1", "Ryhmä 2"])
    assert [group.name for group in parsed.groups()] == ["Ryhmä 2", "Ryhmä 1"]


def test_groups_of_the_autumn_alone_are_a_workbook():
    second = [(row[0], row[1].replace("o", "u"), *row[2:]) for row in ROWS]
    content = book({"Ryhmä 3": (FINNISH, *ROWS), "Ryhmä 4": (FINNISH, *second)})
    everyone = ["Ryhmä 1", "Ryhmä 2", "Ryhmä 3", "Ryhmä 4"]
    parsed = parse_file(content, "x.xlsx", everyone, ["Ryhmä 1", "Ryhmä 2"])
    assert [group.name for group in parsed.groups()] == ["Ryhmä 3", "Ryhmä 4"]
    with pytest.raises(RuleBroken, match="no sheet named Ryhmä 2"):
        parse_file(content, "x.xlsx", everyone, ["Ryhmä 1"])


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_a_text_file_is_one_group_by_its_name(delimiter):
    def cell(value: object) -> str:
        text = value.strftime("%d.%m.%Y") if isinstance(value, date) else str(value)
        return text.replace(".", ",") if isinstance(value, float) else text

    lines = [delimiter.join(f'"{cell(value)}"' for value in row) for row in (FINNISH, *ROWS)]
    content = "\r\n".join(lines).encode("utf-8-sig")
    parsed = parse_file(content, "ryhmä 2.csv", ["Ryhmä 1", "Ryhmä 2"])
    assert parsed.kind is FileKind.TRACKER
    assert {day.group for day in parsed.days} == {"Ryhmä 2"}
    assert sums(parsed) == SUMS


def test_names_with_more_blanks_are_one_person():
    rows = with_cells(1, "Aino  Aalto", "Otto Oja ", "Aino\u00a0Aalto", "Otto Oja")
    assert sums(one(FINNISH, *rows)) == SUMS


@pytest.mark.parametrize(
    ("column", "value", "place"),
    [
        (0, "huomenna", "Ryhmä 1, row 3, column A (Päivä)"),
        (0, "30.2.2021", "Ryhmä 1, row 3, column A (Päivä)"),
        (0, 12, "Ryhmä 1, row 3, column A (Päivä)"),
        (0, "4/10/2021", "Ryhmä 1, row 3, column A (Päivä)"),
        (0, None, "Ryhmä 1, row 3, column A (Päivä) is empty"),
        (1, None, "Ryhmä 1, row 3, column B (Nimi) is empty"),
        (2, "monta", "Ryhmä 1, row 3, column C (Haut)"),
        (2, "1 2", "Ryhmä 1, row 3, column C (Haut)"),
        (2, "1,5", "Ryhmä 1, row 3, column C (Haut)"),
        (3, -1, "Ryhmä 1, row 3, column D (Yhteydenotot)"),
        (3, "51 kpl", "Ryhmä 1, row 3, column D (Yhteydenotot): 51 is more than anyone"),
        (6, "puoli päivää", "Ryhmä 1, row 3, column G (Tunnit)"),
        (6, "11 h", "Ryhmä 1, row 3, column G (Tunnit): 11 h is more than a day's work"),
        (5, "#REF!", "Ryhmä 1, row 3, column F (Haastattelut)"),
    ],
)
def test_a_value_that_cannot_be_is_refused_by_its_row_and_column(column, value, place):
    row = (*ROWS[1][:column], value, *ROWS[1][column + 1 :])
    (said,) = refusals(FINNISH, ROWS[0], row, *ROWS[2:])
    assert place in said


def test_two_columns_of_one_meaning_are_refused_by_both_names():
    headings = (*FINNISH, "Avoimet paikat")
    (said,) = refusals(headings, *[(*row, 1) for row in ROWS])
    assert "“Haut” and “Avoimet paikat” mean the same" in said


def test_the_programmes_own_wording_is_preferred_to_a_near_one():
    headings = ("Päivä", "Nimi", "Haetut avoimet paikat", *FINNISH[3:], "Avoimet paikat alueella")
    assert sums(one(headings, *[(*row, 90) for row in ROWS])) == SUMS


@pytest.mark.parametrize("column", range(7))
def test_a_missing_column_is_refused_by_its_name(column):
    def keep(row: Sequence[object]) -> tuple[object, ...]:
        return (*row[:column], *row[column + 1 :])

    (said,) = refusals(keep(FINNISH), *[keep(row) for row in ROWS])
    assert "Ryhmä 1, row 1: the heading" in said and "is missing" in said


def test_a_workbook_of_something_else_is_refused():
    (said,) = refusals(("Tuote", "Hinta"), ("Omena", 2))
    assert "headings are those of none of the files" in said


def test_what_was_read_from_a_workbook_is_what_stands_in_it():
    (sheet,) = read_sheets(book({"Ryhmä 1": (FINNISH, *ROWS)}), "x.xlsx")
    assert len(sheet.lines) == 5
