"""Whole addresses of pages, for what is read outside of a browser: messages, papers, feeds."""

from flask import current_app


def absolute(endpoint: str, **values: object) -> str:
    """The address of a page with the installation's own host, also where there is no request."""
    path = current_app.url_map.bind("").build(endpoint, values)
    return str(current_app.config["JOBSEARCH"].base_url + path)
