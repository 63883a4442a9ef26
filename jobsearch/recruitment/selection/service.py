"""Use cases of selection: decide about a candidate, look at a refusal, take a selection back.

The group is held first, then the candidate, so that the last seat goes to one person.
"""

from collections.abc import Mapping

from sqlalchemy import select as choose

from jobsearch.cohorts import service as cohorts
from jobsearch.cohorts.models import Cohort
from jobsearch.cohorts.queries import count_seats_taken, find_enrolment
from jobsearch.core.access import Actor
from jobsearch.core.clock import now, today
from jobsearch.core.db import db
from jobsearch.core.errors import Conflict, NotVisible, RuleBroken
from jobsearch.core.text import mark as N_
from jobsearch.recruitment.models import Candidate
from jobsearch.recruitment.queries import find_last_move, get_candidate
from jobsearch.recruitment.rules import Stage
from jobsearch.recruitment.selection import queries
from jobsearch.recruitment.selection.criteria.queries import find_edition
from jobsearch.recruitment.selection.criteria.service import freeze
from jobsearch.recruitment.selection.letters import tell
from jobsearch.recruitment.selection.mail import REFUSED, SELECTED, WAITING
from jobsearch.recruitment.selection.models import (
    CriteriaEdition,
    CriterionAnswer,
    SelectionDecision,
)
from jobsearch.recruitment.selection.rules import (
    EXITS,
    Answer,
    Decision,
    DecisionState,
    PlaceState,
    Plan,
    Reason,
    check_decision_step,
    check_open_for_seats,
    check_plan,
    check_seat,
    check_second_look,
    check_waiting,
)
from jobsearch.recruitment.selection.waiting import end_place, put_in_line
from jobsearch.recruitment.service import let_candidate_go, move_candidate, undo_move

SOURCE = "selection"
"""What the history of a candidate calls the moves that are made here."""


def select(
    actor: Actor,
    candidate_id: str,
    cohort_id: str,
    *,
    words: str = "",
    answers: Mapping[str, Answer] | None = None,
) -> SelectionDecision:
    """Give a candidate a seat in a group: she is selected, enrolled and told.

    Of two who want the last seat one gets it. Raises NotVisible, RuleBroken.
    """
    plan = Plan(Decision.SELECT, Reason.FITS, words, answers or {})
    return decide(actor, candidate_id, cohort_id, plan)


def decide(actor: Actor, candidate_id: str, cohort_id: str, plan: Plan) -> SelectionDecision:
    """Decide about a candidate for a group: a seat, the waiting list, or a refusal.

    A refusal is a proposal until a second person has seen it; nobody is told before. Raises
    NotVisible, RuleBroken.
    """
    candidate, cohort = _hold(candidate_id, cohort_id)
    edition = find_edition(candidate.programme_id)
    criteria = [one.id for one in edition.criteria] if edition else []
    check_plan(plan, criteria, candidate.stage, candidate.exit_reason)
    _replace_earlier(candidate, plan)
    decision = _write(actor, candidate, cohort, plan, edition)
    if plan.decision is Decision.SELECT:
        seat(actor, candidate, cohort)
    elif plan.decision is Decision.WAIT:
        taken, offered = count_seats_taken(cohort_id), queries.count_open_offers(cohort_id)
        check_waiting(taken, offered, cohort.seats)
        put_in_line(actor, candidate, cohort)
        tell(WAITING, candidate.person, cohort, once=f"waiting:{decision.id}")
    db.session.flush()
    return decision


def _hold(candidate_id: str, cohort_id: str) -> tuple[Candidate, Cohort]:
    cohorts.touch_board(cohort_id)
    held = choose(Candidate.id).where(Candidate.id == candidate_id).with_for_update()
    if db.session.scalar(held) is None:
        raise NotVisible
    candidate, cohort = get_candidate(candidate_id), queries.get_group(cohort_id)
    if cohort.programme_id != candidate.programme_id:
        raise NotVisible
    check_open_for_seats(cohort.starts_on, today(cohort.programme.zone))
    return candidate, cohort


def _replace_earlier(candidate: Candidate, plan: Plan) -> None:
    """A later decision takes the place of one that holds; an open refusal is settled first."""
    earlier = queries.find_live_decision(candidate.id)
    if earlier is None:
        return
    if earlier.state is DecisionState.PROPOSED:
        raise RuleBroken(
            N_("A refusal of this candidate waits for a second person. Settle that first.")
        )
    check_decision_step(earlier.state, DecisionState.REPLACED)
    earlier.state = DecisionState.REPLACED
    place = queries.find_place(candidate.id)
    if place is not None:
        end_place(place, _NEXT_OF_PLACE[plan.decision])
    db.session.flush()


_NEXT_OF_PLACE = {
    Decision.SELECT: PlaceState.SEATED,
    Decision.WAIT: PlaceState.LEFT,
    Decision.REFUSE: PlaceState.LEFT,
}


def _write(
    actor: Actor,
    candidate: Candidate,
    cohort: Cohort,
    plan: Plan,
    edition: CriteriaEdition | None,
) -> SelectionDecision:
    own = {"organisation_id": candidate.organisation_id}
    is_refusal = plan.decision is Decision.REFUSE
    decision = SelectionDecision(
        candidate_id=candidate.id,
        person_id=candidate.person_id,
        cohort_id=cohort.id,
        edition_id=edition.id if edition else None,
        decision=plan.decision,
        state=DecisionState.PROPOSED if is_refusal else DecisionState.HOLDS,
        reason=plan.reason,
        words=plan.words,
        decided_by_id=actor.account_id,
        decided_at=now(),
        **own,
    )
    decision.answers = [
        CriterionAnswer(criterion_id=key, answer=answer, **own)
        for key, answer in plan.answers.items()
    ]
    if edition is not None:
        freeze(edition)
    db.session.add(decision)
    db.session.flush()
    return decision


def seat(actor: Actor | None, candidate: Candidate, cohort: Cohort) -> None:
    """Give a seat that is neither taken nor offered to others; the group is held already.

    Raises RuleBroken.
    """
    taken, offered = count_seats_taken(cohort.id), queries.count_open_offers(cohort.id)
    check_seat(taken, offered, cohort.seats)
    enrolment = cohorts.enrol(actor, cohort.id, candidate.person_id)
    move_candidate(candidate.id, Stage.SELECTED, source=SOURCE)
    candidate.group_name = cohort.name
    tell(SELECTED, candidate.person, cohort, once=f"selected:{enrolment.id}:{enrolment.version}")


def confirm_refusal(actor: Actor, decision_id: str, version: int) -> SelectionDecision:
    """A second person agrees with a refusal: it holds, the funnel knows it, and she is told.

    Raises NotVisible, RuleBroken (also when it is the same person), Conflict.
    """
    decision = _seen(actor, decision_id, version, DecisionState.HOLDS)
    let_candidate_go(decision.candidate_id, EXITS[decision.reason], source=SOURCE)
    tell(REFUSED, decision.person, decision.cohort, once=f"refused:{decision.id}")
    db.session.flush()
    return decision


def return_refusal(actor: Actor, decision_id: str, version: int) -> SelectionDecision:
    """A second person does not agree: nobody is told, and it is decided anew.

    Raises NotVisible, RuleBroken (also when it is the same person), Conflict.
    """
    decision = _seen(actor, decision_id, version, DecisionState.RETURNED)
    db.session.flush()
    return decision


def _seen(actor: Actor, decision_id: str, version: int, to: DecisionState) -> SelectionDecision:
    decision = queries.get_decision(decision_id)
    if decision.version != version:
        raise Conflict
    check_decision_step(decision.state, to)
    check_second_look(decision.decided_by_id, actor.account_id)
    decision.state = to
    decision.second_by_id, decision.second_at = actor.account_id, now()
    return decision


def take_back(actor: Actor, decision_id: str) -> SelectionDecision:
    """Take a decision back: a proposed refusal, a place on the waiting list, or a seat.

    A seat goes back as long as there is no signed contract; the next on the waiting list may then
    be offered it. Raises NotVisible, RuleBroken.
    """
    decision = queries.get_decision(decision_id)
    cohorts.touch_board(decision.cohort_id)
    check_decision_step(decision.state, DecisionState.ENDED)
    if decision.decision is Decision.REFUSE and decision.state is DecisionState.HOLDS:
        raise RuleBroken(
            N_("The candidate has been told. Bring the candidate back in the funnel instead.")
        )
    if decision.state is DecisionState.PROPOSED and decision.decided_by_id != actor.account_id:
        raise RuleBroken(N_("Somebody else proposed this. Agree with it, or send it back."))
    decision.state = DecisionState.ENDED
    if decision.decision is Decision.SELECT:
        _free_seat(decision)
    elif decision.decision is Decision.WAIT:
        place = queries.find_place(decision.candidate_id)
        if place is not None:
            end_place(place, PlaceState.LEFT)
    db.session.flush()
    return decision


def _free_seat(decision: SelectionDecision) -> None:
    if decision.candidate.stage is not Stage.SELECTED:
        raise RuleBroken(N_("A contract has been signed: end it instead of the selection."))
    move = find_last_move(decision.candidate_id)
    if move is None or move.source != SOURCE:
        raise RuleBroken(N_("The candidate has moved on since. Look at the candidate's page."))
    undo_move(move.id, source=SOURCE)
    decision.candidate.group_name = ""
    enrolment = find_enrolment(decision.cohort_id, decision.person_id)
    if enrolment is not None and enrolment.left_on is None:
        cohorts.leave(enrolment.id)
