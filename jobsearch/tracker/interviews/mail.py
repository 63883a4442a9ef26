"""The message about an interview that is near."""

from jobsearch.core.text import mark as N_
from jobsearch.notices.rules import TextKind
from jobsearch.tracker.interviews.rules import InterviewWay
from jobsearch.web.addresses import absolute

REMINDER = TextKind(
    "tracker.interview_reminder",
    subject=N_("Your job interview: %(day)s at %(time)s"),
    body=N_(
        "Hello %(name)s,\n\n"
        "you have a job interview on %(day)s at %(time)s.\n\n"
        "%(place)s\n\n"
        "Before it:\n\n"
        "%(news)s\n\n"
        "%(link)s"
    ),
    sms=N_(
        "Hello %(name)s! You have a job interview on %(day)s at %(time)s. %(place)s"
        " Still to prepare: %(count)s. %(link)s"
    ),
    title=N_("A reminder on the day before a job interview"),
    optional=True,
)
PLACES: dict[InterviewWay, str] = {
    InterviewWay.ON_SITE: N_("Face to face: %(place)s."),
    InterviewWay.PHONE: N_("By phone: %(place)s."),
    InterviewWay.VIDEO: N_("By video: %(place)s"),
}
"""How it is held, and where; a link ends without a full stop."""
ALL_READY = N_("Everything is prepared. Good luck!")


def page_of(interview_id: str) -> str:
    """Where a participant reads and prepares it."""
    return absolute("tracker_interviews.show_interview", interview_id=interview_id)
