"""The house's own rules, kept by a machine: what the linters and import contracts cannot say."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "jobsearch").rglob("*.py"))
LONGEST_FILE, LONGEST_FUNCTION, LONGEST_VIEW = 300, 40, 15
HEAVY = ("core", "pdf", "web")  # may import a heavy library on first use


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _functions(tree: ast.AST) -> Iterator[ast.FunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            yield node


def _body_lines(function: ast.FunctionDef) -> int:
    first = function.body[0]
    documented = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    start = (first.end_lineno or first.lineno) + 1 if documented else first.lineno
    return (function.end_lineno or start) - start + 1


def _calls(tree: ast.AST, name: str) -> list[int]:
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == name
    ]


@pytest.mark.parametrize("path", SOURCES, ids=_name)
def test_a_file_has_at_most_300_lines_and_a_function_40(path: Path) -> None:
    text = path.read_text()
    assert len(text.splitlines()) <= LONGEST_FILE
    for function in _functions(ast.parse(text)):
        lines = (function.end_lineno or 0) - function.lineno + 1
        assert lines <= LONGEST_FUNCTION, f"{function.name} has {lines} lines"


@pytest.mark.parametrize("path", [p for p in SOURCES if p.name == "views.py"], ids=_name)
def test_a_view_has_at_most_15_lines(path: Path) -> None:
    for function in _functions(ast.parse(path.read_text())):
        assert _body_lines(function) <= LONGEST_VIEW, f"{function.name} is too long for a view"


def test_only_the_unit_of_work_commits() -> None:
    found = {_name(p) for p in SOURCES if _calls(ast.parse(p.read_text()), "commit")}
    assert found == {"jobsearch/core/db.py"} | (found & {"jobsearch/web/unit.py"})
    unit = (ROOT / "jobsearch/web/unit.py").read_text()
    assert "session.commit" not in unit  # it asks core.db for it


def test_only_the_clock_asks_the_time() -> None:
    asking = re.compile(r"\b(datetime|date)\.(now|utcnow|today)\(|\btime\.time\(")
    found = {_name(p) for p in SOURCES if asking.search(p.read_text())}
    assert found <= {"jobsearch/core/clock.py", "jobsearch/core/hits.py"}


@pytest.mark.parametrize(
    "path",
    [p for p in SOURCES if {"payroll", "rates", "attendance"} & set(p.parts) or p.stem == "money"],
    ids=_name,
)
def test_money_and_hours_are_never_floats(path: Path) -> None:
    names = [n.id for n in ast.walk(ast.parse(path.read_text())) if isinstance(n, ast.Name)]
    assert "float" not in names


def test_raw_sql_and_tables_stay_in_the_kernel() -> None:
    raw = re.compile(r"\.__table__|(?<![\w.])text\(\s*[\"']")
    found = {_name(p) for p in SOURCES if raw.search(p.read_text())}
    outside = {name for name in found if not name.startswith("jobsearch/core/")}
    assert outside <= {"jobsearch/audit/trail.py", "jobsearch/consents/models.py"}


@pytest.mark.parametrize("path", SOURCES, ids=_name)
def test_imports_stand_at_the_top_and_are_absolute(path: Path) -> None:
    tree = ast.parse(path.read_text())
    room = path.stem
    for function in _functions(tree):
        inside = [n for n in ast.walk(function) if isinstance(n, ast.Import | ast.ImportFrom)]
        own = [
            n
            for n in inside
            if isinstance(n, ast.ImportFrom) and (n.module or "").startswith("jobsearch")
        ]
        heavy = path.parts[-2] in HEAVY or room in ("cli", "jobs", "calendar", "exports", "imports")
        assert not own or heavy, f"{function.name} imports inside"
        assert heavy or not inside, f"{function.name} imports inside"
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0
            assert all(alias.name != "*" for alias in node.names)


_FORBIDDEN = {
    "rules": ("flask", "sqlalchemy", "wtforms", "jobsearch.core.db", "jobsearch.core.clock"),
    "models": ("flask", "wtforms"),
    "queries": ("flask", "wtforms"),
    "service": ("flask", "wtforms"),
    "forms": ("sqlalchemy", "jobsearch.core.db"),
    "views": ("sqlalchemy", "jobsearch.core.db"),
}
_ROOMS = ("models", "queries", "service", "forms", "views", "pdf")
_NEVER_FROM = {
    "rules": _ROOMS,
    "models": ("queries", "service", "forms", "views", "pdf"),
    "queries": ("service", "forms", "views", "pdf"),
    "service": ("forms", "views"),
    "forms": ("models", "queries", "service", "views"),
    "views": ("models",),
}


@pytest.mark.parametrize("path", [p for p in SOURCES if p.stem in _FORBIDDEN], ids=_name)
def test_a_room_imports_only_what_its_work_needs(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text())):
        if not isinstance(node, ast.ImportFrom):
            continue
        module = node.module or ""
        named = [f"{module}.{alias.name}" for alias in node.names] + [module]
        for forbidden in _FORBIDDEN[path.stem]:
            assert not any(n == forbidden or n.startswith(forbidden + ".") for n in named), module
        if module.startswith("jobsearch.") and path.parts[-3:-1] != ("jobsearch", "web"):
            rooms = {part for name in named for part in name.split(".")[2:]}
            assert not rooms & set(_NEVER_FROM[path.stem]), f"imports {module}"


@pytest.mark.parametrize("path", [p for p in SOURCES if p.stem == "queries"], ids=_name)
def test_queries_write_nothing(path: Path) -> None:
    tree = ast.parse(path.read_text())
    for verb in ("add", "add_all", "delete", "flush"):
        lines = [n for n in _calls(tree, verb) if "session" in path.read_text().splitlines()[n - 1]]
        assert not lines, f"{verb} at {lines}"


def test_names_of_no_meaning_name_nothing() -> None:
    empty = {"utils", "helpers", "common", "misc", "managers", "handlers"}
    assert not {p.stem for p in SOURCES} & empty
    assert not {p.parent.name for p in SOURCES} & empty


def test_files_speak_of_the_project_alone() -> None:
    machine = re.compile(r"(^|[^a-z.])/(work|farm|root)/|\bTODO\b|\bFIXME\b", re.MULTILINE)
    files = [
        *SOURCES,
        *(ROOT / "jobsearch/templates").rglob("*.html"),
        *(ROOT / "docs").rglob("*.md"),
    ]
    assert [_name(p) for p in files if machine.search(p.read_text())] == []


def test_an_id_that_scripts_look_for_stands_in_one_template_at_most() -> None:
    """A section that happens to have the same id would be taken for what the script means."""
    scripts = "".join(path.read_text() for path in (ROOT / "jobsearch/static").glob("*.js"))
    looked_for = set(re.findall(r'(?:getElementById\("|querySelector\("#)([a-z-]+)"', scripts))
    templates = [path.read_text() for path in (ROOT / "jobsearch/templates").rglob("*.html")]
    times = {one: sum(text.count(f'id="{one}"') for text in templates) for one in looked_for}
    assert len(looked_for) >= 3
    assert {one: count for one, count in times.items() if count > 1} == {}
