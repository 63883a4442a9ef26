"""All pages of pay beside the runs themselves, for the application's list of features."""

from jobsearch.payroll.pay.bonuses.views import blueprint as bonus_runs
from jobsearch.payroll.pay.closing.views import blueprint as closing
from jobsearch.payroll.pay.copies.views import blueprint as copies
from jobsearch.payroll.pay.corrections.views import blueprint as corrections
from jobsearch.payroll.pay.dates.views import blueprint as dates
from jobsearch.payroll.pay.distraint.views import blueprint as distraint

PARTS = (bonus_runs, closing, copies, corrections, dates, distraint)
