"""All pages of what leaves a pay run, for the application's list of features."""

from jobsearch.payroll.exports.bank.views import blueprint as bank
from jobsearch.payroll.exports.books.views import blueprint as books
from jobsearch.payroll.exports.months.views import blueprint as months
from jobsearch.payroll.exports.others.views import blueprint as others
from jobsearch.payroll.exports.register.views import blueprint as register

EXPORTS = (bank, books, months, others, register)
