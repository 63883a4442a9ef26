"""What may never come back, whatever was sent: faults, foreign code, ways out, wrong owners."""

from urllib.parse import urlsplit

import sqlalchemy as sa
from lxml import html
from werkzeug.test import TestResponse

from jobsearch.accounts.models import Membership
from jobsearch.core.db import Base, db, unit_of_work
from jobsearch.core.scope import whole_installation
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
    """Foreign keys whose two ends belong to different organisations."""
    wrong = []
    tables = [t for t in Base.metadata.sorted_tables if "organisation_id" in t.c]
    with unit_of_work(whole_installation("the tests look for mixed rows"), read_only=True):
        line = db.session.connection()
        for table in tables:
            for key in table.foreign_keys:
                parent = key.column.table.alias()
                if "organisation_id" not in parent.c or key.parent.name == "organisation_id":
                    continue
                other = parent.c.organisation_id
                query = (
                    sa.select(sa.func.count())
                    .select_from(table)
                    .join(parent, key.parent == parent.c[key.column.name])
                    .where(other != table.c.organisation_id)
                )
                if line.execute(query).scalar_one():
                    wrong.append(f"{table.name}.{key.parent.name} leads to another organisation")
    return wrong


def roles_of(account_id: str) -> set[tuple[str, str]]:
    """What an account may be, where."""
    with unit_of_work(whole_installation("the tests look at roles"), read_only=True):
        rows = db.session.query(Membership).filter_by(account_id=account_id, ended_at=None)
        return {(row.role, row.organisation_id) for row in rows}
