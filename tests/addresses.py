"""The addresses of the application with Pia's keys filled in, for tests that walk every page."""

from collections.abc import Iterator

from flask import Flask

from jobsearch.core.access import Actor, may
from tests.furnished import Furnished

# other words in addresses that are no keys
WORDS = {
    "secret": "x",
    "key": "own_words",
    "section": "worked",
    "week": 2,
    "year": 2026,
    "month": 9,
    "on": 1,
    "sheet": "days",
    "day_number": 6,
    "activity": "interview",
    "code": "pilot",
    "missed": True,
    "done": True,
    "step": 1,
    "kind": "analyses.shown",
    "ending": "csv",
    "list_name": "changes",
    "language": "sv",
}
DOWNLOADS = ("/file", ".pdf", "/pdf", ".json", ".csv", ".xlsx", ".xml", ".zip", ".ics")


def filled(
    rule_arguments: set[str], furnished: Furnished, purpose: str | None = None
) -> dict[str, object]:
    """What an address's gaps are filled with. Raises KeyError for a gap that nobody knows."""
    known = {**WORDS, **furnished.keys}
    if purpose is not None:
        known["link_secret"] = furnished.links[purpose]
    return {name: known[name] for name in rule_arguments}


def pages_of(app: Flask, actor: Actor | None, furnished: Furnished) -> Iterator[str]:
    """Every page (GET, no download) of this person's role; signed out, those without a role."""
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith(("static", "health.")) or "GET" not in (rule.methods or ()):
            continue
        view = app.view_functions[rule.endpoint]
        gate, purpose = view.gate, getattr(view, "link_purpose", None)
        if (gate is not None and not may(actor, gate)) or rule.rule.endswith(DOWNLOADS):
            continue
        if purpose is not None and actor is not None:
            continue  # a link shows the same to everyone
        with app.test_request_context():
            yield app.url_for(rule.endpoint, **filled(rule.arguments, furnished, purpose))
