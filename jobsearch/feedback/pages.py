"""All pages of feedback, for the application's list of features."""

from jobsearch.feedback.answering.views import blueprint as answering
from jobsearch.feedback.at_end.views import blueprint as at_end
from jobsearch.feedback.pulses.views import blueprint as pulses
from jobsearch.feedback.surveys.views import blueprint as surveys
from jobsearch.feedback.views import blueprint as feedback

FEEDBACK = (feedback, surveys, at_end, answering, pulses)
