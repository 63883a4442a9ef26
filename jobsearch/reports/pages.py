"""The pages of the results, for the list of features."""

from jobsearch.reports.frozen.views import blueprint as frozen
from jobsearch.reports.paper.page import register_paper
from jobsearch.reports.path.views import blueprint as path
from jobsearch.reports.public.views import blueprint as open_results
from jobsearch.reports.results.views import blueprint as papers
from jobsearch.reports.views import blueprint as reports

reports.record_once(lambda state: register_paper(state.app))

REPORTS = (reports, papers, path, frozen, open_results)
