"""Messages about days that moved or were cancelled."""

from jobsearch.core.text import mark as N_
from jobsearch.notices.rules import Audience, TextKind
from jobsearch.web.addresses import absolute

MOVED = TextKind(
    "cohorts.day_moved",
    subject=N_("A day of your group has moved"),
    body=N_(
        "Hello %(name)s,\n\n"
        "a day of %(group)s has moved. It was %(day)s at %(time)s.\n"
        "It is now %(new_day)s at %(new_time)s. The hours stay as they were.\n\n"
        "Your timetable:\n\n%(link)s"
    ),
    sms=N_(
        "Hello %(name)s! %(group)s: %(day)s at %(time)s has moved to %(new_day)s at %(new_time)s."
        " %(link)s"
    ),
    audience=Audience.EVERYONE,
)
CANCELLED = TextKind(
    "cohorts.day_cancelled",
    subject=N_("A day of your group is cancelled"),
    body=N_(
        "Hello %(name)s,\n\n"
        "the day of %(group)s on %(day)s at %(time)s is cancelled. Nothing is paid for it.\n\n"
        "Your timetable:\n\n%(link)s"
    ),
    sms=N_("Hello %(name)s! %(group)s: %(day)s at %(time)s is cancelled. %(link)s"),
    audience=Audience.EVERYONE,
)


def own_weeks() -> str:
    """Where a participant sees her timetable."""
    return absolute("desk.my_weeks")


def staff_day() -> str:
    """Where a coach sees her day."""
    return absolute("desk.today")
