"""The results and a group's report as pages, PDF and workbook; every figure opens to its rows."""

import io
import re

import openpyxl
import pytest
from sqlalchemy import select

from jobsearch.accounts.models import Account
from jobsearch.cohorts.models import Cohort
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import whole_installation
from jobsearch.demo.comparators import set_beside
from tests.papers import words
from tests.web.test_results_pages import flat, pilot, taken

__all__ = ["pilot", "taken"]
DAY = "as_of=2022-01-10"


def _plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def _cohorts(client, programme_id: str) -> list[str]:
    page = client.get(f"/reports/{programme_id}/cohorts?{DAY}").text
    found = re.findall(r'href="(/reports/[^"/]+/cohorts/[^"?]+)\?', page)
    return list(dict.fromkeys(found))


def test_the_paper_of_the_pilot_says_the_published_figures(taken, sign_in, world) -> None:
    answer = sign_in(world.aino).get(f"/reports/{taken}/results.pdf?{DAY}")
    assert answer.mimetype == "application/pdf"
    assert "pilot-2021-results-2022-01-10.pdf" in answer.headers["Content-Disposition"]
    said = _plain(words(answer.data))
    for text in (
        "11 of 20, 55 % (95 % interval 34–74 %)",
        "10 of 17, 59 % (95 % interval 36–78 %)",
        "13 of 20, 65 %",
        "Open and unknown people stay in the denominator.",
        "2 950.00 €",
        "5 363.64 €",
        "6.4 %",
        "12 of 20, 60 %",
        "Figures of 10 January 2022",
    ):
        assert text in said, text


def test_the_workbook_of_the_pilot_is_read_back_as_numbers(taken, sign_in, world) -> None:
    answer = sign_in(world.aino).get(f"/reports/{taken}/results.xlsx?{DAY}")
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    figures = {row[0]: row for row in book.worksheets[1].values}
    assert figures["Found work"][2:4] == (11, 20)
    assert figures["Found work, follow-up closed"][2:4] == (10, 17)
    groups, stages = list(book.worksheets[2].values), list(book.worksheets[3].values)
    assert groups[0][:4] == ("Group", "Days", "Started", "Found work")
    assert sum(row[2] for row in groups[1:]) == 20
    assert sum(row[3] for row in groups[1:]) == 11
    assert stages[1:] == [("Introduced", 34), ("Signed", 21), ("Started", 20)]


def test_the_same_day_gives_the_same_bytes(taken, sign_in, world) -> None:
    client = sign_in(world.aino)
    for ending in ("pdf", "xlsx"):
        address = f"/reports/{taken}/results.{ending}?{DAY}"
        assert client.get(address).data == client.get(address).data


def test_every_figure_of_the_results_has_its_definition_and_opens(taken, sign_in, world) -> None:
    client = sign_in(world.aino)
    page = client.get(f"/reports/{taken}?{DAY}").text
    table = page.partition('<details class="panel mt-lg">')[2].partition("</details>")[0]
    rows = table.split("<tr>")[2:]
    assert len(rows) >= 20
    for row in rows:
        assert re.search(r"What it means\">[^<]{15,}<", row), row
        (href,) = re.findall(r'href="([^"]+)"', row)
        assert client.get(href.replace("&amp;", "&")).status_code == 200, href


def test_a_groups_report_opens_only_the_rows_of_that_group(taken, sign_in, world) -> None:
    client = sign_in(world.aino)
    addresses = _cohorts(client, taken)
    assert len(addresses) == 4
    started = 0
    for address in addresses:
        page = client.get(f"{address}?{DAY}").text
        counted = r'data-l="Counted">(\d+)</td><td class="num" data-l="Of">(\d+)'
        k, n = re.findall(counted, page)[0]
        started += int(n)
        (href,) = re.findall(r'href="([^"]+state=found_work[^"]*)"', page)
        rows = client.get(href.replace("&amp;", "&")).text
        assert rows.count('<th scope="row"') == int(k)
        (href,) = set(re.findall(r'href="(/reports/[^"]+/activity[^"]*)"', page))
        assert client.get(href.replace("&amp;", "&")).text.count('class="grp"') == 1
        for ending in ("pdf", "xlsx"):
            assert client.get(f"{address}/results.{ending}?{DAY}").status_code == 200
    assert started == 20


def test_the_groups_add_up_to_the_programme(taken, sign_in, world) -> None:
    page = flat(sign_in(world.aino).get(f"/reports/{taken}/cohorts?{DAY}").text)
    found = [int(n) for n in re.findall(r'data-l="Found work"> ?<a[^>]+>(\d+)', page)]
    days = [int(n) for n in re.findall(r'data-l="Person-days">(\d+)', page)]
    assert sum(found) == 11
    assert sum(days) == 240


def test_a_coach_reads_her_own_group_and_no_cost_and_a_stranger_nothing(
    taken, sign_in, world
) -> None:
    mine, stig = world.a.programme_id, sign_in(world.stig)
    assert stig.get(f"/reports/{taken}/results.pdf").status_code == 404
    said = words(stig.get(f"/reports/{mine}/results.pdf").data)
    assert "Cost" not in said and "Feedback" not in said and "Results of the programme" in said
    own = f"/reports/{mine}/cohorts/{world.a.cohort_ids[0]}"
    (strange,) = _cohorts(sign_in(world.aino), taken)[:1]
    for end in ("", "/results.pdf", "/results.xlsx"):
        assert sign_in(world.stig).get(own + end).status_code == 200
        assert sign_in(world.stig).get(strange + end).status_code == 404
        elsewhere = strange.replace(taken, mine)
        assert sign_in(world.aino).get(elsewhere + end).status_code == 404
        assert sign_in(world.sam).get(own + end).status_code == 404
        assert sign_in(world.paula).get(own + end).status_code == 403
        assert sign_in(world.pia).get(own + end).status_code == 403


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_the_paper_is_in_the_readers_language(taken, sign_in, world, language: str) -> None:
    with unit_of_work(whole_installation("test")):
        db.session.get_one(Account, world.aino.account_id).language = language
    client = sign_in(world.aino)
    said = words(client.get(f"/reports/{taken}/results.pdf?{DAY}").data)
    assert "Found work" not in said
    assert {"fi": "Tarkistussumma", "sv": "Kontrollsumma"}[language] in said


def test_figures_of_other_services_stand_on_paper_with_their_caveat_and_label(
    taken, sign_in, world, as_
) -> None:
    with as_(world.aino):
        set_beside(world.aino.actor, taken)
    said = flat(words(sign_in(world.aino).get(f"/reports/{taken}/results.pdf?{DAY}").data))
    assert "Beside other services" in said
    assert "cost of one service, rate of another: Rekrytoiva Satakunta" in said
    book = openpyxl.load_workbook(
        io.BytesIO(sign_in(world.aino).get(f"/reports/{taken}/results.xlsx?{DAY}").data)
    )
    sheets = [list(sheet.values) for sheet in book.worksheets]
    others = next(rows for rows in sheets if rows[0][0] == "Service")
    assert others[0] == ("Service", "Figure", "Who is counted", "Source", "Caveat")
    assert len(others) > 1 and all(all(row) for row in others), "no figure without its caveat"
    cells = [flat(str(cell)) for rows in sheets for row in rows for cell in row if cell]
    mixed = [cell for cell in cells if "5 272.73" in cell]
    assert mixed and all("rate of another" in cell for cell in mixed)


def test_the_pilots_table_is_the_same_on_screen_on_paper_and_in_the_workbook(
    taken, sign_in, world, as_
) -> None:
    with as_(world.aino):
        set_beside(world.aino.actor, taken)
    client, address = sign_in(world.aino), f"/reports/{taken}"
    sheets = openpyxl.load_workbook(io.BytesIO(client.get(f"{address}/results.xlsx?{DAY}").data))
    cells = [str(cell) for sheet in sheets for row in sheet.values for cell in row if cell]
    said = {
        "screen": re.sub(r"<[^>]+>", " ", client.get(f"{address}?{DAY}").text),
        "paper": words(client.get(f"{address}/results.pdf?{DAY}").data),
        "workbook": "\n".join(cells),
    }
    for where, text in said.items():
        plain = re.sub(r"\s+", " ", _plain(text))
        for figure in (
            *("11 of 20, 55 %", "34–74 %", "10 of 17, 59 %", "36–78 %"),  # both rates, intervals
            "13 of 20, 65 %",  # the upper end of the range that begins at 55 %
            *("2 950.00 €", "5 363.64 €"),
            "5 272.73 €",
        ):
            assert figure in plain, f"{figure} on {where}"
        for mixed in re.finditer("5 272.73 €", plain):
            around = plain[max(0, mixed.start() - 400) : mixed.end() + 400]
            assert "rate of another" in around, where


def test_who_sees_no_cost_gets_no_other_service_on_paper(taken, sign_in, world, as_) -> None:
    with as_(world.aino):
        set_beside(world.aino.actor, taken)
    with unit_of_work(whole_installation("test")):
        coached = select(Cohort).where(Cohort.programme_id == taken)
        db.session.scalars(coached).first().coach_id = world.stig.account_id
    said = words(sign_in(world.stig).get(f"/reports/{taken}/results.pdf?{DAY}").data)
    assert "Beside other services" not in said
