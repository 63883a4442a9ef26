"""All pages of reports, for the application's list of features."""

from jobsearch.reports.path.views import blueprint as path
from jobsearch.reports.views import blueprint as results

REPORTS = (results, path)
