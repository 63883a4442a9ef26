"""What is asked of alerts: the lists of the pages, one alert, and what a morning needs to know."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import aliased

from jobsearch.accounts.models import Account
from jobsearch.coaching.alerts.models import Alert
from jobsearch.coaching.alerts.raising import Ended, RaisedKey
from jobsearch.coaching.alerts.rules import ALERT_RULES, DEEDS, AlertRule, Deed, Rule, Verdict
from jobsearch.coaching.alerts.searchers import works_on
from jobsearch.cohorts.models import Cohort, CohortState, Enrolment
from jobsearch.cohorts.queries import has_seat
from jobsearch.consents.queries import visible_participants
from jobsearch.core.access import Actor, Role
from jobsearch.core.clock import local, today
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.people.models import Person
from jobsearch.tracker.helping.models import HelpCall

PAGE = 25
EVERY_GROUP = "all"
_CHOICES = 200
_Taker = aliased(Account)
_Ender = aliased(Account)


class What(StrEnum):
    """Which alerts a list shows; each figure of the page of precision is one of these."""

    RAISED = "raised"
    OPEN = "open"
    TAKEN = "taken"
    BY_ITSELF = "by_itself"
    HELPFUL = "helpful"
    NEEDLESS = "needless"


CONDITIONS: dict[What, ColumnElement[bool]] = {
    What.RAISED: Alert.id.is_not(None),
    What.OPEN: Alert.ended_at.is_(None),
    What.TAKEN: Alert.taken_at.is_not(None),
    What.BY_ITSELF: and_(Alert.ended_at.is_not(None), Alert.ended_by_id.is_(None)),
    What.HELPFUL: Alert.verdict == Verdict.HELPFUL,
    What.NEEDLESS: Alert.verdict == Verdict.NEEDLESS,
}


class Period(StrEnum):
    """For how long back alerts are looked at, by the day on which they were raised."""

    ALL = ""
    MONTH = "30"
    QUARTER = "90"
    YEAR = "365"


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows a list; no group means the reader's own ones."""

    group: str = ""
    what: What = What.RAISED
    rule: AlertRule | None = None
    period: Period = Period.ALL


@dataclass(frozen=True, slots=True)
class AlertLine:
    """One alert as the pages show it, with the words of an open call for help."""

    id: str
    version: int
    rule: AlertRule
    enrolment_id: str
    person_id: str
    given_name: str
    family_name: str
    cohort_id: str
    group: str
    coach_id: str | None
    raised_on: date
    on: date | None
    until: date | None
    count: int
    out_of: int
    taken_by_id: str | None
    taken_by: str | None
    taken_at: datetime | None
    ended_at: datetime | None
    ended_by: str | None
    verdict: Verdict | None
    words: str | None

    @property
    def name(self) -> str:
        """The whole name of whom it is about."""
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def said(self) -> Rule:
        """The rule behind it, in words."""
        return ALERT_RULES[self.rule]

    @property
    def deeds(self) -> tuple[Deed, Deed]:
        """What could be done."""
        return DEEDS[self.rule]


@dataclass(frozen=True, slots=True)
class AlertPage:
    """One page of a list, and how many there are in all."""

    lines: Sequence[AlertLine]
    count: int

    @property
    def pages(self) -> int:
        """How many pages there are; an empty list is one page."""
        return max(1, -(-self.count // PAGE))


def list_alerts(actor: Actor, filters: Filters, page: int) -> AlertPage:
    """Alerts of people whom the actor may see; open ones by group and name, else the newest first.

    Two statements.
    """
    found = narrowed(actor, filters)
    count = db.session.scalar(_joined(select(func.count(Alert.id))).where(*found)) or 0
    by_group = (Cohort.name, Person.family_name, Person.given_name, Alert.rule, Alert.id)
    newest = (Alert.raised_at.desc(), Cohort.name, Person.family_name, Alert.id)
    statement = (
        _joined(_lines())
        .outerjoin(_Taker, _Taker.id == Alert.taken_by_id)
        .outerjoin(_Ender, _Ender.id == Alert.ended_by_id)
        .outerjoin(HelpCall, _open_call())
        .where(*found)
        .order_by(*(by_group if filters.what is What.OPEN else newest))
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    )
    return AlertPage([AlertLine(*row) for row in db.session.execute(statement)], count)


def narrowed(actor: Actor, filters: Filters) -> list[ColumnElement[bool]]:
    """The conditions of a list; its statement has joined `Cohort`."""
    day = today(actor.zone)
    found = [Alert.person_id.in_(visible_participants(actor, day)), CONDITIONS[filters.what]]
    if filters.rule is not None:
        found.append(Alert.rule == filters.rule)
    if filters.period is not Period.ALL:
        found.append(Alert.raised_on > day - timedelta(days=int(filters.period)))
    if filters.group not in ("", EVERY_GROUP):
        found.append(Alert.cohort_id == filters.group)
    elif not filters.group and actor.role is Role.COACH:
        found.append(or_(Cohort.coach_id == actor.account_id, Cohort.coach_id.is_(None)))
    return found


def _joined(statement: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return statement.join(Person, Person.id == Alert.person_id).join(
        Cohort, Cohort.id == Alert.cohort_id
    )


def _open_call() -> ColumnElement[bool]:
    return and_(
        Alert.rule == AlertRule.ASKED_FOR_HELP,
        Alert.ended_at.is_(None),
        HelpCall.enrolment_id == Alert.enrolment_id,
        HelpCall.ended_at.is_(None),
    )


def _lines() -> Select[*tuple[Any, ...]]:
    statement: Select[*tuple[Any, ...]] = select(
        Alert.id,
        Alert.version,
        Alert.rule,
        Alert.enrolment_id,
        Alert.person_id,
        Person.given_name,
        Person.family_name,
        Cohort.id,
        Cohort.name,
        Cohort.coach_id,
        Alert.raised_on,
        Alert.on,
        Alert.until,
        Alert.count,
        Alert.out_of,
        Alert.taken_by_id,
        _Taker.name,
        Alert.taken_at,
        Alert.ended_at,
        _Ender.name,
        Alert.verdict,
        HelpCall.words,
    )
    return statement


def list_group_choices() -> list[tuple[str, str]]:
    """Groups to choose from, the newest first: (key, name)."""
    statement = (
        select(Cohort.id, Cohort.name)
        .where(Cohort.state == CohortState.OPEN)
        .order_by(Cohort.starts_on.desc(), Cohort.name, Cohort.id)
        .limit(_CHOICES)
    )
    return [(key, name) for key, name in db.session.execute(statement)]


def get_alert(actor: Actor, alert_id: str) -> Alert:
    """An alert about somebody whom the actor may see, held until the end of the unit of work.

    Raises NotVisible.
    """
    seen = visible_participants(actor, today(actor.zone))
    statement = select(Alert).where(Alert.id == alert_id, Alert.person_id.in_(seen))
    alert = db.session.scalar(statement.with_for_update())
    if alert is None:
        raise NotVisible
    return alert


def name_of(account_id: str) -> str:
    """What an account is called."""
    return db.session.scalar(select(Account.name).where(Account.id == account_id)) or ""


def find_open(enrolment_id: str, rule: AlertRule) -> Alert | None:
    """The open alert of a rule about a person."""
    statement = select(Alert).where(
        Alert.enrolment_id == enrolment_id, Alert.rule == rule, Alert.ended_at.is_(None)
    )
    return db.session.scalar(statement)


@dataclass(frozen=True, slots=True)
class OpenAlert:
    """An open alert, and until when its person is in her group; None when she has left it."""

    id: str
    until: date | None


def list_open() -> dict[RaisedKey, OpenAlert]:
    """Every open alert, by enrolment and rule."""
    statement = (
        select(Alert.enrolment_id, Alert.rule, Alert.id, has_seat(), Cohort.ends_on)
        .join(Enrolment, Enrolment.id == Alert.enrolment_id)
        .join(Cohort, Cohort.id == Alert.cohort_id)
        .where(Alert.ended_at.is_(None))
        .order_by(Alert.id)
    )
    return {
        (enrolment_id, rule): OpenAlert(key, ends_on if is_here else None)
        for enrolment_id, rule, key, is_here, ends_on in db.session.execute(statement)
    }


def list_ended(day: date) -> dict[RaisedKey, Ended]:
    """When coaches ended the latest alerts about the people of the groups that work on a day."""
    statement = (
        select(Alert.enrolment_id, Alert.rule, func.max(Alert.ended_at))
        .join(Cohort, Cohort.id == Alert.cohort_id)
        .where(Alert.ended_by_id.is_not(None), works_on(day))
        .group_by(Alert.enrolment_id, Alert.rule)
    )
    rows = db.session.execute(statement)
    return {(key, rule): Ended(at, local(at).date()) for key, rule, at in rows if at}
