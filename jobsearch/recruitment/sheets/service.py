"""Use case: save the candidates of a sheet; whoever is known becomes no second person."""

from collections.abc import Mapping, Sequence
from datetime import date

from jobsearch.cohorts.calendar import free_weekday_from
from jobsearch.core.db import db
from jobsearch.core.refusals import Refusals, same
from jobsearch.core.text import mark as N_
from jobsearch.people.models import Person
from jobsearch.recruitment.models import Candidate
from jobsearch.recruitment.queries import people_by_name
from jobsearch.recruitment.rules import CallWhy, Channel, ExitReason, Stage, is_before
from jobsearch.recruitment.sheets import queries
from jobsearch.recruitment.sheets.imports import SheetCandidate
from jobsearch.recruitment.sheets.queries import Known


def import_candidates(
    programme_id: str, rows: Sequence[SheetCandidate], starts: Mapping[str, date], this_day: date
) -> int:
    """Save the candidates of a sheet; returns how many.

    A person whose number, address or code is known becomes no second person. `starts` gives the
    first day of the cohorts that exist: whoever was selected for one still ahead has signed but not
    started. Raises FileRefused, with nothing saved, when someone is a candidate of the programme
    already.
    """
    known = queries.find_known(rows)
    _refuse_known(programme_id, rows, known)
    save_rows(programme_id, rows, known, starts, this_day)
    return len(rows)


def save_rows(
    programme_id: str,
    rows: Sequence[SheetCandidate],
    known: Mapping[int, Known],
    starts: Mapping[str, date],
    this_day: date,
) -> None:
    """Save rows of whom none is a candidate yet; new ones come to the call list."""
    for row in rows:
        person = known[row.row].person if row.row in known else _introduce(row)
        ahead = starts.get(same(row.group), date.min) > this_day
        db.session.add(_candidate(programme_id, person.id, row, ahead, this_day))
    db.session.flush()


def _refuse_known(
    programme_id: str, rows: Sequence[SheetCandidate], known: Mapping[int, Known]
) -> None:
    refusals = Refusals()
    names = people_by_name(programme_id)
    already = set(names.values())
    for row in rows:
        person = known[row.row].person if row.row in known else None
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
        email=row.email,
        municipality=row.municipality[:60] or None,
        language=row.language,
    )
    db.session.add(person)
    db.session.flush()
    return person


def _candidate(
    programme_id: str, person_id: str, row: SheetCandidate, ahead: bool, this_day: date
) -> Candidate:
    stage = Stage.SIGNED if ahead and row.stage is Stage.STARTED else row.stage
    came = not is_before(stage, Stage.ATTENDED)
    missed = row.exit_reason is ExitReason.DID_NOT_COME
    waits = stage is Stage.REFERRED and row.exit_reason is None
    return Candidate(
        programme_id=programme_id,
        person_id=person_id,
        channel=Channel.IMPORTED,
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
        call_on=free_weekday_from(this_day) if waits else None,
        call_why=CallWhy.FIRST_CALL if waits else None,
        call_when=row.call_when,
    )
