"""The only list of messages: every kind that a feature sends, from the features' mail.py."""

from jobsearch.notices.rules import TextKind

TEXTS: tuple[TextKind, ...] = ()
"""In the order in which the pages list them."""
