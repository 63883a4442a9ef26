"""What a participant reads of looks at what is hers, and of what went outside; always her own."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, literal, select, union_all

from jobsearch.accounts.models import Account
from jobsearch.analyses.models import Release
from jobsearch.audit.models import AccessEntry
from jobsearch.core.access import Actor
from jobsearch.core.clock import now, today
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.core.looks import Look
from jobsearch.core.periods import add_months, instant_of
from jobsearch.desk.seen_by.rules import (
    KEPT_YEARS,
    OTHER_SEEKER,
    PAGE,
    Entry,
    Line,
    Outside,
    Sending,
    joined,
    narrowed,
    sendings,
)
from jobsearch.notices.models import Message
from jobsearch.organisations.models import Organisation
from jobsearch.payroll.exports.bank.models import BankFile
from jobsearch.payroll.exports.others.models import HandedFile
from jobsearch.payroll.exports.register.models import RegisterDelivery, RegisterReport
from jobsearch.payroll.pay.models import Payslip

MOST = 20_000
"""So many looks are read at most, the newest: more than fifteen a working day of five years."""


@dataclass(frozen=True, slots=True)
class Looks:
    """All lines of a person. `readers` are the names of who looked by their key, in order.

    `organisations` are those of other organisations than her own.
    """

    lines: Sequence[Line]
    readers: Mapping[str, str]
    organisations: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SeenBy:
    """One page of the lines, with what there is to narrow them by; `looks` is how many looks."""

    lines: Sequence[Line]
    count: int
    looks: int
    kinds: Sequence[Look]
    readers: Mapping[str, str]
    organisations: Mapping[str, str]
    since: datetime

    @property
    def pages(self) -> int:
        """How many pages there are; an empty list is one page."""
        return max(1, -(-self.count // PAGE))

    @property
    def has_any(self) -> bool:
        """Whether anybody has looked at all, whatever the page is narrowed to."""
        return bool(self.readers)


@dataclass(frozen=True, slots=True)
class SentOutside:
    """One page of what went outside."""

    lines: Sequence[Sending]
    count: int

    @property
    def pages(self) -> int:
        """How many pages there are; an empty list is one page."""
        return max(1, -(-self.count // PAGE))


def list_seen(actor: Actor, who: str, what: str, page: int) -> SeenBy:
    """Who has looked at what of the actor's; two statements, however much there is.

    Raises NotVisible for who is no person of the provider.
    """
    all_ = load_looks(actor)
    found = narrowed(all_.lines, who, what)
    return SeenBy(
        lines=found[(page - 1) * PAGE : page * PAGE],
        count=len(found),
        looks=sum(line.times for line in found),
        kinds=sorted({line.kind for line in all_.lines if line.kind}),
        readers=all_.readers,
        organisations=all_.organisations,
        since=kept_since(actor),
    )


def load_looks(actor: Actor) -> Looks:
    """All lines of the actor, with the names in them; two statements. Raises NotVisible."""
    lines = joined(list_entries(actor, kept_since(actor)), actor.zone)
    others = {line.organisation_id for line in lines} - {actor.organisation_id}
    names = _names({line.who for line in lines} - {OTHER_SEEKER}, others)
    readers = {line.who: names.get(line.who, "") for line in lines}
    in_order = sorted(readers.items(), key=lambda one: (one[1].casefold(), one[0]))
    organisations = {key: names[key] for key in others if key in names}
    return Looks(lines, dict(in_order), organisations)


def kept_since(actor: Actor) -> datetime:
    """From when on looks are shown."""
    return instant_of(add_months(today(actor.zone), -12 * KEPT_YEARS), 0, actor.zone)


def list_entries(actor: Actor, since: datetime) -> list[Entry]:
    """Looks of others at the actor's things since then, newest first; at most MOST.

    The log belongs to no one organisation, so its person is asked for here.
    """
    if actor.person_id is None:
        raise NotVisible
    statement = (
        select(
            AccessEntry.at,
            AccessEntry.account_id,
            AccessEntry.role,
            AccessEntry.organisation_id,
            AccessEntry.what,
            AccessEntry.refused,
        )
        .where(
            AccessEntry.person_id == actor.person_id,
            AccessEntry.account_id != actor.account_id,
            AccessEntry.at >= since,
        )
        .order_by(AccessEntry.id.desc())
        .limit(MOST)
    )
    return [Entry(*row) for row in db.session.execute(statement)]


def _names(accounts: Collection[str], organisations: Collection[str]) -> dict[str, str]:
    statement = union_all(
        select(Account.id, Account.name).where(Account.id.in_(accounts)),
        select(Organisation.id, Organisation.name).where(Organisation.id.in_(organisations)),
    )
    return dict(db.session.execute(statement).all())


def list_sent(actor: Actor, page: int) -> SentOutside:
    """What of the actor's went outside, a page of it. Raises NotVisible."""
    lines = load_sent(actor)
    return SentOutside(lines[(page - 1) * PAGE : page * PAGE], len(lines))


def load_sent(actor: Actor) -> list[Sending]:
    """All that went outside of the actor's, where it is known of each person; one statement.

    Raises NotVisible for who is no person of the provider.
    """
    if actor.person_id is None:
        raise NotVisible
    since = kept_since(actor)
    statement = union_all(*(one.where(one.selected_columns[1] >= since) for one in _sent(actor)))
    rows = db.session.execute(statement)
    return sendings(((kind, at, more or "") for kind, at, more in rows), actor.zone)


def _sent(actor: Actor) -> list[Select[*tuple[Any, ...]]]:
    person_id = actor.person_id
    paid = select(Payslip.pay_run_id).where(Payslip.person_id == person_id)
    return [
        select(literal(Outside.ANALYSIS.value), Release.released_at, Account.name)
        .join(Account, Account.id == Release.recipient_id)
        .where(Release.person_id == person_id),
        select(literal(Outside.REGISTER.value), RegisterDelivery.delivered_at, literal(""))
        .join(RegisterReport, RegisterReport.delivery_id == RegisterDelivery.id)
        .where(RegisterReport.person_id == person_id, RegisterDelivery.is_test.is_(False)),
        select(literal(Outside.BANK.value), BankFile.made_at, literal("")).where(
            BankFile.pay_run_id.in_(paid)
        ),
        select(literal(Outside.PAYROLL.value), HandedFile.made_at, literal("")).where(
            HandedFile.pay_run_id.in_(paid)
        ),
        select(literal(Outside.MESSAGE.value), Message.sent_at, Message.kind).where(
            Message.subject_id.in_((person_id, actor.account_id)),
            Message.sent_at <= now(),
        ),
    ]
