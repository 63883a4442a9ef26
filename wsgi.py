"""The application for the server."""

from jobsearch.app import create_app
from jobsearch.core.logs import write_logs

write_logs()
app = create_app()
