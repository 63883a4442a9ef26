"""Lets a call for help raise its alert in the same moment, and end it when the call ends."""

from typing import Any

from sqlalchemy import Connection, event, insert, inspect, update
from sqlalchemy.orm import Mapper

from jobsearch.coaching.alerts.models import Alert
from jobsearch.coaching.alerts.rules import AlertRule
from jobsearch.core.clock import local
from jobsearch.tracker.helping.models import HelpCall


# However somebody comes to ask for help, her coach must see it at once; the tracker knows nothing
# of coaching, so the rows are watched from here.
@event.listens_for(HelpCall, "after_insert")
def _raise_alert(_mapper: Mapper[Any], connection: Connection, call: HelpCall) -> None:
    if call.ended_at is not None:
        return
    _end(connection, call)
    day = local(call.asked_at).date()
    connection.execute(
        insert(Alert).values(
            organisation_id=call.organisation_id,
            enrolment_id=call.enrolment_id,
            person_id=call.person_id,
            cohort_id=call.cohort_id,
            rule=AlertRule.ASKED_FOR_HELP,
            raised_on=day,
            raised_at=call.asked_at,
            on=day,
            version=1,
        )
    )


@event.listens_for(HelpCall, "after_update")
def _end_alert(_mapper: Mapper[Any], connection: Connection, call: HelpCall) -> None:
    if call.ended_at is not None and inspect(call).attrs.ended_at.history.has_changes():
        _end(connection, call)


def _end(connection: Connection, call: HelpCall) -> None:
    is_open = (
        Alert.enrolment_id == call.enrolment_id,
        Alert.rule == AlertRule.ASKED_FOR_HELP,
        Alert.ended_at.is_(None),
    )
    at = call.ended_at or call.asked_at
    connection.execute(update(Alert).where(*is_open).values(ended_at=at, version=Alert.version + 1))
