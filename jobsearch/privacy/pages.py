"""The pages of privacy, one blueprint a sub-feature."""

from jobsearch.privacy.copies.views import blueprint as my_data
from jobsearch.privacy.requests.views import blueprint as data_requests

PRIVACY = (my_data, data_requests)
