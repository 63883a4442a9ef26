"""The application for the server."""

import gc
import os

gc.disable()  # all that is made while modules are read stays: to go through it again is in vain

from jobsearch.app import create_app  # noqa: E402
from jobsearch.core.logs import write_logs  # noqa: E402
from jobsearch.starting import check_start  # noqa: E402

write_logs()
app = create_app()
if "FLASK_RUN_FROM_CLI" not in os.environ:  # commands come first: one of them makes the tables
    check_start(app)
gc.freeze()
gc.enable()
