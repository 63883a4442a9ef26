"""Pages of leads: a person's own list, an advertisement that is pasted, staff's counterparts."""

import csv
import io
from datetime import timedelta

import pytest

from jobsearch.core.db import db
from jobsearch.core.workbooks import read_sheets
from jobsearch.tracker.interviews.models import Interview
from jobsearch.tracker.interviews.rules import InterviewWay
from jobsearch.tracker.leads.models import Lead, LeadMove
from jobsearch.tracker.leads.rules import LeadDetails, LeadStage
from jobsearch.tracker.leads.service import add_lead
from jobsearch.tracker.models import ActionSource, Employer, TrackerSettings
from jobsearch.tracker.rules import Activity
from jobsearch.tracker.service import log_action, log_for
from tests.world import NOW, TODAY

pytestmark = pytest.mark.usefixtures("context")
OWN = "/job-search/leads"
ADVERT = "Rannikon Leipomo Oy hakee leipuria Poriin\nViimeinen hakupäivä 30.11.2026"
FORM = {"role_title": "Leipuri", "employer_name": "Rannikon Leipomo", "source": "advert"}


def _leads(as_, world) -> list[Lead]:
    with as_(world.pia):
        return db.session.query(Lead).order_by(Lead.added_at).all()


def _add(as_, world, **details) -> Lead:
    stage = details.pop("stage", LeadStage.FOUND)
    with as_(world.pia):
        what = LeadDetails(**{"role_title": "Leipuri", "employer_name": "Leipomo"} | details)
        return add_lead(world.pia.actor, what, stage)


def _sides(world, sign_in):
    """The participant and her coach: client, her leads' address, one lead's address."""
    return (
        (sign_in(world.pia), OWN, OWN),
        (sign_in(world.stig), f"/people/{world.pia.person_id}/leads", "/leads"),
    )


def test_an_empty_page_says_how_the_first_lead_appears(sign_in, world) -> None:
    for client, path, _one in _sides(world, sign_in):
        page = client.get(path).text
        assert "No leads yet" in page and f"{path}/new" in page and f"{path}/paste" in page


@pytest.mark.parametrize("side", [0, 1])
def test_a_pasted_advert_is_proposed_corrected_and_only_then_saved(
    sign_in, world, as_, side
) -> None:
    client, path, one = _sides(world, sign_in)[side]
    assert "Nothing is saved yet" in client.get(f"{path}/paste").text
    page = client.send(f"{path}/paste", advert=ADVERT)
    assert page.status_code == 200
    for shown in ('value="Leipuri"', 'value="Rannikon Leipomo Oy"', 'value="30.11.2026"'):
        assert shown in page.text
    assert _leads(as_, world) == []
    saved = client.send(
        f"{path}/new", advert=ADVERT, **FORM, stage="applied", deadline_on="1.12.2026"
    )
    (lead,) = _leads(as_, world)
    assert (saved.status_code, saved.location) == (303, f"{one}/{lead.id}")
    assert (lead.role_title, lead.advert, lead.stage) == ("Leipuri", ADVERT, LeadStage.APPLIED)
    assert (lead.person_id, str(lead.deadline_on)) == (world.pia.person_id, "2026-12-01")
    page = client.get(saved.location).text
    assert "Viimeinen hakupäivä 30.11.2026" in page and "Rannikon Leipomo" in page


@pytest.mark.parametrize(
    ("advert", "words"),
    [
        ("", "Paste the text of the advertisement."),
        ("x" * 8001, "At most 8000 characters."),
    ],
)
def test_a_text_that_cannot_be_read_is_refused_and_kept(sign_in, world, advert, words) -> None:
    answer = sign_in(world.pia).send(f"{OWN}/paste", advert=advert)
    assert answer.status_code == 422
    assert words in answer.text and advert in answer.text


def test_a_text_that_says_nothing_is_kept_and_the_rest_is_asked(sign_in, world, as_) -> None:
    text = "<script>alert(1)</script>\n=1+1"
    page = sign_in(world.pia).send(f"{OWN}/paste", advert=text)
    assert page.status_code == 200
    assert "Nothing could be read from the text" in page.text
    assert "<script>alert" not in page.text and "&lt;script&gt;" in page.text


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"role_title": ""}, "Say what job it is."),
        ({"employer_name": ""}, "Say at which employer it is."),
        ({"next_step": "Call"}, "Say on which day you do it."),
        ({"next_step_on": "25.11."}, "Say what you do next."),
        ({"deadline_on": "soon"}, "Enter the day like this"),
        ({"source": "moon"}, "Not a valid choice"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(sign_in, world, as_, form, words) -> None:
    lead = _add(as_, world)
    client = sign_in(world.pia)
    for path in (f"{OWN}/new", f"{OWN}/{lead.id}/edit"):
        values = {"note": "Kept words", **FORM, **form, "version": "1"}
        answer = client.send(path, **values)
        assert answer.status_code == 422
        assert words in answer.text and "Kept words" in answer.text
    assert len(_leads(as_, world)) == 1


def test_another_page_can_fill_in_what_it_knows(sign_in, world) -> None:
    path = f"{OWN}/new?employer=Rannikon+Leipomo&role=Leipuri&source=group"
    page = sign_in(world.pia).get(path).text
    assert 'value="Rannikon Leipomo"' in page and 'value="Leipuri"' in page
    assert 'selected value="group"' in page


@pytest.mark.parametrize("side", [0, 1])
def test_one_tap_moves_a_lead_and_one_takes_it_back(sign_in, world, as_, side) -> None:
    lead = _add(as_, world)
    client, _path, one = _sides(world, sign_in)[side]
    moved = client.send(f"{one}/{lead.id}/move", version="1", to="applied")
    assert moved.status_code == 303
    page = client.get(moved.location).text
    assert "Now: Applied or in touch" in page and f"lead={lead.id}" in page  # to log it
    assert client.send(f"{one}/{lead.id}/move", version="1", to="offer").status_code == 409
    with as_(world.pia):
        (move,) = db.session.query(LeadMove).filter(LeadMove.from_stage.is_not(None))
        undo = f"{one}/{lead.id}/moves/{move.id}/undo"
    assert undo in page
    assert client.send(undo).status_code == 303
    assert _leads(as_, world)[0].stage is LeadStage.FOUND


def test_a_lead_that_is_an_interview_offers_to_enter_it(sign_in, world, as_) -> None:
    lead = _add(as_, world)
    client = sign_in(world.pia)
    moved = client.send(f"{OWN}/{lead.id}/move", version="1", to="interview")
    assert f"/job-search/interviews/new?lead={lead.id}" in client.get(moved.location).text


def test_an_ended_lead_offers_the_way_back_and_moves_nowhere_else(sign_in, world, as_) -> None:
    lead = _add(as_, world)
    client = sign_in(world.pia)
    client.send(f"{OWN}/{lead.id}/move", version="1", to="rejected")
    page = client.get(f"{OWN}/{lead.id}").text
    assert "Did it go on after all?" in page and 'value="dropped"' not in page
    assert client.send(f"{OWN}/{lead.id}/move", version="2", to="dropped").status_code == 422
    assert client.send(f"{OWN}/{lead.id}/move", version="2", to="moon").status_code == 404
    assert "Ended: 1" in client.get(OWN).text
    assert "Leipuri" in client.get(f"{OWN}?show=ended").text


def test_what_is_due_stands_on_the_list_and_on_the_day_until_it_is_done(
    sign_in, world, as_
) -> None:
    lead = _add(as_, world, next_step="Call Riitta", next_step_on=TODAY - timedelta(days=1))
    client = sign_in(world.pia)
    for path in (OWN, "/today"):
        page = client.get(path).text
        assert "Call Riitta" in page and "Was planned for" in page
    done = client.send(f"{OWN}/{lead.id}/next/done", version="1")
    assert done.location == f"{OWN}/{lead.id}#next"
    page = client.get(f"{OWN}/{lead.id}").text
    assert "What comes next?" in page and 'name="next_step"' in page
    refused = client.send(f"{OWN}/{lead.id}/next", version="2", next_step="Call", next_step_on="")
    assert refused.status_code == 422 and "Say on which day" in refused.text
    client.send(f"{OWN}/{lead.id}/next", version="2", next_step="Visit", next_step_on="24.11.2026")
    assert "Visit" in client.get("/today").text


@pytest.mark.parametrize(("back", "after"), [("today", "/today"), ("leads", OWN), ("", None)])
def test_a_step_that_waits_until_tomorrow_leads_back_to_where_it_was_tapped(
    sign_in, world, as_, back, after
) -> None:
    lead = _add(as_, world, next_step="Call", next_step_on=TODAY)
    answer = sign_in(world.pia).send(f"{OWN}/{lead.id}/next/tomorrow", version="1", back=back)
    assert answer.location == (after or f"{OWN}/{lead.id}")
    assert _leads(as_, world)[0].next_step_on == TODAY + timedelta(days=1)


def test_a_day_without_anything_to_see_to_has_no_such_box(sign_in, world, as_) -> None:
    _add(as_, world, next_step="Call", next_step_on=TODAY + timedelta(days=1))
    with as_(world.pia):
        log_action(world.pia.actor, Activity.EMPLOYER_CONTACT)  # hers: nothing to confirm
    assert "Do not forget" not in sign_in(world.pia).get("/today").text


def test_the_day_names_a_near_interview_and_what_a_coach_logged(sign_in, world, as_) -> None:
    with as_(world.stig):
        action = log_for(world.stig.actor, world.pia.person_id, Activity.EMPLOYER_CONTACT)
        assert action.source is ActionSource.PROXY
        employer = Employer(person_id=world.pia.person_id, name="Leipomo")
        db.session.add(employer)
        db.session.flush()
        for hours, cancelled in ((60, None), (5, NOW), (30, None)):
            db.session.add(
                Interview(
                    person_id=world.pia.person_id,
                    enrolment_id=world.a.enrolment_ids["pia"],
                    cohort_id=world.a.cohort_ids[0],
                    employer_id=employer.id,
                    starts_at=NOW + timedelta(hours=hours),
                    way=InterviewWay.PHONE,
                    changed_at=NOW,
                    cancelled_at=cancelled,
                )
            )
    page = sign_in(world.pia).get("/today").text
    assert "Interview: 25\u00a0November" in page  # in 30 hours, not the cancelled one
    assert "Your coach logged 1 thing for you" in page
    assert "Do not forget" not in sign_in(world.otto).get("/today").text


@pytest.mark.parametrize("side", [0, 1])
def test_a_quiet_lead_is_asked_about_and_three_taps_answer(sign_in, world, as_, side) -> None:
    names = ("First", "Second", "Third")
    ids = [_add(as_, world, stage=LeadStage.APPLIED, employer_name=one).id for one in names]
    with as_(world.pia):
        for lead in db.session.query(Lead):
            lead.stage_on = TODAY - timedelta(days=9)
    client, path, one = _sides(world, sign_in)[side]
    page = client.get(path).text
    for name in names:
        assert f"Nothing heard for 9 days from {name}. Ask them?" in page
    asked = client.send(f"{one}/{ids[0]}/asked", version="2", back="leads")
    assert asked.location == path
    client.send(f"{one}/{ids[1]}/wait", version="2", back="leads")
    client.send(f"{one}/{ids[2]}/move", version="2", to="no_answer")
    assert "Nothing heard" not in client.get(path).text


def test_the_manager_reads_and_changes_nothing(sign_in, world, as_) -> None:
    lead = _add(as_, world, next_step="Call", next_step_on=TODAY, stage=LeadStage.APPLIED)
    client = sign_in(world.aino)
    for path in (f"/people/{world.pia.person_id}/leads", f"/leads/{lead.id}"):
        page = client.get(path).text
        assert "Call" in page and "/leads/" in page
        assert 'name="to"' not in page and "/next/done" not in page
    assert client.send(f"/leads/{lead.id}/move", version="1", to="offer").status_code == 403
    assert client.get(f"/people/{world.pia.person_id}/leads/new").status_code == 403


def test_another_groups_participant_finds_no_such_lead(sign_in, world, as_) -> None:
    lead = _add(as_, world)
    client = sign_in(world.otto)
    assert client.get(f"{OWN}/{lead.id}").status_code == 404
    assert client.send(f"{OWN}/{lead.id}/next/done", version="1").status_code == 404
    assert "Leipuri" not in client.get(OWN).text


@pytest.mark.parametrize("side", [0, 1])
def test_leads_go_out_as_csv_and_xlsx_and_no_cell_is_a_formula(sign_in, world, as_, side) -> None:
    evil = '=HYPERLINK("http://x";"y")'
    _add(as_, world, role_title=evil, employer_name="+46", note="@SUM(A1)", advert=evil)
    client, path, _one = _sides(world, sign_in)[side]
    answer = client.get(f"{path}.csv")
    assert "attachment" in answer.headers["Content-Disposition"]
    head, row = csv.reader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";")
    assert head[:3] == ["Employer", "Job or task", "How far is it?"]
    assert row[1] == "'" + evil and row[9] == "'" + evil and row[8] == "'@SUM(A1)"
    (sheet,) = read_sheets(client.get(f"{path}.xlsx").data, "leads.xlsx")
    assert sheet.lines[1].at(1) == evil
    assert sheet.lines[1].at(2) == "Found"


@pytest.mark.parametrize("side", [0, 1])
def test_the_list_asks_as_little_of_thirty_as_of_one_and_has_pages(
    sign_in, world, as_, statements, side
) -> None:
    def many(count: int) -> None:
        for number in range(count):
            lead = _add(
                as_,
                world,
                role_title=f"Job {number}",
                stage=LeadStage.APPLIED if number % 2 else LeadStage.FOUND,
                next_step="Call" if number % 3 else "",
                next_step_on=TODAY if number % 3 else None,
            )
            with as_(world.pia):
                db.session.get(Lead, lead.id).stage_on = TODAY - timedelta(days=20)

    client, path, one = _sides(world, sign_in)[side]
    asked = []
    for count in (6, 30):
        many(count)
        statements.clear()
        page = client.get(path).text
        asked.append(len([said for said in statements if said.startswith("SELECT")]))
    assert asked[0] == asked[1] <= 9
    assert page.count(f'class="strong" href="{one}/') == 25 and "Page 1 of 2" in page
    assert client.get(f"{path}?page=2").text.count(f'class="strong" href="{one}/') == 11


def test_the_day_asks_once_more_when_something_is_due_and_never_more(
    sign_in, world, as_, statements
) -> None:
    client, asked = sign_in(world.pia), []
    for count in (0, 1, 12):
        for number in range(count):
            _add(as_, world, next_step=f"Call {number}", next_step_on=TODAY)
        statements.clear()
        page = client.get("/today").text
        asked.append(len([said for said in statements if said.startswith("SELECT")]))
    assert "11 more next steps" in page
    assert asked[1] == asked[2] == asked[0] + 2


def test_the_manager_says_when_a_lead_is_quiet(sign_in, world, as_) -> None:
    client = sign_in(world.aino)
    assert "/settings/job-search" in client.get("/settings").text
    page = client.get("/settings/job-search").text
    assert 'value="7"' in page and 'value="1"' in page
    refused = client.send("/settings/job-search", version="0", cooling_days="31", quiet_days="x")
    assert refused.status_code == 422
    assert 'value="31"' in refused.text and "whole number" in refused.text
    saved = client.send("/settings/job-search", version="0", cooling_days="2", quiet_days="10")
    assert saved.status_code == 303
    assert 'value="10"' in client.get("/settings/job-search").text
    again = client.send("/settings/job-search", version="0", cooling_days="3", quiet_days="10")
    assert again.status_code == 409
    with as_(world.aino):
        (row,) = db.session.query(TrackerSettings)
        assert (row.cooling_days, row.quiet_days) == (2, 10)
    assert sign_in(world.stig).get("/settings/job-search").status_code == 403
