"""The pages of coaching, one blueprint a sub-feature."""

import jobsearch.coaching.alerts.calls  # noqa: F401
from jobsearch.coaching.alerts.views import blueprint as alerts
from jobsearch.coaching.documents.views import blueprint as documents
from jobsearch.coaching.sparring.views import blueprint as sparring
from jobsearch.coaching.strategies.views import blueprint as strategies

COACHING = (sparring, alerts, documents, strategies)
