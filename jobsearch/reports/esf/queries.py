"""What the indicators are counted from: four columns of each person who started, and no name."""

from collections import defaultdict
from datetime import date
from typing import Any

from sqlalchemy import CompoundSelect, func, null, select, type_coerce, union_all

from jobsearch.cohorts.models import Cohort, Enrolment
from jobsearch.core.db import db
from jobsearch.outcomes.models import FollowUp, Outcome
from jobsearch.outcomes.queries import started_by
from jobsearch.outcomes.rules import WORK
from jobsearch.reports.esf.rules import Given, Indicators, Participant, Spell, count_indicators


def indicators(programme_id: str, as_of: date) -> Indicators:
    """The indicators of a programme on a day, in one statement at any size."""
    return count_indicators(_participants(programme_id, as_of), as_of)


def _participants(programme_id: str, as_of: date) -> list[Participant]:
    spells: dict[str, list[Spell]] = defaultdict(list)
    answers: dict[str, list[Given]] = defaultdict(list)
    left: dict[str, date] = {}
    for key, day, until, kind, answer, point in db.session.execute(_rows(programme_id, as_of)):
        if kind is not None:
            spells[key].append(Spell(day, until, is_work=kind in WORK))
        elif answer is not None:
            answers[key].append(Given(day, answer, point))
        else:
            left[key] = day
    return [Participant(left[key], spells[key], answers[key]) for key in sorted(left)]


def _rows(programme_id: str, as_of: date) -> CompoundSelect[Any]:
    """People, what they found and what they answered: rows of no kind and no answer are people."""
    of_programme = started_by(programme_id, as_of, None)
    no_kind, no_answer = (type_coerce(null(), one.type) for one in (Outcome.kind, FollowUp.answer))
    no_day, no_point = (type_coerce(null(), one.type) for one in (Outcome.ended_on, FollowUp.point))
    left_on = func.coalesce(Enrolment.left_on, Cohort.ends_on)
    everyone = select(Enrolment.id, left_on, no_day, no_kind, no_answer, no_point).join(
        Cohort, Cohort.id == Enrolment.cohort_id
    )
    begun, ended = Outcome.began_on, Outcome.ended_on
    found = (
        select(Outcome.enrolment_id, begun, ended, Outcome.kind, no_answer, no_point)
        .join(Enrolment, Enrolment.id == Outcome.enrolment_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .where(Outcome.before_start_on.is_(None), Outcome.began_on <= as_of)
    )
    asked, answer = FollowUp.asked_on, FollowUp.answer
    answered = (
        select(FollowUp.enrolment_id, asked, no_day, no_kind, answer, FollowUp.point)
        .join(Enrolment, Enrolment.id == FollowUp.enrolment_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .where(FollowUp.asked_on <= as_of)
    )
    return union_all(*(one.where(*of_programme) for one in (found, answered, everyone)))
