"""Use cases of the memory of companies: count the new actions into it, say who takes calls."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import bindparam, insert, update

from jobsearch.core.clock import now
from jobsearch.core.db import db
from jobsearch.core.errors import Conflict
from jobsearch.core.tokens import new_key
from jobsearch.tracker.companies import queries
from jobsearch.tracker.companies.models import Company, CompanyChannel
from jobsearch.tracker.companies.queries import Due
from jobsearch.tracker.companies.rules import TakesCalls, Tally, check_company, tally
from jobsearch.tracker.models import Action
from jobsearch.tracker.rules import Channel

_WHOLE = {"render_nulls": True}


def remember_batch(organisation_id: str, today: date) -> int:
    """Count actions of days that are over, and replies that came since; returns how many rows.

    A few statements a batch, however many rows; nothing of who did it is written, nor a day, and
    the trail gets no entry, as its hour would name the night. Each row is counted once: what was
    undone, private or from a file is only marked as seen. 0 means that nothing is left.
    """
    queries.hold_memory(organisation_id)
    new = queries.list_due(today)
    if new:
        _count(organisation_id, new, replies_only=False)
        answered = [one.action_id for one in new if one.deed.has_reply]
        _mark([one.action_id for one in new], "remembered_at")
        _mark(answered, "reply_remembered_at")
        return len(new)
    late = queries.list_due_replies(today)
    _count(organisation_id, late, replies_only=True)
    _mark([one.action_id for one in late], "reply_remembered_at")
    return len(late)


def _mark(action_ids: Sequence[str], column: str) -> None:
    if not action_ids:
        return
    seen = update(Action).where(Action.id.in_(action_ids)).values({column: now()})
    db.session.execute(seen, execution_options={"synchronize_session": False})


def _count(organisation_id: str, due: Sequence[Due], *, replies_only: bool) -> None:
    deeds = [one.deed for one in due if one.counts]
    if not deeds:
        return
    names = {deed.name_key: deed.name for deed in deeds}
    companies = _companies_of(organisation_id, names)
    found = tally(deeds, replies_only=replies_only)
    counts = {(companies[key], channel): one for (key, channel), one in found.items()}
    _add_up(organisation_id, counts)


def _companies_of(organisation_id: str, names: Mapping[str, str]) -> dict[str, str]:
    """The companies of these keys; those that are not remembered yet are from now on."""
    companies = queries.companies_by_key(names.keys())
    missing = {key: new_key() for key in names if key not in companies}
    rows = [
        {
            "id": company_id,
            "organisation_id": organisation_id,
            "name": names[key],
            "name_key": key,
            "takes_calls": None,
            "version": 1,
        }
        for key, company_id in missing.items()
    ]
    if rows:
        db.session.execute(insert(Company), rows, execution_options=_WHOLE)
    return companies | missing


def _add_up(organisation_id: str, counts: Mapping[tuple[str, Channel], Tally]) -> None:
    known = queries.channels_of({company_id for company_id, _channel in counts})
    new: list[dict[str, Any]] = []
    more: list[dict[str, Any]] = []
    for key, one in counts.items():
        row = known.get(key)
        if row is None:
            new.append(_row(organisation_id, *key, one))
        else:
            more.append(_sums(row, one))
    if new:
        db.session.execute(insert(CompanyChannel), new)
    if more:
        _raise(more)


def _row(organisation_id: str, company_id: str, channel: Channel, one: Tally) -> dict[str, Any]:
    return {
        "id": new_key(),
        "organisation_id": organisation_id,
        "company_id": company_id,
        "channel": channel,
        "contacts": one.contacts,
        "replies": one.replies,
        "interviews": one.interviews,
        "last_month": one.last_month,
    }


def _sums(row: CompanyChannel, one: Tally) -> dict[str, Any]:
    return {
        "row_id": row.id,
        "to_contacts": row.contacts + one.contacts,
        "to_replies": row.replies + one.replies,
        "to_interviews": row.interviews + one.interviews,
        "to_month": max(row.last_month, one.last_month),
    }


def _raise(rows: list[dict[str, Any]]) -> None:
    statement = (
        update(CompanyChannel)
        .where(CompanyChannel.id == bindparam("row_id"))
        .values(
            contacts=bindparam("to_contacts"),
            replies=bindparam("to_replies"),
            interviews=bindparam("to_interviews"),
            last_month=bindparam("to_month"),
        )
    )
    db.session.connection().execute(statement, rows)


def note_company(name: str, takes_calls: TakesCalls) -> Company:
    """A coach has learned how a company takes calls, whether it is remembered already or not.

    Raises RuleBroken for no name, or one that is too long.
    """
    key = check_company(name)
    company = queries.find_company(key)
    if company is None:
        company = Company(name=" ".join(name.split()), name_key=key)
        db.session.add(company)
    company.takes_calls = takes_calls
    db.session.flush()
    return company


def say_takes_calls(
    company_id: str, takes_calls: TakesCalls | None, version: int | None = None
) -> Company:
    """How a company takes calls; None: nobody knows. Raises NotVisible, Conflict."""
    company = queries.get_company_row(company_id)
    if version is not None and version != company.version:
        raise Conflict
    company.takes_calls = takes_calls
    db.session.flush()
    return company
