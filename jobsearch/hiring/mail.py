"""Messages on the way from selected to the first day; each links, and says nothing sensitive."""

from datetime import date

from jobsearch.core.text import mark as N_
from jobsearch.notices.rules import Audience, Recipient, TextKind
from jobsearch.notices.service import send
from jobsearch.people.models import Person
from jobsearch.web.addresses import absolute

DETAILS_WANTED = TextKind(
    "hiring.details_wanted",
    subject=N_("Some details are needed before your first day"),
    body=N_(
        "Hello %(name)s,\n\nyou have a place in %(group)s. We need some details for your contract"
        " and your pay. Please give them here: %(link)s"
    ),
    sms=N_("You have a place in %(group)s. Please give your details for the contract: %(link)s"),
)
CONTRACT_READY = TextKind(
    "hiring.contract_ready",
    subject=N_("Your employment contract is ready to read"),
    body=N_(
        "Hello %(name)s,\n\nyour employment contract is ready. Read it in peace, ask if something"
        " is not clear, and sign it here: %(link)s"
    ),
    sms=N_("Your employment contract is ready. Read and sign it here: %(link)s"),
)
CONTRACT_SIGNED = TextKind(
    "hiring.contract_signed",
    subject=N_("Your contract is signed by both"),
    body=N_(
        "Hello %(name)s,\n\nyour contract is signed by both. Your first day is %(day)s. Your own"
        " pages are open for you already: %(link)s"
    ),
    sms=N_("Your contract is signed by both. First day: %(day)s. Your pages: %(link)s"),
)
CONTRACT_DECLINED = TextKind(
    "hiring.contract_declined",
    subject=N_("A contract was declined"),
    body=N_("A job seeker does not sign the contract that you offered. See why: %(link)s"),
    audience=Audience.STAFF,
)
QUESTION_ASKED = TextKind(
    "hiring.question_asked",
    subject=N_("There is a question about a contract"),
    body=N_("A job seeker asks something about a contract that you offered. Answer: %(link)s"),
    audience=Audience.STAFF,
)
QUESTION_ANSWERED = TextKind(
    "hiring.question_answered",
    subject=N_("Your question has an answer"),
    body=N_("Hello %(name)s,\n\nyour question about your contract has an answer: %(link)s"),
    sms=N_("Your question about your contract has an answer: %(link)s"),
)
TEXTS = (
    DETAILS_WANTED,
    CONTRACT_READY,
    CONTRACT_SIGNED,
    CONTRACT_DECLINED,
    QUESTION_ASKED,
    QUESTION_ANSWERED,
)


def tell_person(
    kind: TextKind,
    person: Person,
    *,
    once: str,
    group: str = "",
    day: date | None = None,
    page: str = "hiring.my_contract",
) -> None:
    """Write to a job seeker by her own channel; `once` keeps it to one message."""
    to = Recipient(person.email, person.phone, person.language, person.id, person.given_name)
    gaps: dict[str, object] = {"group": group, "day": day, "link": absolute(page)}
    wanted = {name: gap for name, gap in gaps.items() if name in kind.asked}
    send(kind, to, wanted, organisation_id=person.organisation_id, once=once)


def tell_staff(
    kind: TextKind, to: Recipient | None, organisation_id: str, contract_id: str, once: str
) -> None:
    """Write to whoever offered a contract; nobody when her account is closed."""
    if to is not None:
        link = absolute("hiring.show_contract", contract_id=contract_id)
        send(kind, to, {"link": link}, organisation_id=organisation_id, once=once)
