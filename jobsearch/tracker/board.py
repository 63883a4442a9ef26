"""Lets open boards follow the names of the people on them."""

from typing import Any

from sqlalchemy import Connection, event, inspect, select, update
from sqlalchemy.orm import Mapper

from jobsearch.cohorts.models import Cohort, Enrolment
from jobsearch.people.models import Person

_SHOWN = ("given_name", "family_name", "board_name")


# However a person comes to another name (her own choice, a correction, an import), the boards that
# show her must follow at once; people know nothing of cohorts, so the rows are watched from here.
@event.listens_for(Person, "after_update")
def _follow_the_name(_mapper: Mapper[Any], connection: Connection, person: Person) -> None:
    state = inspect(person)
    if not any(state.attrs[name].history.has_changes() for name in _SHOWN):
        return
    hers = select(Enrolment.cohort_id).where(Enrolment.person_id == person.id)
    connection.execute(
        update(Cohort).where(Cohort.id.in_(hers)).values(board_version=Cohort.board_version + 1)
    )
