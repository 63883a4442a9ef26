"""Consent is a condition of nothing: no contract, hour or pay asks for one or looks at one."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2] / "jobsearch"
BOUND = ("accounts", "attendance", "cohorts", "hiring", "intake", "payroll", "standup", "tracker")
HARMLESS = {"visible_participants"}  # whose rows somebody may see, for every role
SOURCES = sorted(path for name in BOUND for path in (ROOT / name).rglob("*.py"))
PAGES = sorted(
    path
    for name in (*BOUND, "contracts")
    for path in (ROOT / "templates").glob(f"{name}*/**/*.html")
)
ASKING = re.compile(r"\b(permissions|introductions|analyses)\.\w+|my-permissions|my permission")


def _taken_from_consents(path: Path) -> set[str]:
    taken: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(
            "jobsearch.consents"
        ):
            taken |= {one.name for one in node.names}
        if isinstance(node, ast.Import):
            taken |= {one.name for one in node.names if "jobsearch.consents" in one.name}
    return taken


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_contract_hour_or_pay_gives_or_reads_a_consent(path):
    assert _taken_from_consents(path) <= HARMLESS


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_page_of_contract_hours_or_pay_asks_for_a_consent(path):
    assert not ASKING.search(path.read_text())


def test_the_pages_of_signing_are_among_those_looked_at():
    names = {path.name for path in PAGES}
    assert len(PAGES) > 30 and any("contract" in name or "sign" in name for name in names)
