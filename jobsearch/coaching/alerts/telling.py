"""Tells coaches of new alerts: one message a morning, and at once what people ask of them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, select, update

from jobsearch.accounts.models import Account, Membership
from jobsearch.coaching.alerts.mail import AT_ONCE, MORNING, news_of, page_of_alerts
from jobsearch.coaching.alerts.models import Alert
from jobsearch.coaching.alerts.rules import AlertRule
from jobsearch.coaching.alerts.searchers import works_on
from jobsearch.cohorts.models import Cohort
from jobsearch.core.access import Role
from jobsearch.core.clock import now
from jobsearch.core.db import db
from jobsearch.notices.queries import is_written
from jobsearch.notices.rules import Recipient, TextKind
from jobsearch.notices.service import send

OWN_WORD = frozenset({AlertRule.ASKED_FOR_HELP, AlertRule.CONFIDENCE_DOWN})
"""What a person herself has said is told at once."""
_GOOD_FOR = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Untold:
    """An open alert that nobody has taken and of which no coach was told."""

    id: str
    rule: AlertRule
    group: str
    coach_id: str | None


@dataclass(frozen=True, slots=True)
class Reader:
    """A coach who can get a message."""

    account_id: str
    name: str
    email: str | None
    language: str


def list_providers(day: date) -> list[str]:
    """Every provider with a group that works on a day, or with an open alert."""
    at_work = select(Cohort.organisation_id).where(works_on(day))
    waiting = select(Alert.organisation_id).where(Alert.ended_at.is_(None))
    return sorted(db.session.scalars(at_work.union(waiting)))


def list_asked() -> list[str]:
    """Every provider whose coaches are to be told at once of something."""
    return sorted(set(db.session.scalars(select(Alert.organisation_id).where(*_untold(OWN_WORD)))))


def tell_in_the_morning(organisation_id: str, day: date) -> int:
    """Write each coach one message about the new alerts of her groups; says how many."""
    found = _list_untold(frozenset(AlertRule))
    readers = _list_readers(organisation_id) if found else []
    return sum(
        _tell(organisation_id, reader, MORNING, found, f"alerts:{reader.account_id}:{day}")
        for reader in readers
    )


def tell_at_once(organisation_id: str) -> int:
    """Write to the coaches of whoever turns to them; says how many messages were written."""
    found = _list_untold(OWN_WORD)
    readers = _list_readers(organisation_id) if found else []
    return sum(_tell(organisation_id, reader, AT_ONCE, found) for reader in readers)


def _tell(
    organisation_id: str,
    reader: Reader,
    kind: TextKind,
    found: Sequence[Untold],
    once: str | None = None,
) -> bool:
    own = [one for one in found if one.coach_id in (None, reader.account_id)]
    if not own or (once is not None and is_written(once)):
        return False
    sent = send(
        kind,
        Recipient(reader.email, None, reader.language, reader.account_id, reader.name),
        {"news": news_of((one.group, one.rule) for one in own), "link": page_of_alerts()},
        organisation_id=organisation_id,
        once=once,
        expires_at=now() + _GOOD_FOR,
    )
    told = update(Alert).where(Alert.id.in_([one.id for one in own]))
    db.session.execute(told.values(told_at=now()))
    return sent is not None


def _untold(rules: Collection[AlertRule]) -> tuple[ColumnElement[bool], ...]:
    return (
        Alert.ended_at.is_(None),
        Alert.taken_at.is_(None),
        Alert.told_at.is_(None),
        Alert.rule.in_(sorted(rules)),
    )


def _list_untold(rules: Collection[AlertRule]) -> list[Untold]:
    statement = (
        select(Alert.id, Alert.rule, Cohort.name, Cohort.coach_id)
        .join(Cohort, Cohort.id == Alert.cohort_id)
        .where(*_untold(rules))
        .order_by(Cohort.name, Alert.id)
    )
    return [Untold(*row) for row in db.session.execute(statement)]


def _list_readers(organisation_id: str) -> list[Reader]:
    """The provider's coaches; they see groups of their own, and groups that have no coach."""
    statement = (
        select(Account.id, Account.name, Account.email, Account.language)
        .join(Membership, Membership.account_id == Account.id)
        .where(
            Membership.organisation_id == organisation_id,
            Membership.role == Role.COACH,
            Membership.ended_at.is_(None),
            Account.closed_at.is_(None),
            Account.email.is_not(None),
        )
        .order_by(Account.id)
    )
    rows = db.session.execute(statement)
    return [Reader(key, name.split(maxsplit=1)[0], email, lang) for key, name, email, lang in rows]
