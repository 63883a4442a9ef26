"""Messages about sparring."""

from jobsearch.core.text import mark as N_
from jobsearch.notices.rules import TextKind
from jobsearch.web.addresses import absolute

WITHDRAWN = TextKind(
    "coaching.sparring_withdrawn",
    subject=N_("Your talk with your coach has to move"),
    body=N_(
        "Hello %(name)s,\n\n"
        "%(coach)s cannot come on %(day)s at %(time)s. Choose another time that suits you:\n\n"
        "%(link)s"
    ),
    sms=N_(
        "Hello %(name)s! %(coach)s cannot come on %(day)s at %(time)s."
        " Choose another time: %(link)s"
    ),
)


def page_of_times() -> str:
    """Where a participant books."""
    return absolute("sparring.my_talks")
