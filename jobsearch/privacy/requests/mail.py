"""What is sent about requests: that something waits, and never what it is."""

from jobsearch.accounts.providers.queries import list_manager_accounts
from jobsearch.core.text import mark as N_
from jobsearch.notices.rules import Audience, Recipient, TextKind
from jobsearch.notices.service import send
from jobsearch.people.models import Person
from jobsearch.web.addresses import absolute

ASKED = TextKind(
    "privacy.asked",
    subject=N_("Somebody has asked about her data"),
    body=N_(
        "Hello %(name)s,\n\nsomebody has asked something about the data that you keep of her. The"
        " answer is due on %(until)s at the latest. Read it here: %(link)s"
    ),
    title=N_("A request about somebody's data"),
    audience=Audience.STAFF,
)
NEWS = TextKind(
    "privacy.news",
    subject=N_("There is news about what you asked"),
    body=N_(
        "Hello %(name)s,\n\nthere is news about what you asked of your data. Read it here: %(link)s"
    ),
    sms=N_("There is news about what you asked of your data. Read it here: %(link)s"),
    title=N_("News about a request of yours"),
)
TEXTS = (ASKED, NEWS)


def tell_managers(organisation_id: str, until: object, link: str) -> None:
    """Write to every manager that somebody has asked."""
    for account in list_manager_accounts(organisation_id):
        name = account.name.partition(" ")[0]
        send(
            ASKED,
            Recipient(account.email, account.phone, account.language, account.id, name),
            {"until": until, "link": link},
            organisation_id=organisation_id,
        )


def tell_person(person: Person) -> None:
    """Write to the person that something of her request has changed."""
    send(
        NEWS,
        Recipient(person.email, person.phone, person.language, person.id, person.given_name),
        {"link": absolute("data_requests.show_own")},
        organisation_id=person.organisation_id,
    )


def request_link(data_request_id: str) -> str:
    """The address of one request, for managers."""
    return absolute("data_requests.show_request", data_request_id=data_request_id)
