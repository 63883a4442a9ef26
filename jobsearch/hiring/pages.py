"""All pages of hiring, under one blueprint."""

from jobsearch.hiring.cards import views as cards
from jobsearch.hiring.checklist import views as checklist
from jobsearch.hiring.own import views as own
from jobsearch.hiring.papers import views as papers
from jobsearch.hiring.views import blueprint
from jobsearch.hiring.worth import views as worth

__all__ = ["blueprint", "cards", "checklist", "own", "papers", "worth"]
