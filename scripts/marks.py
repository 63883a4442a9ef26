"""Finds the sentences of Python files for the catalogues: the marked ones, and what columns say.

`personal(purpose=…, basis=…, retention=…, sees=…)` is read by people on the register of processing,
so its texts are sentences too, without a mark at each.
"""

import ast
from collections.abc import Collection, Iterator, Mapping
from typing import IO, Any

from babel.messages.extract import extract_python

_Found = tuple[int, str | None, str, list[str]]


def extract(
    file: IO[bytes],
    keywords: Mapping[str, Any],
    comment_tags: Collection[str],
    options: Any,
) -> Iterator[Any]:
    """Every sentence of one file, as Babel wants them: line, function, text, comments."""
    yield from extract_python(file, keywords, comment_tags, options)
    file.seek(0)
    yield from _of_columns(ast.parse(file.read()))


def _of_columns(tree: ast.Module) -> Iterator[_Found]:
    known = {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "personal":
            for given in node.keywords:
                text = _text(given.value, known)
                if text:
                    yield node.lineno, None, text, []


def _text(value: ast.expr, known: Mapping[str, Any]) -> str:
    found = value.value if isinstance(value, ast.Constant) else None
    if isinstance(value, ast.Name):
        found = known.get(value.id)
    return found if isinstance(found, str) else ""
