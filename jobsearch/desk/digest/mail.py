"""The digest as a message; whoever does not want it turns it off."""

from jobsearch.core.text import mark as N_
from jobsearch.notices.rules import Audience, TextKind

STAFF_DIGEST = TextKind(
    "digest.staff",
    subject=N_("Your week"),
    body=N_("Good morning %(name)s,\n\nworth a look this week:\n\n%(news)s\n\n%(link)s"),
    title=N_("What is worth a look, on Mondays"),
    audience=Audience.STAFF,
    optional=True,
)
TOWN_DIGEST = TextKind(
    "digest.municipal",
    subject=N_("Your inbox this week"),
    body=N_("Good morning %(name)s,\n\nin your inbox:\n\n%(news)s\n\n%(link)s"),
    title=N_("What is in your inbox, on Mondays"),
    audience=Audience.MUNICIPAL_COACH,
    optional=True,
)
