"""What is sent when a copy was made: that it was, so that nobody makes one unseen."""

from jobsearch.accounts.models import Account
from jobsearch.core.text import mark as N_
from jobsearch.notices.rules import Audience, Recipient, TextKind
from jobsearch.notices.service import send
from jobsearch.people.models import Person
from jobsearch.web.addresses import absolute

COPIED = TextKind(
    "privacy.copied",
    subject=N_("A copy of everything about you was made"),
    body=N_(
        "Hello %(name)s,\n\na copy of everything that is kept of you was made and downloaded. If"
        " you did not expect that, tell us at once. You see who made it here: %(link)s"
    ),
    sms=N_("A copy of everything that is kept of you was made. Was it not you? Tell us: %(link)s"),
    title=N_("A copy of everything was made"),
    audience=Audience.EVERYONE,
)


def tell_person(person: Person) -> None:
    """Write to the person whose copy was made."""
    to = Recipient(person.email, person.phone, person.language, person.id, person.given_name)
    send(COPIED, to, {"link": _link()}, organisation_id=person.organisation_id)


def tell_holder(account: Account, organisation_id: str) -> None:
    """Write to the holder of an account whose copy was made."""
    name = account.name.partition(" ")[0]
    to = Recipient(account.email, account.phone, account.language, account.id, name)
    send(COPIED, to, {"link": _link()}, organisation_id=organisation_id)


def _link() -> str:
    return absolute("my_data.show_own")
