"""The pages of privacy, one blueprint a sub-feature."""

from jobsearch.privacy.breakglass.views import blueprint as breakglass
from jobsearch.privacy.impact.views import blueprint as impact
from jobsearch.privacy.processing.views import blueprint as processing
from jobsearch.privacy.trail.views import blueprint as trail

PRIVACY = (breakglass, impact, processing, trail)
