"""The pages of the results, for the list of features."""

from jobsearch.reports.paper.page import register_paper
from jobsearch.reports.results.views import blueprint as report_papers
from jobsearch.reports.views import blueprint as reports

reports.record_once(lambda state: register_paper(state.app))

REPORTS = (reports, report_papers)
