"""What is kept after an answer: the looks, and of an operator behind broken glass every request."""

from collections.abc import Mapping
from typing import Any

from flask import request

from jobsearch.core.access import Actor
from jobsearch.core.db import unit_of_work
from jobsearch.core.scope import Scope
from jobsearch.desk.seen_by import noting
from jobsearch.privacy.breakglass.service import note_page
from jobsearch.web.unit import Trace, answered


def remember(actor: Actor, traces: list[Trace], tried: Mapping[str, Any] | None) -> None:
    """Note the looks at people, and whatever an operator asked for while she looked."""
    noting.remember(actor, traces, tried)
    if actor.glass is not None:
        with unit_of_work(Scope(actor.organisation_ids, "behind broken glass"), actor):
            note_page(actor.glass.id, request.method, request.path, answered())
