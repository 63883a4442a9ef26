"""All pages on the way from an invitation to a seat, for the application's list of features."""

from jobsearch.recruitment.expectations.views import blueprint as expectations
from jobsearch.recruitment.selection.board.views import blueprint as selection
from jobsearch.recruitment.selection.criteria.views import blueprint as criteria
from jobsearch.recruitment.selection.offers.views import blueprint as offers
from jobsearch.recruitment.sessions.attendance.views import blueprint as attendance
from jobsearch.recruitment.sessions.booking.views import blueprint as booking
from jobsearch.recruitment.sessions.trials.views import blueprint as trials
from jobsearch.recruitment.sessions.views import blueprint as sessions

JOINING = (
    sessions,
    attendance,
    trials,
    booking,
    expectations,
    selection,
    criteria,
    offers,
)
