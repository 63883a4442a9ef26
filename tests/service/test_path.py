"""The way from introduction to work: every person once, by whatever it is taken apart."""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from jobsearch.cohorts.models import Cohort, Enrolment
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.demo.service import PILOT, PILOT_FILES
from jobsearch.intake.service import take_in
from jobsearch.outcomes.queries import list_outcomes, standing
from jobsearch.outcomes.rules import State
from jobsearch.programmes.queries import get_programme
from jobsearch.recruitment.board.queries import funnel
from jobsearch.recruitment.forgetting.models import ForgettingRun, ForgottenCount
from jobsearch.recruitment.rules import Channel, ExitReason, Stage
from jobsearch.reports.path.queries import Path, show_path, started_people
from jobsearch.reports.path.rules import BANDS, By
from jobsearch.tracker.models import Action
from jobsearch.tracker.rules import Activity
from tests.world import NOW, TODAY, World, make_programme

pytestmark = pytest.mark.usefixtures("context")
AS_OF = date(2022, 1, 10)


@pytest.fixture
def pilot(world: World, as_: Callable) -> str:
    with as_(world.aino):
        programme, _template = make_programme(world.a.organisation_id, "pilot-2021")
        for name in PILOT_FILES:
            take_in(programme.id, (PILOT / name).read_bytes(), name)
        return programme.id


def steps(path: Path) -> dict[str, int]:
    return {step.key: step.count for step in path.steps}


def test_the_pilot_comes_out_from_introduction_to_work(pilot, world, as_) -> None:
    with as_(world.aino):
        path = show_path(pilot, AS_OF, By.MUNICIPALITY)
        recruited = funnel(pilot, AS_OF)
    made = steps(path)
    assert (made["referred"], made["started"], made["in_work"]) == (34, 20, 11)
    assert made["signed"] == recruited.reached[Stage.SIGNED]
    assert path.not_introduced.started == 0
    by_reason: Counter[ExitReason] = Counter()
    for _stage, reason, count in path.exits:
        by_reason[reason] += count
    assert by_reason == recruited.exits
    assert sum(band.people for band in path.bands) == 20
    assert sum(band.found.ratio.numerator for band in path.bands) == 11
    assert sum(band.left_open for band in path.bands) == 2


def test_every_person_is_in_one_line_by_whatever_it_is_taken_apart(pilot, world, as_) -> None:
    with as_(world.aino):
        paths = [show_path(pilot, AS_OF, by) for by in By]
    assert paths[0].whole == paths[1].whole == paths[2].whole
    assert paths[0].bands == paths[1].bands == paths[2].bands
    months = [line.value for line in paths[1].lines]
    assert months == sorted(months)


def test_bands_agree_with_counting_person_by_person(pilot, world, as_) -> None:
    with as_(world.aino):
        path = show_path(pilot, AS_OF, By.MONTH)
        lines = list_outcomes(pilot, 3, AS_OF)
        starts = {one.id: one.starts_on for one in db.session.query(Cohort)}
        tries = dict.fromkeys((line.enrolment_id for line in lines), 0)
        for action in db.session.query(Action):
            is_try = action.activity is not Activity.INTERVIEW and action.undone_at is None
            if is_try and action.enrolment_id in tries and action.on <= AS_OF:
                tries[action.enrolment_id] += (
                    action.count if action.on >= starts[action.cohort_id] else 0
                )
    for band, (low, high) in zip(path.bands, BANDS, strict=True):
        there = [
            one
            for one in lines
            if low <= tries[one.enrolment_id] <= (10**9 if high is None else high)
        ]
        found = [one for one in there if one.state is State.FOUND_WORK]
        assert (band.people, band.found.ratio.numerator) == (len(there), len(found))


def test_who_leaves_early_for_a_job_is_in_work_and_has_not_finished(pilot, world, as_) -> None:
    with as_(world.aino):
        before = show_path(pilot, AS_OF, By.CHANNEL).whole.after
        lines = list_outcomes(pilot, 3, AS_OF)
        working = next(one for one in lines if one.state is State.FOUND_WORK)
        other = next(one for one in lines if one.state is not State.FOUND_WORK)
        for one in (working, other):
            enrolment = db.session.get_one(Enrolment, one.enrolment_id)
            enrolment.left_on = one.ended_on - timedelta(days=2)
        db.session.flush()
        after = show_path(pilot, AS_OF, By.CHANNEL).whole.after
        then = show_path(pilot, working.ended_on - timedelta(days=3), By.CHANNEL).whole.after
    assert (before.finished, before.left_for_work, before.left_otherwise) == (20, 0, 0)
    assert (after.finished, after.left_for_work, after.left_otherwise) == (18, 1, 1)
    assert after.in_work == before.in_work == 11
    assert then.left_for_work == then.left_otherwise == 0, "nobody had left by then"


def test_who_was_never_introduced_is_named_and_in_no_line(world, as_) -> None:
    with as_(world.aino):
        path = show_path(world.a.programme_id, TODAY, By.MUNICIPALITY)
        started = standing(world.a.programme_id, 3, TODAY).started
    assert path.whole.after.started + path.not_introduced.started == started > 0
    assert sum(band.people for band in path.bands) == started


def test_the_forgotten_stay_on_the_way_by_month_and_channel(world, as_) -> None:
    with as_(world.aino):
        before = show_path(world.a.programme_id, TODAY, By.CHANNEL)
        run = ForgettingRun(ran_at=NOW, candidates=4, persons=4)
        db.session.add(run)
        db.session.flush()
        db.session.add(
            ForgottenCount(
                run_id=run.id,
                programme_id=world.a.programme_id,
                month=date(2025, 1, 1),
                ended_month=date(2025, 2, 1),
                municipality="Vihti",
                channel=Channel.PERSONAL_LINK,
                stage=Stage.INVITED,
                exit_reason=ExitReason.DID_NOT_COME,
                count=4,
            )
        )
        db.session.flush()
        path = show_path(world.a.programme_id, TODAY, By.CHANNEL)
    assert path.whole.introduced == before.whole.introduced + 4
    assert (Stage.INVITED, ExitReason.DID_NOT_COME, 4) in path.exits


def test_a_coach_sees_those_who_started_in_her_own_groups_alone(pilot, world, as_) -> None:
    with as_(world.stig):
        with pytest.raises(NotVisible):
            show_path(pilot, AS_OF, By.MONTH, world.stig.account_id)
        programme = get_programme(pilot)
        everyone = started_people(programme, AS_OF, By.MONTH)
        own = started_people(programme, AS_OF, By.MONTH, world.stig.account_id)
    assert sum(one.count for one in everyone) == 20
    assert own == []


def test_another_provider_sees_nothing_of_it(pilot, world, as_) -> None:
    with as_(world.sam), pytest.raises(NotVisible):
        show_path(pilot, AS_OF, By.MONTH)
