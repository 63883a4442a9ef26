"""The scheduler's process: a table of jobs; each turn is done once, however many schedulers run."""

import logging
import os
import signal
import sys
from collections.abc import Callable
from datetime import time, timedelta

from jobsearch.accounts.codes.jobs import forget_codes
from jobsearch.accounts.staff.jobs import forget_old
from jobsearch.analyses.drafts.jobs import forget_drafts
from jobsearch.analyses.keeping.jobs import erase_old_analyses
from jobsearch.analyses.questions.jobs import forget_questions
from jobsearch.app import create_app
from jobsearch.audit.jobs import seal_trail
from jobsearch.clockwork import Clockwork
from jobsearch.coaching.alerts.jobs import raise_alerts, tell_of_help
from jobsearch.config import Config, ConfigRefused
from jobsearch.conversations.jobs import tell_of_messages
from jobsearch.core.crypto import KeysMissing
from jobsearch.core.logs import write_logs
from jobsearch.core.text import mark as N_
from jobsearch.desk.digest.jobs import send_digests
from jobsearch.feedback.at_end.jobs import ask_at_end
from jobsearch.feedback.surveys.jobs import close_surveys
from jobsearch.intake.jobs import forget_old_uploads
from jobsearch.jobs.rules import MONDAY, Job
from jobsearch.jobs.service import tidy_ledger
from jobsearch.notices.jobs import forget_messages, send_waiting
from jobsearch.outcomes.following.jobs import send_questions
from jobsearch.payroll.bonus.reminders.jobs import see_to_proofs
from jobsearch.payroll.exports.register.jobs import remind_of_reports
from jobsearch.privacy.erasure.jobs import complete_journal
from jobsearch.privacy.retention.jobs import do_timetable
from jobsearch.privacy.trail.jobs import check_trail
from jobsearch.recruitment.forgetting.jobs import forget as forget_candidates
from jobsearch.recruitment.selection.offers.jobs import move_lines_on
from jobsearch.recruitment.sessions.reminders.jobs import remind
from jobsearch.starting import check_start
from jobsearch.tracker.companies.jobs import remember_companies
from jobsearch.tracker.interviews.jobs import remind_of_interviews
from jobsearch.tracker.leads.jobs import ask_about_silent_leads


def jobs_of(config: Config) -> tuple[Job, ...]:
    """Everything that runs by itself; each feature adds its jobs below."""
    of_features = (*_of_analyses(), *_of_the_search(), *_of_outcomes(), *_of_pay())
    return (*_often(config), *_of_alerts(), *_weekly(), *_nightly(), *of_features)


def _often(config: Config) -> tuple[Job, ...]:
    """What comes every so often."""
    return (
        Job(
            "notices.send",
            title=N_("Send messages that wait"),
            every=timedelta(seconds=30),
            work=lambda: send_waiting(config),
        ),
        Job(
            "conversations.tell",
            title=N_("Tell who has a new message"),
            every=timedelta(minutes=1),
            work=tell_of_messages,
        ),
        Job(
            "recruitment.reminders",
            title=N_("Remind of info sessions"),
            every=timedelta(minutes=10),
            work=remind,
        ),
        Job(
            "tracker.interviews",
            title=N_("Remind of job interviews"),
            every=timedelta(minutes=10),
            work=remind_of_interviews,
        ),
        Job(
            "recruitment.offers",
            title=N_("Offer free seats to the next on the waiting list"),
            every=timedelta(minutes=10),
            work=move_lines_on,
        ),
        Job(
            "audit.seal",
            title=N_("Seal the audit trail"),
            every=timedelta(minutes=5),
            work=seal_trail,
        ),
    )


def _of_alerts() -> tuple[Job, ...]:
    """Who is stuck: in the morning, before the meetings; who asks for help, at once."""
    return (
        Job(
            "alerts.raise",
            title=N_("See who may need help, and tell their coaches"),
            daily_at=time(6, 45),
            at_latest=timedelta(hours=8),
            work=raise_alerts,
        ),
        Job(
            "alerts.help",
            title=N_("Tell coaches who asks for help"),
            every=timedelta(minutes=1),
            work=tell_of_help,
        ),
    )


def _weekly() -> tuple[Job, ...]:
    """What comes once a week, in local time."""
    return (
        Job(
            "digest.send",
            title=N_("Send the digest of the week"),
            weekly_at=(MONDAY, time(7)),
            at_latest=timedelta(days=1),
            work=send_digests,
        ),
    )


_Daily = tuple[time, str, str, Callable[[], str]]


def _nightly() -> tuple[Job, ...]:
    """What is erased or tidied once a day, in local time and never from 03.00 to 03.59."""
    nightly = (
        (time(4, 10), "jobs.tidy", N_("Forget old turns of jobs"), tidy_ledger),
        (
            time(4, 15),
            "accounts.forget_codes",
            N_("Forget codes for signing in that are over"),
            forget_codes,
        ),
        (time(4, 20), "intake.forget", N_("Erase files that nobody took in"), forget_old_uploads),
        (
            time(4, 20),
            "notices.forget",
            N_("Erase messages that ended thirty days ago"),
            forget_messages,
        ),
        (
            time(4, 25),
            "accounts.forget_tries",
            N_("Forget wrong tries and old sign-ins"),
            forget_old,
        ),
        (
            time(4, 30),
            "recruitment.forget",
            N_("Forget candidates who were not selected"),
            forget_candidates,
        ),
    )
    return _daily((*nightly, *_of_privacy()))


def _of_privacy() -> tuple[_Daily, ...]:
    return (
        (
            time(4, 50),
            "privacy.journal",
            N_("Complete the journal of erasures"),
            complete_journal,
        ),
        (
            time(4, 55),
            "privacy.timetable",
            N_("Erase what is over by the timetable of data protection"),
            do_timetable,
        ),
        (time(4, 55), "audit.check", N_("Check the audit trail"), check_trail),
    )


def _of_analyses() -> tuple[Job, ...]:
    """What is forgotten of analyses and permissions once a day."""
    return _daily(
        (
            (
                time(4, 15),
                "analyses.forget_drafts",
                N_("Forget old drafts of analyses"),
                forget_drafts,
            ),
            (
                time(4, 15),
                "analyses.forget_questions",
                N_("Erase questions of municipal coaches that are over"),
                forget_questions,
            ),
            (
                time(4, 35),
                "analyses.erase_old",
                N_("Erase analyses and proofs of permission whose time is over"),
                erase_old_analyses,
            ),
        )
    )


def _daily(jobs: tuple[_Daily, ...]) -> tuple[Job, ...]:
    return tuple(Job(name, title=title, daily_at=at, work=work) for at, name, title, work in jobs)


def _of_the_search() -> tuple[Job, ...]:
    """What is counted and asked of the search for work, once a night."""
    return (
        Job(
            "tracker.companies",
            title=N_("Count the day before into the memory of companies"),
            daily_at=time(4, 40),
            work=remember_companies,
        ),
        Job(
            "tracker.silent_leads",
            title=N_("Ask about leads that have gone quiet"),
            daily_at=time(4, 50),
            work=ask_about_silent_leads,
        ),
    )


def _of_outcomes() -> tuple[Job, ...]:
    """What is asked after the programme: once a day, when people are up."""
    return (
        Job(
            "outcomes.follow_up",
            title=N_("Send the questions of the follow-up"),
            daily_at=time(10, 0),
            at_latest=timedelta(hours=8),
            work=send_questions,
        ),
        Job(
            "surveys.at_end",
            title=N_("Ask the groups that end today for their opinion"),
            daily_at=time(13, 0),
            at_latest=timedelta(hours=7),
            work=ask_at_end,
        ),
        *_daily(
            (
                (
                    time(4, 45),
                    "surveys.close",
                    N_("Show the answers of surveys that have closed"),
                    close_surveys,
                ),
            )
        ),
    )


def _of_pay() -> tuple[Job, ...]:
    """What waits to be paid and to be reported: once a day, in the morning."""
    return (
        Job(
            "payroll.bonus_proofs",
            title=N_("Remind of proofs for bonuses, and end what is late"),
            daily_at=time(7, 30),
            at_latest=timedelta(hours=8),
            work=see_to_proofs,
        ),
        Job(
            "payroll.reports",
            title=N_("Remind payroll clerks of what is to be reported"),
            daily_at=time(7, 15),
            at_latest=timedelta(hours=8),
            work=remind_of_reports,
        ),
    )


def main() -> None:
    """Run until told to stop."""
    write_logs()
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    logging.getLogger("alembic").setLevel(logging.WARNING)
    try:
        app = check_start(create_app())
    except (ConfigRefused, KeysMissing) as refused:
        sys.exit(str(refused))
    clockwork = Clockwork(app, jobs_of(app.config["JOBSEARCH"]))
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: clockwork.stopping.set())
    clockwork.run()
    logging.shutdown()
    if clockwork.at_work:
        os._exit(0)  # its turns have been given back: nobody waits for a thread that hangs


if __name__ == "__main__":
    main()
