"""Use case: take in a sheet of candidates."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import select

from jobsearch.core.db import db
from jobsearch.core.refusals import Refusals, same
from jobsearch.core.text import mark as N_
from jobsearch.people.models import Person
from jobsearch.recruitment.models import Candidate
from jobsearch.recruitment.queries import people_by_name
from jobsearch.recruitment.rules import ORDER, ExitReason, Stage
from jobsearch.recruitment.sheets.imports import SheetCandidate


def import_candidates(
    programme_id: str, rows: Sequence[SheetCandidate], starts: Mapping[str, date], this_day: date
) -> int:
    """Save the candidates of a sheet; returns how many.

    A person whose number is known becomes no second person. `starts` gives the first day of the
    cohorts that exist: whoever was selected for one still ahead has signed but not started.
    Raises FileRefused, with nothing saved, when someone is a candidate of the programme already.
    """
    known = _known_people([row.phone for row in rows if row.phone])
    _refuse_known(programme_id, rows, known)
    for row in rows:
        person = known.get(row.phone or "") or _introduce(row)
        ahead = starts.get(same(row.group), date.min) > this_day
        db.session.add(_candidate(programme_id, person.id, row, ahead))
    db.session.flush()
    return len(rows)


def _known_people(phones: Sequence[str]) -> dict[str, Person]:
    statement = select(Person).where(Person.phone.in_(phones))
    return {person.phone or "": person for person in db.session.scalars(statement)}


def _refuse_known(
    programme_id: str, rows: Sequence[SheetCandidate], known: Mapping[str, Person]
) -> None:
    refusals = Refusals()
    names = people_by_name(programme_id)
    already = set(names.values())
    for row in rows:
        person = known.get(row.phone or "")
        if same(row.name) in names or (person is not None and person.id in already):
            message = N_("Row %(row)d: %(name)s is a candidate of the programme already.")
            refusals.add(message, row=row.row, name=row.name)
    refusals.stop_if_any()


def _introduce(row: SheetCandidate) -> Person:
    given, _space, family = row.name.rpartition(" ")
    person = Person(
        given_name=(given or family)[:80],
        family_name=(family if given else "")[:80],
        phone=row.phone,
        municipality=row.municipality[:60] or None,
    )
    db.session.add(person)
    db.session.flush()
    return person


def _candidate(programme_id: str, person_id: str, row: SheetCandidate, ahead: bool) -> Candidate:
    stage = Stage.SIGNED if ahead and row.stage is Stage.STARTED else row.stage
    came = ORDER.index(stage) >= ORDER.index(Stage.ATTENDED)
    missed = row.exit_reason is ExitReason.DID_NOT_COME
    return Candidate(
        programme_id=programme_id,
        person_id=person_id,
        referred_by_name=row.municipal_coach[:120],
        introduction=row.introduction,
        group_name=row.group[:80],
        stage=stage,
        referred_on=row.referred_on,
        session_on=row.session_on,
        session_form=row.session_form,
        attended_on=row.session_on if came else None,
        exit_reason=row.exit_reason,
        exited_on=row.session_on if missed else None,
        times_returned=int(row.returned),
    )
