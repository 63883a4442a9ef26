"""What the old address reads when somebody's contact details have changed."""

from jobsearch.core.text import mark as N_
from jobsearch.notices.rules import Audience, Recipient, TextKind
from jobsearch.notices.service import send
from jobsearch.people.models import Person

CONTACT_CHANGED = TextKind(
    "accounts.contact_changed",
    subject=N_("Your contact details have changed"),
    body=N_(
        "Your e-mail address or phone number at %(organisation)s has changed. Messages and codes"
        " come to the new one from now on. If you did not expect this, call your coach."
    ),
    sms=N_(
        "Your e-mail address or phone number at %(organisation)s has changed. If you did not"
        " expect this, call your coach."
    ),
    audience=Audience.PARTICIPANT,
)


def tell_old_address(
    person: Person, email: str | None, phone: str | None, organisation: str
) -> None:
    """Write to exactly the address that is hers no more."""
    to = Recipient(email, phone, person.language, None, person.given_name)
    send(
        CONTACT_CHANGED,
        to,
        {"organisation": organisation},
        organisation_id=person.organisation_id,
    )
