"""Use cases of other payroll systems: keep their codes, hand a run over once."""

from collections.abc import Mapping

from jobsearch.core import files
from jobsearch.core.access import Actor
from jobsearch.core.clock import now
from jobsearch.core.db import db
from jobsearch.payroll.exports.others import queries
from jobsearch.payroll.exports.others.files import file_of
from jobsearch.payroll.exports.others.models import HandedFile, PayCode
from jobsearch.payroll.exports.others.rules import (
    ENDINGS,
    HandedItem,
    System,
    check_whole,
)
from jobsearch.payroll.pay.service import mark_handed_over


def keep_codes(actor: Actor, codes: Mapping[HandedItem, str]) -> None:
    """Keep the other system's codes; an item without one is left out of its files."""
    kept = queries.list_kept_codes()
    for item, code in codes.items():
        if not code and item in kept:
            db.session.delete(kept[item])
        elif item in kept:
            kept[item].code = code
        elif code:
            row = PayCode(organisation_id=actor.organisation_id, item=item, code=code)
            db.session.add(row)
    db.session.flush()


def hand_over(actor: Actor, run_id: str, version: int, system: System) -> HandedFile:
    """Make the file of an approved run for the system that pays it; with it the run ends.

    RuleBroken unless the run is approved and paid elsewhere, or for what the system's form cannot
    say; Conflict when somebody else changed the run. Raises NotVisible.
    """
    run = mark_handed_over(run_id, version)
    people = queries.list_handed(run.id)
    check_whole(people)
    content = file_of(system, people, queries.list_codes())
    stored = files.put(content, ENDINGS[system][1])
    file = HandedFile(
        organisation_id=run.organisation_id,
        pay_run_id=run.id,
        system=system,
        file_id=stored.id,
        sha256=stored.sha256,
        people=len(people),
        made_at=now(),
        made_by_id=actor.account_id,
    )
    db.session.add(file)
    db.session.flush()
    return file
