"""The scheduler's process under a moved clock: `python -m tests.jobs.clocked_scheduler 2026-…`."""

import sys
from datetime import datetime

import time_machine

from jobsearch.scheduler import main

if __name__ == "__main__":
    with time_machine.travel(datetime.fromisoformat(sys.argv[1]), tick=True):
        main()
