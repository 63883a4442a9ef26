"""The start page of each role, and the participant's own weeks."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from jobsearch.accounts.models import SignIn
from jobsearch.attendance.models import Attendance, Mark
from jobsearch.cohorts.models import Cohort, CohortDay, Enrolment, EnrolmentState
from jobsearch.cohorts.service import leave
from jobsearch.core.clock import now
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.money import Money
from jobsearch.core.scope import whole_installation
from jobsearch.payroll.contracts.models import Employment
from jobsearch.payroll.pay.models import PayRun
from jobsearch.payroll.pay.rules import RunKind, RunState
from jobsearch.programmes.models import Programme
from jobsearch.recruitment.models import Candidate
from jobsearch.tracker.rules import Activity
from jobsearch.tracker.service import set_goals
from tests.world import FIRST_DAY, NOW, TODAY, enrol, make_cohort, make_person

pytestmark = pytest.mark.usefixtures("context")


def _work():
    return unit_of_work(whole_installation("test"))


def _yesterday(world, who="pia"):
    """What is marked of the day before for one person."""
    day = select(CohortDay.id).where(CohortDay.on == TODAY - timedelta(days=1))
    return db.session.scalars(
        select(Attendance).where(
            Attendance.enrolment_id == world.a.enrolment_ids[who],
            Attendance.cohort_day_id.in_(day),
        )
    ).one()


def test_the_day_says_where_she_is_and_what_is_now(sign_in, world):
    page = sign_in(world.pia).get("/today").text
    assert "Day 6 of 12" in page
    assert "16.5\u00a0h done, 31.5\u00a0h left" in page
    assert "10:00–11:30" in page  # the assignment, at ten
    assert "3 <small>h</small> 30 <small>min</small>" in page
    assert 'href="https://meet.example.org/group"' in page


@pytest.mark.parametrize(
    ("shift", "says"),
    [
        (-2 * 3600, "Your working day lasts"),
        (5 * 3600, "The working day is done"),
        (3 * 86400, "No meeting today"),
        (-30 * 86400, "Your weeks have not begun yet"),
        (40 * 86400, "Your twelve days are done"),
    ],
)
def test_each_time_has_its_own_words(sign_in, world, clock, shift, says):
    clock.shift(shift)
    with _work():
        for one in db.session.scalars(select(SignIn)):
            one.started_at = one.last_seen_at = now()
    assert says in sign_in(world.pia).get("/today").text


def test_goals_of_today_stand_on_the_buttons(sign_in, world, as_):
    with as_(world.stig):
        goals = {Activity.EMPLOYER_CONTACT: 2}
        set_goals(world.stig.actor, world.a.enrolment_ids["pia"], TODAY, goals)
    client = sign_in(world.pia)
    client.send("/job-search/log/employer_contact")
    page = client.get("/today").text
    assert "1\u00a0/\u00a02" in page
    assert 'aria-label="1 of 2 done"' in page


def test_somebody_in_no_group_is_told_so(sign_in, world):
    with _work():
        enrolment = db.session.get(Enrolment, world.a.enrolment_ids["pia"])
        enrolment.state = EnrolmentState.WITHDREW
    client = sign_in(world.pia)
    for path in ("/today", "/my-weeks"):
        assert "You are in no group yet" in client.get(path).text


def test_her_weeks_show_the_hours_that_are_marked(sign_in, world):
    with _work():
        row = _yesterday(world)
        row.mark, row.paid_minutes = Mark.PAID_ABSENCE, 120
    page = sign_in(world.pia).get("/my-weeks").text
    assert page.count("<article") == 12
    assert page.count(">Present<") == 4
    assert ">Away<" in page and "2\u00a0h" in page
    assert page.count(">Planned<") == 7


def test_a_cancelled_day_is_no_working_day(sign_in, world):
    with _work():
        day = select(CohortDay).where(
            CohortDay.cohort_id == world.a.cohort_ids[0], CohortDay.on == TODAY
        )
        db.session.scalars(day).one().cancelled_at = NOW
    client = sign_in(world.pia)
    assert "No meeting today" in client.get("/today").text
    assert "This day is cancelled." in client.get("/my-weeks").text


def test_only_a_participant_has_weeks_of_her_own(sign_in, world):
    assert sign_in(world.stig).get("/my-weeks").status_code == 403


def test_missing_hours_are_told_to_the_coach_and_the_clerk(sign_in, world):
    with _work():
        db.session.delete(_yesterday(world))
        row = _yesterday(world, "otto")
        row.mark, row.paid_minutes = Mark.UNSETTLED_ABSENCE, 0
    for who in (world.stig, world.paula):
        page = sign_in(who).get("/today").text
        assert "Hours missing: Pia Pihlaja" in page
        assert "Kind of absence open: Otto Oksanen" in page


def _furnish(world):
    """A group that begins soon, a candidate who waits, and a run that waits for approval."""
    org = world.a.organisation_id
    with _work():
        programme = db.session.get(Programme, world.a.programme_id)
        make_cohort(programme, "Group 9", date(2026, 12, 7), None)
        person = make_person(org, "Eeva", "Eskola", "+358400000900")
        db.session.add(
            Candidate(
                programme_id=programme.id,
                person_id=person.id,
                referred_on=TODAY,
                organisation_id=org,
            )
        )
        run = PayRun(
            cohort_id=world.a.cohort_ids[0],
            kind=RunKind.WAGES,
            pays_on=date(2026, 12, 11),
            period_first=FIRST_DAY,
            period_last=TODAY,
            state=RunState.REVIEWED,
            made_by_id=world.paula.account_id,
            made_at=NOW,
            organisation_id=org,
        )
        db.session.add(run)
        db.session.flush()
        return run.id


def test_a_manager_reads_what_waits_for_her_and_a_coach_reads_nothing_of_pay(sign_in, world):
    run = _furnish(world)
    page = sign_in(world.aino).get("/today").text
    for words in (
        "A pay run waits for your approval",
        "Marked days to approve: 4",
        "free seats: 6",
        "Candidates waiting for a first call: 1",
        f'href="/pay-runs/{run}"',
    ):
        assert words in page
    coach = sign_in(world.stig).get("/today").text
    assert "pay run" not in coach
    assert "to approve" not in coach
    assert "Group 9" in coach  # nobody's group is everybody's


def test_a_coach_does_not_see_another_coachs_groups(sign_in, world):
    with _work():
        db.session.get(Cohort, world.a.cohort_ids[1]).coach_id = world.aino.account_id
    page = sign_in(world.stig).get("/today").text
    assert "Group 7" in page and "Group 8" not in page and "Otto" not in page


def test_a_clerk_reads_open_runs_and_missing_papers(sign_in, world):
    _furnish(world)
    with _work():
        db.session.add(
            Employment(
                person_id=world.pia.person_id,
                enrolment_id=world.a.enrolment_ids["pia"],
                starts_on=FIRST_DAY,
                ends_on=date(2026, 12, 3),
                hourly=Money.of("11.50"),
                allowance=Money.of("20.00"),
                outcome_bonus=Money.of("150.00"),
                agreed_minutes=2880,
                ground="Programme",
                signed_at=NOW,
                organisation_id=world.a.organisation_id,
            )
        )
    page = sign_in(world.paula).get("/today").text
    for words in ("Waits for approval", "Pia Pihlaja", "Tax card missing", "Bank account missing"):
        assert words in page
    assert "has logged nothing" not in page


def test_an_operator_reads_counts_and_nobodys_name(sign_in, world):
    page = sign_in(world.olga).get("/today").text
    assert "Open accounts" in page
    for name in ("Pia", "Otto", "Stig", "Group 7"):
        assert name not in page


def test_a_municipal_coach_is_led_to_her_inbox(sign_in, world):
    answer = sign_in(world.mia).get("/today")
    assert (answer.status_code, answer.location) == (303, "/inbox")


def test_a_neighbours_day_holds_nothing_of_ours(sign_in, world):
    page = sign_in(world.sam).get("/today").text
    assert "Group 1" in page
    for name in ("Group 7", "Pia", "Otto"):
        assert name not in page


@pytest.mark.parametrize(
    ("who", "path", "most"),
    [
        ("pia", "/today", 5),
        ("pia", "/my-weeks", 4),
        ("stig", "/today", 8),
        ("aino", "/today", 8),
        ("paula", "/today", 7),
        ("olga", "/today", 8),
    ],
)
def test_a_day_asks_as_often_with_2_groups_as_with_30(sign_in, world, statements, who, path, most):
    def asked():
        del statements[:]
        assert client.get(path).status_code == 200
        return len([one for one in statements if one.startswith("SELECT")])

    client = sign_in(getattr(world, who))
    once = asked()
    with _work():
        programme = db.session.get(Programme, world.a.programme_id)
        for number in range(28):
            cohort = make_cohort(programme, f"More {number}", FIRST_DAY, world.stig.account_id)
            person = make_person(
                world.a.organisation_id, f"P{number}", "X", f"+3584000010{number:02d}"
            )
            enrol(cohort, person.id, TODAY - timedelta(days=number % 5))
    assert asked() == once
    assert once <= most


def test_who_left_one_group_and_has_a_seat_in_another_sees_the_day_of_her_seat(
    sign_in, world, as_
) -> None:
    first, second = world.a.cohort_ids
    with as_(world.aino):
        leave(world.a.enrolment_ids["pia"])
        row = Enrolment(cohort_id=second, person_id=world.pia.person_id)
        row.state = EnrolmentState.STARTED
        db.session.add(row)
    page = sign_in(world.pia).get("/today").text
    assert f"/cohorts/{second}/board" in page and f"/cohorts/{first}/board" not in page
    assert "You are in no group now" not in sign_in(world.pia).get("/my-words").text
