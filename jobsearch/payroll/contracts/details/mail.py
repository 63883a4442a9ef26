"""Messages about a person's details for pay."""

from jobsearch.core.text import mark as N_
from jobsearch.notices.rules import Recipient, TextKind
from jobsearch.notices.service import send
from jobsearch.people.models import Person
from jobsearch.web.addresses import absolute

ACCOUNT_CHANGED = TextKind(
    "payroll.account_changed",
    subject=N_("Your bank account was changed"),
    body=N_(
        "The bank account that your wages are paid to was changed. If it was you, all is well. If"
        " it was not, call us at once: %(phone)s\n\nSee your details: %(link)s"
    ),
    sms=N_(
        "The bank account for your wages was changed. If it was not you, call us at once:"
        " %(phone)s %(link)s"
    ),
    always=True,
)


def tell_account_changed(person: Person, phone: str) -> None:
    """Say it on every way to her: whoever has one of them cannot keep it from her."""
    gaps = {"phone": phone, "link": absolute("hiring.my_details")}
    for email, number in ((person.email, None), (None, person.phone)):
        if email or number:
            to = Recipient(email, number, person.language, person.id, person.given_name)
            send(ACCOUNT_CHANGED, to, gaps, organisation_id=person.organisation_id)
