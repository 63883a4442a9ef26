"""The tenant filter: every ORM statement sees the rows of its session's organisations only."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from flask_sqlalchemy.session import Session as FlaskSession
from sqlalchemy import ForeignKey, String, bindparam, event
from sqlalchemy.orm import Mapped, ORMExecuteState, Session, mapped_column, with_loader_criteria
from sqlalchemy.orm.unitofwork import UOWTransaction

from jobsearch.core.tokens import KEY_LENGTH

TENANT = "tenant_organisation_id"


class Audited:
    """A table whose every insert, update and delete leaves a row in the audit trail."""


class Owned(Audited):
    """A table whose rows belong to one organisation; the tenant filter holds them.

    The organisation is never the first column of an index: it stands in every statement, most rows
    have the same one, and SQLite would take that index before the one that finds the few rows.
    """

    organisation_id: Mapped[str] = mapped_column(String(KEY_LENGTH), ForeignKey("organisation.id"))


class ScopeBroken(Exception):
    """A programming error: a statement without a scope, or a row outside it."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The organisations whose rows a session may see; None means all, for the system's own work."""

    organisation_ids: frozenset[str] | None
    reason: str

    @property
    def only(self) -> str | None:
        """The one organisation of the scope, if it has exactly one."""
        ids = self.organisation_ids
        return next(iter(ids)) if ids is not None and len(ids) == 1 else None


NOBODY = Scope(frozenset(), "signed out")


def whole_installation(reason: str) -> Scope:
    """The scope of the system's own work (jobs, sign-in, commands); the reason is kept."""
    return Scope(None, reason)


def open_scope(session: Session, scope: Scope) -> None:
    """Give a session its scope, once: rows loaded under a wider one would stay in it."""
    if "scope" in session.info:
        raise ScopeBroken("a session has one scope and keeps it")
    session.info["scope"] = scope


@lru_cache(maxsize=512)
def _criteria(organisation_ids: frozenset[str]) -> Any:
    if len(organisation_ids) == 1:
        (only,) = organisation_ids
        return with_loader_criteria(
            Owned,
            lambda cls: cls.organisation_id == only,
            include_aliases=True,
            track_closure_variables=True,
        )
    ids = sorted(organisation_ids)
    return with_loader_criteria(
        Owned,
        lambda cls: cls.organisation_id.in_(ids),
        include_aliases=True,
        track_closure_variables=True,
    )


_BY_NAME = with_loader_criteria(
    Owned,
    # the value of TENANT as it stands: a lambda of SQLAlchemy would take a name for a value
    lambda cls: cls.organisation_id == bindparam("tenant_organisation_id"),
    include_aliases=True,
)


def narrowed(statement: Any) -> Any:
    """A statement that sees the rows of the organisation that its value TENANT names."""
    return statement.options(_BY_NAME)


@event.listens_for(FlaskSession, "do_orm_execute")
def _narrow_every_statement(state: ORMExecuteState) -> None:
    info = state.session.info
    scope: Scope | None = info.get("scope")
    if scope is None:
        raise ScopeBroken("a statement outside a unit of work")
    if info.get("read_only") and not state.is_select:
        raise ScopeBroken("a GET changes nothing")
    if scope.organisation_ids is not None and not state.is_column_load:
        state.statement = state.statement.options(_criteria(scope.organisation_ids))


@event.listens_for(FlaskSession, "before_flush")
def _hold_every_row(session: Session, _context: UOWTransaction, _instances: object) -> None:
    changed = [*session.new, *(row for row in session.dirty if session.is_modified(row))]
    changed += session.deleted
    if not changed:
        return
    if "scope" not in session.info:
        raise ScopeBroken("a change outside a unit of work")
    if session.info.get("read_only"):
        raise ScopeBroken("a GET changes nothing")
    scope: Scope = session.info["scope"]
    for row in changed:
        if not isinstance(row, Owned):
            continue
        if not row.organisation_id and scope.only is not None:
            row.organisation_id = scope.only
        if scope.organisation_ids is not None and row.organisation_id not in scope.organisation_ids:
            raise ScopeBroken(f"a {type(row).__name__} outside the organisations of its session")
