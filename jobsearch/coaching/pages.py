"""The pages of coaching, one blueprint a sub-feature."""

import jobsearch.coaching.alerts.models  # noqa: F401
from jobsearch.coaching.documents.views import blueprint as documents
from jobsearch.coaching.sparring.views import blueprint as sparring
from jobsearch.coaching.strategies.views import blueprint as strategies

COACHING = (sparring, documents, strategies)
