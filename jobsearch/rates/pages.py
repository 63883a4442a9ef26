"""The pages of rates, one blueprint a sub-feature."""

from jobsearch.rates.own.views import blueprint as rates_own
from jobsearch.rates.views import blueprint as rates
from jobsearch.rates.yearly.views import blueprint as rates_yearly

RATES = (rates, rates_own, rates_yearly)
