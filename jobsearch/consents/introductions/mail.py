"""Messages about introductions: something waits behind a link. None says whose it is or what."""

from jobsearch.accounts.models import Account
from jobsearch.consents.introductions.models import AskedIntroduction
from jobsearch.consents.models import Consent
from jobsearch.consents.queries import NamedCoach
from jobsearch.core.text import mark as N_
from jobsearch.notices.rules import Audience, Recipient, TextKind
from jobsearch.notices.service import send
from jobsearch.people.models import Person
from jobsearch.web.addresses import absolute

ASKED = TextKind(
    "introductions.asked",
    subject=N_("You are asked for an introduction"),
    body=N_(
        "Hello %(name)s,\n\n"
        "somebody has permitted that you are asked for a short introduction. It opens when you"
        " sign in, and to you only, as long as the permission lasts: %(link)s"
    ),
    title=N_("An introduction is asked for"),
    audience=Audience.MUNICIPAL_COACH,
)
WRITTEN = TextKind(
    "introductions.written",
    subject=N_("There is something for you to read"),
    body=N_(
        "Your municipal coach has written an introduction of you. You can read it and comment on"
        " it: %(link)s"
    ),
    sms=N_("There is something for you to read. Sign in and look: %(link)s"),
    title=N_("An introduction is ready to be read"),
)
ARRIVED = TextKind(
    "introductions.arrived",
    subject=N_("An introduction that you asked for has come"),
    body=N_("An introduction that you asked for has come. Sign in and read it: %(link)s"),
    audience=Audience.STAFF,
)
GIVEN = TextKind(
    "introductions.given",
    subject=N_("You gave a permission"),
    body=N_(
        "You gave a permission today. You see who has used it, and you can take it back at"
        " any time: %(link)s"
    ),
    sms=N_("You gave a permission. You can take it back at any time: %(link)s"),
    title=N_("Receipt for a permission to ask for an introduction"),
)
WITHDRAWN = TextKind(
    "introductions.withdrawn",
    subject=N_("You took a permission back"),
    body=N_("You took a permission back. It opens nothing any more. See here: %(link)s"),
    sms=N_("You took a permission back. It opens nothing any more. See here: %(link)s"),
    title=N_("Receipt for a permission to ask for an introduction, taken back"),
)
TEXTS = (ASKED, WRITTEN, ARRIVED, GIVEN, WITHDRAWN)


def _first(name: str) -> str:
    return name.partition(" ")[0]


def ask(introduction: AskedIntroduction, coach: NamedCoach) -> None:
    """Tell the municipal coach that an introduction is asked for."""
    to = Recipient(coach.email, None, coach.language, coach.account_id, _first(coach.name))
    link = absolute("introductions.write_introduction", introduction_id=introduction.id)
    send(ASKED, to, {"link": link}, organisation_id=introduction.organisation_id)


def tell_participant(introduction: AskedIntroduction, person: Person) -> None:
    """Tell the participant that there is something about her to read."""
    to = Recipient(person.email, person.phone, person.language, person.id, person.given_name)
    link = absolute("introductions.my_introduction", introduction_id=introduction.id)
    send(WRITTEN, to, {"link": link}, organisation_id=introduction.organisation_id)


def tell_coach(introduction: AskedIntroduction, coach: Account) -> None:
    """Tell the coach who asked that the introduction has come."""
    to = Recipient(coach.email, None, coach.language, coach.id, _first(coach.name))
    link = absolute("introductions.read_introduction", introduction_id=introduction.id)
    send(ARRIVED, to, {"link": link}, organisation_id=introduction.organisation_id)


def confirm(kind: TextKind, consent: Consent, account: Account) -> None:
    """A receipt to the account in whose sign-in the participant decided."""
    name = _first(account.name)
    to = Recipient(account.email, account.phone, account.language, consent.person_id, name)
    link = absolute("permissions.list_permissions")
    send(kind, to, {"link": link}, organisation_id=consent.organisation_id)
