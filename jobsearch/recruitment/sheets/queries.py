"""What is asked of sheets that wait, and who of their people is known already."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import defer

from jobsearch.cohorts.models import Cohort, CohortState
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.core.refusals import same
from jobsearch.people.models import Person
from jobsearch.people.queries import identity_indices
from jobsearch.recruitment.models import Candidate
from jobsearch.recruitment.referrals.rules import KnownBy
from jobsearch.recruitment.sheets.imports import SheetCandidate
from jobsearch.recruitment.sheets.models import CandidateSheet

_AT_ONCE = 500  # rows asked for in one statement


def get_sheet(sheet_id: str) -> CandidateSheet:
    """A sheet that waits, with its bytes. Raises NotVisible."""
    sheet = db.session.scalar(select(CandidateSheet).where(CandidateSheet.id == sheet_id))
    if sheet is None:
        raise NotVisible
    return sheet


def list_sheets() -> list[CandidateSheet]:
    """The sheets that wait, newest first, without their bytes."""
    statement = (
        select(CandidateSheet)
        .options(defer(CandidateSheet.content, raiseload=True))
        .order_by(CandidateSheet.uploaded_at.desc(), CandidateSheet.id)
        .limit(20)
    )
    return list(db.session.scalars(statement))


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody of a sheet whom the provider knows: by what, and her person."""

    row: int
    name: str
    by: KnownBy
    person: Person


def find_known(rows: Sequence[SheetCandidate]) -> dict[int, Known]:
    """Who of the rows is known, by row: by code before phone, by phone before e-mail."""
    found: dict[int, Known] = {}
    for start in range(0, len(rows), _AT_ONCE):
        some = rows[start : start + _AT_ONCE]
        people = _alike(some)
        by_code = {person.identity_index: person for person in people if person.identity_index}
        by_phone = {person.phone: person for person in people if person.phone}
        by_email = {person.email: person for person in people if person.email}
        for row in some:
            indices = identity_indices(row.identity_code) if row.identity_code else ()
            coded = (by_code[index] for index in indices if index in by_code)
            ways = (
                (KnownBy.IDENTITY_CODE, next(coded, None)),
                (KnownBy.PHONE, by_phone.get(row.phone or "")),
                (KnownBy.EMAIL, by_email.get(row.email or "")),
            )
            for by, person in ways:
                if person is not None and row.row not in found:
                    found[row.row] = Known(row.row, row.name, by, person)
    return found


def _alike(rows: Sequence[SheetCandidate]) -> list[Person]:
    codes = [
        index for row in rows if row.identity_code for index in identity_indices(row.identity_code)
    ]
    same: list[ColumnElement[bool]] = [
        Person.phone.in_([row.phone for row in rows if row.phone]),
        Person.email.in_([row.email for row in rows if row.email]),
    ]
    if codes:
        same.append(Person.identity_index.in_(codes))
    return list(db.session.scalars(select(Person).where(or_(*same)).order_by(Person.id)))


def cohort_starts(programme_id: str) -> dict[str, date]:
    """The first day of each of the programme's cohorts, by plain name."""
    statement = select(Cohort.name, Cohort.starts_on).where(
        Cohort.programme_id == programme_id, Cohort.state != CohortState.CANCELLED
    )
    return {same(name): starts_on for name, starts_on in db.session.execute(statement)}


def candidates_among(programme_id: str, person_ids: Sequence[str]) -> frozenset[str]:
    """Which of the persons are candidates of the programme already."""
    found: set[str] = set()
    for start in range(0, len(person_ids), _AT_ONCE):
        statement = select(Candidate.person_id).where(
            Candidate.programme_id == programme_id,
            Candidate.person_id.in_(person_ids[start : start + _AT_ONCE]),
        )
        found.update(db.session.scalars(statement))
    return frozenset(found)
