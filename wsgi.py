"""The application for the server."""

import os

from jobsearch.app import create_app
from jobsearch.starting import check_start

app = create_app()
if "FLASK_RUN_FROM_CLI" not in os.environ:  # commands come first: one of them makes the tables
    check_start(app)
