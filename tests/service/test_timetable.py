"""The timetable of data protection: what is over goes by itself, and nothing else."""

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy import inspect

from jobsearch.cohorts.models import Cohort, Enrolment
from jobsearch.core.clock import now
from jobsearch.core.columns import PERSONAL
from jobsearch.core.db import Base, db, unit_of_work
from jobsearch.core.scope import Scope, whole_installation
from jobsearch.demo.service import load_pilot
from jobsearch.organisations.models import Organisation
from jobsearch.people.models import Person
from jobsearch.privacy.queries import is_hers, model_of, personal_models
from jobsearch.privacy.requests.models import DataRequest
from jobsearch.privacy.requests.rules import RequestState
from jobsearch.privacy.retention.days import BY_DAY
from jobsearch.privacy.retention.jobs import do_timetable, due_now
from jobsearch.privacy.retention.models import RetentionRun
from jobsearch.privacy.retention.rules import Deed, Ends, Stage
from jobsearch.privacy.retention.stages import BLANKED, COUNTS, ERASED
from jobsearch.privacy.retention.terms import TERMS
from jobsearch.programmes.models import Programme
from jobsearch.reports.queries import results
from jobsearch.scheduler import jobs_of
from jobsearch.web.once import Submission
from tests.furnished import CANARY, furnish

pytestmark = pytest.mark.usefixtures("context")


def _texts() -> set[str]:
    return {
        column.info[PERSONAL]["retention"]
        for model in personal_models()
        for column in inspect(model).columns
        if PERSONAL in column.info
    }


def _contents() -> dict[str, set[tuple[object, ...]]]:
    with unit_of_work(whole_installation("test"), read_only=True):
        return {
            table.name: {tuple(map(repr, row)) for row in db.session.execute(sa.select(table))}
            for table in Base.metadata.sorted_tables
        }


def _rows(name: str, person_id: str) -> int:
    model = model_of(name)
    with unit_of_work(whole_installation("test"), read_only=True):
        counted = sa.select(sa.func.count()).select_from(model).where(is_hers(model, person_id))
        return db.session.scalar(counted) or 0


def test_every_retention_text_has_a_term_and_every_term_is_used(app) -> None:
    assert _texts() == set(TERMS)


def test_every_term_is_done_by_a_stage_a_day_or_a_job_that_there_is(app) -> None:
    jobs = {job.name for job in jobs_of(app.config["JOBSEARCH"])}
    assert "privacy.timetable" in jobs
    for text, term in TERMS.items():
        if term.deed is Deed.KEPT:
            continue
        by_job = jobs | {"organisations.settings"}
        known = by_job if term.deed is Deed.BY_JOB else {*Stage, *BY_DAY}
        assert term.kind in known, text


def test_every_table_of_a_stage_is_erased_blanked_or_counts_alone(app) -> None:
    of_stages = {name for names in ERASED.values() for name in names}
    of_stages |= {blank.table_name for blanks in BLANKED.values() for blank in blanks} | COUNTS
    for model in personal_models():
        texts = {
            column.info[PERSONAL]["retention"]
            for column in inspect(model).columns
            if PERSONAL in column.info
        }
        kinds = {TERMS[text].kind for text in texts} & set(Stage)
        known = of_stages | _OTHERWISE.keys()
        assert not kinds or model.__tablename__ in known, model.__tablename__


_OTHERWISE = {
    "break_glass": "of an operator's account and no participant's; kept as long as the trail",
    "access_entry": "append-only: keys of persons whose rows say nothing any more",
    "audit_entry": "append-only: its values go with the subject's key",
    "pay_run": "what a clerk looked at; the run has no person",
    "stored_file": "goes with the row that names it",
    "week_unlock": "why a group's week was opened again; no person",
}


@pytest.mark.parametrize(
    ("stage", "on"),
    [
        (Stage.SEARCH, date(2027, 3, 4)),
        (Stage.WORK, date(2029, 1, 1)),
        (Stage.VOUCHERS, date(2033, 1, 1)),
        (Stage.PAPERS, date(2037, 1, 1)),
    ],
)
def test_a_stage_is_over_on_the_day_that_the_law_says(stage: Stage, on: date) -> None:
    ends = Ends(date(2027, 3, 3), date(2026, 12, 3), date(2026, 12, 4))
    assert ends.goes_on(stage) == on


def test_whoever_was_never_employed_has_nothing_that_the_law_keeps() -> None:
    ends = Ends(date(2027, 3, 3))
    assert {ends.goes_on(stage) for stage in Stage} == {date(2027, 3, 4)}


def test_a_late_correction_keeps_the_pay_for_ten_years_more() -> None:
    ends = Ends(date(2027, 3, 3), date(2026, 12, 3), date(2028, 2, 4))
    assert ends.goes_on(Stage.PAPERS) == date(2039, 1, 1)


def test_nothing_within_its_term_is_touched(world, clock) -> None:
    furnish(world)
    clock.shift(timedelta(days=90))  # the follow-up of the groups ends after 3 March
    before = _contents()
    do_timetable()
    changed = _changed(before)
    assert changed == {"person", "submission", "retention_run"} & changed
    assert _person(world.pia.person_id).phone
    do_timetable()
    assert _person(world.pia.person_id).goes_on == date(2027, 3, 4)


def test_words_go_after_follow_up_and_pay_stays_for_its_ten_years(world, clock) -> None:
    pia = world.pia.person_id
    furnish(world)
    clock.move_to(_noon(2027, 3, 4))
    slips, actions = _rows("payslip", pia), _rows("action", pia)
    assert slips and CANARY in _all_text("action", "lead", "interview", "strategy", "document")
    do_timetable()
    assert CANARY not in _all_text(*ERASED[Stage.SEARCH], *_blanked(Stage.SEARCH))
    assert _rows("payslip", pia) == slips and _rows("short_message", pia) == 1
    assert _rows("action", pia) == actions
    assert _person(pia).given_name == "Pia" and _person(pia).phone is None
    clock.move_to(_noon(2028, 12, 31))
    do_timetable()
    assert _rows("short_message", pia) == 1
    clock.move_to(_noon(2029, 1, 1))
    do_timetable()
    assert _rows("short_message", pia) == 0 and _rows("tax_card", pia) == 1
    clock.move_to(_noon(2033, 1, 1))
    do_timetable()
    assert _rows("tax_card", pia) == 0 and _rows("payslip", pia) == slips
    clock.move_to(_noon(2036, 12, 31))
    do_timetable()
    assert _rows("payslip", pia) == slips and _person(pia).identity_code
    clock.move_to(_noon(2037, 1, 1))
    do_timetable()
    assert sum(_rows(name, pia) for name in ERASED[Stage.PAPERS]) == 0
    person = _person(pia)
    assert (person.given_name, person.family_name, person.identity_code) == ("–", "", None)
    assert person.erased_at is not None


def test_a_second_run_changes_nothing_and_receipts_say_what_went(world, clock) -> None:
    furnish(world)
    for year in (2027, 2029, 2033, 2037):
        clock.move_to(_noon(year, 6, 1))
        due = due_now()[world.a.organisation_id]
        do_timetable()
        with unit_of_work(whole_installation("test"), read_only=True):
            noted = dict(
                db.session.execute(
                    sa.select(RetentionRun.kind, RetentionRun.rows).where(
                        RetentionRun.organisation_id == world.a.organisation_id,
                        sa.extract("year", RetentionRun.ran_at) == year,
                    )
                ).all()
            )
        assert due.rows.keys() == noted.keys()
        assert all(noted[stage] >= rows for stage, rows in due.rows.items())
        before = _contents()
        assert "0 rows" in str(do_timetable())
        assert _changed(before) == set()


def test_made_up_people_of_a_demo_stay(world, clock) -> None:
    furnish(world)
    with unit_of_work(whole_installation("test")):
        db.session.get(Organisation, world.a.organisation_id).demo_since = now()
    clock.move_to(_noon(2037, 6, 1))
    do_timetable()
    assert _person(world.pia.person_id).given_name == "Pia"
    assert world.a.organisation_id not in due_now()


def test_an_answered_request_goes_after_three_years_and_an_open_one_never(world, clock) -> None:
    furnish(world)
    with unit_of_work(whole_installation("test")):
        first = db.session.scalars(sa.select(DataRequest).order_by(DataRequest.id)).first()
        first.state, first.answer = RequestState.DONE, "Here it is."
        first.answered_at, first.answered_by_id = first.asked_at, world.aino.account_id
    for years, left in ((2, 2), (4, 1)):
        clock.move_to(_noon(2026 + years, 12, 24))
        do_timetable()
        with unit_of_work(whole_installation("test"), read_only=True):
            assert db.session.scalar(sa.select(sa.func.count(DataRequest.id))) == left


def test_results_of_the_pilot_are_the_same_after_every_name_is_gone(app, world, clock) -> None:
    with unit_of_work(Scope(frozenset({world.b.organisation_id}), "test"), world.sam.actor):
        programme_id = load_pilot(world.sam.actor, world.sam.actor).id
    before = _results(programme_id)
    found = before.outcomes.found_work
    assert (found.ratio.numerator, found.ratio.denominator) == (11, 20)
    clock.move_to(_noon(2045, 1, 1))
    do_timetable()
    with unit_of_work(whole_installation("test"), read_only=True):
        named = sa.select(sa.func.count(Person.id)).where(Person.erased_at.is_(None))
        of_pilot = named.where(
            Person.organisation_id == world.b.organisation_id,
            sa.exists().where(Enrolment.person_id == Person.id),
        )
        assert db.session.scalar(of_pilot) == 0
    assert _results(programme_id) == before


def test_a_group_that_comes_later_keeps_its_people(world, clock) -> None:
    furnish(world)
    clock.move_to(_noon(2027, 2, 1))
    do_timetable()
    with unit_of_work(whole_installation("test")):
        cohort = db.session.get_one(Cohort, world.a.cohort_ids[0])
        cohort.ends_on = date(2027, 5, 3)
    clock.move_to(_noon(2027, 3, 4))
    do_timetable()
    assert _person(world.pia.person_id).phone
    clock.move_to(_noon(2027, 8, 4))
    do_timetable()
    assert _person(world.pia.person_id).phone is None


def test_answered_forms_are_forgotten_after_two_days(world, clock) -> None:
    with unit_of_work(whole_installation("test")):
        db.session.add(Submission(key_digest="d", location="/x", answered_at=now()))
    clock.shift(timedelta(days=2))
    do_timetable()
    assert len(_contents()["submission"]) == 1
    clock.shift(timedelta(seconds=1))
    do_timetable()
    assert not _contents()["submission"]


def test_the_command_says_what_is_due_and_does_it(app, world, clock) -> None:
    furnish(world)
    clock.move_to(_noon(2027, 6, 1))
    run = app.test_cli_runner().invoke
    before = _contents()
    told = run(args=["privacy", "due", "--dry-run"]).output
    assert f"{world.a.organisation_id}: search of 2 persons" in told
    assert _changed(before) == set()
    assert "Erased or blanked: 0" not in run(args=["privacy", "due"]).output
    assert "nothing is due" in run(args=["privacy", "due", "--dry-run"]).output


def _noon(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 10, tzinfo=UTC)


def _changed(before: dict[str, set[tuple[object, ...]]]) -> set[str]:
    after = _contents()
    return {name for name in before if before[name] != after[name]}


def _person(person_id: str) -> Person:
    with unit_of_work(whole_installation("test"), read_only=True):
        return db.session.get_one(Person, person_id)


def _all_text(*names: str) -> str:
    found = _contents()
    return " ".join(str(found[name]) for name in names)


def _blanked(stage: Stage) -> list[str]:
    return [blank.table_name for blank in BLANKED[stage]]


def _results(programme_id: str) -> object:
    with unit_of_work(whole_installation("test"), read_only=True):
        return results(db.session.get_one(Programme, programme_id), date(2026, 11, 24))
