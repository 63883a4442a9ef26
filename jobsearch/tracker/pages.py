"""The pages of the open tracker, one blueprint a sub-feature."""

import jobsearch.tracker.companies.models
import jobsearch.tracker.duty.models
import jobsearch.tracker.goals.models
import jobsearch.tracker.helping.models
import jobsearch.tracker.interviews.models
import jobsearch.tracker.leads.models  # noqa: F401
from jobsearch.tracker.settings.views import blueprint as tracker_settings
from jobsearch.tracker.views import blueprint as tracker

TRACKER = (tracker, tracker_settings)
