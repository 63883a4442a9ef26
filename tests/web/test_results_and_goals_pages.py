"""Pages of results and goals: figures that open their rows, and goals by tapping."""

import csv
import io
import re

import pytest
from openpyxl import load_workbook

from jobsearch.cohorts.models import Cohort, Enrolment, EnrolmentState
from jobsearch.core.db import db
from jobsearch.tracker.leads.models import LeadStage
from jobsearch.tracker.models import Action, ActionSource, Goal
from jobsearch.tracker.rules import Activity, Channel, GoalOrigin, Reached, Reply
from tests.searched import make_action, make_lead
from tests.world import make_person

pytestmark = pytest.mark.usefixtures("context")
ADVERT, CONTACT, AGENCY, INTERVIEW = Activity


def _paths(world):
    return (
        f"/people/{world.pia.person_id}/search",
        f"/cohorts/{world.a.cohort_ids[0]}/search",
        f"/programmes/{world.a.programme_id}/search",
    )


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


def _unbroken(text: str) -> str:
    return re.sub(r"[ \n]+", " ", re.sub(r"<[^>]+>", " ", text))


@pytest.fixture
def searched(world, as_):
    pia = world.a.enrolment_ids["pia"]
    with as_(world.stig):
        lead = make_lead(pia, LeadStage.INTERVIEW, LeadStage.HIRED)
        for reply in (Reply.INTERESTED, Reply.NO, None, None, None):
            make_action(
                pia,
                CONTACT,
                channel=Channel.PHONE,
                reply=reply,
                reached=Reached.YES if reply else Reached.NO,
                lead_id=lead.id,
            )
        make_action(pia, INTERVIEW, lead_id=lead.id)
        make_action(pia, AGENCY, count=5, source=ActionSource.IMPORTED)
    return world


def test_every_page_of_results_says_its_figures_with_what_they_are_divided_by(
    sign_in, searched
) -> None:
    pages = [sign_in(searched.stig).get(path) for path in _paths(searched)]
    for page in (sign_in(searched.pia).get("/job-search/results"), *pages):
        text = _plain(page.text)
        assert "2 replies to 5 actions of which a reply can be known." in text
        assert "1 interview from 10 actions. (10" in text
        assert "reached in 2 of the 5 employer contacts where it was told. (40" in text
        assert "24\xa0November 2026" in _unbroken(page.text) and "From a file" in text
    assert "n = " not in _plain(pages[0].text)
    assert "2.5 a person, n = 2" in _plain(pages[2].text)
    assert "5 a maker, n = 1" in _plain(pages[2].text)


def test_a_figure_opens_its_rows_and_the_list_says_how_many_actions_they_are(
    sign_in, searched
) -> None:
    client = sign_in(searched.aino)
    for path in _paths(searched):
        page = client.get(path).text
        links = set(re.findall(r'href="(/actions\?[^"]+)"', page))
        assert len(links) >= 8
        imported = [link for link in links if "source=imported" in link]
        assert imported
        text = _plain(client.get(imported[0].replace("&amp;", "&")).text)
        assert "Showing 1 of 1 (5 actions)" in text
        assert "Narrowed by a figure of the results" in text


def test_a_participant_opens_the_rows_of_her_own_figures(sign_in, searched) -> None:
    client = sign_in(searched.pia)
    page = client.get("/job-search/results").text
    links = re.findall(r'href="(/job-search/results/actions\?[^"]*reply=any[^"]*)"', page)
    text = _plain(client.get(links[0].replace("&amp;", "&")).text)
    assert "2 actions" in text and "By phone" not in text
    other = client.get(f"/job-search/results/actions?person={searched.otto.person_id}")
    assert "No action is behind this figure" in other.text
    odd = client.get("/job-search/results/actions?_scheme=https&_external=1&channel=x&first=y")
    assert odd.status_code == 200


def test_without_anything_logged_a_page_says_how_the_first_figure_comes(sign_in, world) -> None:
    assert "Nothing logged yet" in sign_in(world.pia).get("/job-search/results").text
    assert "Nothing logged yet" in sign_in(world.stig).get(_paths(world)[0]).text
    for path in _paths(world)[1:]:
        client = sign_in(world.aino)
        assert "By kind of action" in client.get(path).text
        assert "in these days" in client.get(f"{path}?last=2026-11-01").text


def test_a_time_is_asked_in_a_form_and_kept_in_every_link(sign_in, searched) -> None:
    client = sign_in(searched.stig)
    for path in _paths(searched)[1:]:
        page = client.get(f"{path}?first=24.11.2026&last=30.11.2026")
        assert "24\xa0November 2026" in _unbroken(page.text)
        assert "first=2026-11-24" in page.text and "Show all days" in page.text
        wrong = client.get(f"{path}?first=24.11.2026&last=1.11.2026")
        assert wrong.status_code == 200
        assert "The last day is before the first one." in wrong.text


def test_nobody_is_ranked(sign_in, searched) -> None:
    page = sign_in(searched.stig).get(_paths(searched)[1]).text
    assert "aria-sort" not in page and "best" not in page.lower()


@pytest.mark.parametrize(
    ("at", "table", "first"),
    [
        (0, "channels", "By phone"),
        (0, "made", "Advertised jobs"),
        (1, "people", "Pia Pihlaja"),
        (2, "groups", "Group 7"),
        (2, "nonsense", "Advertised jobs"),
    ],
)
def test_each_table_is_taken_along_as_csv_and_xlsx(sign_in, searched, at, table, first) -> None:
    client, path = sign_in(searched.stig), _paths(searched)[at]
    answer = client.get(f"{path}.csv?table={table}")
    assert answer.mimetype == "text/csv" and "attachment" in answer.headers["Content-Disposition"]
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))
    assert rows[1][0] == first and len({len(row) for row in rows}) == 1
    book = load_workbook(io.BytesIO(client.get(f"{path}.xlsx?table={table}").data))
    assert book.active["A2"].value == first
    own = sign_in(searched.pia).get("/job-search/results.csv?table=channels")
    assert own.status_code == 200


def test_who_may_see_which_results(sign_in, searched) -> None:
    for path in _paths(searched):
        for name, status in (("pia", 403), ("paula", 403), ("sam", 404), ("mia", 403)):
            assert sign_in(getattr(searched, name)).get(path).status_code == status


def test_the_pages_of_person_group_and_programme_lead_to_their_results(sign_in, world) -> None:
    client = sign_in(world.stig)
    for path in _paths(world):
        assert f'href="{path}"' in client.get(path.removesuffix("/search")).text


def _count(statements, client, path) -> int:
    client.get(path)
    del statements[:]
    assert client.get(path).status_code == 200
    return len(statements)


def _crowd(world, people: int) -> None:
    cohort_id = world.a.cohort_ids[0]
    for number in range(people):
        phone = f"+3584001{number:05d}"
        person = make_person(world.a.organisation_id, f"Given{number}", "Family", phone)
        seat = Enrolment(cohort_id=cohort_id, person_id=person.id, state=EnrolmentState.STARTED)
        db.session.add(seat)
        db.session.flush()
        make_action(seat.id, CONTACT, channel=Channel.PHONE)
        make_action(seat.id, INTERVIEW, lead_id=make_lead(seat.id, LeadStage.OFFER).id)


def test_a_page_asks_as_often_of_thirty_people_as_of_one(sign_in, world, as_, statements) -> None:
    client = sign_in(world.stig)
    paths = [*_paths(world), f"/cohorts/{world.a.cohort_ids[0]}/goals"]
    few = [_count(statements, client, path) for path in paths]
    with as_(world.aino):
        _crowd(world, 30)
    assert [_count(statements, client, path) for path in paths] == few
    assert max(few) <= 8


def test_a_group_page_asks_as_often_of_twenty_thousand_actions_as_of_twenty(
    sign_in, world, as_, statements
) -> None:
    client, path = sign_in(world.stig), _paths(world)[1]
    with as_(world.aino):
        one = make_action(world.a.enrolment_ids["pia"], CONTACT, channel=Channel.PHONE)
        columns = {c.key: getattr(one, c.key) for c in Action.__mapper__.column_attrs}
    counts = []
    for times in (19, 19_980):
        rows = [columns | {"id": f"{times}x{number:013d}"} for number in range(times)]
        with as_(world.aino):
            db.session.connection().execute(db.insert(Action), rows)
        counts.append(_count(statements, client, path))
    assert counts[0] == counts[1] <= 8
    assert "20\xa0000 : Actions" in _unbroken(client.get(path).text)


def test_a_participant_sets_her_goals_by_tapping_and_lands_on_the_day(sign_in, world, as_) -> None:
    client = sign_in(world.pia)
    day = world.a.day_ids[world.a.cohort_ids[0]][6]
    page = client.get("/job-search/goals").text
    tap = f"/job-search/goals/{day}/employer_contact"
    assert f'formaction="{tap}"' in page
    behind = world.a.day_ids[world.a.cohort_ids[0]][0]
    assert f"/job-search/goals/{behind}/" not in page
    answer = client.send(tap, count="3")
    assert (answer.status_code, answer.location) == (303, f"/job-search/goals#d-{day}")
    assert "0 / 3" in _plain(client.get("/job-search/goals").text)
    with as_(world.stig):
        (goal,) = db.session.query(Goal)
        assert (goal.target, goal.origin) == (3, GoalOrigin.SET)


@pytest.mark.parametrize(("at", "count", "says"), [(0, "3", "This day is over"), (6, "51", "0 to")])
def test_what_cannot_be_a_goal_is_said(sign_in, world, at, count, says) -> None:
    day = world.a.day_ids[world.a.cohort_ids[0]][at]
    for client, path in (
        (sign_in(world.pia), "/job-search/goals"),
        (sign_in(world.stig), f"/people/{world.pia.person_id}/goals"),
    ):
        answer = client.send(f"{path}/{day}/employer_contact", count=count)
        assert answer.status_code == 422 and says in answer.text
        assert client.send(f"{path}/{day}/nonsense", count="1").status_code == 404
        assert client.send(f"{path}/{day}/interview", count="1").status_code == 422


def test_a_coach_proposes_with_one_button_and_takes_it_back_with_another(
    sign_in, world, as_
) -> None:
    client, path = sign_in(world.stig), f"/cohorts/{world.a.cohort_ids[0]}/goals"
    page = client.get(path).text
    assert "Propose these goals" in page and "Take the proposal back" not in page
    assert client.send(f"{path}/propose").location == path
    page = client.get(path).text
    assert "Everyone has goals" in page and "Take the proposal back" in page
    assert "Proposed" in sign_in(world.pia).get("/job-search/goals").text
    client.send(f"{path}/take-back")
    with as_(world.stig):
        assert db.session.query(Goal).count() == 0
    manager = sign_in(world.aino)
    assert "Propose these goals" not in manager.get(path).text
    assert manager.send(f"{path}/propose").status_code == 403


def test_a_manager_changes_the_ramp_and_goes_back_to_the_shipped_one(sign_in, world) -> None:
    client, path = sign_in(world.aino), f"/programmes/{world.a.programme_id}/ramp"
    page = client.get(path).text
    assert "1.3" in page and "section 3.2, rule 2" in page and "Shipped proposal" in page
    form = dict(re.findall(r'name="(week[^"]+)"[^>]*value="([0-9]+)"', page))
    assert len(form) == 9
    wrong = client.send(path, **(form | {"week1_employer_contact": "many"}))
    assert wrong.status_code == 422 and 'value="many"' in wrong.text
    assert client.send(path, **(form | {"week1_employer_contact": "51"})).status_code == 422
    assert client.send(path, **(form | {"week1_employer_contact": "4"})).location == path
    page = client.get(path).text
    assert "The programme's own" in page and "Week 1: 5 actions a day" in _plain(page)
    assert client.send(f"{path}/shipped").location == path
    assert "Week 1: 2 actions a day" in _plain(client.get(path).text)
    coach = sign_in(world.stig)
    assert coach.get(path).status_code == 200 and "Change the numbers" not in coach.get(path).text
    assert coach.send(path, **form).status_code == 403


def test_who_is_in_no_group_reads_so(sign_in, world, as_) -> None:
    with as_(world.aino):
        for cohort in db.session.query(Cohort):
            cohort.state = "cancelled"
    assert "You are in no group now" in sign_in(world.pia).get("/job-search/goals").text
    path = f"/people/{world.pia.person_id}/goals"
    assert "in no group now" in sign_in(world.stig).get(path).text


def test_names_are_shown_as_text(sign_in, world, as_) -> None:
    with as_(world.aino):
        evil = make_person(world.a.organisation_id, "<b>Eve", "Evil</b>", "+358400999999")
        db.session.add(
            Enrolment(
                cohort_id=world.a.cohort_ids[0], person_id=evil.id, state=EnrolmentState.STARTED
            )
        )
    client = sign_in(world.stig)
    for path in (_paths(world)[1], f"/cohorts/{world.a.cohort_ids[0]}/goals"):
        assert "<b>Eve" not in client.get(path).text and "&lt;b&gt;Eve" in client.get(path).text
