"""All pages of outcomes, for the application's list of features."""

from jobsearch.outcomes.answering.views import blueprint as answering
from jobsearch.outcomes.before_start.views import blueprint as outcomes
from jobsearch.outcomes.corrections.views import blueprint as corrected
from jobsearch.outcomes.following.views import blueprint as following
from jobsearch.outcomes.own.views import blueprint as own
from jobsearch.outcomes.told.views import blueprint as told

OUTCOMES = (outcomes, own, answering)
"""Corrections, follow-up and what is told hang their pages on the first one."""

assert corrected is following is told is outcomes
