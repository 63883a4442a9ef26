"""Writes docs/fields.md: the rules of every field, read from the forms and the rules themselves.

    .venv/bin/python scripts/fields.py > docs/fields.md

The first table says of each form's fields what is checked when something is sent, the second what
the use cases check of fields together, with the sentence and the field that it is shown on. The
same sources give the same text.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import wtforms.validators as checks  # noqa: E402
from flask_wtf.file import FileField, FileRequired  # noqa: E402
from wtforms import fields as known  # noqa: E402
from wtforms.fields.core import UnboundField  # noqa: E402

import jobsearch  # noqa: E402
from jobsearch.web import fields as own  # noqa: E402
from jobsearch.web.forms import Form  # noqa: E402

KINDS = {
    known.StringField: "text",
    known.TextAreaField: "long text",
    known.HiddenField: "kept by the page",
    known.PasswordField: "password",
    known.EmailField: "e-mail address",
    known.URLField: "web address",
    known.SelectField: "one of a list",
    known.RadioField: "one of a list",
    known.SelectMultipleField: "some of a list",
    known.BooleanField: "yes or no",
    FileField: "file",
}
MUST = (own.Required, FileRequired, checks.InputRequired, checks.DataRequired)
BETWEEN = {
    own.IntegerField: "0 to 999,999,999",
    own.MoneyField: "-999,999,999.99 to 999,999,999.99",
    own.HundredthsField: "-999,999,999.99 to 999,999,999.99",
    own.ClockField: "0.00 to 23.59",
    own.DateField: f"{own.EARLIEST:%d.%m.%Y} to {own.LATEST:%d.%m.%Y}",
}
MOST_CHOICES = 12
HEAD = """# Rules of all fields

Made by `scripts/fields.py` from the forms and the rules themselves; `tests/scripts/test_fields.py`
fails when this page is not what it makes. Every text is trimmed, put into one spelling of its
letters (NFC) and freed of control characters before anything else is asked of it. A form with
something wrong is answered by 422, the sentence at its field, and what was typed is kept.

## Fields

*Choices* of a list that depends on the provider's own rows are offered by the page; anything else
that is sent is refused. A text without a length here has its length in the second table.
"""
RULES = """
## Rules of use cases

What is checked when the form is whole: lengths that depend on what is written, days and sums
against each other, and states. *On* is the field that the sentence stands at; without one it stands
above the form. `%(name)s` stands for a value.

| where | rule | on | says |
| --- | --- | --- | --- |"""


def main() -> str:
    """The whole page."""
    lines = [HEAD]
    for module, forms in _forms().items():
        lines.append(f"### {module.removeprefix('jobsearch.').replace('.', '/')}\n")
        lines.append("| form | field | kind | must | length | between | choices | says |")
        lines.append("| --- | --- | --- | --- | --- | --- | --- | --- |")
        lines += [_row(form, *field) for form in forms for field in _fields(form)]
        lines.append("")
    return "\n".join([*lines, RULES.strip("\n"), *_rules()]) + "\n"


def _forms() -> dict[str, list[type[Form]]]:
    """Every form with fields by its module, in the order in which they are written."""
    for found in pkgutil.walk_packages(jobsearch.__path__, "jobsearch."):
        if not found.name.endswith("__main__"):
            importlib.import_module(found.name)
    forms = sorted(dict.fromkeys(_below(Form)), key=_place)
    found_in: dict[str, list[type[Form]]] = {}
    for form in forms:
        if any(True for _ in _fields(form)):
            found_in.setdefault(form.__module__, []).append(form)
    return found_in


def _below(parent: type[Form]) -> Iterator[type[Form]]:
    for child in parent.__subclasses__():
        if child.__module__.startswith("jobsearch."):
            yield child
            yield from _below(child)


def _place(form: type[Form]) -> tuple[str, int, str]:
    return form.__module__, inspect.getsourcelines(form)[1], form.__name__


def _fields(form: type[Form]) -> Iterator[tuple[str, UnboundField[Any]]]:
    found = {name: getattr(form, name) for name in dir(form) if name != "meta"}
    fields = [(name, one) for name, one in found.items() if isinstance(one, UnboundField)]
    yield from sorted(fields, key=lambda field: field[1].creation_counter)


def _row(form: type[Form], name: str, field: UnboundField[Any]) -> str:
    given = {**dict(zip(("label", "validators"), field.args, strict=False)), **field.kwargs}
    asked = tuple(given.get("validators") or ())
    cells = (
        form.__name__,
        f"{name}: {given['label']}" if given.get("label") else name,
        KINDS.get(field.field_class) or _first_line(field.field_class),
        "yes" if any(isinstance(one, MUST) for one in asked) else "",
        _length(asked),
        _between(field.field_class),
        _choices(field, given, asked),
        " ".join(dict.fromkeys(_says(form, name, field.field_class, asked))),
    )
    return _line(cells)


def _line(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(" ".join(c.split()).replace("|", "\\|") for c in cells) + " |"


def _first_line(thing: Any) -> str:
    return (inspect.getdoc(thing) or "").partition("\n")[0].rstrip(".")


def _length(asked: tuple[Any, ...]) -> str:
    for one in asked:
        if isinstance(one, checks.Length):
            least = f"{one.min} to " if one.min > 0 else ""
            return f"{least}{one.max}" if one.max > 0 else f"at least {one.min}"
    return ""


def _between(kind: type[Any]) -> str:
    """The least and the most that a field of the house reads as a value."""
    if issubclass(kind, own.HoursField):
        return f"0 to {kind.most_minutes // 60} h"
    return next((words for one, words in BETWEEN.items() if issubclass(kind, one)), "")


def _choices(field: UnboundField[Any], given: dict[str, Any], asked: tuple[Any, ...]) -> str:
    values = [str(value) for one in asked if isinstance(one, checks.AnyOf) for value in one.values]
    values += [
        str(one.value) if hasattr(one, "value") else str(one[0])
        for one in _listed(field.field_class, given)
    ]
    values = [value or "none" for value in values]
    if len(values) > MOST_CHOICES:
        return f"{len(values)} of them, {values[0]} to {values[-1]}"
    if values:
        return ", ".join(values)
    return "offered by the page" if issubclass(field.field_class, known.SelectFieldBase) else ""


def _listed(kind: type[Any], given: dict[str, Any]) -> list[Any]:
    choices = given.get("choices") or ()
    if kind is own.LanguageField:
        return list(own.LANGUAGE_NAMES.items())
    if callable(choices):
        return []
    if isinstance(choices, dict):
        return [one for group in choices.values() for one in group]
    return list(choices)


def _says(form: type[Form], name: str, kind: type[Any], asked: tuple[Any, ...]) -> Iterator[str]:
    """The sentences of what is asked of a field, of its kind, and of its form's own check."""
    for one in asked:
        if getattr(one, "message", None):
            yield str(one.message)
        elif inspect.isfunction(one):
            yield from _marked(one)
    for parent in kind.__mro__:
        if parent.__module__.startswith("jobsearch."):
            yield from _marked(parent)
    if hasattr(form, f"validate_{name}"):
        yield from _marked(getattr(form, f"validate_{name}"))


def _marked(thing: Any) -> Iterator[str]:
    for node in ast.walk(ast.parse(textwrap.dedent(inspect.getsource(thing)))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "_l":
            yield from _texts(node.args[0], {})


def _rules() -> Iterator[str]:
    for path in sorted((ROOT / "jobsearch").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        constants = _constants(tree)
        where = "/".join(path.relative_to(ROOT / "jobsearch").with_suffix("").parts)
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                yield from _of_function(where, node, constants)


def _constants(tree: ast.Module) -> dict[str, ast.expr]:
    """The marked sentences that stand by name at the top of a module."""
    return {
        target.id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def _of_function(where: str, function: ast.FunctionDef, constants: dict[str, ast.expr]) -> Any:
    doc = (ast.get_docstring(function) or function.name).partition("\n")[0]
    doc = doc.partition(" Raises")[0].replace("_", " ").strip()
    for node in ast.walk(function):
        if not (isinstance(node, ast.Call) and getattr(node.func, "id", "") == "RuleBroken"):
            continue
        fields = [word.value for word in node.keywords if word.arg == "field"]
        on = fields[0].value if fields and isinstance(fields[0], ast.Constant) else ""
        for said in dict.fromkeys(_texts(node.args[0], constants)):
            yield _line((where, doc, str(on), said))


def _texts(node: ast.expr, constants: dict[str, ast.expr]) -> Iterator[str]:
    """The sentences that an expression may stand for, as far as they stand there in words."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.Name) and node.id in constants:
        yield from _texts(constants[node.id], {})
    elif isinstance(node, ast.Call):
        for one in node.args:
            yield from _texts(one, constants)
    elif isinstance(node, ast.IfExp):
        yield from _texts(node.body, constants)
        yield from _texts(node.orelse, constants)


if __name__ == "__main__":
    sys.stdout.write(main())
