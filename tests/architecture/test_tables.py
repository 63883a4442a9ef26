"""What holds of every table and every relationship."""

import pytest
from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapper

from jobsearch.core.columns import PERSONAL
from jobsearch.core.db import Base, Versioned
from jobsearch.core.scope import Owned

_NOT_OF_A_PROVIDER = {
    "data_copy": "a municipal coach makes her own, in a scope without her town",
    "membership": "a role in an organisation is looked up before the session has a scope",
    "identity_provider": "asked for by the domain of an address, before there is a scope",
    "invitation": "answered before there is a scope, and made by the operator for others",
    "audit_entry": "written by the trail itself; read through its own queries",
    "access_entry": "written by the trail itself; read through its own queries",
    "break_glass": "asked for before there is a scope, and made by an operator for another's",
    "retention_run": "receipts of what belongs to accounts have no provider; read by own queries",
    "message": "the outbox is emptied by one job for all organisations",
}


_OF_SIGN_IN = {"account", "membership", "sign_in", "one_time_code", "account_link"} | {
    "authenticator",
    "recovery_code",
    "passkey",
    "wrong_tries",
    "known_device",
    "half_sign_in",
}


def _mappers() -> list[Mapper[object]]:
    return sorted(Base.registry.mappers, key=lambda mapper: mapper.local_table.name)


@pytest.mark.parametrize("mapper", _mappers(), ids=lambda m: m.local_table.name)
def test_every_relationship_is_loaded_on_purpose(mapper: Mapper[object]) -> None:
    assert [r.key for r in mapper.relationships if r.lazy not in ("raise", "raise_on_sql")] == []


@pytest.mark.parametrize("mapper", _mappers(), ids=lambda m: m.local_table.name)
def test_a_table_of_an_organisation_is_behind_the_tenant_filter(mapper) -> None:
    table = mapper.local_table
    if "organisation_id" in table.c and table.name not in _NOT_OF_A_PROVIDER:
        assert issubclass(mapper.class_, Owned)


@pytest.mark.parametrize("mapper", _mappers(), ids=lambda m: m.local_table.name)
def test_every_table_says_what_one_row_is(mapper) -> None:
    doc = mapper.class_.__doc__
    assert doc
    assert len(doc) > 20


@pytest.mark.parametrize("mapper", _mappers(), ids=lambda m: m.local_table.name)
def test_a_version_column_is_the_mappers_guard(mapper) -> None:
    if issubclass(mapper.class_, Versioned):
        assert mapper.version_id_col is mapper.local_table.c.version


@pytest.mark.parametrize("mapper", _mappers(), ids=lambda m: m.local_table.name)
def test_every_personal_column_says_why_it_is_kept_how_long_and_who_sees_it(mapper) -> None:
    table = mapper.local_table
    of_people = {"person", "enrolment"}
    targets = {key.column.table.name for key in table.foreign_keys}
    if table.name not in _OF_SIGN_IN | of_people and not targets & of_people:
        return
    unmarked = [
        column.name
        for column in table.c
        if not (column.primary_key or column.foreign_keys or column.name in ("version", "position"))
        and not (
            PERSONAL in column.info or column.info.get("secret") or "impersonal" in column.info
        )
    ]
    assert unmarked == [], f"{table.name}: mark with personal(...) or impersonal(why)"


@pytest.mark.parametrize("mapper", _mappers(), ids=lambda m: m.local_table.name)
def test_no_table_keeps_what_an_employer_may_not_have(mapper) -> None:
    forbidden = ("diagnos", "health", "illness", "sick", "disab", "religion", "ethnic", "union")
    named = [c.name for c in mapper.local_table.c if any(word in c.name for word in forbidden)]
    assert [n for n in named if n not in ("health_employer", "employer_health")] == []


@pytest.mark.parametrize("mapper", _mappers(), ids=lambda m: m.local_table.name)
def test_no_index_begins_with_the_organisation(mapper) -> None:
    # the tenant filter puts it into every statement: SQLite would find rows by it and read them all
    if not issubclass(mapper.class_, Owned):
        return
    table = mapper.local_table
    unique = [one for one in table.constraints if isinstance(one, UniqueConstraint)]
    listed = [list(index.columns) for index in (*table.indexes, *unique)]
    assert [columns for columns in listed if columns[:1] == [table.c.organisation_id]] == []
