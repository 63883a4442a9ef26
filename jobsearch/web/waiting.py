"""Whose entries wait in a browser for the network: a mark without a name, given and asked back."""

from functools import lru_cache

from flask import request

from jobsearch.core.access import Actor
from jobsearch.core.errors import Conflict
from jobsearch.core.tokens import digest

FIELD = "who"


@lru_cache(4096)
def _mark(membership_id: str) -> str:
    return digest(f"waiting:{membership_id}")[:16]


def waits_for(actor: Actor) -> str:
    """The mark under which a browser keeps what it could not send for this person."""
    return _mark(actor.membership_id)


def check_sender(actor: Actor) -> None:
    """What waited is taken from the person alone who was signed in when it was written.

    Raises Conflict when somebody else is signed in now; then it goes on waiting or is dropped.
    """
    who = request.form.get(FIELD)
    if who is not None and who != waits_for(actor):
        raise Conflict("kept for another person")
