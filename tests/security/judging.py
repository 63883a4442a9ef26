"""What may never come back, whatever was sent: faults, foreign code, ways out, wrong owners."""

from urllib.parse import urlsplit

import sqlalchemy as sa
from lxml import html
from werkzeug.test import TestResponse

from jobsearch.accounts.models import Membership
from jobsearch.core.access import Role
from jobsearch.core.db import Base, db, unit_of_work
from jobsearch.core.scope import whole_installation
from jobsearch.organisations.models import Organisation, OrganisationKind
from tests.security.hostile import MARK

_HOME = frozenset({"", "localhost"})


def faults_of(answer: TestResponse) -> list[str]:
    """What is wrong with an answer, in words; nothing when it is as it should be."""
    wrong = []
    if answer.status_code >= 500:
        wrong.append(f"answer {answer.status_code}")
    if "X-Fuzzed" in answer.headers or MARK in str(answer.headers.get("Refresh", "")):
        wrong.append("a header that was typed")
    if urlsplit(answer.location or "").netloc not in _HOME and "/oidc" not in answer.request.path:
        wrong.append(f"leads to {answer.location}")
    if answer.mimetype == "text/html" and MARK.encode() in answer.data:
        wrong += _code_in(answer.get_data(as_text=True))
    return wrong


def _code_in(page: str) -> list[str]:
    """Typed text that a browser would run."""
    wrong = []
    for element in html.document_fromstring(page).iter("*"):
        if element.tag == "script" and MARK in (element.text or ""):
            wrong.append("a script that was typed")
        for name, value in element.items():
            is_address = name in ("href", "src", "action", "formaction", "hx-get", "hx-post")
            runs = value.strip().lower().startswith(("javascript:", "data:", "vbscript:"))
            if name.startswith("on") or (is_address and runs):
                wrong.append(f"{name}={value[:60]}")
    return wrong


def rows_of_two_organisations() -> list[str]:
    """Foreign keys whose two ends belong to different organisations.

    An account is of every organisation in which it has, or had, a role.
    """
    wrong = []
    tables = [t for t in Base.metadata.sorted_tables if "organisation_id" in t.c]
    with unit_of_work(whole_installation("the tests look for mixed rows"), read_only=True):
        line = db.session.connection()
        for table in tables:
            for key in table.foreign_keys:
                mixed = _mixed(table, key)
                if mixed is not None and line.execute(mixed).scalar_one():
                    wrong.append(f"{table.name}.{key.parent.name} leads to another organisation")
    return wrong


def _mixed(table: sa.Table, key: sa.ForeignKey) -> sa.Select[tuple[int]] | None:
    """How many rows of a table lead by this key to what another organisation has."""
    counted = sa.select(sa.func.count()).select_from(table)
    if key.column.table.name == "account":
        return counted.where(*_of_others_alone(key.parent, table.c.organisation_id))
    parent = key.column.table.alias()
    if "organisation_id" not in parent.c or key.parent.name == "organisation_id":
        return None
    joined = counted.join(parent, key.parent == parent.c[key.column.name])
    return joined.where(parent.c.organisation_id != table.c.organisation_id)


def _of_others_alone(
    account: sa.Column[str], organisation: sa.Column[str]
) -> tuple[sa.ColumnElement[bool], ...]:
    """The account works for another provider, and not for this one. Operators work for all."""
    one, role = Membership.__table__.alias(), sa.select(sa.literal(1))
    provider = Organisation.__table__.alias()
    elsewhere = role.where(
        one.c.account_id == account,
        one.c.role != Role.OPERATOR,
        provider.c.id == one.c.organisation_id,
        provider.c.kind == OrganisationKind.PROVIDER,
    )
    here = role.where(one.c.account_id == account, one.c.organisation_id == organisation)
    return elsewhere.exists(), ~here.exists()


def roles_of(account_id: str) -> set[tuple[str, str]]:
    """What an account may be, where."""
    with unit_of_work(whole_installation("the tests look at roles"), read_only=True):
        rows = db.session.query(Membership).filter_by(account_id=account_id, ended_at=None)
        return {(row.role, row.organisation_id) for row in rows}
