"""Messages about selection: a seat, the waiting list, an offer and its end, a refusal."""

from jobsearch.core.text import mark as N_
from jobsearch.notices.rules import TextKind
from jobsearch.web.addresses import absolute

SELECTED = TextKind(
    "recruitment.selected",
    subject=N_("You have a seat in the group"),
    body=N_(
        "Hello %(name)s,\n\n"
        "welcome: you have been selected, and you have a seat in the group that starts on"
        " %(day)s.\n\n"
        "Next we make the contract with you, and ask for your tax card and your bank account."
        " We will be in touch.\n\n"
        "What is expected of you, and what you get:\n\n%(link)s\n\n%(organisation)s"
    ),
    sms=N_(
        "Hello %(name)s! You have been selected: a seat in the group that starts on %(day)s is"
        " yours. We will be in touch about the contract. %(link)s"
    ),
)
WAITING = TextKind(
    "recruitment.waiting",
    subject=N_("You are on the waiting list"),
    body=N_(
        "Hello %(name)s,\n\n"
        "we would like to have you with us, but the group that starts on %(day)s is full. You are"
        " on its waiting list.\n\n"
        "If a seat comes free and it is your turn, you get a message with a link and a time by"
        " which to answer. Please keep looking for work meanwhile.\n\n%(organisation)s"
    ),
    sms=N_(
        "Hello %(name)s! The group that starts on %(day)s is full, and you are on its waiting"
        " list. If a seat comes free we write to you. %(organisation)s"
    ),
)
OFFER = TextKind(
    "recruitment.offer",
    subject=N_("A seat is free for you"),
    body=N_(
        "Hello %(name)s,\n\n"
        "a seat has come free in the group that starts on %(day)s, and it is your turn. The seat"
        " is kept for you until %(until)s. After that it goes to the next.\n\n"
        "Say yes or no here:\n\n%(link)s"
    ),
    sms=N_(
        "Hello %(name)s! A seat is free for you in the group that starts on %(day)s. Say yes or"
        " no by %(until)s: %(link)s"
    ),
)
OFFER_OVER = TextKind(
    "recruitment.offer_over",
    subject=N_("The seat went to the next"),
    body=N_(
        "Hello %(name)s,\n\n"
        "we kept a seat for you in the group that starts on %(day)s, but got no answer in time,"
        " and it was offered to the next. That is quite all right.\n\n"
        "Would you still like to come? Call us: %(phone)s\n\n%(organisation)s"
    ),
    sms=N_(
        "Hello %(name)s! We got no answer in time, so the seat went to the next. Would you still"
        " like to come? Call us: %(phone)s %(organisation)s"
    ),
)
REFUSED = TextKind(
    "recruitment.refused",
    subject=N_("About your place in the programme"),
    body=N_(
        "Hello %(name)s,\n\n"
        "thank you for coming to us. This time we cannot offer you a seat. Two of us have looked"
        " at this together.\n\n"
        "We gladly tell you why, and think with you about what would help: call us on %(phone)s."
        "\n\n%(organisation)s"
    ),
    sms=N_(
        "Hello %(name)s! Thank you for coming to us. This time we cannot offer you a seat. We"
        " gladly tell you why: %(phone)s %(organisation)s"
    ),
)
TEXTS = (SELECTED, WAITING, OFFER, OFFER_OVER, REFUSED)


def offer_link(secret: str) -> str:
    """The address of an offer's own page."""
    return absolute("recruitment_offers.show", link_secret=secret)


def expectations_link(programme_id: str) -> str:
    """The address of the public page of what is expected."""
    return absolute("recruitment_expectations.show", programme_id=programme_id)
