"""Lists of the tracker as files: all pages, the same filters, safe cells, and only one's own."""

import csv
import io
from datetime import timedelta

import openpyxl
import pytest

from jobsearch.audit.models import AccessEntry
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import Scope, whole_installation
from jobsearch.tracker import service
from jobsearch.tracker.lists import queries
from jobsearch.tracker.models import Action
from jobsearch.tracker.rules import Activity
from tests.world import NOW, TODAY

CONTACT = Activity.EMPLOYER_CONTACT


@pytest.fixture
def logged(world, context):
    """Thirty of Pia's, one of them private and with a formula for a name; one of Otto's."""
    scope = Scope(frozenset({world.a.organisation_id}), "test")
    with unit_of_work(scope, world.pia.actor):
        for _ in range(29):
            service.log_action(world.pia.actor, CONTACT, employer_name="Meriteräs")
        hidden = service.log_action(
            world.pia.actor,
            Activity.INTERVIEW,
            TODAY - timedelta(days=1),
            employer_name='=HYPERLINK("http://x")',
            note="Vain minulle",
        ).id
        service.set_goals(world.pia.actor, world.a.enrolment_ids["pia"], TODAY, {CONTACT: 3})
    with unit_of_work(scope, world.otto.actor):
        service.log_action(world.otto.actor, CONTACT, employer_name="Oton oma")
    with unit_of_work(whole_installation("test")):
        db.session.get(Action, hidden).private_at = NOW


def _csv(answer):
    assert answer.status_code == 200
    assert answer.mimetype == "text/csv"
    text = answer.get_data().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def test_staffs_list_holds_all_pages_marks_what_is_private_and_leaves_notes_out(
    sign_in, world, logged
):
    answer = sign_in(world.stig).get("/actions.csv")
    head, *rows = _csv(answer)
    assert len(rows) == 31
    assert "2026-11-24.csv" in answer.headers["Content-Disposition"]
    column = head.index("Hidden from the group")
    hidden = [row for row in rows if row[column] == "yes"]
    assert len(hidden) == 1
    assert hidden[0][head.index("Employer")] == '\'=HYPERLINK("http://x")'
    assert hidden[0][head.index("Day")] == "2026-11-23"
    assert {row[head.index("Person")] for row in rows} == {"Pia Pihlaja", "Otto Oksanen"}
    assert "Vain minulle" not in answer.text


def test_the_file_holds_what_the_filters_leave(sign_in, world, logged):
    client = sign_in(world.stig)
    kept = f"person={world.pia.person_id}&activity=interview"
    assert f"/actions.xlsx?{kept.split('&')[1]}" in client.get(f"/actions?{kept}").text.replace(
        "&amp;", "&"
    ).replace(f"person={world.pia.person_id}&", "")
    assert len(_csv(client.get(f"/actions.csv?{kept}"))) == 2
    assert len(_csv(client.get("/actions.csv?q=oton"))) == 2


def test_the_workbook_has_days_as_days_and_formulas_as_text(sign_in, world, logged):
    answer = sign_in(world.stig).get("/actions.xlsx?activity=interview")
    book = openpyxl.load_workbook(io.BytesIO(answer.get_data()))
    head, row = list(book.active.iter_rows())
    names = [cell.value for cell in head]
    day, employer = row[names.index("Day")], row[names.index("Employer")]
    assert day.is_date and day.value.date() == TODAY - timedelta(days=1)
    assert (employer.value, employer.data_type) == ('=HYPERLINK("http://x")', "s")
    assert row[names.index("How many (actions)")].value == 1


def test_looking_at_a_list_as_a_file_leaves_a_trace_for_each_person(sign_in, world, logged):
    sign_in(world.stig).get("/actions.csv")
    with unit_of_work(whole_installation("test"), read_only=True):
        looks = db.session.query(AccessEntry).filter_by(what="actions as a file").all()
        assert {look.person_id for look in looks} == {
            world.pia.person_id,
            world.otto.person_id,
        }


def test_a_participant_takes_her_own_actions_and_goals_and_nobody_elses(sign_in, world, logged):
    client = sign_in(world.pia)
    answer = client.get("/job-search/actions.csv")
    head, *rows = _csv(answer)
    assert len(rows) == 30
    assert "Vain minulle" in answer.text and "Oton oma" not in answer.text
    assert head.count("Person") == 0
    head, goal = _csv(client.get("/job-search/goals.csv"))
    assert goal[:3] == ["2026-11-24", "Employer contact", "3"]
    assert client.get("/job-search/goals.xlsx").status_code == 200
    assert client.get("/actions.csv").status_code == 403
    assert client.get(f"/people/{world.pia.person_id}/goals.csv").status_code == 403


def test_staff_take_one_persons_goals_and_no_neighbours(sign_in, world, logged):
    client = sign_in(world.stig)
    assert len(_csv(client.get(f"/people/{world.pia.person_id}/goals.csv"))) == 2
    assert client.get(f"/people/{world.bo.person_id}/goals.csv").status_code == 404
    assert len(_csv(sign_in(world.sam).get("/actions.csv"))) == 1


def test_a_list_that_is_longer_than_its_file_says_so(sign_in, world, logged, monkeypatch):
    client = sign_in(world.stig)
    assert "The file holds the newest" not in client.get("/actions").text
    monkeypatch.setattr(queries, "MOST_ROWS", 30)
    assert "The file holds the newest 30 entries." in client.get("/actions").text


def test_a_file_of_many_rows_takes_as_many_statements_as_one_of_few(
    sign_in, world, logged, statements
):
    client = sign_in(world.stig)

    def asked(path):
        del statements[:]
        assert client.get(path).status_code == 200
        return len([one for one in statements if one.startswith("SELECT")])

    assert asked("/actions.csv") == asked("/actions.csv?activity=interview")
