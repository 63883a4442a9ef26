"""Interviews are written down, counted once, moved, prepared, taken away and brought back."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from jobsearch.core.db import db
from jobsearch.core.errors import Conflict, NotVisible, RuleBroken
from jobsearch.tracker.interviews import queries
from jobsearch.tracker.interviews.models import Interview, InterviewTick
from jobsearch.tracker.interviews.rules import InterviewWay, Preparation, Went
from jobsearch.tracker.interviews.service import (
    When,
    add_interview,
    cancel_interview,
    edit_interview,
    restore_interview,
    tell_how_it_went,
    tick,
)
from jobsearch.tracker.leads.models import Lead, LeadMove
from jobsearch.tracker.leads.rules import LeadSource, LeadStage
from jobsearch.tracker.models import Action, ActionSource, Employer
from jobsearch.tracker.queries import my_figures
from jobsearch.tracker.rules import Activity
from jobsearch.tracker.service import log_action, undo_action
from tests.world import NOW, TODAY

pytestmark = pytest.mark.usefixtures("context")
WHEN = When(date(2026, 11, 26), 13 * 60, 45, InterviewWay.ON_SITE, "Satakunnankatu 5")
BAKERY = {"employer_name": "Rannikon Leipomo"}


def counted(world) -> int:
    figures = my_figures(world.a.enrolment_ids["pia"])
    return sum(of_day.done.get(Activity.INTERVIEW, 0) for of_day in figures.values())


def added(world, when: When = WHEN, **more) -> Interview:
    return add_interview(world.pia.actor, world.pia.person_id, when, **(more or BAKERY))


def make_lead(world, who: str = "pia", stage: LeadStage = LeadStage.APPLIED) -> str:
    person = getattr(world, who)
    employer = Employer(person_id=person.person_id, name="Merikulman Varasto")
    db.session.add(employer)
    db.session.flush()
    enrolment = world.a.enrolment_ids[who]
    lead = Lead(
        person_id=person.person_id,
        enrolment_id=enrolment,
        cohort_id=world.a.cohort_ids[0 if who == "pia" else 1],
        employer_id=employer.id,
        role_title="Warehouse worker",
        source=LeadSource.ADVERT,
        stage=stage,
        stage_on=TODAY - timedelta(days=3),
        added_at=NOW,
    )
    db.session.add(lead)
    db.session.flush()
    return lead.id


def test_an_interview_counts_once_today_and_keeps_its_instant(world, as_) -> None:
    with as_(world.pia):
        row = added(world)
    with as_(world.pia):
        assert row.starts_at == datetime(2026, 11, 26, 11, tzinfo=UTC)
        action = db.session.get_one(Action, row.action_id)
        assert (action.on, action.activity) == (TODAY, Activity.INTERVIEW)
        assert action.employer_id == row.employer_id
        assert counted(world) == 1


def test_what_was_logged_by_a_tap_is_not_counted_again_and_gets_its_employer(world, as_) -> None:
    with as_(world.pia):
        logged = log_action(world.pia.actor, Activity.INTERVIEW).id
    with as_(world.pia):
        row = added(world, is_logged=True, **BAKERY)
        assert row.action_id == logged
    with as_(world.pia):
        assert counted(world) == 1
        assert db.session.get_one(Action, logged).employer_id == row.employer_id
        assert queries.find_unmatched(world.pia.person_id) is None
        second = added(world, is_logged=True, **BAKERY)  # nothing more is logged: it counts itself
        assert second.action_id != logged
        assert counted(world) == 2


def test_the_employer_of_what_was_logged_is_enough(world, as_) -> None:
    with as_(world.pia):
        log_action(world.pia.actor, Activity.INTERVIEW, employer_name="Merikulman Varasto")
    with as_(world.pia):
        row = added(world, is_logged=True)
        assert db.session.get_one(Employer, row.employer_id).name == "Merikulman Varasto"


def test_the_latest_interview_without_a_place_is_offered_and_no_other_kind(world, as_) -> None:
    with as_(world.pia):
        actor = world.pia.actor
        log_action(actor, Activity.EMPLOYER_CONTACT)
        undone = log_action(actor, Activity.INTERVIEW)
        db.session.flush()
        undo_action(actor, undone.id)
        assert queries.find_unmatched(world.pia.person_id) is None
        log_action(actor, Activity.INTERVIEW, TODAY - timedelta(days=1))
        late = log_action(actor, Activity.INTERVIEW)
        db.session.flush()
        found = queries.find_unmatched(world.pia.person_id)
        assert found is not None and found.id == late.id
        assert queries.find_unmatched(world.otto.person_id) is None


def test_an_employer_is_needed_and_another_persons_is_not_visible(world, as_) -> None:
    with as_(world.pia):
        for is_logged in (False, True):
            with pytest.raises(RuleBroken) as refused:
                added(world, is_logged=is_logged)
            assert refused.value.field == "employer_name"
        assert db.session.query(Action).count() == 0
    with as_(world.otto):
        theirs = add_interview(world.otto.actor, world.otto.person_id, WHEN, **BAKERY).employer_id
    with as_(world.pia), pytest.raises(NotVisible):
        added(world, employer_id=theirs)


def test_nobody_writes_one_down_for_another_but_a_coach_who_may_see_her(world, as_) -> None:
    for member in (world.otto, world.cora):
        with as_(member), pytest.raises(NotVisible):
            add_interview(member.actor, world.pia.person_id, WHEN, **BAKERY)
    with as_(world.stig):
        row = add_interview(world.stig.actor, world.pia.person_id, WHEN, **BAKERY)
        assert db.session.get_one(Action, row.action_id).source is ActionSource.PROXY


def test_a_lead_moves_on_to_its_interview(world, as_) -> None:
    with as_(world.pia):
        lead_id = make_lead(world)
        lead = db.session.get_one(Lead, lead_id)
        row = added(world, lead_id=lead_id, employer_id=lead.employer_id)
    with as_(world.pia):
        lead = db.session.get_one(Lead, lead_id)
        assert (lead.stage, lead.stage_on) == (LeadStage.INTERVIEW, TODAY)
        (move,) = db.session.query(LeadMove).filter_by(lead_id=lead_id).all()
        assert (move.from_stage, move.to_stage) == (LeadStage.APPLIED, LeadStage.INTERVIEW)
        action = db.session.get_one(Action, row.action_id)
        assert (action.role_title, action.lead_id) == ("Warehouse worker", lead_id)
        added(world, lead_id=lead_id, employer_id=lead.employer_id)  # a second round
        assert db.session.query(LeadMove).filter_by(lead_id=lead_id).count() == 1


def test_a_lead_that_is_further_stays_there_and_anothers_is_not_visible(world, as_) -> None:
    with as_(world.pia):
        lead_id = make_lead(world, stage=LeadStage.OFFER)
        added(world, lead_id=lead_id, **BAKERY)
        assert db.session.get_one(Lead, lead_id).stage is LeadStage.OFFER
    with as_(world.otto):
        theirs = make_lead(world, "otto")
    with as_(world.pia), pytest.raises(NotVisible):
        added(world, lead_id=theirs, **BAKERY)


def test_moving_it_keeps_it_the_same_one_and_says_since_when_it_is_so(world, as_, clock) -> None:
    with as_(world.pia):
        row = added(world)
    clock.move_to(NOW + timedelta(hours=2))
    with as_(world.pia):
        held = {"employer_id": row.employer_id}
        same = edit_interview(world.pia.actor, row.id, 1, replace(WHEN, minutes=30), **held)
        assert (same.id, same.changed_at, same.version) == (row.id, NOW, 2)
    with as_(world.stig):
        moved = replace(WHEN, minute=14 * 60)
        later = edit_interview(world.stig.actor, row.id, 2, moved, **held)
        assert later.changed_at == NOW + timedelta(hours=2)
        assert later.starts_at == datetime(2026, 11, 26, 12, tzinfo=UTC)
    with as_(world.pia):
        with pytest.raises(Conflict):
            edit_interview(world.pia.actor, row.id, 2, WHEN, **held)
        assert db.session.query(Action).count() == 1


def test_each_thing_is_ticked_once_and_unticked(world, as_) -> None:
    with as_(world.pia):
        row = added(world)
        for _twice in range(2):
            tick(world.pia.actor, row.id, Preparation.EXAMPLE, done=True)
        assert db.session.query(InterviewTick).count() == 1
    with as_(world.stig):
        tick(world.stig.actor, row.id, Preparation.PAPERS, done=True)
        shown = queries.show_interview(world.stig.actor, row.id)
        assert shown.ticked == {Preparation.EXAMPLE, Preparation.PAPERS}
        assert shown.open_count == 4
    with as_(world.pia):
        for _twice in range(2):
            tick(world.pia.actor, row.id, Preparation.EXAMPLE, done=False)
        assert [one.item for one in db.session.query(InterviewTick)] == [Preparation.PAPERS]


def test_what_does_not_take_place_still_counts_and_a_mistake_does_not(world, as_) -> None:
    with as_(world.pia):
        row = added(world)
        for _twice in range(2):
            cancel_interview(world.pia.actor, row.id, was_mistake=False)
        assert queries.list_interviews(world.pia.person_id).count == 0
        assert counted(world) == 1
        with pytest.raises(RuleBroken):
            tick(world.pia.actor, row.id, Preparation.PAPERS, done=True)
    with as_(world.pia):
        restore_interview(world.pia.actor, row.id)
        cancel_interview(world.pia.actor, row.id, was_mistake=True)
    with as_(world.pia):
        assert counted(world) == 0
        restore_interview(world.pia.actor, row.id)
    with as_(world.pia):
        assert counted(world) == 1
        assert queries.list_interviews(world.pia.person_id).count == 1


def test_how_it_went_is_told_afterwards_and_again(world, as_, clock) -> None:
    with as_(world.pia):
        row = added(world)
        with pytest.raises(RuleBroken):
            tell_how_it_went(world.pia.actor, row.id, Went.WELL, "")
    clock.move_to(datetime(2026, 11, 26, 12, tzinfo=UTC))
    for went, learned in ((Went.HARD, "Ask first."), (Went.FAIRLY, "")):
        with as_(world.pia):
            told = tell_how_it_went(world.pia.actor, row.id, went, learned)
            assert (told.went, told.learned) == (went, learned)
            assert told.told_at == datetime(2026, 11, 26, 12, tzinfo=UTC)


def test_others_see_nothing_of_it(world, as_) -> None:
    with as_(world.pia):
        row = added(world)
    for member in (world.otto, world.cora, world.bo):
        with as_(member):
            for deed in (
                lambda who: queries.show_interview(who.actor, row.id),
                lambda who: tick(who.actor, row.id, Preparation.PAPERS, done=True),
                lambda who: cancel_interview(who.actor, row.id, was_mistake=True),
                lambda who: restore_interview(who.actor, row.id),
                lambda who: tell_how_it_went(who.actor, row.id, Went.WELL, ""),
                lambda who: edit_interview(who.actor, row.id, None, WHEN, **BAKERY),
            ):
                with pytest.raises(NotVisible):
                    deed(member)


def test_those_to_come_stand_first_by_time_and_then_those_behind(world, as_, clock) -> None:
    days = (30, 20, 27, 18)
    with as_(world.pia):
        for day in days:
            added(world, replace(WHEN, on=date(2026, 11, day)))
    with as_(world.pia):
        found = queries.list_interviews(world.pia.person_id)
        assert [line.starts_at.day for line in found.lines] == [27, 30, 20, 18]
        assert [len(found.ahead), len(found.behind)] == [2, 2]
        assert (found.count, found.pages) == (4, 1)
        assert queries.list_interviews(world.pia.person_id, 2).lines == []
