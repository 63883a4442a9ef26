"""The message about a question: something waits behind a link, and nothing is owed."""

from jobsearch.core.text import mark as N_
from jobsearch.notices.rules import Recipient, TextKind
from jobsearch.notices.service import send
from jobsearch.people.models import Person
from jobsearch.web.addresses import absolute

ASKED = TextKind(
    "analyses.asked",
    subject=N_("Your municipal coach asks something"),
    body=N_(
        "Your municipal coach asks something. You may answer, leave it, or say that you want no"
        " questions. Nothing depends on it. Sign in and look: %(link)s"
    ),
    sms=N_("Your municipal coach asks something. You need not answer. Look here: %(link)s"),
    title=N_("A municipal coach asks something"),
    optional=True,
)


def tell_of_question(person: Person) -> None:
    """Tell the participant that a question waits on her own page."""
    to = Recipient(person.email, person.phone, person.language, person.id, person.given_name)
    link = absolute("analyses.my_analysis")
    send(ASKED, to, {"link": link}, organisation_id=person.organisation_id)
