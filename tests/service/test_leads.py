"""Leads: added, moved, taken back, followed up; each person's own, and her coach's to write."""

from datetime import date, timedelta

import pytest

from jobsearch.core.db import db
from jobsearch.core.errors import Conflict, NotVisible, RuleBroken
from jobsearch.tracker.leads import queries, service
from jobsearch.tracker.leads.models import Lead, LeadMove
from jobsearch.tracker.leads.rules import LeadDetails, LeadSource, LeadStage
from jobsearch.tracker.models import Employer
from jobsearch.tracker.rules import Activity
from jobsearch.tracker.service import log_action, undo_action
from jobsearch.tracker.settings.queries import settings_of
from jobsearch.tracker.settings.rules import Settings
from jobsearch.tracker.settings.service import save_settings
from tests.world import TODAY

pytestmark = pytest.mark.usefixtures("context")
DETAILS = LeadDetails("Leipuri", LeadSource.ACQUAINTANCE, employer_name="Rannikon Leipomo")
QUIET = 7


def _add(world, as_, who="pia", stage=LeadStage.FOUND, details=DETAILS) -> str:
    member = getattr(world, who)
    person = None if who == "pia" else world.pia.person_id
    with as_(member):
        return service.add_lead(member.actor, details, stage, person_id=person).id


def _move(world, as_, lead_id, to, who="pia", version=None) -> str:
    member = getattr(world, who)
    with as_(member):
        seen = version or queries.get_lead(member.actor, lead_id).version
        return service.move_lead(member.actor, lead_id, seen, to).id


def _moves(world, as_, lead_id) -> list[queries.Move]:
    with as_(world.pia):
        return queries.list_moves(lead_id)


def test_a_lead_has_its_employer_in_the_register_and_its_first_move(world, as_) -> None:
    lead_id = _add(world, as_)
    again = _add(world, as_, details=LeadDetails("Myyjä", employer_name="RANNIKON leipomo"))
    with as_(world.pia):
        lead, other = (queries.get_lead(world.pia.actor, key) for key in (lead_id, again))
        assert lead.employer_id == other.employer_id
        assert (lead.stage, lead.stage_on) == (LeadStage.FOUND, TODAY)
        assert lead.enrolment_id == world.a.enrolment_ids["pia"]
        assert db.session.query(Employer).count() == 1
    (move,) = _moves(world, as_, lead_id)
    assert (move.from_stage, move.to_stage, move.by) == (None, LeadStage.FOUND, "Pia Pihlaja")


@pytest.mark.parametrize(
    ("details", "field"),
    [
        (LeadDetails("", employer_name="X"), "role_title"),
        (LeadDetails("Leipuri"), "employer_name"),
        (LeadDetails("Leipuri", employer_name="X", next_step="Call"), "next_step_on"),
    ],
)
def test_what_is_missing_is_said_on_its_field(world, as_, details, field) -> None:
    with as_(world.pia), pytest.raises(RuleBroken) as broken:
        service.add_lead(world.pia.actor, details)
    assert broken.value.field == field


def test_a_new_lead_is_open(world, as_) -> None:
    with as_(world.pia), pytest.raises(RuleBroken):
        service.add_lead(world.pia.actor, DETAILS, LeadStage.HIRED)


def test_a_coach_writes_for_who_phones_and_the_history_says_who_it_was(world, as_) -> None:
    lead_id = _add(world, as_, "stig")
    _move(world, as_, lead_id, LeadStage.APPLIED, "stig")
    with as_(world.pia):
        assert queries.get_lead(world.pia.actor, lead_id).stage is LeadStage.APPLIED
        assert {move.by for move in queries.list_moves(lead_id)} == {"Stig Strand"}


@pytest.mark.parametrize("who", ["otto", "bo", "cora", "sam", "mia", "olga"])
def test_a_lead_is_nobody_elses(world, as_, who) -> None:
    lead_id = _add(world, as_)
    member = getattr(world, who)
    with as_(member):
        for deed in (
            lambda: queries.get_lead(member.actor, lead_id),
            lambda: service.move_lead(member.actor, lead_id, 1, LeadStage.APPLIED),
            lambda: service.edit_lead(member.actor, lead_id, 1, DETAILS),
            lambda: service.finish_step(member.actor, lead_id, 1),
            lambda: service.add_lead(member.actor, DETAILS, person_id=world.pia.person_id),
        ):
            with pytest.raises(NotVisible):
                deed()


def test_an_employer_of_another_register_is_not_taken(world, as_) -> None:
    with as_(world.otto):
        employer = Employer(person_id=world.otto.person_id, name="X")
        db.session.add(employer)
        db.session.flush()
        key = employer.id
    with as_(world.pia), pytest.raises(NotVisible):
        service.add_lead(world.pia.actor, LeadDetails("Leipuri", employer_id=key))


def test_of_two_who_move_it_at_once_the_second_is_told(world, as_) -> None:
    lead_id = _add(world, as_)
    _move(world, as_, lead_id, LeadStage.APPLIED, version=1)
    with pytest.raises(Conflict):
        _move(world, as_, lead_id, LeadStage.DROPPED, "stig", version=1)


def test_the_latest_move_is_taken_back_and_no_other(world, as_, clock) -> None:
    lead_id = _add(world, as_)
    clock.shift(timedelta(days=1))
    first = _move(world, as_, lead_id, LeadStage.APPLIED)
    clock.shift(timedelta(days=1))
    second = _move(world, as_, lead_id, LeadStage.REJECTED)
    with as_(world.pia), pytest.raises(RuleBroken):
        service.undo_move(world.pia.actor, lead_id, first)
    for _again in range(2):  # twice is the same
        with as_(world.pia):
            lead = service.undo_move(world.pia.actor, lead_id, second)
            assert (lead.stage, lead.stage_on) == (LeadStage.APPLIED, TODAY + timedelta(days=1))
    with as_(world.pia):
        lead = service.undo_move(world.pia.actor, lead_id, first)
        assert (lead.stage, lead.stage_on) == (LeadStage.FOUND, TODAY)
        rows = db.session.query(LeadMove).filter_by(lead_id=lead_id)
        assert [row.undone_at is None for row in rows.order_by(LeadMove.moved_at)] == [
            True,
            False,
            False,
        ]


def test_the_first_move_and_another_leads_move_are_not_taken_back(world, as_) -> None:
    lead_id, other = _add(world, as_), _add(world, as_)
    moved = _move(world, as_, other, LeadStage.APPLIED)
    (first,) = _moves(world, as_, lead_id)
    for key in (first.id, moved):
        with as_(world.pia), pytest.raises(NotVisible):
            service.undo_move(world.pia.actor, lead_id, key)


def test_next_steps_are_due_late_ones_first_and_one_tap_clears_or_moves_them(world, as_) -> None:
    days = {"late": -2, "today": 0, "ahead": 1}
    for step, shift in days.items():
        _add(
            world,
            as_,
            details=LeadDetails(
                step,
                employer_name="X",
                next_step=step,
                next_step_on=TODAY + timedelta(days=shift),
            ),
        )
    pia = world.pia
    with as_(pia):
        due = queries.list_due(pia.person_id, TODAY)
        assert [one.next_step for one in due] == ["late", "today"]
        service.finish_step(pia.actor, due[0].id, due[0].version)
        moved = service.put_off_step(pia.actor, due[1].id, due[1].version)
        assert moved.next_step_on == TODAY + timedelta(days=1)
        assert queries.list_due(pia.person_id, TODAY) == []


def test_a_step_of_an_ended_lead_is_due_no_more_and_a_reopened_one_again(world, as_) -> None:
    details = LeadDetails("Leipuri", employer_name="X", next_step="Call", next_step_on=TODAY)
    lead_id = _add(world, as_, details=details)
    for to, count in ((LeadStage.DROPPED, 0), (LeadStage.APPLIED, 1)):
        _move(world, as_, lead_id, to)
        with as_(world.pia):
            assert len(queries.list_due(world.pia.person_id, TODAY)) == count


@pytest.mark.parametrize(
    ("today", "working_day"),
    [(date(2026, 11, 27), date(2026, 11, 30)), (date(2026, 12, 23), date(2026, 12, 28))],
)
def test_tomorrow_is_the_next_working_day(world, as_, clock, today, working_day) -> None:
    details = LeadDetails("Leipuri", employer_name="X", next_step="Call", next_step_on=TODAY)
    lead_id = _add(world, as_, details=details)
    clock.shift(today - TODAY)
    with as_(world.pia):
        lead = service.put_off_step(world.pia.actor, lead_id, 1)
        assert lead.next_step_on == working_day


def _silent(world, as_) -> list[int]:
    with as_(world.pia):
        found = queries.list_silent(world.pia.person_id, QUIET, world.pia.actor.zone)
        return [one.days for one in found]


def test_a_lead_is_quiet_after_some_days_and_only_while_it_waits_for_an_answer(
    world, as_, clock
) -> None:
    _add(world, as_)  # only found: nobody can answer yet
    lead_id = _add(world, as_, stage=LeadStage.APPLIED)
    clock.shift(timedelta(days=QUIET - 1))
    assert _silent(world, as_) == []
    clock.shift(timedelta(days=1))
    assert _silent(world, as_) == [QUIET]
    _move(world, as_, lead_id, LeadStage.NO_ANSWER)
    assert _silent(world, as_) == []


@pytest.mark.parametrize("deed", ["say_asked", "wait_longer", "finish_step"])
def test_a_sign_of_life_keeps_it_from_being_asked_about(world, as_, clock, deed) -> None:
    lead_id = _add(world, as_, stage=LeadStage.APPLIED)
    clock.shift(timedelta(days=QUIET))
    with as_(world.pia):
        version = queries.get_lead(world.pia.actor, lead_id).version
        getattr(service, deed)(world.pia.actor, lead_id, version)
    assert _silent(world, as_) == []
    clock.shift(timedelta(days=QUIET))
    assert _silent(world, as_) == [QUIET]


def test_an_action_for_the_lead_is_a_sign_until_it_is_taken_back(world, as_, clock) -> None:
    lead_id = _add(world, as_, stage=LeadStage.APPLIED)
    clock.shift(timedelta(days=QUIET))
    with as_(world.pia):
        action = log_action(world.pia.actor, Activity.EMPLOYER_CONTACT)
        action.lead_id = lead_id
        key = action.id
    assert _silent(world, as_) == []
    with as_(world.pia):
        assert [deed.activity for deed in queries.list_deeds(lead_id)] == [action.activity]
        undo_action(world.pia.actor, key)
    assert _silent(world, as_) == [QUIET]


def test_a_lead_with_a_next_step_is_not_quiet(world, as_, clock) -> None:
    lead_id = _add(world, as_, stage=LeadStage.APPLIED)
    with as_(world.pia):
        service.plan_step(world.pia.actor, lead_id, 1, "Call", TODAY + timedelta(days=20))
    clock.shift(timedelta(days=QUIET))
    assert _silent(world, as_) == []


def test_correcting_a_lead_keeps_its_advertisement_and_its_stage(world, as_) -> None:
    lead_id = _add(world, as_, details=LeadDetails("A", employer_name="X", advert="Text"))
    with as_(world.pia):
        service.edit_lead(world.pia.actor, lead_id, 1, LeadDetails("B", employer_name="Y"))
    with as_(world.pia):
        lead = db.session.get(Lead, lead_id)
        assert (lead.role_title, lead.advert, lead.stage) == ("B", "Text", LeadStage.FOUND)


def test_settings_hold_until_the_provider_says_otherwise_and_only_for_it(world, as_) -> None:
    org, other = world.a.organisation_id, world.b.organisation_id
    with as_(world.aino):
        assert settings_of(org) == Settings(1, 7, 0)
        save_settings(world.aino.actor, 0, 3, 10)
        assert settings_of(org) == Settings(3, 10, 1)
    with as_(world.aino), pytest.raises(Conflict):
        save_settings(world.aino.actor, 0, 4, 10)
    with as_(world.sam):
        assert settings_of(other) == Settings()
