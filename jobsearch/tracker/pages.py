"""The pages of the open tracker, one blueprint a sub-feature."""

from jobsearch.tracker.companies.views import blueprint as tracker_companies
from jobsearch.tracker.corrections.views import blueprint as tracker_corrections
from jobsearch.tracker.duty.views import blueprint as tracker_duty
from jobsearch.tracker.employers.views import blueprint as tracker_employers
from jobsearch.tracker.funnel.views import blueprint as tracker_funnel
from jobsearch.tracker.goals.views import blueprint as tracker_goals
from jobsearch.tracker.helping.views import blueprint as tracker_helping
from jobsearch.tracker.history.views import blueprint as tracker_history
from jobsearch.tracker.interviews.views import blueprint as tracker_interviews
from jobsearch.tracker.leads.views import blueprint as tracker_leads
from jobsearch.tracker.lists.views import blueprint as tracker_lists
from jobsearch.tracker.openness.views import blueprint as tracker_openness
from jobsearch.tracker.settings.views import blueprint as tracker_settings
from jobsearch.tracker.views import blueprint as tracker

TRACKER = (
    tracker,
    tracker_duty,
    tracker_history,
    tracker_corrections,
    tracker_employers,
    tracker_leads,
    tracker_lists,
    tracker_helping,
    tracker_openness,
    tracker_settings,
    tracker_interviews,
    tracker_companies,
    tracker_goals,
    tracker_funnel,
)
