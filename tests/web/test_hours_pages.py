"""Pages of hours."""

import pytest

from jobsearch.attendance import service
from jobsearch.attendance.rules import Mark
from jobsearch.audit.models import AccessEntry
from jobsearch.cohorts.models import Enrolment, EnrolmentState
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import whole_installation
from tests.world import make_person


def _cohort(world):
    return world.a.cohort_ids[0]


def _pia(world):
    return world.a.enrolment_ids["pia"]


def _day(world, number=5):
    return f"/hours/{_pia(world)}/days/{world.a.day_ids[_cohort(world)][number]}"


@pytest.mark.parametrize("who", ["aino", "stig", "paula"])
def test_manager_coach_and_clerk_see_planned_marked_and_paid_side_by_side(
    sign_in, world, who
) -> None:
    client = sign_in(getattr(world, who))
    page = client.get(f"/hours?cohort={_cohort(world)}").text
    assert "21.0" in page and "16.5" in page  # six days planned to date, five marked and paid
    assert "1 day not marked" in page
    assert client.get(f"/hours/{_pia(world)}").status_code == 200


def test_a_person_without_any_mark_has_a_dash_and_not_zero(sign_in, world, as_, context) -> None:
    with as_(world.aino):
        person = make_person(world.a.organisation_id, "New", "Person", "+358400000301")
        row = Enrolment(
            organisation_id=world.a.organisation_id,
            cohort_id=_cohort(world),
            person_id=person.id,
            state=EnrolmentState.PLACED,
        )
        db.session.add(row)
        db.session.flush()
        enrolment = row.id
    client = sign_in(world.paula)
    line = (
        client.get(f"/hours?cohort={_cohort(world)}").text.split("Person New")[1].split("</tr>")[0]
    )
    assert "–" in line and "6 days not marked" in line
    assert ">0.0<" not in client.get(f"/hours/{enrolment}").text.split("Paid")[1].split("</div>")[0]


@pytest.mark.parametrize("path", ["/hours?cohort={c}", "/hours/{e}", "{day}"])
def test_a_stranger_finds_no_hours(sign_in, world, path) -> None:
    url = path.format(c=_cohort(world), e=_pia(world), day=_day(world))
    assert sign_in(world.sam).get(url).status_code == (403 if "days" in url else 404)
    assert sign_in(world.cora).get(url).status_code == 404
    assert sign_in(world.pia).get(url).status_code == 403


def test_without_a_group_the_newest_is_shown(sign_in, world) -> None:
    assert "Group 7" in sign_in(world.paula).get("/hours").text
    assert sign_in(world.paula).get("/hours?cohort=x").status_code == 404


def test_looking_at_a_persons_hours_leaves_a_trace(sign_in, world, context) -> None:
    sign_in(world.paula).get(f"/hours/{_pia(world)}")
    with unit_of_work(whole_installation("test"), read_only=True):
        seen = db.session.query(AccessEntry).filter_by(person_id=world.pia.person_id).all()
        assert [one.account_id for one in seen] == [world.paula.account_id]


def test_a_coach_marks_and_corrects_a_day(sign_in, world) -> None:
    client = sign_in(world.stig)
    assert client.get(_day(world)).status_code == 200
    answer = client.send(_day(world), mark="present", worked="3,5")
    assert answer.status_code == 303
    assert "3.5" in client.get(answer.location).text
    assert client.send(_day(world), mark="not_marked", worked="").status_code == 303
    assert "Not marked" in client.get(answer.location).text


@pytest.mark.parametrize(
    ("mark", "worked", "words"),
    [
        ("present", "9", "at most what was planned"),
        ("present", "many", "Enter hours"),
        ("ill", "", "choice"),
        ("", "", "Choose what the day was."),
    ],
)
def test_a_mark_that_cannot_be_is_said_in_words(sign_in, world, mark, worked, words) -> None:
    answer = sign_in(world.stig).send(_day(world), mark=mark, worked=worked)
    assert answer.status_code == 422 and words in answer.text


def test_a_day_to_come_is_not_marked(sign_in, world) -> None:
    answer = sign_in(world.stig).send(_day(world, 6), mark="present", worked="")
    assert answer.status_code == 422 and "has not come" in answer.text


@pytest.mark.parametrize("who", ["aino", "paula", "pia"])
def test_only_a_coach_marks(sign_in, world, who) -> None:
    assert sign_in(getattr(world, who)).send(_day(world), mark="present").status_code == 403


def test_a_manager_approves_a_week_and_a_coach_does_not(sign_in, world) -> None:
    url = f"/hours/{_cohort(world)}/weeks"
    assert sign_in(world.stig).send(f"{url}/1/approve").status_code == 403
    client = sign_in(world.aino)
    assert "Approve" in client.get(f"/hours?cohort={_cohort(world)}").text
    answer = client.send(f"{url}/1/approve")
    assert answer.status_code == 303 and "4 person-days" in client.get(answer.location).text
    early = client.send(f"{url}/2/approve")
    assert early.status_code == 422 and "not come yet" in early.text
    assert sign_in(world.sam).send(f"{url}/1/approve").status_code == 404


def test_a_days_page_of_another_person_is_not_there(sign_in, world) -> None:
    other = world.a.day_ids[world.a.cohort_ids[1]][5]
    url = f"/hours/{_pia(world)}/days/{other}"
    assert sign_in(world.stig).get(url).status_code == 404
    assert sign_in(world.stig).send(url, mark="present").status_code == 404


def test_hours_ask_as_often_for_six_people_as_for_one(
    sign_in, world, as_, context, statements
) -> None:
    client, url = sign_in(world.paula), f"/hours?cohort={_cohort(world)}"
    client.get(url)
    statements.clear()
    client.get(url)
    few = len(statements)
    with as_(world.stig):
        for number in range(5):
            person = make_person(world.a.organisation_id, f"N{number}", "F", f"+3584000003{number}")
            row = Enrolment(cohort_id=_cohort(world), person_id=person.id)
            db.session.add(row)
            db.session.flush()
            for day in world.a.day_ids[_cohort(world)][:5]:
                service.mark(world.stig.actor, row.id, day, Mark.PRESENT)
    statements.clear()
    client.get(url)
    assert len(statements) == few <= 8
