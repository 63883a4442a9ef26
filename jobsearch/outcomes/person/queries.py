"""What is asked of one person who started: everything on her page that hangs on her enrolment."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from jobsearch.cohorts.models import Enrolment
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.outcomes.following.calls import Call, list_calls
from jobsearch.outcomes.following.models import FollowUpAsk
from jobsearch.outcomes.following.queries import (
    Followed,
    Heard,
    follow,
    of_one,
    plan_of,
    select_followed,
)
from jobsearch.outcomes.following.rows import list_answers
from jobsearch.outcomes.models import Outcome
from jobsearch.outcomes.queries import FollowedPerson


@dataclass(frozen=True, slots=True)
class Known:
    """One person with her outcomes, the questions to her, her answers, and the calls to her."""

    person: FollowedPerson
    followed: Followed
    calls: Sequence[Call]


def get_known(enrolment_id: str, coach_id: str | None = None) -> Known:
    """One person who started, for staff; three statements. Raises NotVisible.

    Each outcome comes with each question that went out: a handful of both.
    """
    statement = (
        select_followed(*of_one(enrolment_id, coach_id))
        .add_columns(Outcome, FollowUpAsk)
        .outerjoin(Outcome, Outcome.enrolment_id == Enrolment.id)
        .outerjoin(FollowUpAsk, FollowUpAsk.enrolment_id == Enrolment.id)
        .order_by(Outcome.began_on, Outcome.id)
    )
    rows = db.session.execute(statement).all()
    if not rows:
        raise NotVisible
    enrolment, person, cohort, programme, plan, objection = rows[0][:6]
    calls = list_calls(enrolment.id)
    heard = Heard(
        asks={ask.point: ask for *_others, ask in rows if ask},
        vain_calls=Counter(call.point for call in calls if not call.was_reached),
        answers=list_answers(enrolment.id),
        has_declined=objection is not None,
    )
    points = plan_of(plan, programme.follow_up_months).points
    outcomes = {row[6].id: row[6] for row in rows if row[6]}
    found = FollowedPerson.of(enrolment, cohort, person, outcomes.values())
    followed = follow(enrolment, person, cohort, programme.zone, points, heard)
    return Known(found, followed, calls)
