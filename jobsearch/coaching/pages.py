"""The pages of coaching, one blueprint a sub-feature."""

import jobsearch.coaching.alerts.models
import jobsearch.coaching.documents.models
import jobsearch.coaching.strategies.models  # noqa: F401
from jobsearch.coaching.sparring.views import blueprint as sparring

COACHING = (sparring,)
