"""Scheduled work on questions: what has stood its time is erased."""

from jobsearch.analyses.questions.queries import list_over
from jobsearch.core.clock import today
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import whole_installation
from jobsearch.core.text import Outcome
from jobsearch.core.text import mark as N_


def forget_questions() -> str:
    """Erase the questions whose last day is behind; says how many."""
    with unit_of_work(whole_installation("forget questions")):
        over = list_over(today())
        for question in over:
            db.session.delete(question)
    return Outcome(N_("Forgotten: %(count)s."), count=len(over))
