"""A file with something wrong in it is refused with row and column, all of it at once."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from jobsearch.core.errors import RuleBroken
from jobsearch.core.refusals import FileRefused
from jobsearch.core.sheets import Line, Sheet, Value
from jobsearch.core.workbooks import read_sheets
from jobsearch.feedback.imports import parse_feedback
from jobsearch.outcomes.imports import parse_outcomes
from jobsearch.programmes.costs.imports import parse_costs
from jobsearch.recruitment.sheets.imports import parse_candidates
from jobsearch.tracker.imports import parse_tracker

PILOT = Path(__file__).parents[2] / "jobsearch" / "demo" / "pilot"
PARSERS = {
    "asiakkaat.csv": parse_candidates,
    "seurantataulukko.xlsx": parse_tracker,
    "tulokset.csv": parse_outcomes,
    "palaute.csv": parse_feedback,
    "kustannukset.csv": parse_costs,
}


def sheets(name: str) -> list[Sheet]:
    return list(read_sheets((PILOT / name).read_bytes(), name))


def with_cell(sheet: Sheet, row: int, column: int, value: Value) -> Sheet:
    def changed(line: Line) -> Line:
        values = list(line.values) + [None] * (column + 1 - len(line.values))
        values[column] = value
        return Line(line.number, tuple(values))

    return Sheet(
        sheet.name, tuple(changed(line) if line.number == row else line for line in sheet.lines)
    )


def without_row(sheet: Sheet, row: int) -> Sheet:
    return Sheet(sheet.name, tuple(line for line in sheet.lines if line.number != row))


def refusals(name: str, *cells: tuple[int, int, Value], sheet: int = 0) -> list[str]:
    """What a file is refused for when some of its cells (row, column from 0) are changed."""
    book = sheets(name)
    for row, column, value in cells:
        book[sheet] = with_cell(book[sheet], row, column, value)
    with pytest.raises(RuleBroken) as refused:
        PARSERS[name](book)
    problems = getattr(refused.value, "problems", (refused.value,))
    return [str(problem) for problem in problems]


@pytest.mark.parametrize(
    ("name", "row", "column", "title"),
    [
        ("asiakkaat.csv", 1, 5, "Ohjattu"),
        ("seurantataulukko.xlsx", 3, 3, "Haetut avoimet paikat"),
        ("tulokset.csv", 1, 3, "Tulos"),
        ("palaute.csv", 1, 2, "Tehtävänannot"),
        ("kustannukset.csv", 1, 1, "Euroa yhteensä"),
    ],
)
def test_a_wrong_header_is_refused_by_its_name_and_row(name, row, column, title):
    (said,) = refusals(name, (row, column, "Jotain muuta"))
    assert f"row {row}" in said
    assert title in said


@pytest.mark.parametrize(
    ("name", "row", "column", "value", "place"),
    [
        ("seurantataulukko.xlsx", 5, 3, "kaksi", "Ryhmä 1, row 5, column D"),
        ("seurantataulukko.xlsx", 6, 9, "3 tuntia", "Ryhmä 1, row 6, column J"),
        ("seurantataulukko.xlsx", 6, 5, Decimal("1.5"), "Ryhmä 1, row 6, column F"),
        ("seurantataulukko.xlsx", 6, 5, -1, "Ryhmä 1, row 6, column F"),
        ("palaute.csv", 4, 1, "hyvä", "palaute.csv, row 4, column B"),
        ("palaute.csv", 4, 1, "6", "palaute.csv, row 4, column B"),
        ("kustannukset.csv", 3, 1, "paljon", "kustannukset.csv, row 3, column B"),
    ],
)
def test_text_where_a_number_belongs_is_refused_with_row_and_column(
    name, row, column, value, place
):
    (said,) = refusals(name, (row, column, value))
    assert place in said
    assert f"“{value}”" in said


@pytest.mark.parametrize(
    ("name", "row", "column", "value", "place"),
    [
        ("asiakkaat.csv", 3, 5, "2021-02-30", "asiakkaat.csv, row 3, column F"),
        ("asiakkaat.csv", 3, 6, "torstai", "asiakkaat.csv, row 3, column G"),
        ("seurantataulukko.xlsx", 4, 0, "maanantai", "Ryhmä 1, row 4, column A"),
        ("seurantataulukko.xlsx", 4, 0, None, "Ryhmä 1, row 4, column A"),
        ("tulokset.csv", 3, 4, "31.6.2021", "tulokset.csv, row 3, column E"),
    ],
)
def test_a_date_that_is_none_is_refused_with_row_and_column(name, row, column, value, place):
    said = refusals(name, (row, column, value))
    assert place in said[0]


@pytest.mark.parametrize(
    ("name", "row", "column", "value"),
    [
        ("asiakkaat.csv", 5, 0, "Teemu  PAAVOLA"),
        ("asiakkaat.csv", 5, 1, "040-0000101"),
        ("tulokset.csv", 5, 0, "Teemu Paavola"),
        ("palaute.csv", 5, 0, "1"),
        ("kustannukset.csv", 5, 0, "tulosbonukset"),
    ],
)
def test_a_person_or_a_line_that_stands_twice_is_refused_with_both_rows(name, row, column, value):
    (said,) = refusals(name, (row, column, value))
    assert f"row {row}" in said
    assert "already on row" in said


def test_a_person_twice_on_a_day_is_refused_with_both_rows():
    (said,) = refusals("seurantataulukko.xlsx", (5, 1, "Teemu Paavola"))
    assert "Ryhmä 1, row 5, column B (Nimi)" in said
    assert "already on row 4" in said


def test_a_person_in_two_groups_is_refused():
    said = refusals("seurantataulukko.xlsx", (4, 1, "Teemu Paavola"), sheet=1)
    assert said == ["Ryhmä 2, row 4: Teemu Paavola is already on the sheet Ryhmä 1."]


@pytest.mark.parametrize("gone", [0, 1, 3])
def test_a_missing_sheet_is_refused_by_its_name(gone):
    book = sheets("seurantataulukko.xlsx")
    name = book.pop(gone).name
    with pytest.raises(FileRefused, match=f"no sheet named {name}"):
        parse_tracker(book, expected=["Ryhmä 1", "Ryhmä 2", "Ryhmä 3", "Ryhmä 4"])


def test_a_hole_in_the_numbering_of_sheets_is_a_missing_sheet():
    book = sheets("seurantataulukko.xlsx")
    del book[1]
    with pytest.raises(FileRefused, match="no sheet named Ryhmä 2"):
        parse_tracker(book)


def test_a_total_row_that_differs_from_its_column_is_refused_with_both_figures():
    (said,) = refusals("seurantataulukko.xlsx", (88, 5, 61))
    assert said == (
        "Ryhmä 1, row 88, column F (Yhteydenotot työnantajiin): "
        "the total is 61, but the rows above it make 60."
    )


def test_a_changed_count_no_longer_equals_the_total_row():
    (said,) = refusals("seurantataulukko.xlsx", (4, 8, 1))
    assert "the total is 9, but the rows above it make 10" in said


def test_everything_wrong_is_told_at_once():
    said = refusals(
        "seurantataulukko.xlsx", (4, 3, "x"), (5, 9, "y"), (6, 0, "z"), (7, 1, None), sheet=2
    )
    assert [text.split(" (")[0] for text in said] == [
        "Ryhmä 3, row 4, column D",
        "Ryhmä 3, row 5, column J",
        "Ryhmä 3, row 6, column A",
        "Ryhmä 3, row 7, column B",
    ]


def test_words_that_are_not_known_are_refused_with_those_that_are():
    (said,) = refusals("asiakkaat.csv", (4, 8, "ehkä"))
    assert "row 4, column I (Infoon)" in said
    assert "saapui" in said
    (said,) = refusals("tulokset.csv", (4, 5, "astronautti"))
    assert "row 4, column F (Laji)" in said


def test_work_without_a_beginning_and_a_beginning_without_work_are_refused():
    assert "row 3, column E" in refusals("tulokset.csv", (3, 4, None))[0]
    assert "although no work was found" in refusals("tulokset.csv", (2, 4, "2021-07-01"))[0]


@pytest.mark.parametrize("name", PARSERS)
def test_a_file_with_headings_alone_or_with_nothing_is_refused(name):
    book = sheets(name)
    heading = 3 if name.endswith(".xlsx") else 1
    bare = [Sheet(s.name, tuple(li for li in s.lines if li.number <= heading)) for s in book]
    with pytest.raises(RuleBroken, match="no row under the headings"):
        PARSERS[name](bare)
    with pytest.raises(RuleBroken):
        PARSERS[name]([Sheet(name, ())])


def test_columns_in_another_order_and_case_are_recognised():
    book = sheets("palaute.csv")[0]
    turned = tuple(
        Line(line.number, tuple(v.upper() if isinstance(v, str) else v for v in line.values[::-1]))
        for line in book.lines
    )
    assert parse_feedback([Sheet("x", turned)]) == parse_feedback([book])


def test_hours_with_a_decimal_comma_are_minutes_and_zero_is_absent():
    book = sheets("seurantataulukko.xlsx")[0]
    book = with_cell(with_cell(without_row(book, 88), 4, 9, "2,25"), 5, 9, "0,0")
    book = with_cell(book, 6, 9, None)
    days = parse_tracker([book])
    assert (days[0].day, days[0].minutes, days[0].absent) == (date(2021, 5, 17), 135, False)
    assert (days[1].minutes, days[1].absent) == (0, True)
    assert (days[2].minutes, days[2].absent) == (None, False)


def test_a_word_of_illness_beside_hours_is_nothing():
    book = with_cell(sheets("seurantataulukko.xlsx")[0], 4, 10, "lapsi sairaana, tuli silti")
    assert parse_tracker([book])[0].absent is False


def test_a_telephone_number_that_cannot_be_one_is_refused_with_row_and_column():
    (said,) = refusals("asiakkaat.csv", (4, 1, "ei ole"))
    assert "row 4, column B (Puhelin): “ei ole” is not a telephone number" in said
