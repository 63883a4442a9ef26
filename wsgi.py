"""The application for the server."""

from jobsearch.app import create_app

app = create_app()
