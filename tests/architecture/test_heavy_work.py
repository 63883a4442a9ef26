"""Whatever makes a paper or a list or gives a file is limited: found by what it leads to."""

import ast
from functools import cache
from pathlib import Path

from flask import Flask

from tests.addresses import DOWNLOADS

ROOT = Path(__file__).parents[2]
Name = tuple[str, str]  # the module and what it is called there
HEAVY: frozenset[Name] = frozenset(
    {
        ("jobsearch.web.pages", "download"),
        ("jobsearch.web.pages", "download_file"),
        ("jobsearch.pdf.page", "build"),
        ("jobsearch.core.sheets", "to_csv"),
        ("jobsearch.core.sheets", "to_xlsx"),
        ("jobsearch.core.sheets", "to_workbook"),
        ("jobsearch.payroll.pay.copies.rules", "locked_pdf"),
    }
)


@cache
def _modules() -> dict[str, ast.Module]:
    paths = (ROOT / "jobsearch").rglob("*.py")
    parts = {path: path.relative_to(ROOT).with_suffix("").parts for path in paths}
    return {
        ".".join(names[:-1] if names[-1] == "__init__" else names): ast.parse(path.read_text())
        for path, names in parts.items()
    }


def _known(module: str, tree: ast.Module) -> dict[str, Name]:
    """What a name at the top of a module means."""
    known: dict[str, Name] = {}
    for node in tree.body:
        if isinstance(node, ast.ImportFrom):
            known |= {one.asname or one.name: (node.module or "", one.name) for one in node.names}
        known |= {name: (module, name) for name in _made(node)}
    return known


def _made(node: ast.stmt) -> list[str]:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return [node.name]
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    return [one.id for one in targets if isinstance(one, ast.Name)]


def _used(node: ast.stmt, known: dict[str, Name]) -> set[Name]:
    """What a function, class or table of the house speaks of, called or handed on."""
    used = {known[n.id] for n in ast.walk(node) if isinstance(n, ast.Name) and n.id in known}
    for one in ast.walk(node):
        if isinstance(one, ast.Attribute) and isinstance(one.value, ast.Name):
            module = ".".join(known.get(one.value.id, ()))
            used |= {(module, one.attr)} if module in _modules() else set()
    return used


@cache
def _uses() -> dict[Name, set[Name]]:
    uses: dict[Name, set[Name]] = {}
    for module, tree in _modules().items():
        known = _known(module, tree)
        for node in tree.body:
            uses |= {(module, name): _used(node, known) for name in _made(node)}
    return uses


def _leads_to_heavy_work(view: object) -> bool:
    todo, seen = [(view.__module__, view.__name__)], set()
    while todo:
        name = todo.pop()
        if name in HEAVY:
            return True
        if name not in seen:
            seen.add(name)
            todo += _uses().get(name, ())
    return False


def _heavy(app: Flask) -> set[str]:
    views = {name: view for name, view in app.view_functions.items() if name != "static"}
    return {name for name, view in views.items() if _leads_to_heavy_work(view)}


def test_every_address_that_makes_or_gives_a_file_is_limited(app: Flask) -> None:
    heavy = _heavy(app)
    assert len(heavy) >= 60
    marked = {n for n, view in app.view_functions.items() if getattr(view, "is_heavy", False)}
    assert marked == heavy


def test_no_address_with_the_ending_of_a_file_is_overlooked(app: Flask) -> None:
    named = {r.endpoint for r in app.url_map.iter_rules() if r.rule.endswith(DOWNLOADS)}
    rest = named - _heavy(app)
    assert {n for n in rest if not getattr(app.view_functions[n], "limits", ())} == set()
