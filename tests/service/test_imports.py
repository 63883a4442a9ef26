"""The pilot's files are taken in whole, give its published results, or leave nothing behind."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select

from jobsearch.attendance.models import Attendance, AttendanceState, Mark
from jobsearch.cohorts.models import Cohort, Enrolment
from jobsearch.core.db import Base, db
from jobsearch.core.errors import NotVisible, RuleBroken
from jobsearch.core.refusals import FileRefused
from jobsearch.feedback.models import Survey, SurveyBox, SurveyQuestion, SurveyTally
from jobsearch.intake import service
from jobsearch.intake.models import Upload
from jobsearch.outcomes.models import FollowUp, Outcome
from jobsearch.outcomes.queries import list_outcomes
from jobsearch.outcomes.rules import State
from jobsearch.people.models import Person
from jobsearch.programmes.costs.models import ProgrammeCost
from jobsearch.recruitment.board.queries import (
    CandidateFilter,
    count_candidates,
    funnel,
    list_candidates,
)
from jobsearch.recruitment.models import Candidate
from jobsearch.recruitment.rules import ExitReason, Stage
from jobsearch.reports import queries as reports
from jobsearch.reports.activity.queries import show_activity
from jobsearch.tracker.models import Action, ActionSource, Goal
from tests.world import World, make_programme

PILOT = Path(__file__).parents[2] / "jobsearch" / "demo" / "pilot"
FILES = (
    "asiakkaat.csv",
    "seurantataulukko.xlsx",
    "tulokset.csv",
    "palaute.csv",
    "kustannukset.csv",
)
AS_OF = date(2022, 1, 10)
TABLES: tuple[type[Base], ...] = (
    Person,
    Candidate,
    Cohort,
    Enrolment,
    Attendance,
    Action,
    Goal,
    Outcome,
    FollowUp,
    Survey,
    SurveyQuestion,
    SurveyTally,
    ProgrammeCost,
)


def content(name: str) -> bytes:
    return (PILOT / name).read_bytes()


def rows() -> dict[str, int]:
    """How many rows each table holds, as this actor sees them."""
    return {
        table.__tablename__: db.session.scalar(select(func.count()).select_from(table)) or 0
        for table in TABLES
    }


@pytest.fixture
def pilot(context: None, world: World, as_: Callable) -> str:
    """A programme for the pilot, by its manager; nothing taken in yet."""
    with as_(world.aino):
        programme, _template = make_programme(world.a.organisation_id, "pilot-2021")
        return programme.id


@pytest.fixture
def taken(pilot: str, world: World, as_: Callable) -> str:
    """The pilot with its five files."""
    for name in FILES:
        with as_(world.aino):
            service.take_in(pilot, content(name), name)
    return pilot


def test_the_five_files_give_the_published_results(taken, world, as_):
    with as_(world.aino):
        programme = reports.get_programme_by_code("pilot-2021")
        printed = reports.results(programme, AS_OF).to_json_dict()
    assert printed == json.loads(content("results.json"))


def test_the_funnel_opens_the_rows_behind_every_figure(taken, world, as_):
    with as_(world.aino):
        counted = funnel(taken, AS_OF)
        for stage, count in counted.reached.items():
            assert count_candidates(CandidateFilter(taken, AS_OF, stage=stage)) == count
        for reason, count in counted.exits.items():
            which = CandidateFilter(taken, AS_OF, exit_reason=reason)
            assert count_candidates(which) == count == len(list_candidates(which))
        assert counted.reached[Stage.STARTED] == 20
        assert counted.exits[ExitReason.FOUND_WORK] == 3


def test_the_tracker_becomes_cohorts_attendance_goals_and_one_action_a_day_and_kind(
    taken, world, as_
):
    with as_(world.aino):
        marks = dict(
            db.session.execute(
                select(Attendance.mark, func.count())
                .join(Enrolment, Enrolment.id == Attendance.enrolment_id)
                .join(Cohort, Cohort.id == Enrolment.cohort_id)
                .where(Cohort.programme_id == taken)
                .group_by(Attendance.mark)
            ).all()
        )
        cohorts = db.session.execute(
            select(Cohort.name, Cohort.starts_on, Cohort.ends_on, Cohort.seats)
            .where(Cohort.programme_id == taken)
            .order_by(Cohort.starts_on)
        ).all()
        doubled = db.session.scalars(
            select(func.count())
            .select_from(Action)
            .group_by(Action.person_id, Action.on, Action.activity)
            .having(func.count() > 1)
        ).all()
        sources = set(db.session.scalars(select(Action.source)))
        unsettled = set(
            db.session.scalars(
                select(Attendance.state).where(Attendance.mark == Mark.UNSETTLED_ABSENCE)
            )
        )
    assert marks == {Mark.PRESENT: 235, Mark.UNSETTLED_ABSENCE: 5}
    assert unsettled == {AttendanceState.MARKED}
    assert [tuple(cohort) for cohort in cohorts] == [
        ("Ryhmä 1", date(2021, 5, 17), date(2021, 6, 3), 6),
        ("Ryhmä 2", date(2021, 8, 9), date(2021, 8, 26), 6),
        ("Ryhmä 3", date(2021, 9, 20), date(2021, 10, 7), 5),
        ("Ryhmä 4", date(2021, 10, 25), date(2021, 11, 11), 3),
    ]
    assert doubled == []
    assert sources == {ActionSource.IMPORTED}


def test_who_started_got_the_first_day_of_the_cohort_and_juha_came_back(taken, world, as_):
    with as_(world.aino):
        started = list_candidates(CandidateFilter(taken, AS_OF, stage=Stage.STARTED))
        juha = next(one for one in started if one.person.full_name == "Juha Rinne")
    assert {one.started_on for one in started} == {
        date(2021, 5, 17),
        date(2021, 8, 9),
        date(2021, 9, 20),
        date(2021, 10, 25),
    }
    assert juha.times_returned == 1


@pytest.mark.parametrize(
    ("as_of", "started", "found", "open_", "closed"),
    [
        (date(2021, 5, 16), 0, 0, 0, 0),
        (date(2021, 6, 10), 6, 3, 3, 0),
        (date(2021, 12, 31), 20, 11, 4, 12),
        (date(2022, 1, 10), 20, 11, 2, 17),
        (date(2022, 2, 12), 20, 11, 2, 20),
    ],
)
def test_the_results_are_those_of_the_day_asked(
    taken, world, as_, as_of, started, found, open_, closed
):
    with as_(world.aino):
        programme = reports.get_programme(taken)
        outcomes = reports.results(programme, as_of).outcomes
        lines = list_outcomes(taken, 3, as_of)
    ratio = outcomes.found_work.ratio
    assert (ratio.denominator, ratio.numerator, outcomes.open) == (started, found, open_)
    assert outcomes.closed_follow_up.ratio.denominator == closed
    assert len(lines) == started
    assert sum(line.state is State.FOUND_WORK for line in lines) == found
    assert sum(line.state in (State.OPEN, State.UNKNOWN) for line in lines) == open_


def test_after_the_window_the_two_without_an_answer_are_unknown_not_out_of_work(taken, world, as_):
    with as_(world.aino):
        outcomes = reports.results(reports.get_programme(taken), date(2022, 2, 12)).outcomes
    assert (outcomes.follow_up_open, outcomes.unknown) == (0, 2)


def test_the_activity_table_adds_up_to_the_results(taken, world, as_):
    with as_(world.aino):
        shown = show_activity(reports.get_programme(taken), AS_OF)
        cohorts = shown.cohorts
    assert [len(cohort.people) for cohort in cohorts] == [6, 6, 5, 3]
    assert sum(cohort.total("employer_contact") for cohort in cohorts) == 164
    assert sum(cohort.days for cohort in cohorts) == 240 == shown.totals.person_days
    assert sum(cohort.minutes for cohort in cohorts) == shown.totals.minutes == 943.5 * 60
    assert (shown.totals.started, shown.totals.all_actions) == (20, 332)
    assert shown.pages == 1


def test_the_results_take_as_many_statements_with_one_cohort_as_with_four(
    taken, world, as_, statements
):
    def count(as_of: date) -> int:
        with as_(world.aino):
            programme = reports.get_programme(taken)
            before = len(statements)
            reports.results(programme, as_of)
            return len(statements) - before

    assert count(date(2021, 6, 10)) == count(AS_OF) == 5


@pytest.mark.parametrize("name", FILES)
def test_a_file_taken_in_twice_is_refused_and_changes_nothing(taken, world, as_, name):
    with as_(world.aino):
        before = rows()
    with pytest.raises(RuleBroken), as_(world.aino):
        service.take_in(taken, content(name), name)
    with as_(world.aino):
        assert rows() == before


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("asiakkaat.csv", "2021-10-08", "8. lokakuuta", "row 34, column F"),
        ("asiakkaat.csv", "Lauri Saari", "Teemu Paavola", "row 35, column A"),
        ("tulokset.csv", "Anne Koski", "Anna Koski", "row 21"),
        ("palaute.csv", "12;4;4;4;4", "12;4;4;4;7", "row 13, column E"),
        ("kustannukset.csv", "2399,00", "kaksi", "row 8, column B"),
        ("kustannukset.csv", "Euroa yhteensä", "Summaa", "Euroa yhteensä"),
    ],
)
def test_a_file_with_something_wrong_leaves_nothing_behind(pilot, world, as_, name, old, new, said):
    order = FILES[: FILES.index(name)]
    for earlier in order:
        with as_(world.aino):
            service.take_in(pilot, content(earlier), earlier)
    with as_(world.aino):
        before = rows()
    wrong = content(name).decode("utf-8-sig").replace(old, new, 1).encode()
    assert wrong != content(name)
    with pytest.raises(RuleBroken) as refused, as_(world.aino):
        service.take_in(pilot, wrong, name)
    assert said in str(refused.value)
    with as_(world.aino):
        assert rows() == before


def test_a_tracker_before_its_candidates_is_refused_by_every_name(pilot, world, as_):
    with pytest.raises(FileRefused) as refused, as_(world.aino):
        service.take_in(pilot, content("seurantataulukko.xlsx"), "seurantataulukko.xlsx")
    assert len(refused.value.problems) == 20
    assert "Take in the candidates first" in str(refused.value)


def test_a_known_number_makes_no_second_person(pilot, world, as_):
    with as_(world.aino):
        db.session.add(Person(given_name="Teemu", family_name="Paavola", phone="+358400000101"))
    with as_(world.aino):
        before = rows()["person"]
        service.take_in(pilot, content("asiakkaat.csv"), "asiakkaat.csv")
        assert rows()["person"] == before + 33


def test_an_upload_waits_for_a_yes_and_then_lets_its_bytes_go(pilot, world, as_):
    with as_(world.aino):
        upload = service.upload_file(pilot, content("asiakkaat.csv"), "asiakkaat.csv")
        upload_id = upload.id
        assert ("did_not_come", 6) in service.preview(upload_id).parsed.figures()
        assert rows()["candidate"] == 0
    with as_(world.aino):
        assert service.take_in_upload(upload_id) == 34
    with as_(world.aino):
        assert rows()["candidate"] == 34
        assert db.session.get(Upload, upload_id) is None


def test_another_provider_sees_neither_the_programme_nor_the_upload(pilot, world, as_):
    with as_(world.aino):
        upload_id = service.upload_file(pilot, content("palaute.csv"), "palaute.csv").id
    with as_(world.sam), pytest.raises(NotVisible):
        service.take_in_upload(upload_id)
    with as_(world.sam), pytest.raises(NotVisible):
        service.take_in(pilot, content("palaute.csv"), "palaute.csv")
    with as_(world.sam), pytest.raises(NotVisible):
        reports.get_programme(pilot)


def test_a_coach_sees_the_actions_and_outcomes_of_her_own_cohorts(taken, world, as_):
    stig = world.stig.account_id
    with as_(world.stig), pytest.raises(NotVisible):
        reports.get_programme(taken, stig)
    with as_(world.aino):
        own = db.session.scalars(select(Cohort).where(Cohort.name == "Ryhmä 4")).one()
        own.coach_id = stig
    with as_(world.stig):
        programme = reports.get_programme(taken, stig)
        seen = reports.results(programme, AS_OF, stig)
    assert seen.people.started == 3
    assert seen.activities["employer_contact"].total == 26


def test_nothing_that_is_stored_joins_an_answer_to_a_person():
    assert set(SurveyTally.__mapper__.columns.keys()) == {"question_id", "score", "replies"}
    assert set(SurveyBox.__mapper__.columns.keys()) == {
        *("survey_id", "invited", "replies", "words")
    }
