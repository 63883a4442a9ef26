"""The results and the rows behind them, as pages."""

import io
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pypdf
import pytest

from jobsearch.intake import service
from jobsearch.outcomes.queries import list_outcomes
from jobsearch.recruitment.board.queries import CandidateFilter, list_candidates
from jobsearch.recruitment.rules import ExitReason, Stage
from tests.world import World, make_programme

PILOT = Path(__file__).parents[2] / "jobsearch" / "demo" / "pilot"
FILES = (
    "asiakkaat.csv",
    "seurantataulukko.xlsx",
    "tulokset.csv",
    "palaute.csv",
    "kustannukset.csv",
)


@pytest.fixture
def pilot(context: None, world: World, as_: Callable) -> str:
    with as_(world.aino):
        programme, _template = make_programme(world.a.organisation_id, "pilot-2021")
        return programme.id


@pytest.fixture
def taken(pilot: str, world: World, as_: Callable) -> str:
    for name in FILES:
        with as_(world.aino):
            service.take_in(pilot, (PILOT / name).read_bytes(), name)
    return pilot


def flat(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").split())


def test_the_results_page_prints_every_figure_with_its_denominator(taken, sign_in, world):
    page = flat(sign_in(world.aino).get(f"/reports/{taken}?as_of=10.1.2022").text)
    for figure in (
        "11 of the 20 who started found work",
        "11 of 20, 55 %",
        "95 % interval 34–74 %",
        "10 of 17, 59 %",
        "95 % interval 36–78 %",
        "from 11 of 20, 55 % if none",
        "to 13 of 20, 65 % if all do",
        "34 were introduced and 20 started",
        "5.35 a person, n = 20",
        "8.2 a person, n = 20",
        "2.05 a person, n = 20",
        "4.1 a maker, n = 10",
        "20 interviews from 312 actions: 6.4 %",
        "240 person-days",
        "Feedback, n = 12",
        "12 of 20, 60 %",
        "2,950.00 €",
        "5,363.64 €",
        "59,000.00 €",
        "29 %",
        "10 January 2022",
    ):
        assert figure in page.replace("2 950", "2,950").replace("59 000", "59,000").replace(
            "5 363", "5,363"
        ), figure


ADDRESSES = (
    "/reports/{id}?as_of=2022-01-10",
    "/reports/{id}?as_of=hello",
    "/reports/{id}?as_of=2030-01-01",
    "/reports/{id}/activity?as_of=2022-01-10",
    "/reports/{id}/activity?as_of=2020-01-10",
    "/reports/{id}/cohorts?as_of=2022-01-10",
    "/reports/{id}/cohorts?as_of=2020-01-10",
    "/reports/{id}/results.pdf?as_of=2022-01-10",
    "/reports/{id}/results.xlsx?as_of=2022-01-10",
    "/candidates?programme={id}&stage=signed&as_of=2022-01-10",
    "/candidates?programme={id}&exit=did_not_come",
    "/candidates?programme={id}&exit=studies&stage=signed",
    "/outcomes/{id}?state=found_work&as_of=2022-01-10",
    "/outcomes/{id}?state=closed&as_of=2022-01-10",
    "/outcomes/{id}?state=open",
    "/feedback/{id}?as_of=2022-01-10",
    "/feedback/{id}?as_of=2020-01-10",
    "/costs/{id}?as_of=2022-01-10",
    "/costs/{id}?as_of=2020-01-10",
    "/costs",
    "/reports",
    "/candidates",
    "/programmes/{id}/files",
)


def test_every_page_behind_the_results_opens_for_the_manager_and_not_for_a_stranger(
    taken, sign_in, world
):
    for address in ADDRESSES:
        url = address.format(id=taken)
        assert sign_in(world.aino).get(url).status_code == 200, url
        stranger = 404 if "{id}" in address else 200
        assert sign_in(world.sam).get(url).status_code == stranger, url
        assert sign_in(world.pia).get(url).status_code == 403, url
        assert sign_in(None).get(url).status_code == 303, url


def test_the_rows_behind_a_figure_are_as_many_as_it_says(taken, sign_in, world):
    client = sign_in(world.aino)

    def rows(url: str) -> int:
        page = client.get(url).text
        return (page.partition('id="rows"')[2] or page).count('<th scope="row"')

    assert rows(f"/outcomes/{taken}?state=found_work&as_of=2022-01-10") == 11
    assert rows(f"/outcomes/{taken}?state=open&as_of=2022-01-10") == 2
    assert rows(f"/outcomes/{taken}?state=closed&as_of=2022-01-10") == 17
    assert rows(f"/candidates?programme={taken}&as_of=2022-01-10") == 34
    assert rows(f"/candidates?programme={taken}&stage=signed&as_of=2022-01-10") == 21
    assert rows(f"/candidates?programme={taken}&exit=did_not_come&as_of=2022-01-10") == 6


def test_the_json_is_the_published_one(taken, sign_in, world):
    answer = sign_in(world.aino).get(f"/reports/{taken}/results.json?as_of=2022-01-10")
    assert json.loads(answer.data) == json.loads((PILOT / "results.json").read_bytes())
    assert "attachment" in answer.headers["Content-Disposition"]


def test_the_command_prints_the_published_json_and_refuses_an_unknown_code(taken, app):
    runner = app.test_cli_runner()
    order = ["reports", "results", "--programme", "pilot-2021", "--as-of", "2022-01-10"]
    done = runner.invoke(args=[*order, "--json"])
    assert done.exit_code == 0, done.output
    published = (PILOT / "results.json").read_text(encoding="utf-8")
    assert json.loads(done.output) == json.loads(published)
    assert "outcomes.found_work: 11/20 = 0.550" in runner.invoke(args=order).output
    unknown = runner.invoke(args=["reports", "results", "--programme", "none", "--json"])
    assert unknown.exit_code == 1
    assert "There is no programme with the code none." in unknown.output


def test_a_coach_sees_no_cost_and_only_programmes_where_she_has_a_group(taken, sign_in, world):
    client = sign_in(world.stig)
    assert client.get(f"/reports/{taken}").status_code == 404
    own = client.get(f"/reports/{world.a.programme_id}")
    assert own.status_code == 200
    assert "bookkeeping" not in own.text
    assert client.get(f"/costs/{taken}").status_code == 403


def test_the_clerk_sees_cost_and_nothing_else_of_the_results(taken, sign_in, world):
    client = sign_in(world.paula)
    assert client.get(f"/costs/{taken}").status_code == 200
    assert client.get(f"/reports/{taken}").status_code == 403
    assert client.get(f"/outcomes/{taken}").status_code == 403


def upload(client, programme_id: str, content: bytes, name: str):
    return client.send(
        f"/programmes/{programme_id}/files", file=(io.BytesIO(content), name), of_day=""
    )


def test_a_manager_looks_at_a_file_and_takes_it_in(pilot, sign_in, world, as_):
    client = sign_in(world.aino)
    answer = upload(client, pilot, (PILOT / "asiakkaat.csv").read_bytes(), "asiakkaat.csv")
    assert answer.status_code == 303
    waiting = answer.location
    page = flat(client.get(waiting).text)
    assert "Nothing has been saved yet" in page
    assert 'Candidates</th><td class="num">34' in page
    assert sign_in(world.sam).get(waiting).status_code == 404
    client = sign_in(world.aino)
    assert client.send(waiting).status_code == 303
    assert client.get(waiting).status_code == 404
    with as_(world.aino):
        assert len(list_candidates(CandidateFilter(pilot, date(2022, 1, 10)))) == 34


def test_a_wrong_file_is_told_row_by_row_and_nothing_waits(pilot, sign_in, world):
    wrong = (PILOT / "palaute.csv").read_bytes().replace(b"2;5;4;4;3", b"2;x;9;4;3")
    answer = upload(sign_in(world.aino), pilot, wrong, "palaute.csv")
    assert answer.status_code == 422
    assert "palaute.csv, row 3, column B (Valmennussisällöt)" in answer.text
    assert "palaute.csv, row 3, column C (Tehtävänannot)" in answer.text
    assert "Files that wait" not in sign_in(world.aino).get(f"/programmes/{pilot}/files").text


def test_a_file_put_aside_is_gone(pilot, sign_in, world):
    client = sign_in(world.aino)
    answer = upload(client, pilot, (PILOT / "palaute.csv").read_bytes(), "palaute.csv")
    assert client.send(f"{answer.location}/put-aside").status_code == 303
    assert client.get(answer.location).status_code == 404


def test_no_file_and_a_file_of_another_kind_are_refused_in_words(pilot, sign_in, world):
    client = sign_in(world.aino)
    assert "Choose a file first." in client.send(f"/programmes/{pilot}/files").text
    answer = upload(client, pilot, b"a;b\n1;2\n", "x.csv")
    assert answer.status_code == 422
    assert "none of the files" in answer.text


def test_a_candidate_moves_leaves_and_comes_back(taken, sign_in, world, as_):
    with as_(world.aino):
        which = CandidateFilter(taken, date(2022, 1, 10), exit_reason=ExitReason.STUDIES)
        (kari,) = list_candidates(which)
    client, url = sign_in(world.stig), f"/candidates/{kari.id}"
    assert client.get(url).status_code == 200
    assert client.send(f"{url}/move", stage="attended").status_code == 422
    assert client.send(f"{url}/return").status_code == 303
    assert client.send(f"{url}/move", stage="nonsense").status_code == 422
    assert client.send(f"{url}/move", stage="started").status_code == 422
    assert client.send(f"{url}/move", stage="attended").status_code == 303
    assert client.send(f"{url}/leave", reason="not_reached").status_code == 422
    assert client.send(f"{url}/leave", reason="declined").status_code == 303
    assert sign_in(world.sam).get(url).status_code == 404
    assert sign_in(world.paula).get(url).status_code == 403
    with as_(world.aino):
        which = CandidateFilter(taken, date(2026, 11, 24), exit_reason=ExitReason.DECLINED)
        moved = [one for one in list_candidates(which) if one.id == kari.id]
        assert [(one.stage, one.times_returned) for one in moved] == [(Stage.ATTENDED, 1)]


def test_an_outcome_and_an_answer_are_noted_on_the_persons_page(taken, sign_in, world, as_):
    with as_(world.aino):
        jari = next(
            line for line in list_outcomes(taken, 3, date(2022, 1, 10)) if line.name == "Jari Huhta"
        )
    client, url = sign_in(world.aino), f"/outcomes/person/{jari.enrolment_id}"
    assert client.get(url).status_code == 200
    found = {"kind": "freelance", "found_through": "other", "evidence": "own_word"}
    assert client.send(url, **found, began_on="").status_code == 422
    wrong = client.send(url, **found, began_on="2.2.2022", ended_on="1.2.2022")
    assert wrong.status_code == 422
    assert "The end cannot be before the beginning." in wrong.text
    assert client.send(url, **found, began_on="1.2.2022", ended_on="").status_code == 303
    answered = {"answer": "in_work", "asked_on": "11.2.2022"}
    assert client.send(f"{url}/follow-up", **answered).status_code == 303
    again = client.send(f"{url}/follow-up", **answered)
    assert again.status_code == 422
    assert "noted already" in again.text
    assert sign_in(world.sam).get(url).status_code == 404
    stig = sign_in(world.stig)  # a coach of other groups neither reads nor notes
    assert stig.get(url).status_code == 404
    assert stig.send(url, **found, began_on="3.2.2022", ended_on="").status_code == 404
    later = {"answer": "in_work", "asked_on": "12.2.2022"}
    assert stig.send(f"{url}/follow-up", **later).status_code == 404
    with as_(world.aino):
        names = [one.name for one in list_outcomes(taken, 3, date(2022, 2, 11)) if one.began_on]
    assert "Jari Huhta" in names


def test_a_page_asks_as_much_with_one_group_as_with_four_and_at_most_eight_times(
    taken, sign_in, world, statements
):
    client = sign_in(world.aino)

    def asked(url: str) -> int:
        statements.clear()
        assert client.get(url).status_code == 200
        return sum(statement.lstrip().upper().startswith("SELECT") for statement in statements)

    for path in (
        "/reports/{id}",
        "/reports/{id}/activity",
        "/reports/{id}/cohorts",
        "/outcomes/{id}",
        "/feedback/{id}",
    ):
        url = path.format(id=taken)
        few, many = asked(f"{url}?as_of=2021-06-10"), asked(f"{url}?as_of=2022-01-10")
        assert few <= many <= 8, url
    candidates = f"/candidates?programme={taken}&as_of="
    assert asked(f"{candidates}2021-04-23") == asked(f"{candidates}2022-01-10") <= 8
    assert asked(f"/costs/{taken}?as_of=2022-01-10") <= 8


def test_a_coachs_figures_are_of_own_groups_and_say_so(sign_in, world) -> None:
    page = f"/reports/{world.a.programme_id}"
    told = sign_in(world.stig).get(f"{page}/results.json").json
    assert told["of"] == "own_groups"
    assert set(told["people"]) == {"started", "person_days"}
    assert not {"feedback", "cost"} & set(told)
    assert "of" not in sign_in(world.aino).get(f"{page}/results.json").json
    paper = pypdf.PdfReader(io.BytesIO(sign_in(world.stig).get(f"{page}/results.pdf").data))
    words = " ".join(one.extract_text() for one in paper.pages)
    assert "own groups" in words
    assert "Introduced" not in words
