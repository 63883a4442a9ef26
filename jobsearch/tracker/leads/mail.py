"""The message about leads of which nothing has been heard."""

from jobsearch.core.text import mark as N_
from jobsearch.notices.rules import TextKind

SILENT = TextKind(
    "tracker.silent_leads",
    subject=N_("Have you heard from the employers?"),
    body=N_(
        "Hello %(name)s,\n\n"
        "nothing has been heard of some of your leads for a while (%(count)s).\n\n"
        "A short question to the employer often helps. Look at them here:\n\n"
        "%(link)s"
    ),
    sms=N_(
        "Hello %(name)s! Nothing has been heard of some of your leads for a while."
        " A short question to the employer often helps: %(link)s"
    ),
    title=N_("Leads that have gone quiet, at most once a week"),
    optional=True,
    may_use=frozenset({"count"}),
)
