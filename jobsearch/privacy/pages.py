"""The pages of data protection, for the list of features."""

from jobsearch.privacy.erasure.views import blueprint as erasures
from jobsearch.privacy.retention.views import blueprint as timetable

PRIVACY = (erasures, timetable)
