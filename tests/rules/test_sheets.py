"""Files in and out: nothing becomes a formula, and every refusal names row and column."""

import io
import zipfile
from datetime import date, datetime, time
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobsearch.core import workbooks
from jobsearch.core.errors import RuleBroken
from jobsearch.core.money import Money
from jobsearch.core.sheets import Line, as_meant, letters, to_csv, to_xlsx
from jobsearch.core.text import clean
from jobsearch.core.workbooks import read_sheets

MOMENT = datetime.fromisoformat("2021-05-17T09:30")
FORMULAS = [
    "=1+1",
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    " =1+1",
    "\uff1d1+1",
    "\uff0b1+1",
    "\uff0d1+1",
    "\uff20SUM(A1)",
    "\u2212cmd",
    '=HYPERLINK("http://x")',
]


def csv_rows(content: bytes) -> list[tuple[object, ...]]:
    return [line.values for line in read_sheets(content, "file.csv")[0].lines]


def xlsx(*rows: tuple[object, ...], name: str = "Ryhmä 1") -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = name
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def words(refused: pytest.ExceptionInfo[RuleBroken]) -> str:
    return refused.value.message % refused.value.gaps


@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_that_looks_like_a_formula_is_neutral_in_csv(text: str) -> None:
    line = to_csv(["Note"], [[text]]).decode("utf-8-sig").splitlines()[1]
    assert line.startswith("\"'")
    assert csv_rows(to_csv(["Note"], [[text]]))[1] == (clean(text),)


@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_that_looks_like_a_formula_is_a_text_cell_in_xlsx(text: str) -> None:
    cell = openpyxl.load_workbook(io.BytesIO(to_xlsx("Notes", ["Note"], [[text]]))).active["A2"]
    assert (cell.data_type, cell.value, cell.quotePrefix) == ("s", clean(text), True)


@pytest.mark.parametrize(
    "text", ["-12,50", "\u221212,50", "+358 40 1234567", "+358401234567", "-3"]
)
def test_negative_sums_and_telephone_numbers_stay_usable(text: str) -> None:
    assert to_csv(["x"], [[text]]).decode("utf-8-sig").splitlines()[1] == f'"{text}"'


@given(st.text(alphabet=st.sampled_from("'=+-@;\",\t\n aä1"), max_size=12))
def test_every_text_comes_back_from_csv_as_it_went(text: str) -> None:
    row = csv_rows(to_csv(["a", "b"], [["first", text]]))[1]
    assert row == (("first", clean(text)) if clean(text) else ("first",))
    assert as_meant(clean(text)) == clean(text) or clean(text).startswith("'")


def test_values_are_written_the_finnish_way_in_csv() -> None:
    row = [Money(-123450), Decimal("4.50"), date(2021, 5, 17), None, 7, time(9, 30)]
    line = to_csv(["a"] * 6, [row]).decode("utf-8-sig").splitlines()[1]
    assert line == '"-1234,50";"4,50";"2021-05-17";"";"7";"09:30"'


def test_values_come_back_from_xlsx_with_their_kinds() -> None:
    row = ["Åsa", Money(1150), Decimal("4.5"), date(2021, 5, 17), 7, MOMENT]
    [sheet] = read_sheets(to_xlsx("Tunnit: [1]", ["a"] * 6, [row]), "hours.xlsx")
    assert sheet.name == "Tunnit   1"
    assert sheet.lines[1] == Line(
        2,
        (
            "Åsa",
            Decimal("11.5"),
            Decimal("4.5"),
            date(2021, 5, 17),
            7,
            MOMENT,
        ),
    )


def test_the_same_rows_give_the_same_bytes() -> None:
    assert to_xlsx("a", ["b"], [["c", 1]]) == to_xlsx("a", ["b"], [["c", 1]])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_csv_is_read_in_every_spelling_of_excel(encoding: str, delimiter: str) -> None:
    text = f"Nimi{delimiter}Kunta\r\nÅsa Öhman{delimiter}Pori\r\n"
    assert csv_rows(text.encode(encoding)) == [("Nimi", "Kunta"), ("Åsa Öhman", "Pori")]


def test_commas_in_prose_do_not_hide_the_semicolons() -> None:
    content = b'Nimi;Tunnit\nA, B, C;4,5\n"D; E";3,0\n'
    assert csv_rows(content) == [("Nimi", "Tunnit"), ("A, B, C", "4,5"), ("D; E", "3,0")]


def test_a_line_that_names_the_delimiter_is_not_a_row() -> None:
    [sheet] = read_sheets(b"sep=,\r\na,b;c\r\n", "f.csv")
    assert sheet.lines == (Line(1, ("a", "b;c")),)


def test_rows_keep_their_numbers_over_blank_rows_and_line_breaks_in_cells() -> None:
    [sheet] = read_sheets(b'a;b\n\n;\n"c\nd";e\nf;g\n', "f.csv")
    assert [(line.number, line.values) for line in sheet.lines] == [
        (1, ("a", "b")),
        (4, ("c\nd", "e")),
        (5, ("f", "g")),
    ]


def test_a_broken_quotation_is_refused_with_its_row() -> None:
    with pytest.raises(RuleBroken) as refused:
        read_sheets(b'a;b\nc;"d"e\n', "people.csv")
    assert words(refused).startswith("people.csv, row 2:")


@pytest.mark.parametrize(
    "content",
    [
        b"\x00\x01\x02",
        b"\x81\x8d",
        b"PK\x03\x04 no zip",
        b"\xd0\xcf\x11\xe0old",
        b"\xff\xfe\x00",
    ],
)
def test_what_is_no_table_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(RuleBroken) as refused:
        read_sheets(content, "x.csv")
    assert refused.value.field == "file"


def test_too_large_a_file_is_refused() -> None:
    with pytest.raises(RuleBroken):
        read_sheets(b"a" * (workbooks.MOST_BYTES + 1), "x.csv")


def test_too_many_rows_and_columns_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "MOST_ROWS", 3)
    monkeypatch.setattr(workbooks, "MOST_COLUMNS", 3)
    with pytest.raises(RuleBroken):
        read_sheets(b"a;b\n" * 4, "x.csv")
    with pytest.raises(RuleBroken):
        read_sheets(b"a;b;c;d\n", "x.csv")
    assert csv_rows(b"a;b\n" * 3 + b";;;;\n" * 5) == [("a", "b")] * 3


def repacked(content: bytes, part: str, body: bytes) -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name != part:
                new.writestr(name, old.read(name))
        new.writestr(part, body)
    return out.getvalue()


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = repacked(xlsx(("a",)), "xl/media/bomb", b"\x00" * (workbooks.MOST_UNPACKED_BYTES + 1))
    assert len(bomb) < workbooks.MOST_BYTES
    with pytest.raises(RuleBroken) as refused:
        read_sheets(bomb, "x.xlsx")
    assert "too large" in words(refused)


def test_xml_entities_in_a_workbook_are_refused() -> None:
    body = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'
    with pytest.raises(RuleBroken):
        read_sheets(repacked(xlsx(("a",)), "xl/sharedStrings.xml", body), "x.xlsx")


def test_a_zip_that_is_no_workbook_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("../../etc/passwd", "x")
    with pytest.raises(RuleBroken):
        read_sheets(out.getvalue(), "x.xlsx")


def test_a_damaged_workbook_is_refused_in_words() -> None:
    whole = xlsx(("a", "b"))
    for content in (whole[: len(whole) // 2], repacked(whole, "xl/workbook.xml", b"<x>")):
        with pytest.raises(RuleBroken):
            read_sheets(content, "x.xlsx")


def test_an_excel_sum_comes_without_binary_dust() -> None:
    [sheet] = read_sheets(xlsx((0.1 + 0.2, 3.0, True)), "x.xlsx")
    assert sheet.lines[0].values == (Decimal("0.3"), 3, 1)


@pytest.mark.parametrize(
    ("column", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")]
)
def test_columns_have_the_letters_of_excel(column: int, name: str) -> None:
    assert letters(column) == name


def test_too_many_sheets_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "MOST_SHEETS", 0)
    with pytest.raises(RuleBroken):
        read_sheets(xlsx(("a",)), "x.xlsx")
