"""What the page says of a tracker before it is taken in; nothing in a file is ever markup."""

import io
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from jobsearch.core.db import unit_of_work
from jobsearch.core.scope import Scope
from tests.world import make_programme

PILOT = Path(__file__).parents[2] / "jobsearch" / "demo" / "pilot" / "seurantataulukko.xlsx"
HEADINGS = ("Päivä", "Nimi", "Haut", "Yhteydenotot", "Avoimet hakemukset", "Haastattelut", "Tunnit")
BAD = "<script>alert(1)</script>"


@pytest.fixture
def pilot(world, context):
    scope = Scope(frozenset({world.a.organisation_id}), "test")
    with unit_of_work(scope, world.aino.actor):
        return make_programme(world.a.organisation_id, "pilot-2021")[0].id


@pytest.fixture
def upload(sign_in, world, pilot):
    def sent(content: bytes, name: str):
        client = sign_in(world.aino)
        file = (io.BytesIO(content), name)
        answer = client.send(f"/programmes/{pilot}/files", file=file, of_day="")
        return client.get(answer.location) if answer.status_code == 303 else answer

    return sent


def book(title: str, *rows: tuple[object, ...]) -> bytes:
    made = openpyxl.Workbook()
    made.active.title = title
    for row in rows:
        made.active.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def test_the_page_shows_each_group_beside_the_totals_of_the_file(upload):
    page = upload(PILOT.read_bytes(), PILOT.name).text
    assert "Totals in the file: Ryhmä 1" in page
    for figure in ("107", "164", "41", "20", "240"):
        assert f">{figure}</td>" in page
    assert page.count(">33</td>") == 2  # contacts of the second group: made, and said by the file


def test_a_file_without_totals_says_so_and_names_what_was_left_alone(upload):
    made = openpyxl.load_workbook(
        io.BytesIO(book("Ryhmä 1", HEADINGS, (date(2021, 10, 4), "Aino", 1, 1, 0, 0, 3)))
    )
    made.create_sheet("Ohje & neuvot").append(("Täytä joka päivä",))
    out = io.BytesIO()
    made.save(out)
    page = upload(out.getvalue(), "x.xlsx").text
    assert "No row of totals: Ryhmä 1" in page
    assert "left alone: Ohje &amp; neuvot." in page


def test_names_of_files_and_sheets_are_text_on_the_page(upload):
    row = (date(2021, 10, 4), BAD, 1, 1, 0, 0, 3)
    page = upload(book("<b>Ryhmä<b>", HEADINGS, row), f"{BAD}.xlsx").text
    assert BAD not in page and "<b>Ryhmä" not in page
    assert "&lt;b&gt;Ryhmä" in page and "&lt;script&gt;" in page


def test_cells_and_headings_that_are_refused_are_text_on_the_page(upload):
    headings = (*HEADINGS[:2], f"Haut {BAD}", *HEADINGS[3:])
    row = (date(2021, 10, 4), "Aino", BAD, 1, 0, 0, 3)
    answer = upload(book("<i>1</i>".replace("/", ""), headings, row), "x.xlsx")
    assert answer.status_code == 422
    assert BAD not in answer.text
    assert "a number belongs here, not “&lt;script&gt;" in answer.text
