"""Costs as pages: the ledger, comparators, groups and what if, for each role."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from jobsearch.core.db import db
from jobsearch.costs.comparators.models import Comparator
from jobsearch.demo.comparators import set_beside
from jobsearch.intake import service
from jobsearch.programmes.costs.models import ProgrammeCost
from jobsearch.rates.service import load_shipped_rates
from tests.world import World, make_programme

PILOT = Path(__file__).parents[2] / "jobsearch" / "demo" / "pilot"
FILES = ("asiakkaat.csv", "seurantataulukko.xlsx", "tulokset.csv", "kustannukset.csv")
DAY = "as_of=2022-01-10"


@pytest.fixture
def pilot(context: None, world: World, as_: Callable) -> str:
    with as_(world.aino):
        load_shipped_rates()
        programme, _template = make_programme(world.a.organisation_id, "pilot-2021")
        key = programme.id
    for name in FILES:
        with as_(world.aino):
            service.take_in(key, (PILOT / name).read_bytes(), name)
    with as_(world.aino):
        set_beside(world.aino.actor, key)
    return key


def flat(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").split())


def test_the_pilots_cost_its_comparators_and_what_if(pilot, sign_in, world) -> None:
    client = sign_in(world.aino)
    ledger = flat(client.get(f"/costs/{pilot}?{DAY}").text)
    for figure in ("59 000.00 €", "2 950.00 €", "5 363.64 €", "29 %"):
        assert figure in ledger, figure
    compared = flat(client.get(f"/costs/{pilot}/compared?{DAY}").text)
    mixed = "5 272.73 € (cost of one service, rate of another: Rekrytoiva Satakunta, tavoitteet"
    assert mixed in compared
    assert compared.count("5 272.73") == 1
    assert "5 386.36 € (cost of one service, rate of another" in compared
    assert "Toinen palvelu, toiset työnhakijat" in compared
    assert "ei toteutuneista kuluista" in compared
    assert "Entered by Aino Aalto on 24 November 2026." in compared
    assert "No figure of unemployment benefit is known for 10 January 2022" in compared
    today = flat(client.get(f"/costs/{pilot}/compared").text)
    assert "8.4 months" in today
    assert "6.7 months (cost of one service, rate of another" in today
    page = flat(client.get(f"/costs/{pilot}/what-if").text)
    for figure in ("2 950.00 €", "5 363.64 €", "14 750.00 €", "8.4 months"):
        assert figure in page, figure
    assert "11 of the 20 who started found work." in page
    assert "General benefit, 21.5 days of 37.21 €: sttinfo.fi 71696995 (yleistuki); kela.fi" in page
    assert "Toinen palvelu, toiset työnhakijat" in page


def test_the_results_print_each_comparator_with_its_caveat(pilot, sign_in, world) -> None:
    page = flat(sign_in(world.aino).get(f"/reports/{pilot}?{DAY}").text)
    assert "11 %; the source does not say of how many" in page
    assert "Toinen palvelu, toiset työnhakijat" in page
    assert "ei toteutuneista kuluista" in page
    assert page.count("5 272.73") == 1
    assert "5 272.73 € (cost of one service, rate of another: Rekrytoiva Satakunta" in page
    assert "at the ends of the 95 % interval: from 4 667.72 € to 12 715.52 €" in page
    assert 'value="10.1.2022"' in page  # the day as pages write it, however the address did
    coach = sign_in(world.stig).get(f"/reports/{world.a.programme_id}")
    assert "Beside other services" not in coach.text


def test_what_if_reads_its_assumptions_from_the_address(pilot, sign_in, world) -> None:
    client, url = sign_in(world.paula), f"/costs/{pilot}/what-if"
    half = flat(client.get(f"{url}?displacement=50&compared_cost=580").text)
    assert "An assumption entered here; the programme's own: 0 %." in half
    assert "mixed figures: cost of one service, rate of another" in half
    assert "10 772.73 €" in half
    same = flat(client.get(f"{url}?on_costs=22.13&placement=55&group_size=5").text)
    assert "2 950.00 €" in same  # what is not changed keeps its exact value
    for wrong in ("group_size=0", "placement=101", "hourly=x", "bonus=-1", "on_costs=1e9"):
        answer = client.get(f"{url}?{wrong}")
        assert answer.status_code == 200
        assert 'class="error"' in answer.text, wrong
        assert "2 950.00" in flat(answer.text)


def test_a_line_is_booked_taken_out_and_kept_from_a_stranger(context, sign_in, world, as_) -> None:
    url = f"/costs/{world.a.programme_id}"
    client = sign_in(world.aino)
    form = {"label": "Rent", "kind": "other", "cohort_id": "", "amount": "1200,50"}
    booked = client.send(f"{url}/new", **form, booked_on="20.11.2026", basis="")
    assert booked.status_code == 303
    again = client.send(f"{url}/new", **form, booked_on="20.11.2026", basis="")
    assert again.status_code == 422
    assert "booked on this day already" in again.text
    for name, value in (("amount", "0"), ("booked_on", "1.1.2030"), ("label", "")):
        wrong = {**form, "booked_on": "21.11.2026", "basis": "", name: value}
        answer = client.send(f"{url}/new", **wrong)
        assert answer.status_code == 422, name
        assert f'href="#{name}"' in answer.text
    other_group = {**form, "cohort_id": world.b.cohort_ids[0], "booked_on": "21.11.2026"}
    assert client.send(f"{url}/new", **other_group, basis="").status_code in (404, 422)
    assert "1 200.50" in flat(client.get(url).text)
    with as_(world.aino):
        (row,) = db.session.query(ProgrammeCost).all()
        key, version = row.id, row.version
    assert sign_in(world.sam).send(f"/costs/lines/{key}/remove", version=1).status_code == 404
    assert sign_in(world.paula).send(f"/costs/lines/{key}/remove", version=1).status_code == 403
    client = sign_in(world.aino)
    assert client.send(f"/costs/lines/{key}/remove", version=version + 1).status_code == 409
    assert client.send(f"/costs/lines/{key}/remove", version=version).status_code == 303
    assert client.send(f"/costs/lines/{key}/remove", version=version).status_code == 404
    assert "1 200.50" not in flat(client.get(url).text)
    with as_(world.aino):
        (row,) = db.session.query(ProgrammeCost).all()
        assert row.removed_by_id == world.aino.account_id


def test_a_comparator_is_entered_with_its_caveat_and_ended(context, sign_in, world, as_) -> None:
    client = sign_in(world.aino)
    words = {
        "service": "<b>Another</b>",
        "period": "2025",
        "population": "everyone",
        "source": "page 5",
        "caveat": "Others were served.",
        "programme_id": world.a.programme_id,
    }
    none = {"found": "", "of": "", "percent": "", "amount": ""}
    assert client.send("/comparators/new", **words, **none).status_code == 422
    missing = client.send("/comparators/new", **{**words, "caveat": ""}, **none)
    assert "Say what the comparison leaves out." in missing.text
    done = client.send("/comparators/new", **words, **{**none, "found": "11", "of": "100"})
    assert done.status_code == 303
    page = flat(client.get("/comparators").text)
    assert "11 of 100, 11 %" in page
    assert "95 % interval 6–19 %" in page
    assert "&lt;b&gt;Another&lt;/b&gt;" in page
    assert "Others were served." in page
    assert "Others were served." not in sign_in(world.sam).get("/comparators").text
    with as_(world.aino):
        key = db.session.query(Comparator).one().id
    end = f"/comparators/{key}/end"
    assert sign_in(world.sam).send(end, version=1).status_code == 404
    client = sign_in(world.aino)
    assert client.send(end, version=7).status_code == 409
    assert client.send(end, version=1).status_code == 303
    assert "Others were served." not in client.get("/comparators").text


def test_the_ledger_as_a_file_is_safe_against_formulas(sign_in, world) -> None:
    client, url = sign_in(world.aino), f"/costs/{world.a.programme_id}"
    client.send(
        f"{url}/new",
        label='=HYPERLINK("x")',
        kind="other",
        cohort_id=world.a.cohort_ids[0],
        amount="10",
        booked_on="20.11.2026",
        basis="+1",
    )
    text = client.get(f"{url}/ledger.csv").data.decode("utf-8-sig")
    assert '"\'=HYPERLINK(""x"")"' in text
    book = load_workbook(io.BytesIO(client.get(f"{url}/ledger.xlsx").data))
    row = list(book.active.rows)[1]
    assert row[0].value == '=HYPERLINK("x")'
    assert row[0].data_type == "s"
    assert row[5].value == 10
    assert sign_in(world.sam).get(f"{url}/ledger.csv").status_code == 404
    assert sign_in(world.stig).get(f"{url}/ledger.csv").status_code == 403


def test_who_sees_which_page_of_costs(pilot, sign_in, world) -> None:
    own = world.a.programme_id
    pages = {
        "/costs": "aino paula",
        f"/costs/{own}": "aino paula",
        f"/costs/{own}/compared": "aino paula",
        f"/costs/{own}/what-if": "aino paula",
        f"/costs/{own}/pay": "aino paula",
        f"/costs/{own}/new": "aino",
        f"/costs/{own}/groups": "aino paula stig",
        "/comparators": "aino paula",
        "/comparators/new": "aino",
    }
    for url, may_open in pages.items():
        for name in ("aino", "paula", "stig", "pia", "mia", "olga"):
            right = 200 if name in may_open.split() else 403
            assert sign_in(getattr(world, name)).get(url).status_code == right, (url, name)
        assert sign_in(None).get(url).status_code == 303
    # a coach sees her own groups, and no programme in which she has none
    assert sign_in(world.stig).get(f"/costs/{pilot}/groups").status_code == 404


def test_the_results_of_a_coach_tell_nothing_of_cost(sign_in, world) -> None:
    url = f"/reports/{world.a.programme_id}/results.json"
    assert "cost" not in sign_in(world.stig).get(url).json
    assert "cost" in sign_in(world.aino).get(url).json


def test_every_page_of_costs_asks_at_most_eight_times(pilot, sign_in, world, statements) -> None:
    client = sign_in(world.aino)
    for path in ("", "/compared", "/groups", "/what-if", "/pay"):
        statements.clear()
        assert client.get(f"/costs/{pilot}{path}").status_code == 200
        asked = [one for one in statements if one.lstrip().upper().startswith("SELECT")]
        assert len(asked) <= 8, (path, asked)
