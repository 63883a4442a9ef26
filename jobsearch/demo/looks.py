"""Who looked at what in the demo's last weeks, so that its participants find their log written."""

from collections.abc import Mapping
from datetime import date, timedelta
from operator import itemgetter
from typing import Any

from sqlalchemy import insert

from jobsearch.audit.models import AccessEntry
from jobsearch.cohorts.models import Enrolment
from jobsearch.core.access import Actor
from jobsearch.core.db import db
from jobsearch.core.looks import Look, written
from jobsearch.core.periods import instant_of

# of everyone at work: days before today, minute of the day, who, what
_AT_WORK = (
    (14, 612, "coach", Look.DETAILS),
    (13, 541, "clerk", Look.CONTRACT),
    (13, 547, "clerk", Look.TAX_CARDS),
    (8, 702, "coach", Look.STRATEGY),
    (7, 625, "coach", Look.GOALS),
    (5, 548, "clerk", Look.HOURS),
    (5, 815, "manager", Look.HOURS),
    (2, 521, "coach", Look.CONVERSATION),
    (2, 533, "coach", Look.CONVERSATION),
    (2, 914, "coach", Look.CONVERSATION),
    (1, 605, "coach", Look.DOCUMENT),
    (1, 608, "coach", Look.DOCUMENT_FILE),
)
# of those in follow-up
_AFTERWARDS = (
    (19, 540, "clerk", Look.PAYSLIP),
    (19, 544, "clerk", Look.PAYSLIP_FILE),
    (12, 655, "manager", Look.CERTIFICATE_FILE),
    (9, 705, "coach", Look.ANALYSIS),
    (9, 733, "coach", Look.ANALYSIS),
    (4, 871, "coach", Look.OUTCOMES),
)


def look_back(
    staff: Mapping[str, Actor],
    running: Mapping[str, Enrolment],
    followed: Mapping[str, Enrolment],
    today: date,
) -> None:
    """Staff looked as their work asks for."""
    rows = [
        _row(staff[who], enrolment.person_id, (today - timedelta(days=back), minute), look)
        for enrolments, looks in ((running, _AT_WORK), (followed, _AFTERWARDS))
        for enrolment in enrolments.values()
        for back, minute, who, look in looks
    ]
    db.session.connection().execute(insert(AccessEntry), sorted(rows, key=itemgetter("at")))


def _row(actor: Actor, person_id: str, when: tuple[date, int], look: Look) -> dict[str, Any]:
    return {
        "at": instant_of(*when, actor.zone),
        "account_id": actor.account_id,
        "role": actor.role.value,
        "organisation_id": actor.organisation_id,
        "person_id": person_id,
        "what": written(look),
        "refused": False,
    }
