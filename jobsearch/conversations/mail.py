"""What is sent when somebody has something to read: never what it is."""

from jobsearch.core.text import mark as N_
from jobsearch.notices.rules import Audience, TextKind

NEW_MESSAGE = TextKind(
    "conversations.new",
    subject=N_("You have a new message"),
    body=N_("Hello %(name)s,\n\nyou have a new message. Read it here: %(link)s"),
    sms=N_("You have a new message: %(link)s"),
    title=N_("A message waits for you"),
    audience=Audience.EVERYONE,
    optional=True,
)
