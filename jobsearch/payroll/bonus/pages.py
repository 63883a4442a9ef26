"""All pages of bonuses, for the application's list of features."""

from jobsearch.payroll.bonus.own.views import blueprint as own
from jobsearch.payroll.bonus.terms.views import blueprint as terms
from jobsearch.payroll.bonus.views import blueprint as bonuses

BONUSES = (bonuses, own, terms)
