"""Messages about introductions: the coach's link, her receipt, and word to who was introduced."""

from datetime import date, datetime

from jobsearch.core.text import mark as N_
from jobsearch.notices.rules import Audience, Recipient, TextKind
from jobsearch.notices.service import send
from jobsearch.people.models import Person
from jobsearch.recruitment.referrals.models import Referral, Referrer
from jobsearch.web.addresses import absolute

LINK = TextKind(
    "recruitment.link",
    subject=N_("Your link for introducing candidates"),
    body=N_(
        "Hello %(name)s,\n\n"
        "%(organisation)s has made a personal link for you. With it you introduce a candidate in"
        " two minutes, without an account:\n\n%(link)s\n\n"
        "The link is yours alone and works until %(until)s. Please do not pass it on."
    ),
    audience=Audience.MUNICIPAL_COACH,
)
RECEIPT = TextKind(
    "recruitment.receipt",
    subject=N_("Thank you for introducing a candidate"),
    body=N_(
        "Hello %(name)s,\n\n"
        "%(organisation)s has received your introduction of %(person)s on %(day)s.\n\n"
        "What happens next: we call and tell about the programme, and invite to an info session."
        " You can see how far the candidate is if she or he allows it. You do not need to do"
        " anything."
    ),
    audience=Audience.MUNICIPAL_COACH,
)
INTRODUCED = TextKind(
    "recruitment.introduced",
    subject=N_("You have been introduced to a programme"),
    body=N_(
        "Hello %(name)s,\n\n"
        "%(coach)s has introduced you to %(organisation)s. In the programme people are hired,"
        " part-time and for three weeks, to look for work together. We will call you.\n\n"
        "Here you see what this means, and choose whether %(coach)s may follow how far you are:\n\n"
        "%(link)s"
    ),
    sms=N_(
        "Hello %(name)s! %(coach)s has introduced you to %(organisation)s. We will call you."
        " What this means, and your choice: %(link)s"
    ),
)
TEXTS = (LINK, RECEIPT, INTRODUCED)


def referral_link(secret: str) -> str:
    """The address of a coach's form."""
    return absolute("recruitment_referrals.refer", link_secret=secret)


def send_link(referrer: Referrer, organisation: str, secret: str, until: datetime) -> None:
    """Her link to a municipal coach."""
    gaps = {"organisation": organisation, "link": referral_link(secret), "until": until}
    send(LINK, _coach(referrer), gaps, organisation_id=referrer.organisation_id)


def thank(referrer: Referrer, organisation: str, referral: Referral, on: date) -> None:
    """Her receipt to a municipal coach; of the candidate it says the first name alone."""
    gaps = {"organisation": organisation, "person": referral.given_name, "day": on}
    once = f"receipt:{referral.id}"
    send(RECEIPT, _coach(referrer), gaps, organisation_id=referrer.organisation_id, once=once)


def tell_candidate(
    referrer: Referrer, organisation: str, referral: Referral, person: Person, secret: str
) -> None:
    """Word to whoever was introduced, with the link to her own page (GDPR art. 14).

    Somebody known is told at her own address: a coach who types another one gets no link to her.
    """
    to = Recipient(
        email=person.email,
        phone=person.phone,
        language=person.language,
        subject_id=person.id,
        name=person.given_name,
    )
    link = absolute("recruitment_following.introduced", link_secret=secret)
    gaps = {"organisation": organisation, "coach": referrer.name, "link": link}
    once = f"introduced:{referral.id}"
    send(INTRODUCED, to, gaps, organisation_id=referrer.organisation_id, once=once)


def _coach(referrer: Referrer) -> Recipient:
    return Recipient(
        email=referrer.email,
        phone=None,
        language=referrer.language,
        subject_id=referrer.account_id,
        name=referrer.name.partition(" ")[0],
    )
