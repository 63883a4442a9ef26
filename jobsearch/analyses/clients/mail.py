"""What is written to a participant whose municipal coach is another from today, or nobody."""

from jobsearch.core.text import mark as N_
from jobsearch.notices.rules import Recipient, TextKind
from jobsearch.notices.service import send
from jobsearch.people.models import Person
from jobsearch.web.addresses import absolute

MOVED = TextKind(
    "analyses.moved",
    subject=N_("You have another municipal coach"),
    body=N_(
        "Your municipal coach is now %(coach)s. %(coach)s sees nothing of you without your"
        " permission. What you had sent to your earlier coach does not open any more. If you want"
        " to, you can decide anew: %(link)s"
    ),
    sms=N_(
        "Your municipal coach is now %(coach)s, who sees nothing of you without your permission."
        " %(link)s"
    ),
    title=N_("The municipal coach is another one"),
)
LEFT = TextKind(
    "analyses.left",
    subject=N_("You have no municipal coach here now"),
    body=N_(
        "Your municipal coach has left, and nobody has been named yet. What you had sent to that"
        " coach does not open any more. You need do nothing. Here you see how it stands: %(link)s"
    ),
    sms=N_("Your municipal coach has left. What you had sent does not open any more: %(link)s"),
    title=N_("The municipal coach has left"),
)

TEXTS = (MOVED, LEFT)


def tell_of_move(person: Person, coach: str | None) -> None:
    """Tell the participant who is the municipal coach from today, or that nobody is."""
    to = Recipient(person.email, person.phone, person.language, person.id, person.given_name)
    gaps = {"link": absolute("analyses.my_analysis")}
    own = person.organisation_id
    if coach is None:
        send(LEFT, to, gaps, organisation_id=own)
    else:
        send(MOVED, to, {"coach": coach, **gaps}, organisation_id=own)
