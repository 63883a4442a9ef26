"""Pages of the duty to search: one's own months, the coach's view of them, and the number."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import whole_installation
from jobsearch.core.workbooks import read_sheets
from jobsearch.tracker.duty.models import DutyNumber
from jobsearch.tracker.duty.queries import show_months
from jobsearch.tracker.models import Action
from jobsearch.tracker.rules import ActionSource, Activity, Channel
from jobsearch.tracker.service import log_action
from tests.stuck import furnish_duty
from tests.world import NOW, TODAY

pytestmark = pytest.mark.usefixtures("context")


def _numbers():
    with unit_of_work(whole_installation("test")):
        return db.session.scalars(sa.select(DutyNumber).order_by(DutyNumber.set_at)).all()


def _act(world, on=TODAY, **more):
    values = {
        "person_id": world.pia.person_id,
        "enrolment_id": world.a.enrolment_ids["pia"],
        "cohort_id": world.a.cohort_ids[0],
        "activity": Activity.EMPLOYER_CONTACT,
        "logged_at": NOW,
        **more,
    }
    db.session.add(Action(on=on, **values))
    db.session.flush()


@pytest.fixture
def logged(world, as_):
    """A contact with its employer, one from a file, a private one and an interview of Pia's."""
    with as_(world.pia):
        action = log_action(
            world.pia.actor,
            Activity.ADVERTISED_APPLICATION,
            employer_name="Rannikon Leipomo",
            role_title="leipuri",
        )
        log_action(world.pia.actor, Activity.INTERVIEW, employer_name="Rannikon Leipomo")
        _act(world, date(2026, 11, 17), source=ActionSource.IMPORTED, count=3)
        _act(
            world,
            date(2026, 11, 18),
            employer_id=action.employer_id,
            private_at=NOW,
            channel=Channel.PHONE,
        )


def test_her_months_are_counted_against_the_number_of_her_plan(sign_in, world, as_, logged):
    with as_(world.stig):
        furnish_duty(world)
    page = sign_in(world.pia).get("/job-search/months").text
    assert "5 of 4" in page and "Reached" in page
    assert "Plan of 3.11.2026" in page


def test_where_no_number_is_known_the_page_says_so_and_how_it_gets_there(sign_in, world, logged):
    page = sign_in(world.pia).get("/job-search/months").text
    assert "We do not know your number for this month." in page
    assert "Tell it to your coach" in page
    assert "not known" in page
    assert " of 4" not in page


def test_the_list_is_ready_to_be_copied(sign_in, world, logged):
    page = sign_in(world.pia).get("/job-search/months").text
    assert "24.11.2026; Rannikon Leipomo; leipuri; Advertised job" in page
    assert "18.11.2026; Rannikon Leipomo; –; Employer contact, by phone" in page
    assert "employer not known (figure from a file); –; Employer contact × 3" in page
    assert "Figures from a file have no employer." in page
    assert "Interview\n" not in page  # it is what came of the rest


def test_another_month_is_chosen_by_its_link(sign_in, world, as_):
    with as_(world.pia):
        _act(world, date(2026, 10, 30))
    client = sign_in(world.pia)
    assert "month=2026-10" in client.get("/job-search/months").text
    assert "30.10.2026; " in client.get("/job-search/months?month=2026-10").text
    assert "Nothing that counts" in client.get("/job-search/months?month=nonsense").text


def test_the_list_comes_as_csv_and_as_a_workbook(sign_in, world, logged):
    client = sign_in(world.pia)
    csv = client.get("/job-search/months.csv?month=2026-11")
    assert "2026-11.csv" in csv.headers["Content-Disposition"]
    assert '"2026-11-24";"Rannikon Leipomo";"leipuri";"Advertised job";"1"' in csv.text
    book = client.get("/job-search/months.xlsx?month=2026-11")
    (sheet,) = read_sheets(book.data, "months.xlsx")
    assert len(sheet.lines) == 4


def test_a_coach_sees_the_same_with_what_is_private_marked(sign_in, world, logged):
    page = sign_in(world.stig).get(f"/people/{world.pia.person_id}/months").text
    assert "Marked private" in page
    assert "18.11.2026; Rannikon Leipomo" in page
    assert "Nothing is written here yet." in page


def test_a_coach_sets_the_number_and_the_old_one_stays_in_the_history(sign_in, world, clock):
    client, path = sign_in(world.stig), f"/people/{world.pia.person_id}/months"
    first = {"number": "4", "months": "1", "from_month": "2026-11", "source": "Plan of 3.11."}
    assert client.send(path, **first).status_code == 303
    clock.shift(timedelta(minutes=1))
    assert client.send(path, **{**first, "number": "1", "months": "3"}).status_code == 303
    page = client.get(path).text
    assert "4 in a month, from November 2026" in page
    assert "1 in three months, from November 2026" in page
    assert "0 of 1 in" in page
    assert page.count("Set by Stig Strand") == 2
    assert [(one.number, one.months) for one in _numbers()] == [(4, 1), (1, 3)]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"number": ""}, "Enter a number"),
        ({"number": "21"}, "from 0 to 20"),
        ({"months": "2"}, "Choose each month"),
        ({"from_month": "2020-01"}, "Choose a month"),
        ({"source": ""}, "where the number stands"),
        ({"source": "x" * 121}, "At most 120"),
    ],
)
def test_a_bad_number_keeps_what_was_typed(sign_in, world, wrong, words):
    good = {"number": "4", "months": "1", "from_month": "2026-11", "source": "Plan of May"}
    path = f"/people/{world.pia.person_id}/months"
    answer = sign_in(world.stig).send(path, **{**good, **wrong})
    assert (answer.status_code, words in answer.text) == (422, True)
    assert _numbers() == []


def test_who_else_opens_them(sign_in, world, logged):
    path = f"/people/{world.pia.person_id}/months"
    assert sign_in(world.aino).get(path).status_code == 403
    assert sign_in(world.cora).get(path).status_code == 404
    assert sign_in(world.cora).get(f"{path}.csv").status_code == 404
    assert sign_in(world.cora).send(path, number="4").status_code == 404
    assert "Leipomo" not in sign_in(world.otto).get("/job-search/months").text
    assert "Leipomo" not in sign_in(world.otto).get("/job-search/months.csv").text


def test_what_is_taken_back_and_what_others_did_counts_for_nobody(world, as_, logged):
    with as_(world.pia):
        _act(world, undone_at=NOW)
        (month,) = show_months(world.pia.person_id, date(2026, 11, 1), TODAY).months
        assert (month.done, month.imported) == (5, 3)
    with as_(world.otto):
        (month,) = show_months(world.otto.person_id, date(2026, 11, 1), TODAY).months
        assert month.done == 0


def test_a_page_asks_as_little_of_thirty_actions_as_of_one(sign_in, world, as_, statements):
    client = sign_in(world.pia)
    with as_(world.pia):
        _act(world)
    client.get("/job-search/months")
    statements.clear()
    client.get("/job-search/months")
    one = len(statements)
    with as_(world.pia):
        for number in range(30):
            _act(world, date(2026, 10 + number % 2, 1 + number % 20))
    statements.clear()
    client.get("/job-search/months")
    assert len(statements) == one
