"""All pages of candidates, from the introduction on, for the application's list of features."""

from jobsearch.recruitment.board.views import blueprint as board
from jobsearch.recruitment.candidates.views import blueprint as candidates
from jobsearch.recruitment.contacts.views import blueprint as contacts
from jobsearch.recruitment.following.views import blueprint as following
from jobsearch.recruitment.forgetting.views import blueprint as forgetting
from jobsearch.recruitment.referrals.coaches.views import blueprint as coaches
from jobsearch.recruitment.referrals.views import blueprint as referrals
from jobsearch.recruitment.sheets.wizard.views import blueprint as sheets

FUNNEL = (board, candidates, contacts, coaches, referrals, following, sheets, forgetting)
