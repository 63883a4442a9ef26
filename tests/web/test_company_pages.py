"""Pages of the memory of companies: for staff, and for who looks for work."""

import csv
import io

import pytest
from openpyxl import load_workbook

from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import whole_installation
from jobsearch.tracker.companies.jobs import remember_companies
from jobsearch.tracker.companies.models import Company
from jobsearch.tracker.companies.rules import TakesCalls
from jobsearch.tracker.companies.service import note_company
from jobsearch.tracker.rules import Channel, Reply
from tests.furnished import CANARY
from tests.service.test_companies import done
from tests.service.test_cooling import kaisa
from tests.world import TODAY

__all__ = ["kaisa"]
pytestmark = pytest.mark.usefixtures("context")


def company(name_key: str) -> Company:
    with unit_of_work(whole_installation("test")):
        return db.session.query(Company).filter_by(name_key=name_key).one()


@pytest.fixture
def remembered(world, as_) -> str:
    with as_(world.stig):
        for reply in (None, Reply.INTERESTED):
            done(world, channel=Channel.PHONE, reply=reply)
        done(world, "Rannikon Leipomo", "otto", channel=Channel.VISIT)
        done(world, "Yksin Jäävä")
    remember_companies()
    return company("rannikon leipomo").id


def test_staff_and_participants_read_counts_by_channel_and_no_name(
    sign_in, world, remembered
) -> None:
    for member in (world.stig, world.aino, world.pia, world.otto):
        client = sign_in(member)
        page = client.get("/companies").text
        assert "Rannikon Leipomo" in page and "November 2026" in page
        assert "Yksin Jäävä" not in page  # one contact could be one person's
        one = client.get(f"/companies/{remembered}").text
        assert "By phone" in one and "On the spot" in one
        for name in {"Pia", "Otto"} - {member.actor.name.split()[0]}:
            assert name not in page and name not in one
    assert sign_in(world.cora).get(f"/companies/{remembered}").status_code == 404
    for member in (world.paula, world.mia, world.olga):
        assert sign_in(member).get("/companies").status_code == 403


def test_a_company_is_searched_by_a_part_of_its_name(sign_in, world, remembered) -> None:
    client = sign_in(world.pia)
    assert "Rannikon Leipomo" in client.get("/companies?q=LEIPOMO").text
    none = client.get("/companies?q=varasto").text
    assert "No company of this name" in none and "Rannikon" not in none


def test_a_coach_says_by_one_tap_who_takes_calls(sign_in, world, remembered) -> None:
    coach, here = sign_in(world.stig), f"/companies/{remembered}/takes-calls"
    assert coach.send(here, calls="yes", version="1").location == "/companies"
    assert "Takes calls" in sign_in(world.pia).get("/companies").text
    assert coach.send(here, calls="no", version="1").status_code == 409
    coach.send(here, calls="no", version="2")
    assert "Does not like to be called" in sign_in(world.pia).get(f"/companies/{remembered}").text
    coach.send(here, calls="")
    assert company("rannikon leipomo").takes_calls is None
    for member in (world.pia, world.aino):
        assert sign_in(member).send(here, calls="yes").status_code == 403
        assert "Nobody knows" not in sign_in(member).get("/companies").text


def test_a_coach_names_a_company_that_nobody_has_turned_to(sign_in, world) -> None:
    coach = sign_in(world.stig)
    assert "No companies yet" in coach.get("/companies").text
    for wrong, words in (
        ({"name": "", "takes_calls": "yes"}, "Say which company it is."),
        ({"name": "x" * 121, "takes_calls": "yes"}, "At most 120"),
        ({"name": "Uusi Oy"}, "Choose one of the two."),
    ):
        answer = coach.send("/companies", **wrong)
        assert (answer.status_code, words in answer.text) == (422, True)
    answer = coach.send("/companies", name="Uusi Oy", takes_calls="yes")
    assert answer.location == f"/companies/{company('uusi').id}"
    assert "Nobody has turned to it yet" in coach.get(answer.location).text
    assert sign_in(world.pia).send("/companies", name="Y", takes_calls="yes").status_code == 403


def test_who_asks_reads_that_somebody_of_her_group_was_there_today(
    sign_in, world, as_, remembered, kaisa
) -> None:
    with as_(world.stig):
        db.session.get_one(Company, remembered).takes_calls = TakesCalls.YES
    here = f"/companies/{remembered}"
    assert "You can turn to it today." in sign_in(world.pia).get(here).text
    with as_(world.stig):
        action = done(world, on=TODAY)
        action.person_id, action.enrolment_id = kaisa, world.a.enrolment_ids["pia"]
    page = sign_in(world.pia).get(here).text.replace("\xa0", " ")
    assert "Kaisa of your group turned to this company on Tuesday 24 November 2026." in page
    assert "It is free again from Wednesday 25 November 2026 on." in page
    assert "Kaisa" not in sign_in(world.otto).get(here).text  # another group
    assert "Kaisa" not in sign_in(world.stig).get(here).text


def test_staff_take_the_memory_home_as_files(sign_in, world, as_, remembered) -> None:
    with as_(world.stig):
        note_company("=Kaava Oy", TakesCalls.NO)
    coach = sign_in(world.stig)
    text = coach.get("/companies.csv").get_data().decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert lines == [
        ["Company", "Calls", "Channel", "Contacts", "Replies", "Interviews", "Last month"],
        ["'=Kaava Oy", "Does not like to be called", "", "0", "0", "0", ""],
        ["Rannikon Leipomo", "", "By phone", "2", "1", "0", "2026-11-01"],
        ["Rannikon Leipomo", "", "On the spot", "1", "0", "0", "2026-11-01"],
    ]
    sheet = load_workbook(io.BytesIO(coach.get("/companies.xlsx").get_data())).active
    assert sheet.max_row == 4 and sheet["A3"].value == "Rannikon Leipomo"
    for path in ("/companies.csv", "/companies.xlsx"):
        assert sign_in(world.aino).get(path).status_code == 200
        assert sign_in(world.pia).get(path).status_code == 403


def test_a_name_is_shown_as_text(sign_in, world, as_) -> None:
    evil = f"<b>{CANARY}</b>"
    with as_(world.stig):
        key = note_company(evil, TakesCalls.YES).id
    for path in ("/companies", f"/companies/{key}"):
        page = sign_in(world.stig).get(path).text
        assert evil not in page and f"&lt;b&gt;{CANARY}" in page


def test_the_list_is_paged_and_costs_the_same_for_1_and_30(
    sign_in, world, as_, remembered, statements
) -> None:
    def cost(member, path: str) -> int:
        client = sign_in(member)
        client.get(path)
        del statements[:]
        assert client.get(path).status_code == 200
        return len([one for one in statements if one.startswith("SELECT")])

    paths = ((world.stig, "/companies"), (world.pia, f"/companies/{remembered}"))
    first = [cost(*path) for path in paths]
    with as_(world.stig):
        for number in range(30):
            for _twice in range(2):
                done(world, f"Yritys {number}", channel=tuple(Channel)[number % 6])
    remember_companies()
    assert [cost(*path) for path in paths] == first
    page = sign_in(world.pia).get("/companies")
    assert "Page 1 of 2" in page.text and "Showing 25 of 31" in page.text
    assert "Page 2 of 2" in sign_in(world.pia).get("/companies?page=2").text
