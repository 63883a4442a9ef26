"""The pages of costs."""

from jobsearch.costs.comparators.views import blueprint as comparators
from jobsearch.costs.groups.views import blueprint as groups
from jobsearch.costs.pay.views import blueprint as pay
from jobsearch.costs.views import blueprint as costs
from jobsearch.costs.what_if.views import blueprint as what_if

COSTS = (costs, comparators, groups, pay, what_if)
