"""Use cases of the timetable: clear one stage of one person, and all that is over of hers."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import delete, func, inspect, select, update

from jobsearch.audit.service import note_erased
from jobsearch.core import files
from jobsearch.core.clock import now
from jobsearch.core.db import Versioned, db
from jobsearch.payroll.contracts.editions.models import Contract, PapersEnd
from jobsearch.people.models import Person
from jobsearch.privacy.queries import is_hers, model_of
from jobsearch.privacy.retention import queries
from jobsearch.privacy.retention.accounts import forget_accounts, forget_traces
from jobsearch.privacy.retention.models import RetentionRun
from jobsearch.privacy.retention.rules import Stage
from jobsearch.privacy.retention.stages import BLANKED, ERASED, OWN_KEY, Blank
from jobsearch.recruitment.forgetting.queries import named_elsewhere

Gone = Counter[str]


def clear_due(person_id: str, day: date) -> dict[Stage, int]:
    """Clear every stage of one person that is over by the day, and note when the next one is.

    Returns how many rows went or were blanked at each; done again it is nothing.
    """
    ends = queries.ends_of(person_id)
    if ends is None:
        return {}
    done = {
        stage: clear(person_id, stage, day).total() for stage in Stage if ends.goes_on(stage) <= day
    }
    person = db.session.get_one(Person, person_id, populate_existing=True)
    if Stage.PAPERS in done and not _is_named_by_law(person_id):
        done[Stage.PAPERS] += end_person(person_id)
    upcoming = ends.next_after(day)
    if person.goes_on != upcoming:
        person.goes_on = upcoming
        db.session.flush()
    return {stage: count for stage, count in done.items() if count}


def clear(person_id: str, stage: Stage, day: date, only: Collection[str] | None = None) -> Gone:
    """Erase and blank what a stage names, of one person; returns how many rows by table.

    `only` are the tables that go before the stage is over: she is erased, and no law asks for
    them. Kinds, days and counts stay, so results do not change.
    """
    gone: Gone = Counter()
    if only is None and stage is Stage.PAPERS:
        _let_signatures_go(person_id, day)
    for name in ERASED[stage]:
        if only is None or name in only:
            gone[name] += _erase(model_of(name), is_hers(model_of(name), person_id))
    if only is None and stage is Stage.WORK:
        # what nobody signed goes after its claims period
        unsigned = (Contract.person_id == person_id) & ~queries.is_signed(Contract)
        gone["contract"] += _erase(Contract, unsigned)
    for blank in BLANKED[stage] if only is None else ():
        gone[blank.table_name] += _blank(blank, person_id)
    db.session.expire_all()
    if +gone:
        note_erased("person", [person_id])
    return +gone


def end_person(person_id: str) -> int:
    """Nothing that must be kept needs her any more: what is left of her says nothing.

    Her accounts are closed, messages to her go, links die, and her keys in the audit trail are
    destroyed. Returns 1 the first time, then 0.
    """
    person = db.session.get_one(Person, person_id)
    if person.erased_at is not None:
        return 0
    forget_traces(person_id)
    accounts = forget_accounts(person_id)
    person.erased_at = now()
    person.goes_on = None
    db.session.flush()
    note_erased("person", [person_id], subjects=[person_id, *accounts])
    return 1


def note_run(counts: dict[str, int], organisation_id: str | None) -> None:
    """Write a receipt for each kind of which something went."""
    at = now()
    for kind, rows in counts.items():
        if rows:
            db.session.add(
                RetentionRun(ran_at=at, kind=kind, rows=rows, organisation_id=organisation_id)
            )
    db.session.flush()


def _is_named_by_law(person_id: str) -> bool:
    """Whether a record that must be kept is still hers: a payslip that a later one corrects."""
    return any(
        db.session.scalar(
            select(func.count()).select_from(model_of(name)).where(_hers(name, person_id))
        )
        for name in ("payslip", "employment")
    )


def _hers(name: str, person_id: str) -> Any:
    return is_hers(model_of(name), person_id)


def _erase(model: type[Any], which: Any) -> int:
    """Delete rows, and the files that they alone name."""
    left = _files_of(model, which)
    statement = delete(model).where(which).execution_options(synchronize_session=False)
    count = int(db.session.execute(statement).rowcount)  # type: ignore[attr-defined]
    forget_files(left)
    return count


def forget_files(file_ids: Sequence[str]) -> None:
    """Forget files that no row names any more."""
    kept = named_elsewhere(files.StoredFile, file_ids) if file_ids else frozenset()
    for file_id in file_ids:
        if file_id not in kept:
            files.forget(file_id)


def _files_of(model: type[Any], which: Any) -> list[str]:
    found: set[str] = set()
    for column in inspect(model).columns:
        if any(key.column.table.name == "stored_file" for key in column.foreign_keys):
            statement = select(column).where(which, column.is_not(None))
            found.update(db.session.scalars(statement))
    return sorted(found)


def _blank(blank: Blank, person_id: str) -> int:
    model = model_of(blank.table_name)
    values = {name: model.id if value is OWN_KEY else value for name, value in blank.values.items()}
    if issubclass(model, Versioned):
        values["version"] = model.version + 1
    statement = update(model).where(queries.is_to_blank(blank, person_id)).values(values)
    done = db.session.execute(statement.execution_options(synchronize_session=False))
    return int(done.rowcount)  # type: ignore[attr-defined]


def _let_signatures_go(person_id: str, day: date) -> None:
    """Note that contracts which ended before a day need not be kept: the database asks for it."""
    last = db.session.scalar(
        select(func.max(Contract.ends_on)).where(Contract.person_id == person_id)
    )
    noted = db.session.scalar(select(func.max(PapersEnd.ended_before)))
    if last is not None and last < day - timedelta(days=1) and (noted is None or noted <= last):
        db.session.add(PapersEnd(ended_before=last + timedelta(days=1), noted_on=day))
        db.session.flush()
