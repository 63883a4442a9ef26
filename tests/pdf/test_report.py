"""A report on paper and as a workbook: read back, the same bytes, nothing taken for a formula."""

import io
from dataclasses import replace
from datetime import date

import openpyxl
import pytest

from jobsearch.reports.paper.pdf import draw_pdf
from jobsearch.reports.paper.rules import Column, Drawing, Report, Section, Table, read_report
from jobsearch.reports.paper.workbook import draw_workbook
from tests.papers import fonts, roles, unmarked, words
from tests.reported import a_report


def test_the_paper_says_every_figure_with_its_definition_and_every_row() -> None:
    said = words(draw_pdf(a_report()))
    for text in (
        "Ohjelman tulokset",
        "11/20, 55 %",
        "jaettuna kaikilla aloittaneilla",
        "=1+1 <b>Ryhmä</b> & 2",
        "piilotettu",
        "Alle viiden hengen",
        "1 039",
        "40 123,45 €",
        "Luvut 10.1.2022",
        a_report().checksum,
    ):
        assert text in said.replace("\u00a0", " "), text


def test_the_paper_is_tagged_with_a_figure_for_each_drawing_and_its_fonts_embedded() -> None:
    content = draw_pdf(a_report())
    found = roles(content)
    assert found["Figure"] == 3
    assert found["Table"] == 4
    assert unmarked(content) == 0
    assert all(fonts(content).values())


@pytest.mark.parametrize("draw", [draw_pdf, draw_workbook])
def test_a_report_that_was_kept_as_text_is_drawn_again_to_the_same_bytes(draw: object) -> None:
    kept = a_report().to_json()
    assert callable(draw)
    assert draw(read_report(kept)) == draw(a_report())


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_each_language_draws_its_own_paper_and_workbook(language: str) -> None:
    report = a_report(language=language)
    assert draw_pdf(report).startswith(b"%PDF")
    assert draw_workbook(report).startswith(b"PK")


def _book(report: Report) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(draw_workbook(report)))


def test_the_workbook_keeps_numbers_as_numbers_and_texts_as_texts() -> None:
    book = _book(a_report())
    assert [sheet.title for sheet in book][:2] == ["Raportti", "Luvut"]
    assert len(book.worksheets) == 5
    rows = list(book.worksheets[2].values)
    assert rows[0] == ("Ryhmä", "Töihin", "Osuus, %", "Väli alkaa, %", "Väli päättyy, %")
    assert rows[1] == ("Ryhmä 1", 11, 55, 34, 74)
    assert rows[2] == ("=1+1 <b>Ryhmä</b> & 2", *("piilotettu",) * 4)
    assert book.worksheets[2]["A3"].data_type == "s"
    assert list(book.worksheets[4].values)[1] == ("Palkat", 40123.45)


def test_the_workbook_says_what_it_is_and_of_which_day() -> None:
    said = {str(row[0]): row[1] for row in _book(a_report()).worksheets[0].values}
    assert said["Tarkistussumma (SHA-256)"] == a_report().checksum
    assert said["Tietojen päivä"].date() == date(2022, 1, 10)
    assert said["Ryhmät ja työhön päässeet"].startswith("Alle viiden")
    figures = list(_book(a_report()).worksheets[1].values)
    assert figures[1][:4] == ("Pääsi töihin", "11/20, 55 %", 11, 20)


def test_two_tables_of_one_name_have_sheets_of_their_own() -> None:
    first = a_report().sections[0]
    table = replace(first.tables[0], caption="Sama [nimi]: " + "pitkä " * 9)
    report = a_report(sections=(replace(first, tables=(table, table)),))
    assert len({sheet.title for sheet in _book(report)}) == 4


def test_a_long_table_of_many_columns_goes_over_the_pages() -> None:
    columns = tuple(Column(f"c{at}", f"Sarake {at}", number=at not in {0, 3}) for at in range(9))
    rows = tuple((f"Rivi {at}", *range(2), "sana", *range(5)) for at in range(300))
    table = Table("long", "Pitkä", columns, rows, drawing=Drawing.BARS)
    said = words(draw_pdf(a_report(sections=(Section("long", "Pitkä", tables=(table,)),))))
    assert "Rivi 299" in said
    assert "Sivu 2 /" in said
