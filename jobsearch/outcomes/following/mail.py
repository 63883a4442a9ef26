"""The message of the follow-up. It tells nobody who reads over a shoulder what is asked."""

from jobsearch.core.text import mark as N_
from jobsearch.notices.rules import TextKind
from jobsearch.web.addresses import absolute

PURPOSE = "outcomes.answer"

WORK_ASKED = TextKind(
    "outcomes.follow_up",
    subject=N_("One question from %(organisation)s"),
    body=N_(
        "Hello %(name)s,\n\n"
        "how is it going? You answer by one tap, and you need not sign in:\n\n"
        "%(link)s\n\n"
        "The link works until %(until)s. Answering is up to you."
    ),
    sms=N_(
        "Hello %(name)s! One question from %(organisation)s. One tap, no signing in:"
        " %(link)s It works until %(until)s."
    ),
    title=N_("The question of the follow-up"),
    optional=True,
)


def answer_link(secret: str) -> str:
    """The page of the question."""
    return absolute("outcomes_answering.show", link_secret=secret)
