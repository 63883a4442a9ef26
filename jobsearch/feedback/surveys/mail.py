"""The messages of surveys. They say the same to everyone, so that they tell nothing of anybody."""

from jobsearch.core.text import mark as N_
from jobsearch.notices.rules import Audience, TextKind
from jobsearch.web.addresses import absolute

PURPOSE = "surveys.answer"

ASKED = TextKind(
    "surveys.asked",
    subject=N_("%(organisation)s asks for your opinion"),
    body=N_(
        "Hello,\n\n"
        "how did it go? You answer in a minute, and you need not sign in:\n\n"
        "%(link)s\n\n"
        "Nobody can tell who answered what. The link works once, until %(until)s."
        " Answering is up to you."
    ),
    sms=N_(
        "Hello! %(organisation)s asks for your opinion. A minute, no signing in, nobody sees who"
        " answered what: %(link)s It works until %(until)s."
    ),
    title=N_("Survey"),
    audience=Audience.EVERYONE,
    optional=True,
)

REMINDED = TextKind(
    "surveys.reminded",
    subject=N_("There is still time to tell %(organisation)s your opinion"),
    body=N_(
        "Hello,\n\n"
        "we do not know who has answered, so this goes to everyone who was asked. If you have"
        " answered, thank you: you need not do anything.\n\n"
        "If not, it takes a minute, and you need not sign in:\n\n"
        "%(link)s\n\n"
        "The link works once, until %(until)s. There are no further reminders."
    ),
    sms=N_(
        "Hello! If you have answered the survey of %(organisation)s, thank you: we do not know who"
        " has. If not, there is time until %(until)s: %(link)s"
    ),
    title=N_("Reminder of a survey"),
    audience=Audience.EVERYONE,
    optional=True,
)
TEXTS = (ASKED, REMINDED)


def survey_link(secret: str) -> str:
    """The page of a survey's questions."""
    return absolute("surveys_answering.show", link_secret=secret)
