"""Use cases of recruitment that other features call: move on, let go, take back, undo.

Every one of them writes a line of the candidate's history, in the name of whoever acts. `source`
names the use case that moves her ("selection", "contract"); a move with a source is taken back
where it was made, not by the undo of a single move. `version` is the candidate's version as the
page showed it: Conflict is raised when somebody has changed her since.
"""

from datetime import date

from sqlalchemy import func, select

from jobsearch.cohorts.models import Cohort, Enrolment, EnrolmentState
from jobsearch.cohorts.queries import is_in_open_cohort
from jobsearch.core.access import Actor
from jobsearch.core.clock import now, today
from jobsearch.core.db import db
from jobsearch.core.errors import Conflict
from jobsearch.recruitment import queries
from jobsearch.recruitment.models import Candidate, CandidateMove, RecruitmentSettings
from jobsearch.recruitment.rules import (
    CallWhy,
    ExitReason,
    MoveKind,
    Stage,
    check_effort,
    check_exit,
    check_exit_words,
    check_move,
    check_return,
    check_seat_given_back,
    check_settings,
    check_undo,
)

_DAYS = {
    Stage.CONTACTED: "contacted_on",
    Stage.INVITED: "invited_on",
    Stage.ATTENDED: "attended_on",
    Stage.SELECTED: "selected_on",
    Stage.SIGNED: "signed_on",
    Stage.STARTED: "started_on",
}


def move_candidate(
    candidate_id: str,
    to: Stage,
    on: date | None = None,
    *,
    source: str = "",
    version: int | None = None,
) -> Candidate:
    """Move a candidate to the next stage on a day, by default today.

    She leaves the call list, unless a call was agreed with her. Raises NotVisible, RuleBroken,
    Conflict.
    """
    candidate = _load(candidate_id, version)
    check_move(candidate.stage, to, candidate.exit_reason)
    on = on or today()
    move = _begin(candidate, MoveKind.MOVE, on, source)
    move.was_on = getattr(candidate, _DAYS[to])
    candidate.stage = move.to_stage = to
    setattr(candidate, _DAYS[to], on)
    if candidate.call_why is not CallWhy.CALL_BACK:
        candidate.call_on = candidate.call_why = None
    candidate.tries = 0
    return _keep(candidate, move)


def let_candidate_go(
    candidate_id: str,
    reason: ExitReason,
    on: date | None = None,
    *,
    words: str = "",
    source: str = "",
    version: int | None = None,
) -> Candidate:
    """End a candidacy for a coded reason on a day, by default today; off the call list.

    Another reason needs words when a person gives it (a use case that is its `source` need not),
    and a person takes a seat in a group back first. Not reached needs as many attempts as the
    provider's settings say. Raises NotVisible, RuleBroken, Conflict.
    """
    candidate = _load(candidate_id, version)
    check_exit(candidate.stage, reason, candidate.exit_reason)
    if words or not source:
        check_exit_words(reason, words)
    if not source and candidate.stage in (Stage.SELECTED, Stage.SIGNED):
        check_seat_given_back(has_seat=is_in_open_cohort(candidate.person_id, today()))
    check_effort(reason, candidate.tries, queries.settings().tries_before_closing)
    on = on or today()
    move = _begin(candidate, MoveKind.EXIT, on, source)
    candidate.exit_reason = move.to_exit = reason
    candidate.exited_on, candidate.exit_words = on, words
    candidate.call_on = candidate.call_why = None
    return _keep(candidate, move)


def bring_candidate_back(
    candidate_id: str, *, source: str = "", version: int | None = None
) -> Candidate:
    """Take back who had left, to the stage she left at, with her history.

    Raises NotVisible, RuleBroken, Conflict.
    """
    candidate = _load(candidate_id, version)
    check_return(candidate.exit_reason)
    move = _begin(candidate, MoveKind.RETURN, today(), source)
    move.was_on, move.was_words = candidate.exited_on, candidate.exit_words
    candidate.exit_words = ""
    candidate.exit_reason = candidate.exited_on = move.to_exit = None
    candidate.times_returned += 1
    candidate.tries = 0
    return _keep(candidate, move)


def undo_move(move_id: str, *, source: str = "", version: int | None = None) -> Candidate:
    """Take the last move of a candidate back, by whoever made it or anybody else of the staff.

    The row is again as it was before. A use case takes back its own moves by their `source`.
    Raises NotVisible, RuleBroken (also when it was undone already or she has moved on since),
    Conflict.
    """
    move = queries.get_move(move_id)
    candidate = _load(move.candidate_id, version)
    last = queries.find_last_move(candidate.id)
    is_last = last is not None and last.id == move.id
    check_undo(is_last=is_last, kind=move.kind, is_own=move.source == source)
    undo = _begin(candidate, MoveKind.UNDO, today(), source)
    undo.undoes_id = move.id
    if move.kind is MoveKind.MOVE:
        setattr(candidate, _DAYS[move.to_stage], move.was_on)
    elif move.kind is MoveKind.EXIT:
        candidate.exit_words, candidate.exited_on = "", None
    else:
        candidate.exit_words, candidate.exited_on = move.was_words, move.was_on
        candidate.times_returned -= 1
    candidate.stage, candidate.exit_reason = move.from_stage, move.from_exit
    candidate.call_on, candidate.call_why = move.was_call_on, move.was_call_why
    candidate.tries = move.was_tries
    undo.to_stage, undo.to_exit = candidate.stage, candidate.exit_reason
    return _keep(candidate, undo)


def put_on_call_list(candidate_id: str, on: date, why: CallWhy) -> Candidate:
    """Somebody is to be called on a day for a reason: an info session missed, a seat offered.

    Raises NotVisible.
    """
    candidate = queries.get_candidate(candidate_id)
    candidate.call_on, candidate.call_why = on, why
    db.session.flush()
    return candidate


def take_off_call_list(candidate_id: str) -> Candidate:
    """Nobody needs to call her any more. Raises NotVisible."""
    candidate = queries.get_candidate(candidate_id)
    candidate.call_on = candidate.call_why = None
    db.session.flush()
    return candidate


def _load(candidate_id: str, version: int | None) -> Candidate:
    candidate = queries.get_candidate(candidate_id)
    if version is not None and candidate.version != version:
        raise Conflict
    return candidate


def _begin(candidate: Candidate, kind: MoveKind, on: date, source: str) -> CandidateMove:
    """A line of history that knows how everything stood before; not yet where it went."""
    numbers = select(func.max(CandidateMove.number))
    last = db.session.scalar(numbers.where(CandidateMove.candidate_id == candidate.id))
    actor: Actor | None = db.session().info.get("actor")
    return CandidateMove(
        candidate_id=candidate.id,
        person_id=candidate.person_id,
        organisation_id=candidate.organisation_id,
        number=(last or 0) + 1,
        kind=kind,
        from_stage=candidate.stage,
        to_stage=candidate.stage,
        from_exit=candidate.exit_reason,
        to_exit=candidate.exit_reason,
        on=on,
        moved_at=now(),
        moved_by_id=actor.account_id if actor else None,
        source=source,
        was_call_on=candidate.call_on,
        was_call_why=candidate.call_why,
        was_tries=candidate.tries,
    )


def _keep(candidate: Candidate, move: CandidateMove) -> Candidate:
    db.session.add(move)
    db.session.flush()
    return candidate


def record_starts(programme_id: str) -> int:
    """Give the candidates who have begun in a cohort its first day; returns how many."""
    statement = (
        select(Candidate, Cohort.starts_on)
        .join(Enrolment, Enrolment.person_id == Candidate.person_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .where(Candidate.programme_id == programme_id, Cohort.programme_id == programme_id)
        .where(Enrolment.state == EnrolmentState.STARTED, Candidate.started_on.is_(None))
        .where(Candidate.exit_reason.is_(None))
    )
    found = db.session.execute(statement).all()
    for candidate, starts_on in found:
        candidate.stage, candidate.started_on = Stage.STARTED, starts_on
    db.session.flush()
    return len(found)


def save_settings(actor: Actor, version: int, *, tries: int, months: int) -> RecruitmentSettings:
    """Say after how many attempts somebody may be closed, and after how many months forgotten.

    Raises RuleBroken, and Conflict when somebody has saved since.
    """
    check_settings(tries, months)
    row = db.session.get(RecruitmentSettings, actor.organisation_id)
    if (row.version if row else 0) != version:
        raise Conflict
    if row is None:
        row = RecruitmentSettings(id=actor.organisation_id)
        db.session.add(row)
    row.tries_before_closing, row.forget_after_months = tries, months
    db.session.flush()
    return row
