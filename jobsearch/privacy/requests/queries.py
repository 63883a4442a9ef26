"""What is asked of requests: the person's own, and those that wait for the manager."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import case, func, select
from sqlalchemy.orm import joinedload

from jobsearch.core.access import Actor
from jobsearch.core.clock import today
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.privacy.requests.models import DataRequest
from jobsearch.privacy.requests.rules import OPEN, is_overdue

PAGE = 25
_OWN = 50


@dataclass(frozen=True, slots=True)
class Requests:
    """One page of requests as of a day.

    `count` are all, `open` those without an answer, `late` those of them whose last day has passed.
    """

    day: date
    lines: list[DataRequest]
    count: int
    open: int
    late: int

    @property
    def pages(self) -> int:
        """How many pages there are; an empty list is one page."""
        return max(1, -(-self.count // PAGE))


def list_requests(actor: Actor, page: int) -> Requests:
    """The provider's requests: open ones first, by their last day; then the newest answered."""
    is_open = DataRequest.state.in_(OPEN)
    statement = (
        select(DataRequest)
        .options(joinedload(DataRequest.person))
        .order_by(
            case((is_open, 0), else_=1),
            case((is_open, DataRequest.due_on)),
            DataRequest.asked_at.desc(),
            DataRequest.id,
        )
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    )
    day = today(actor.zone)
    return Requests(day, list(db.session.scalars(statement)), *_counts(day))


def is_late(actor: Actor, request: DataRequest) -> bool:
    """Whether a request waits for its answer after its last day."""
    return is_overdue(request.state, request.due_on, today(actor.zone))


def _counts(day: date) -> tuple[int, int, int]:
    is_open = DataRequest.state.in_(OPEN)
    late = is_open & (DataRequest.due_on < day)
    row = db.session.execute(
        select(
            func.count(DataRequest.id),
            func.count(case((is_open, 1))),
            func.count(case((late, 1))),
        )
    ).one()
    return int(row[0]), int(row[1]), int(row[2])


def count_open(person_id: str) -> int:
    """How many of a person's requests wait for an answer."""
    statement = select(func.count(DataRequest.id)).where(
        DataRequest.person_id == person_id, DataRequest.state.in_(OPEN)
    )
    return db.session.scalar(statement) or 0


def list_own(person_id: str) -> list[DataRequest]:
    """A person's requests, the newest first; at most fifty."""
    statement = select(DataRequest).where(DataRequest.person_id == person_id)
    newest = statement.order_by(DataRequest.asked_at.desc(), DataRequest.id)
    return list(db.session.scalars(newest.limit(_OWN)))


def get_request(data_request_id: str, *, locked: bool = False) -> DataRequest:
    """A request of the provider's, with its person. Raises NotVisible."""
    statement = select(DataRequest).where(DataRequest.id == data_request_id)
    if locked:
        db.session.scalar(statement.with_only_columns(DataRequest.id).with_for_update())
    found = db.session.scalar(statement.options(joinedload(DataRequest.person)))
    if found is None:
        raise NotVisible
    return found


def get_own(actor: Actor, data_request_id: str) -> DataRequest:
    """One of the actor's own requests. Raises NotVisible for anybody else's."""
    found = get_request(data_request_id, locked=True)
    if actor.person_id is None or found.person_id != actor.person_id:
        raise NotVisible
    return found
