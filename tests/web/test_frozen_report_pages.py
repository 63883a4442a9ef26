"""Frozen reports and the open page of results, as pages."""

import hashlib
import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from pypdf import PdfReader

from jobsearch.intake import service as intake
from tests.pages import check_page
from tests.world import World, make_programme

PILOT = Path(__file__).parents[2] / "jobsearch" / "demo" / "pilot"
FILES = (
    *("asiakkaat.csv", "seurantataulukko.xlsx", "tulokset.csv", "palaute.csv"),
    "kustannukset.csv",
)


def flat(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").split())


@pytest.fixture
def pilot(context: None, world: World, as_: Callable) -> str:
    with as_(world.aino):
        programme, _template = make_programme(world.a.organisation_id, "pilot-2021")
        key = programme.id
    for name in FILES:
        with as_(world.aino):
            intake.take_in(key, (PILOT / name).read_bytes(), name)
    return key


def freeze(browser, pilot: str, day: str = "10.1.2022", language: str = "en") -> str:
    answer = browser.send(f"/reports/{pilot}/frozen", as_of=day, language=language)
    assert answer.status_code == 303, answer.text
    return answer.location


def test_a_report_is_frozen_read_checked_and_compared(pilot, sign_in, world):
    aino = sign_in(world.aino)
    check_page(aino.get(f"/reports/{pilot}/frozen").text)
    address = freeze(aino, pilot)
    page = aino.get(address)
    check_page(page.text)
    for words in ("11 of 20, 55 %", "EECO02", "Nobody&#39;s gender is kept.", "10 January 2022"):
        assert words in flat(page.text)
    checked = aino.get(f"{address}/check")
    check_page(checked.text)
    assert "byte by byte what it was" in checked.text
    compared = aino.get(f"{address}/difference")
    check_page(compared.text)
    assert "Nothing has changed" in compared.text
    listed = aino.get(f"/reports/{pilot}/frozen")
    check_page(listed.text)
    assert address.rsplit("/", 1)[1] in listed.text


def test_files_of_a_frozen_report_are_the_ones_that_the_checksums_are_of(pilot, sign_in, world):
    aino = sign_in(world.aino)
    address = freeze(aino, pilot)
    checked = flat(aino.get(f"{address}/check").text)
    files = {
        ending: aino.get(f"{address}/report.{ending}").data for ending in ("json", "pdf", "xlsx")
    }
    for content in files.values():
        assert hashlib.sha256(content).hexdigest() in checked
    assert json.loads(files["json"])["as_of"] == "2022-01-10"
    printed = flat(" ".join(p.extract_text() for p in PdfReader(io.BytesIO(files["pdf"])).pages))
    assert "11 of 20, 55 %" in printed
    assert "EECO12" in printed
    book = openpyxl.load_workbook(io.BytesIO(files["xlsx"]))
    cells = {cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row}
    assert {11, 20, "EECO12", "hidden"} <= cells


def test_the_same_report_again_is_refused_on_the_field(pilot, sign_in, world):
    aino = sign_in(world.aino)
    freeze(aino, pilot)
    answer = aino.send(f"/reports/{pilot}/frozen", as_of="10.1.2022", language="en")
    assert answer.status_code == 422
    assert "Nothing has changed since the report that was frozen" in answer.text
    assert 'value="10.1.2022"' in answer.text


@pytest.mark.parametrize("day", ["", "hello"])
def test_a_report_of_no_day_is_refused(pilot, sign_in, world, day):
    answer = sign_in(world.aino).send(f"/reports/{pilot}/frozen", as_of=day, language="en")
    assert answer.status_code == 422


@pytest.mark.parametrize("who", ["stig", "paula", "pia", "mia", "olga"])
def test_only_a_manager_freezes_and_opens(pilot, sign_in, world, who):
    browser = sign_in(getattr(world, who))
    for path in ("frozen", "open"):
        assert browser.get(f"/reports/{pilot}/{path}").status_code == 403
        assert browser.send(f"/reports/{pilot}/{path}", as_of="10.1.2022").status_code == 403


def test_another_provider_finds_nothing(pilot, sign_in, world):
    address = freeze(sign_in(world.aino), pilot)
    sam = sign_in(world.sam)
    for path in ("", "/check", "/difference", "/report.pdf", "/report.xlsx", "/report.json"):
        assert sam.get(address + path).status_code == 404
    assert sam.get(f"/reports/{pilot}/open").status_code == 404


def open_page(browser, pilot: str, day: str = "1.6.2022", version: int = 0):
    return browser.send(f"/reports/{pilot}/open", as_of=day, version=version)


def test_results_stand_open_to_everybody_until_the_manager_closes_them(pilot, sign_in, world):
    aino, nobody = sign_in(world.aino), sign_in(None)
    assert nobody.get(f"/results/{pilot}").status_code == 404
    assert open_page(aino, pilot).status_code == 303
    page = nobody.get(f"/results/{pilot}?language=en")
    check_page(page.text, page.headers)
    assert "11 of 20, 55 %" in flat(page.text)
    assert "€" not in page.text
    managed = aino.get(f"/reports/{pilot}/open").text
    check_page(managed)
    (key,) = re.findall(r"/reports/open/([a-z2-7]{20})/close", managed)
    assert aino.send(f"/reports/open/{key}/close", version=1).status_code == 303
    assert nobody.get(f"/results/{pilot}").status_code == 404
    check_page(aino.get(f"/reports/{pilot}/open").text)


def test_the_open_page_is_written_in_the_language_asked(pilot, sign_in, world):
    open_page(sign_in(world.aino), pilot)
    nobody = sign_in(None)
    for language in ("fi", "sv", "en"):
        page = nobody.get(f"/results/{pilot}?language={language}").text
        assert f'<html lang="{language}"' in page


def test_the_open_page_names_nobody(pilot, sign_in, world, as_):
    open_page(sign_in(world.aino), pilot)
    page = sign_in(None).get(f"/results/{pilot}").text
    for line in (PILOT / "asiakkaat.csv").read_text().splitlines()[1:]:
        for word in re.split(r"[;, ]", line)[:2]:
            assert not re.search(rf"\b{re.escape(word)}\b", page) or len(word) < 4, word


def test_a_page_that_would_tell_of_a_few_is_refused_on_its_field(pilot, sign_in, world):
    aino = sign_in(world.aino)
    open_page(aino, pilot, "10.1.2022")
    answer = open_page(aino, pilot, version=1)
    assert answer.status_code == 422
    assert "fewer than five people" in answer.text
