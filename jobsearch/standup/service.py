"""Use cases of the morning: run its phases, give the turn, mark who is there, set goals."""

from jobsearch.attendance.rules import Mark
from jobsearch.attendance.service import mark
from jobsearch.cohorts.service import touch_board
from jobsearch.core.access import Actor
from jobsearch.core.clock import now, today
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible, RuleBroken
from jobsearch.core.text import mark as N_
from jobsearch.standup import queries
from jobsearch.standup.models import Meeting
from jobsearch.standup.rules import Phase, Timer, check_has_come
from jobsearch.tracker.rules import Activity
from jobsearch.tracker.service import log_for, set_goal, undo_action


def go_to_phase(actor: Actor, cohort_id: str, phase: Phase) -> Meeting:
    """Bring the morning of the board's day to a phase; its timer starts anew.

    Going where it is already changes nothing. Raises RuleBroken for a day to come; NotVisible for
    another's group.
    """
    meeting = _held_meeting(actor, cohort_id)
    if meeting is None:
        meeting = _begin(actor, cohort_id, phase)
    elif meeting.phase is not phase:
        meeting.phase, meeting.phase_started_at, meeting.paused_at = phase, now(), None
    db.session.flush()
    return meeting


def _held_meeting(actor: Actor, cohort_id: str) -> Meeting | None:
    touch_board(cohort_id)
    day = queries.get_board_day(cohort_id)
    check_has_come(day.on, today(actor.zone))
    return queries.find_meeting(day.day_id)


def _begin(actor: Actor, cohort_id: str, phase: Phase) -> Meeting:
    meeting = Meeting(
        organisation_id=actor.organisation_id,
        cohort_day_id=queries.get_board_day(cohort_id).day_id,
        phase=phase,
        phase_started_at=now(),
    )
    db.session.add(meeting)
    return meeting


def hold_timer(actor: Actor, cohort_id: str, still: bool) -> None:
    """Let the timer stand still for everyone, or run on with the time it had left.

    Raises RuleBroken before the meeting has begun.
    """
    meeting = _held_meeting(actor, cohort_id)
    if meeting is None:
        raise RuleBroken(N_("The meeting has not begun."))
    if still and meeting.paused_at is None:
        meeting.paused_at = now()
    elif not still and meeting.paused_at is not None:
        timer = Timer(meeting.phase, meeting.phase_started_at, meeting.paused_at)
        meeting.phase_started_at, meeting.paused_at = timer.resumed(now()), None
    db.session.flush()


def give_turn(actor: Actor, cohort_id: str, enrolment_id: str) -> None:
    """It is this person's turn to speak; the meeting begins with it if it has not.

    Raises NotVisible for somebody who has no seat in the group.
    """
    meeting = _held_meeting(actor, cohort_id)
    _check_member(cohort_id, enrolment_id)
    if meeting is None:
        meeting = _begin(actor, cohort_id, Phase.ATTENDANCE)
    meeting.turn_enrolment_id = enrolment_id
    db.session.flush()


def _check_member(cohort_id: str, enrolment_id: str) -> None:
    if not queries.is_on_board(cohort_id, enrolment_id):
        raise NotVisible


def mark_person(actor: Actor, cohort_id: str, enrolment_id: str, present: bool) -> None:
    """Mark a person of the group present or away on the board's day, in one click.

    An absence is kept as "kind to be settled": no reason is asked or shown. Raises as
    `attendance.service.mark`.
    """
    _check_member(cohort_id, enrolment_id)
    day = queries.get_board_day(cohort_id)
    mark(actor, enrolment_id, day.day_id, Mark.PRESENT if present else Mark.UNSETTLED_ABSENCE)


def set_board_goal(
    actor: Actor, cohort_id: str, enrolment_id: str, activity: Activity, target: int
) -> None:
    """Set a person's goal of the board's day. Raises as `tracker.service.set_goal`."""
    _check_member(cohort_id, enrolment_id)
    day = queries.get_board_day(cohort_id)
    set_goal(actor, enrolment_id, day.on, activity, target)


def set_board_result(
    actor: Actor, cohort_id: str, enrolment_id: str, activity: Activity, count: int
) -> None:
    """Bring what a person did on the board's day to a count: log for her, or undo the latest.

    One step at a time; a count that is there already changes nothing. Raises RuleBroken for a
    count further off; NotVisible for somebody of another group.
    """
    _check_member(cohort_id, enrolment_id)
    touch_board(cohort_id)
    day = queries.get_board_day(cohort_id)
    actions = queries.list_countable(enrolment_id, day.on, activity)
    if count == len(actions) + 1:
        log_for(actor, queries.person_of(enrolment_id), activity, day.on)
    elif count == len(actions) - 1:
        undo_action(actor, actions[-1].id)
    elif count != len(actions):
        raise RuleBroken(N_("Somebody changed this figure meanwhile: look again."))
