"""All pages of pay beside the runs themselves, for the application's list of features."""

from jobsearch.payroll.pay.distraint.views import blueprint as distraint

PARTS = (distraint,)
