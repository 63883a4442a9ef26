"""Every night: do every term that is over and that no other job does, and leave no byte behind."""

import logging
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlalchemy import select

from jobsearch.core.clock import now, today
from jobsearch.core.db import db, sweep, unit_of_work
from jobsearch.core.scope import Scope, whole_installation
from jobsearch.core.text import Outcome
from jobsearch.core.text import mark as N_
from jobsearch.organisations.models import Organisation, OrganisationKind
from jobsearch.privacy.retention import queries
from jobsearch.privacy.retention.days import BY_DAY
from jobsearch.privacy.retention.rules import Stage
from jobsearch.privacy.retention.service import clear_due, note_run

log = logging.getLogger("jobsearch.privacy")


@dataclass(slots=True)
class Due:
    """A dry run: how many persons have something over, by stage, and how many rows that is."""

    persons: Counter[Stage] = field(default_factory=Counter)
    rows: Counter[Stage] = field(default_factory=Counter)


def do_timetable() -> Outcome:
    """Do what is over: by provider, in batches of persons, each batch whole or not at all."""
    rows = sum(sum(_batches(key)) for key in _providers())
    for kind, deed in BY_DAY.items():
        with unit_of_work(whole_installation("timetable")):
            count = deed(now())
            note_run({kind: count}, None)
        rows += count
    if not sweep():
        log.warning("the database was too busy to be written anew without what was erased")
    return Outcome(N_("Erased or blanked: %(rows)s rows."), rows=rows)


def due_now() -> dict[str, Due]:
    """A dry run: what would go now, by provider; nothing is changed."""
    found: dict[str, Due] = {}
    for key in _providers():
        with unit_of_work(Scope(frozenset({key}), "what is due"), read_only=True):
            found[key] = _due()
    return found


def _due() -> Due:
    due, day, after = Due(), today(), ""
    while keys := queries.list_to_look_at(day, after):
        after = keys[-1]
        for person_id in keys:
            ends = queries.ends_of(person_id)
            for stage in Stage:
                if ends is None or ends.goes_on(stage) > day:
                    continue
                if rows := sum(queries.count_of(person_id, stage).values()):
                    due.persons[stage] += 1
                    due.rows[stage] += rows
    return due


def _batches(organisation_id: str) -> Iterator[int]:
    after, day = "", today()
    while True:
        with unit_of_work(Scope(frozenset({organisation_id}), "timetable")):
            keys = queries.list_to_look_at(day, after)
            counts: Counter[str] = Counter()
            for person_id in keys:
                counts.update(clear_due(person_id, day))
            note_run(dict(counts), organisation_id)
        yield counts.total()
        if len(keys) < queries.AT_ONCE:
            return
        after = keys[-1]


def _providers() -> list[str]:
    """Every provider but one of made-up people: the demo shows a pilot that is long over."""
    statement = select(Organisation.id).where(
        Organisation.kind == OrganisationKind.PROVIDER, Organisation.demo_since.is_(None)
    )
    with unit_of_work(whole_installation("timetable"), read_only=True):
        return list(db.session.scalars(statement.order_by(Organisation.id)))
