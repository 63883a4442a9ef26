"""Messages about info sessions: invitation, booking, change, cancellation, reminders."""

from jobsearch.core.text import mark as N_
from jobsearch.notices.rules import TextKind
from jobsearch.recruitment.sessions.rules import Reminder
from jobsearch.web.addresses import absolute

INVITATION = TextKind(
    "recruitment.invitation",
    subject=N_("Come and hear about the programme"),
    body=N_(
        "Hello %(name)s,\n\n"
        "%(coach)s from %(organisation)s invites you to an info session. You hear what the"
        " programme is, what it pays and what it asks of you. It binds you to nothing.\n\n"
        "Choose a time that suits you:\n\n%(link)s"
    ),
    sms=N_(
        "Hello %(name)s! %(coach)s from %(organisation)s invites you to an info session."
        " Choose a time that suits you: %(link)s"
    ),
)
BOOKED = TextKind(
    "recruitment.booked",
    subject=N_("Your place in the info session is booked"),
    body=N_(
        "Hello %(name)s,\n\n"
        "your place is booked: %(day)s at %(time)s, %(place)s. %(coach)s is expecting you.\n\n"
        "Here you can change or cancel it, join, and put it into your calendar:\n\n%(link)s"
    ),
    sms=N_(
        "Hello %(name)s! Your place is booked: %(day)s at %(time)s, %(place)s."
        " Change, cancel or join: %(link)s"
    ),
)
CHANGED = TextKind(
    "recruitment.session_changed",
    subject=N_("The info session has changed"),
    body=N_(
        "Hello %(name)s,\n\n"
        "the info session that you booked is now %(day)s at %(time)s, %(place)s. Your place is"
        " kept.\n\n"
        "If this does not suit you, choose another time:\n\n%(link)s"
    ),
    sms=N_(
        "Hello %(name)s! The info session is now %(day)s at %(time)s, %(place)s. Your place is"
        " kept. Another time: %(link)s"
    ),
)
CALLED_OFF = TextKind(
    "recruitment.session_cancelled",
    subject=N_("The info session is cancelled"),
    body=N_(
        "Hello %(name)s,\n\n"
        "the info session on %(day)s at %(time)s is cancelled. We are sorry.\n\n"
        "You are still welcome: choose another time:\n\n%(link)s"
    ),
    sms=N_(
        "Hello %(name)s! The info session on %(day)s at %(time)s is cancelled, sorry."
        " Choose another time: %(link)s"
    ),
)
TWO_DAYS = TextKind(
    "recruitment.reminder",
    title=N_("Reminder two days before the info session"),
    subject=N_("Your place is waiting for you"),
    body=N_(
        "Hello %(name)s,\n\n"
        "your place in the info session is booked: %(day)s at %(time)s, %(place)s. %(coach)s is"
        " looking forward to meeting you.\n\n"
        "If something has come up, change or cancel here:\n\n%(link)s"
    ),
    sms=N_(
        "Hello %(name)s! Your place is booked: %(day)s at %(time)s, %(place)s. %(coach)s is"
        " looking forward to meeting you. Change or cancel: %(link)s"
    ),
)
MORNING = TextKind(
    "recruitment.reminder_morning",
    title=N_("Reminder on the morning of the info session"),
    subject=N_("Welcome to the info session today"),
    body=N_(
        "Good morning %(name)s,\n\n"
        "today at %(time)s, %(place)s: your place is kept, and %(coach)s is expecting you. Good"
        " luck for the day!\n\n"
        "Here are the link, the telephone number and the address:\n\n%(link)s"
    ),
    sms=N_(
        "Good morning %(name)s! Today at %(time)s, %(place)s: %(coach)s is expecting you."
        " Good luck! %(link)s"
    ),
)
REMINDERS: dict[Reminder, TextKind] = {Reminder.TWO_DAYS: TWO_DAYS, Reminder.MORNING: MORNING}
TEXTS = (INVITATION, BOOKED, CHANGED, CALLED_OFF, TWO_DAYS, MORNING)


def booking_link(secret: str) -> str:
    """The address of a candidate's own booking page."""
    return absolute("recruitment_booking.show", link_secret=secret)
