"""The scheduler's process: a table of jobs; each turn is done once, however many schedulers run."""

import logging
import os
import signal
from datetime import time, timedelta

from jobsearch.accounts.codes.jobs import forget_codes
from jobsearch.accounts.staff.jobs import forget_old
from jobsearch.app import create_app
from jobsearch.audit.jobs import seal_trail
from jobsearch.clockwork import Clockwork
from jobsearch.config import Config
from jobsearch.conversations.jobs import tell_of_messages
from jobsearch.core.text import mark as N_
from jobsearch.desk.digest.jobs import send_digests
from jobsearch.intake.jobs import forget_old_uploads
from jobsearch.jobs.rules import MONDAY, Job
from jobsearch.jobs.service import tidy_ledger
from jobsearch.notices.jobs import forget_messages, send_waiting
from jobsearch.recruitment.forgetting.jobs import forget as forget_candidates
from jobsearch.recruitment.selection.offers.jobs import move_lines_on
from jobsearch.recruitment.sessions.reminders.jobs import remind


def jobs_of(config: Config) -> tuple[Job, ...]:
    """Everything that runs by itself; each feature adds its jobs below."""
    return (*_often(config), *_daily())


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


def _daily() -> tuple[Job, ...]:
    """What comes once a day or a week, in local time and never from 03.00 to 03.59."""
    return (
        Job(
            "jobs.tidy",
            title=N_("Forget old turns of jobs"),
            daily_at=time(4, 10),
            work=tidy_ledger,
        ),
        Job(
            "recruitment.forget",
            title=N_("Forget candidates who were not selected"),
            daily_at=time(4, 30),
            work=forget_candidates,
        ),
        Job(
            "notices.forget",
            title=N_("Erase messages that ended thirty days ago"),
            daily_at=time(4, 20),
            work=forget_messages,
        ),
        Job(
            "accounts.forget_codes",
            title=N_("Forget codes for signing in that are over"),
            daily_at=time(4, 15),
            work=forget_codes,
        ),
        Job(
            "accounts.forget_tries",
            title=N_("Forget wrong tries and old sign-ins"),
            daily_at=time(4, 25),
            work=forget_old,
        ),
        Job(
            "digest.send",
            title=N_("Send the digest of the week"),
            weekly_at=(MONDAY, time(7)),
            at_latest=timedelta(days=1),
            work=send_digests,
        ),
        Job(
            "intake.forget",
            title=N_("Erase files that nobody took in"),
            daily_at=time(4, 20),
            work=forget_old_uploads,
        ),
    )


def main() -> None:
    """Run until told to stop."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    app = create_app()
    clockwork = Clockwork(app, jobs_of(app.config["JOBSEARCH"]))
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: clockwork.stopping.set())
    clockwork.run()
    logging.shutdown()
    if clockwork.at_work:
        os._exit(0)  # its turns have been given back: nobody waits for a thread that hangs


if __name__ == "__main__":
    main()
