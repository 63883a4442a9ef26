"""Making programmes and groups, moving their days, and the last seat."""

import threading
from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from jobsearch.cohorts import queries, service, timetable
from jobsearch.cohorts.models import CohortBlock, CohortDay, EnrolmentState
from jobsearch.core.db import db
from jobsearch.core.errors import Conflict, NotVisible, RuleBroken
from jobsearch.core.money import Money
from jobsearch.programmes import queries as programme_queries
from jobsearch.programmes import service as programme_service
from jobsearch.programmes.models import Template
from jobsearch.programmes.pilot import pilot_template
from jobsearch.programmes.rules import Terms
from tests.world import TODAY, World, make_person

pytestmark = pytest.mark.usefixtures("context")
TERMS = Terms(date(2026, 1, 1), Money.of("12"), Money.of("20"), Money.of("150"), "Agreement")
COMING = date(2026, 12, 7)


def _programme(world: World, as_, code: str = "new-2026") -> str:
    with as_(world.aino):
        made = programme_service.make_programme(world.aino.actor, code=code, name=code, terms=TERMS)
        return made.id


def _cohort(world: World, as_, starts_on: date = COMING, seats: int = 6) -> str:
    programme_id = _programme(world, as_)
    with as_(world.aino):
        made = service.make_cohort(
            world.aino.actor, programme_id, "Group 9", starts_on, world.stig.account_id, seats=seats
        )
        return made.id


def _people(world: World, as_, count: int) -> list[str]:
    with as_(world.aino):
        return [
            make_person(world.a.organisation_id, f"Given{n}", "Family", f"+3584000003{n:02}").id
            for n in range(count)
        ]


def test_a_programme_without_template_takes_the_pilots_which_is_made_once(world, as_) -> None:
    first, second = _programme(world, as_, "one"), _programme(world, as_, "two")
    with as_(world.aino):
        templates = {programme_queries.get_programme(key).template_id for key in (first, second)}
        assert len(templates) == 1
        template = programme_queries.get_template(templates.pop())
        assert sum(day.paid_minutes for day in template.days) == 2880
        assert len(template.days) == 12


def test_a_code_is_used_once_by_a_provider_and_again_by_another(world, as_) -> None:
    _programme(world, as_)
    with pytest.raises(RuleBroken) as broken:
        _programme(world, as_)
    assert broken.value.field == "code"
    with as_(world.sam):
        programme_service.make_programme(
            world.sam.actor, code="new-2026", name="Theirs", terms=TERMS
        )


@pytest.mark.parametrize("months", [0, 25])
def test_a_follow_up_of_no_or_too_many_months_is_refused(world, as_, months: int) -> None:
    with as_(world.aino), pytest.raises(RuleBroken):
        programme_service.make_programme(
            world.aino.actor, code="x", name="X", terms=TERMS, follow_up_months=months
        )


def test_a_template_of_ones_own_is_checked_and_kept_with_its_blocks(world, as_) -> None:
    plan = replace(pilot_template(), name="Our own")
    with as_(world.aino):
        made = programme_service.make_template(world.aino.actor, plan).id
        with pytest.raises(RuleBroken):
            programme_service.make_template(world.aino.actor, plan)
        with pytest.raises(RuleBroken):
            programme_service.make_template(
                world.aino.actor, replace(plan, name="Short", days=plan.days[:11])
            )
    with as_(world.aino):
        days = programme_queries.get_template(made).days
        assert [len(day.blocks) for day in days[:5]] == [4, 4, 4, 4, 5]


def test_pay_changes_from_a_day_on_and_the_past_stays(world, as_) -> None:
    programme = _programme(world, as_)
    later = replace(TERMS, valid_from=date(2027, 1, 1), hourly_wage=Money.of("12.60"))
    with as_(world.aino):
        programme_service.add_pay_terms(world.aino.actor, programme, later)
    with as_(world.aino):
        found = [
            programme_queries.find_terms(programme, day)
            for day in (date(2025, 12, 31), date(2026, 12, 31), date(2027, 1, 1))
        ]
        assert found[0] is None
        assert [row.hourly_wage for row in found[1:]] == [Money.of("12"), Money.of("12.60")]
    with as_(world.aino), pytest.raises(RuleBroken):
        programme_service.add_pay_terms(world.aino.actor, programme, later)


def test_a_group_has_twelve_days_and_48_hours_with_their_blocks(world, as_) -> None:
    cohort = _cohort(world, as_)
    with as_(world.aino):
        made = queries.get_cohort_with_days(cohort)
        assert len(made.days) == 12 and sum(day.paid_minutes for day in made.days) == 2880
        assert (made.starts_on, made.ends_on) == (COMING, date(2026, 12, 28))
        for day in made.days:
            assert sum(block.minutes for block in day.blocks) == day.paid_minutes
            ends = [block.starts_minute + block.minutes for block in day.blocks]
            assert [block.starts_minute for block in day.blocks] == [540, *ends[:-1]]


def test_the_preview_is_what_the_group_becomes(world, as_) -> None:
    programme = _programme(world, as_)
    with as_(world.aino):
        seen = timetable.preview(programme, COMING, "en")
        made = service.make_cohort(world.aino.actor, programme, "Group 9", COMING).id
    with as_(world.aino):
        became = timetable.timetable_of(queries.get_cohort_with_days(made), "en")
        assert [c.on for c in seen.cards] == [c.on for c in became.cards]
        assert [c.holiday for c in seen.lost] == ["Christmas Eve"]
        assert seen.pay == became.pay == Money.of("576.00")
        assert (seen.days, seen.paid_minutes) == (12, 2880)


def test_a_template_is_frozen_with_its_first_group(world, as_) -> None:
    _cohort(world, as_)
    with as_(world.aino):
        name = pilot_template().name
        template = db.session.scalars(sa.select(Template).where(Template.name == name)).one()
        assert template.frozen_at is not None


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"starts_on": TODAY - timedelta(days=1)}, "starts_on"),
        ({"name": "Group 9"}, "name"),
        ({"seats": 7}, "seats"),
        ({"coach": "paula"}, "coach_id"),
        ({"coach": "sam"}, "coach_id"),
    ],
)
def test_a_group_that_cannot_be_is_refused_on_its_field(world, as_, change, field) -> None:
    programme = _programme(world, as_)
    with as_(world.aino):
        service.make_cohort(world.aino.actor, programme, "Group 9", COMING)
    values = {"name": "Group 10", "starts_on": COMING, "seats": 6, "coach": "stig", **change}
    coach = getattr(world, values.pop("coach")).account_id
    with as_(world.aino), pytest.raises(RuleBroken) as broken:
        service.make_cohort(world.aino.actor, programme, coach_id=coach, **values)
    assert broken.value.field == field


def test_a_past_group_is_taken_in_only_as_a_record(world, as_) -> None:
    programme = _programme(world, as_)
    with as_(world.aino):
        made = service.make_cohort(
            world.aino.actor, programme, "Group 1", date(2021, 9, 6), of_record=True
        )
        assert made.ends_on < TODAY


def test_another_providers_programme_makes_no_group(world, as_) -> None:
    with as_(world.sam), pytest.raises(NotVisible):
        service.make_cohort(world.sam.actor, world.a.programme_id, "X", COMING)


def _days(world: World, as_, cohort: str) -> list[CohortDay]:
    with as_(world.aino):
        return queries.list_days(cohort)


def test_moving_a_day_keeps_48_hours_and_the_term_of_the_group(world, as_) -> None:
    cohort = _cohort(world, as_)
    last = _days(world, as_, cohort)[-1]
    with as_(world.aino):
        service.move_day(world.aino.actor, last.id, date(2026, 12, 18))
    days = _days(world, as_, cohort)
    assert sum(day.paid_minutes for day in days) == 2880
    with as_(world.aino):
        made = queries.get_cohort(cohort)
        assert (made.ends_on, made.board_version) == (date(2026, 12, 23), 2)


@pytest.mark.parametrize(
    "to",
    [date(2026, 12, 12), date(2026, 12, 24), date(2026, 12, 15), date(2026, 11, 23)],
    ids=["saturday", "holiday", "busy", "past"],
)
def test_a_day_does_not_move_where_it_cannot_be(world, as_, to: date) -> None:
    cohort = _cohort(world, as_)
    first = _days(world, as_, cohort)[0]
    with as_(world.aino), pytest.raises(RuleBroken):
        service.move_day(world.aino.actor, first.id, to)


def test_cancelling_takes_the_hours_away_and_shortens_the_term(world, as_) -> None:
    cohort = _cohort(world, as_)
    first = _days(world, as_, cohort)[0]
    with as_(world.aino):
        service.cancel_day(first.id)
    with as_(world.aino):
        made = queries.get_cohort_with_days(cohort)
        table = timetable.timetable_of(made, "en")
        assert (table.paid_minutes, table.days) == (2880 - 180, 11)
        assert made.starts_on == date(2026, 12, 8)
    with as_(world.aino), pytest.raises(RuleBroken):
        service.cancel_day(first.id)


def test_a_day_that_has_begun_is_neither_moved_nor_cancelled(world, as_) -> None:
    today = world.a.day_ids[world.a.cohort_ids[0]][5]
    with as_(world.aino):
        with pytest.raises(RuleBroken):
            service.cancel_day(today)
        with pytest.raises(RuleBroken):
            service.move_day(world.aino.actor, today, date(2026, 11, 27))


def test_another_providers_day_does_not_move(world, as_) -> None:
    day = world.a.day_ids[world.a.cohort_ids[0]][8]
    with as_(world.sam), pytest.raises(NotVisible):
        service.move_day(world.sam.actor, day, date(2026, 12, 4))


def test_a_seat_is_given_once_and_at_most_six_times(world, as_) -> None:
    cohort, people = _cohort(world, as_), _people(world, as_, 7)
    with as_(world.aino):
        for person in people[:6]:
            service.enrol(world.aino.actor, cohort, person)
    with as_(world.aino), pytest.raises(RuleBroken, match="full"):
        service.enrol(world.aino.actor, cohort, people[6])
    with as_(world.aino), pytest.raises(RuleBroken, match="has a seat"):
        service.enrol(world.aino.actor, cohort, people[0])


def test_a_person_in_a_running_group_gets_no_seat_in_another(world, as_) -> None:
    cohort = _cohort(world, as_)
    with as_(world.aino), pytest.raises(RuleBroken, match="has a seat"):
        service.enrol(world.aino.actor, cohort, world.pia.person_id)


def test_another_providers_person_gets_no_seat(world, as_) -> None:
    cohort = _cohort(world, as_)
    with as_(world.aino), pytest.raises(NotVisible):
        service.enrol(world.aino.actor, cohort, world.bo.person_id)


def test_who_leaves_before_the_start_withdraws_and_may_come_back(world, as_) -> None:
    cohort, (person,) = _cohort(world, as_, seats=1), _people(world, as_, 1)
    with as_(world.aino):
        enrolment = service.enrol(world.aino.actor, cohort, person).id
        service.leave(enrolment)
    with as_(world.aino):
        assert queries.count_seats_taken(cohort) == 0
        again = service.enrol(world.aino.actor, cohort, person)
        assert (again.id, again.state) == (enrolment, EnrolmentState.PLACED)


def test_who_has_started_leaves_by_the_date_and_stays_in_the_results(world, as_) -> None:
    with as_(world.aino):
        left = service.leave(world.a.enrolment_ids["pia"])
        assert (left.state, left.left_on) == (EnrolmentState.STARTED, TODAY)
        with pytest.raises(RuleBroken):
            service.leave(world.a.enrolment_ids["pia"])


def test_the_last_seat_goes_to_one_of_two_who_want_it_at_once(world, as_, app: Flask) -> None:
    cohort, people = _cohort(world, as_, seats=1), _people(world, as_, 4)
    together, outcomes = threading.Barrier(len(people)), []

    def ask(person: str) -> None:
        with app.app_context():
            together.wait()
            try:
                with as_(world.aino):
                    service.enrol(world.aino.actor, cohort, person)
                outcomes.append("seat")
            except (RuleBroken, Conflict):
                outcomes.append("full")

    threads = [threading.Thread(target=ask, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["full"] * 3 + ["seat"]
    with as_(world.aino):
        assert queries.count_seats_taken(cohort) == 1


def test_one_person_gets_one_seat_of_two_groups_at_once(world, as_, app: Flask) -> None:
    first = _cohort(world, as_)
    with as_(world.aino):
        programme = queries.get_cohort(first).programme_id
        second = service.make_cohort(world.aino.actor, programme, "Group 10", COMING).id
    (person,) = _people(world, as_, 1)
    together, outcomes = threading.Barrier(2), []

    def ask(cohort: str) -> None:
        with app.app_context():
            together.wait()
            try:
                with as_(world.aino):
                    service.enrol(world.aino.actor, cohort, person)
                outcomes.append("seat")
            except (RuleBroken, Conflict):
                outcomes.append("no")

    threads = [threading.Thread(target=ask, args=(one,)) for one in (first, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["no", "seat"]


def test_todays_groups_are_a_coachs_own_and_all_of_the_managers(world, as_) -> None:
    with as_(world.stig):
        assert [one.name for one in queries.list_todays_cohorts(world.stig.actor)] == [
            "Group 7",
            "Group 8",
        ]
        assert queries.list_todays_cohorts(world.stig.actor, date(2026, 11, 28)) == []
    with as_(world.sam):
        assert len(queries.list_todays_cohorts(world.sam.actor)) == 1


def test_people_to_choose_from_have_no_seat(world, as_) -> None:
    people = _people(world, as_, 2)
    with as_(world.aino):
        assert {key for key, _name in queries.list_people_without_group()} == set(people)


def test_a_coachs_other_groups_on_the_same_days_are_said(world, as_) -> None:
    with as_(world.aino):
        clashes = timetable.list_clashes([TODAY])
        assert [(one.cohort, one.days) for one in clashes] == [("Group 7", 1), ("Group 8", 1)]


def test_a_cohorts_days_go_with_it_and_nothing_is_left(world, as_) -> None:
    cohort = _cohort(world, as_)
    with as_(world.aino):
        made = queries.get_cohort_with_days(cohort)
        days = [day.id for day in made.days]
        db.session.delete(made)
    with as_(world.aino):
        left = sa.select(sa.func.count()).where(CohortBlock.cohort_day_id.in_(days))
        assert db.session.scalar(left) == 0
