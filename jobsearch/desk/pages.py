"""The pages of the desk, one blueprint a sub-feature."""

from jobsearch.desk.digest.views import blueprint as digest
from jobsearch.desk.feed.views import blueprint as feed
from jobsearch.desk.first_steps.views import blueprint as first_steps
from jobsearch.desk.messages.views import blueprint as messages
from jobsearch.desk.people.views import blueprint as people
from jobsearch.desk.permissions.views import blueprint as permissions
from jobsearch.desk.seen_by.views import blueprint as seen_by
from jobsearch.desk.takeaway.views import blueprint as takeaway
from jobsearch.desk.unreached.views import blueprint as unreached
from jobsearch.desk.views import blueprint as desk

DESK = (
    desk,
    digest,
    feed,
    first_steps,
    messages,
    people,
    permissions,
    seen_by,
    takeaway,
    unreached,
)
