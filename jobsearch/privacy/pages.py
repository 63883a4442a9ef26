"""The pages of privacy, one blueprint a sub-feature."""

from jobsearch.privacy.breakglass.views import blueprint as breakglass
from jobsearch.privacy.copies.views import blueprint as my_data
from jobsearch.privacy.erasure.views import blueprint as erasures
from jobsearch.privacy.impact.views import blueprint as impact
from jobsearch.privacy.processing.views import blueprint as processing
from jobsearch.privacy.requests.views import blueprint as data_requests
from jobsearch.privacy.retention.views import blueprint as timetable
from jobsearch.privacy.trail.views import blueprint as trail

PRIVACY = (my_data, data_requests, erasures, timetable, breakglass, impact, processing, trail)
