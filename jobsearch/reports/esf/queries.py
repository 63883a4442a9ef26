"""What the indicators are counted from: four columns of each person who started, and no name."""

from collections import defaultdict
from datetime import date

from sqlalchemy import select

from jobsearch.cohorts.models import Cohort, Enrolment
from jobsearch.core.db import db
from jobsearch.outcomes.models import FollowUp, Outcome
from jobsearch.outcomes.queries import started_by
from jobsearch.outcomes.rules import WORK
from jobsearch.reports.esf.rules import Given, Indicators, Participant, Spell, count_indicators


def indicators(programme_id: str, as_of: date) -> Indicators:
    """The indicators of a programme on a day, in three statements at any size."""
    return count_indicators(_participants(programme_id, as_of), as_of)


def _participants(programme_id: str, as_of: date) -> list[Participant]:
    of_programme = started_by(programme_id, as_of, None)
    everyone = (
        select(Enrolment.id, Enrolment.left_on, Cohort.ends_on)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .where(*of_programme)
        .order_by(Enrolment.id)
    )
    found = (
        select(Outcome.enrolment_id, Outcome.kind, Outcome.began_on, Outcome.ended_on)
        .join(Enrolment, Enrolment.id == Outcome.enrolment_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .where(*of_programme, Outcome.before_start_on.is_(None), Outcome.began_on <= as_of)
    )
    answered = (
        select(FollowUp.enrolment_id, FollowUp.asked_on, FollowUp.answer, FollowUp.point)
        .join(Enrolment, Enrolment.id == FollowUp.enrolment_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .where(*of_programme, FollowUp.asked_on <= as_of)
    )
    spells: dict[str, list[Spell]] = defaultdict(list)
    for key, kind, began_on, ended_on in db.session.execute(found):
        spells[key].append(Spell(began_on, ended_on, is_work=kind in WORK))
    answers: dict[str, list[Given]] = defaultdict(list)
    for key, asked_on, answer, point in db.session.execute(answered):
        answers[key].append(Given(asked_on, answer, point))
    return [
        Participant(left_on or ends_on, spells[key], answers[key])
        for key, left_on, ends_on in db.session.execute(everyone)
    ]
