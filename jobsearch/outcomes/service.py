"""Use cases of outcomes: take in a sheet, note what was found, note what a follow-up heard."""

from collections.abc import Sequence
from datetime import date

from jobsearch.core.access import Actor
from jobsearch.core.clock import now, today
from jobsearch.core.db import db
from jobsearch.core.errors import RuleBroken
from jobsearch.core.refusals import Refusals, same
from jobsearch.core.text import mark as N_
from jobsearch.outcomes.following.queries import get_followed_person
from jobsearch.outcomes.following.rows import find_answer, find_answer_of_day
from jobsearch.outcomes.following.rules import Way, question_of
from jobsearch.outcomes.imports import Result, SheetOutcome
from jobsearch.outcomes.models import FollowUp, Outcome
from jobsearch.outcomes.origins import is_of_person
from jobsearch.outcomes.queries import (
    get_followed,
)
from jobsearch.outcomes.rules import (
    WORK,
    Answer,
    Evidence,
    Found,
    Origin,
    OutcomeKind,
    check_found,
    closes_on,
    own_cohorts_of,
)
from jobsearch.outcomes.starters.queries import StartedPerson, started_people
from jobsearch.payroll.bonus.service import award
from jobsearch.payroll.bonus.terms.rules import Happening


def import_outcomes(
    programme_id: str, rows: Sequence[SheetOutcome], months: int, this_day: date
) -> int:
    """Save the outcomes of a sheet; returns how many rows.

    "No work" is kept as the answer at the end of the follow-up window, or today's where the
    window is still open; "open" leaves nothing behind. Raises FileRefused, with nothing saved,
    when somebody has not started in the programme, has an outcome, or ended on another day.
    """
    people = started_people(programme_id)
    _refuse_unknown(rows, people)
    for row in rows:
        _save(row, people[same(row.name)], months, this_day)
    db.session.flush()
    return len(rows)


def _refuse_unknown(rows: Sequence[SheetOutcome], people: dict[str, StartedPerson]) -> None:
    refusals = Refusals()
    for row in rows:
        person = people.get(same(row.name))
        gaps = {"sheet": row.sheet, "row": row.row, "name": row.name}
        if person is None:
            message = N_("%(sheet)s, row %(row)d: %(name)s has not started in the programme.")
            refusals.add(message, **gaps)
        elif person.has_outcome:
            message = N_("%(sheet)s, row %(row)d: %(name)s has an outcome already.")
            refusals.add(message, **gaps)
        elif person.ends_on != row.ended_on:
            message = N_(
                "%(sheet)s, row %(row)d: the group of %(name)s ended on %(day)s, not on %(said)s."
            )
            days = {"day": person.ends_on.isoformat(), "said": row.ended_on.isoformat()}
            refusals.add(message, **gaps, **days)
    refusals.stop_if_any()


def _save(row: SheetOutcome, person: StartedPerson, months: int, this_day: date) -> None:
    who = {"enrolment_id": person.enrolment_id, "person_id": person.person_id}
    if row.result is Result.NOT_IN_WORK:
        asked_on = min(closes_on(person.ends_on, months), this_day)
        db.session.add(FollowUp(**who, asked_on=asked_on, answer=Answer.NOT_IN_WORK))
    elif row.result is Result.FOUND_WORK:
        db.session.add(
            Outcome(
                **who,
                kind=row.kind or OutcomeKind.OTHER_WORK,
                began_on=row.began_on,
                found_through=row.found_through,
                evidence=row.evidence,
            )
        )


def record_outcome(actor: Actor, enrolment_id: str, found: Found) -> Outcome:
    """Note what a person who started found; the bonus that it earns is promised with it.

    A coach does so in her own groups. Who notes the employer's word or a document has heard or
    seen it herself. Raises NotVisible, RuleBroken.
    """
    person = get_followed(enrolment_id, own_cohorts_of(actor))
    check_found(found, today())
    check_origin(person.person_id, found.origin)
    outcome = Outcome(enrolment_id=person.enrolment_id, person_id=person.person_id)
    write_found(actor, outcome, found)
    db.session.add(outcome)
    db.session.flush()
    happening = Happening(found.kind in WORK, found.began_on, found.ended_on)
    award(actor, person.enrolment_id, happening)
    return outcome


def write_found(actor: Actor, outcome: Outcome, found: Found) -> None:
    """Put what was found into the row of an outcome, with who noted it and who checked it."""
    was_checked = outcome.evidence is found.evidence and outcome.seen is found.seen
    outcome.kind, outcome.began_on, outcome.ended_on = found.kind, found.began_on, found.ended_on
    outcome.found_through, outcome.evidence = found.found_through, found.evidence
    outcome.weekly_minutes, outcome.own_field = found.weekly_minutes, found.own_field
    outcome.fit, outcome.seen = found.fit, found.seen
    origin = found.origin or Origin()
    outcome.lead_id, outcome.action_id = origin.lead_id, origin.action_id
    if found.evidence is Evidence.OWN_WORD:
        outcome.checked_at = outcome.checked_by_id = None
    elif not was_checked:
        outcome.checked_at, outcome.checked_by_id = now(), actor.account_id
    if outcome.noted_at is None:
        outcome.noted_at, outcome.noted_by_id = now(), actor.account_id


def check_origin(person_id: str, origin: Origin | None) -> None:
    """Raise RuleBroken for a lead or an action of somebody else."""
    if origin is not None and not is_of_person(origin, person_id):
        raise RuleBroken(N_("Choose one of this person's own leads."), "origin")


def record_follow_up(actor: Actor, enrolment_id: str, asked_on: date, answer: Answer) -> FollowUp:
    """Note what a person answered on a day; a coach in her own groups.

    It answers the last question that had opened by then. "Not known" gives way to an answer.
    Raises NotVisible, RuleBroken.
    """
    person = get_followed_person(enrolment_id, own_cohorts_of(actor))
    if asked_on > person.today:
        raise RuleBroken(N_("This day has not come yet."), "asked_on")
    question = question_of(person.points, person.ended_on, asked_on)
    if question is None:
        raise RuleBroken(N_("No question had opened by this day."), "asked_on")
    row = find_answer_of_day(enrolment_id, asked_on) or find_answer(enrolment_id, question.point)
    if row is not None and row.answer is not Answer.UNKNOWN:
        raise RuleBroken(N_("An answer of this day has been noted already."), "asked_on")
    if row is None:
        row = FollowUp(enrolment_id=enrolment_id, person_id=person.person_id)
        db.session.add(row)
    row.asked_on, row.answer, row.way = asked_on, answer, Way.NOTED
    row.point = question.point
    row.noted_at, row.noted_by_id = now(), actor.account_id
    db.session.flush()
    return row
