"""Use cases of outcomes: take in a sheet, note what was found, note what a follow-up heard."""

from collections.abc import Sequence
from datetime import date

from jobsearch.core.access import Actor
from jobsearch.core.clock import today
from jobsearch.core.db import db
from jobsearch.core.errors import RuleBroken
from jobsearch.core.refusals import Refusals, same
from jobsearch.core.text import mark as N_
from jobsearch.outcomes.imports import Result, SheetOutcome
from jobsearch.outcomes.models import FollowUp, Outcome
from jobsearch.outcomes.queries import (
    StartedPerson,
    get_followed,
    started_people,
)
from jobsearch.outcomes.rules import (
    WORK,
    Answer,
    Found,
    OutcomeKind,
    check_outcome,
    closes_on,
    own_cohorts_of,
)
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

    A coach does so in her own groups. Raises NotVisible, RuleBroken.
    """
    person = get_followed(enrolment_id, own_cohorts_of(actor))
    check_outcome(found.kind, found.began_on, found.ended_on, today())
    outcome = Outcome(
        enrolment_id=person.enrolment_id,
        person_id=person.person_id,
        kind=found.kind,
        began_on=found.began_on,
        ended_on=found.ended_on,
        found_through=found.found_through,
        evidence=found.evidence,
    )
    db.session.add(outcome)
    db.session.flush()
    happening = Happening(found.kind in WORK, found.began_on, found.ended_on)
    award(actor, person.enrolment_id, happening)
    return outcome


def record_follow_up(actor: Actor, enrolment_id: str, asked_on: date, answer: Answer) -> FollowUp:
    """Note what a person answered on a day; a coach in her own groups.

    Raises NotVisible, RuleBroken.
    """
    person = get_followed(enrolment_id, own_cohorts_of(actor))
    if asked_on > today():
        raise RuleBroken(N_("This day has not come yet."), "asked_on")
    if any(answered.asked_on == asked_on for answered in person.answers):
        raise RuleBroken(N_("An answer of this day has been noted already."), "asked_on")
    follow_up = FollowUp(
        enrolment_id=person.enrolment_id,
        person_id=person.person_id,
        asked_on=asked_on,
        answer=answer,
    )
    db.session.add(follow_up)
    db.session.flush()
    return follow_up
