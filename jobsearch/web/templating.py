"""Templates made ready once for each language: what never changes is text when they are compiled.

A page has some hundred marked sentences and a few dozen icons. Looking each up for every reader was
two thirds of what a page costs, so a template is compiled three times, in each language once.
"""

from collections.abc import MutableMapping
from contextlib import AbstractContextManager, nullcontext
from functools import lru_cache, partial
from typing import Any, Self

from flask import current_app, render_template, request, url_for
from flask.templating import Environment
from flask_babel import force_locale, gettext
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup, escape

from jobsearch.core.access import Role
from jobsearch.web.filters import FILTERS, current_language
from jobsearch.web.formats import LOCALES
from jobsearch.web.icons import icon
from jobsearch.web.navigation import ROLE_NAMES

_SAY = "_"
_SAFE = {ord(letter): str(escape(letter)) for letter in "&<>'\""}
# functions of ours and of Flask that want nothing of the template's context: called directly
_PLAIN = frozenset(
    {"caller", "csrf_token", "get_flashed_messages", "icon", "may", "once", "page_url", "static"}
    | {"url_for"}
)


def draw(template: str, **context: Any) -> str:
    """A template with its values, in the reader's language."""
    templates = current_app.jinja_env
    assert isinstance(templates, SpokenTemplates)
    spoken = templates.in_language(current_language())
    return render_template(spoken.get_template(template), **context)


def shown(value: object) -> str:
    """A value as the page shows it: made safe, unless it is markup already."""
    kind = type(value)
    if kind is Markup:
        return value  # type: ignore[return-value]
    if kind is str:
        return value.translate(_SAFE)  # type: ignore[attr-defined,no-any-return]
    return str(value) if kind is int else escape(value)


def address(endpoint: str, **values: Any) -> str:
    """The address of a page, as `url_for` makes it; the same one is made once."""
    try:
        return _address(request.script_root, endpoint, tuple(values), *values.values())
    except TypeError:  # a list among the values
        return url_for(endpoint, **values)


@lru_cache(4096, typed=True)  # 1 and True are equal, but not in an address
def _address(_root: str, endpoint: str, names: tuple[str, ...], *values: Any) -> str:
    return url_for(endpoint, **dict(zip(names, values, strict=True)))


def translated(message: str) -> Markup:
    """A marked sentence without gaps, as the templates say it."""
    # like Jinja's own: a catalogue is trusted, and two percent signs are one
    return Markup(gettext(message)) % {}  # noqa: S704


class SpokenTemplates(Environment):
    """The templates as they were written, and ready in each language."""

    language: str = ""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.in_language = lru_cache(self._in_language)
        self.shown = shown
        # sentences that are not known before the page is drawn, without gaps and with them
        self.said, self.gapped = self._said, self._gapped

    def _in_language(self, language: str) -> Self:
        spoken = self.overlay()
        spoken.language = language
        bound = {name: partial(form, language=language) for name, form in FILTERS.items()}
        spoken.filters = {**self.filters, **bound}
        spoken.filters["role_name"] = lambda role: spoken.said(ROLE_NAMES[Role(role)])
        spoken.said = lru_cache(4096)(spoken._said)
        spoken.gapped = lru_cache(4096)(spoken._gapped)
        return spoken

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The globals themselves: no template of ours has its own, and a copy is slow to search."""
        return self.globals if d is None else super().make_globals(d)

    def _said(self, message: str) -> Markup:
        with self.speaking():
            return translated(str(message))

    def _gapped(self, message: str) -> Markup:
        with self.speaking():
            return Markup(gettext(str(message)))  # noqa: S704 - a catalogue is trusted

    def speaking(self) -> AbstractContextManager[None]:
        """In this the sentences are those of the language."""
        return force_locale(LOCALES[self.language]) if self.language else nullcontext()


class _Compiler(CodeGenerator):
    """Writes marked sentences and icons as text, and calls macros and our functions directly."""

    environment: SpokenTemplates

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._direct = set(_PLAIN)

    def visit_Template(  # noqa: N802 - the library's name, like those below
        self, node: nodes.Template, frame: Frame | None = None
    ) -> None:
        """Know the macros before the first of them is called."""
        for macro in node.find_all(nodes.Macro):
            self._direct.add(macro.name)
        for imported in node.find_all(nodes.FromImport):
            names = (name if isinstance(name, str) else name[1] for name in imported.names)
            self._direct.update(names)
        with self.environment.speaking():
            super().visit_Template(node, frame)

    def visit_Call(  # noqa: N802
        self, node: nodes.Call, frame: Frame, forward_caller: bool = False
    ) -> None:
        """A call by a name that needs no context; all others as the library does them."""
        name = node.node.name if isinstance(node.node, nodes.Name) else ""
        simple = not node.dyn_args and not node.dyn_kwargs
        if simple and self._is_said(node, name):
            self._say(node, frame)
        elif name in self._direct and simple:
            self._call(node, frame, forward_caller=forward_caller)
        else:
            super().visit_Call(node, frame, forward_caller=forward_caller)

    def _say(self, node: nodes.Call, frame: Frame) -> None:
        (message,) = node.args
        if isinstance(message, nodes.Const):
            text = gettext(message.value) if node.kwargs else str(translated(message.value))
            self.write(f"(Markup({text!r})")
        else:
            self.write("(environment.gapped(" if node.kwargs else "(environment.said(")
            self.visit(message, frame)
            self.write(")")
        self._fill(node.kwargs, frame)
        self.write(")")

    def _fill(self, gaps: list[nodes.Keyword], frame: Frame) -> None:
        if not gaps:
            return
        self.write(" % {")
        for gap in gaps:
            self.write(f"{gap.key!r}: ")
            self.visit(gap.value, frame)
            self.write(", ")
        self.write("}")

    def _is_said(self, node: nodes.Call, name: str) -> bool:
        """Whether it is a sentence of a language."""
        return name == _SAY and bool(self.environment.language) and len(node.args) == 1

    def _call(self, node: nodes.Call, frame: Frame, *, forward_caller: bool) -> None:
        self.visit(node.node, frame)
        self.write("(")
        for argument in (*node.args, *node.kwargs):
            self.visit(argument, frame)
            self.write(", ")
        self.write("caller=caller)" if forward_caller else ")")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.shown(")

    def _output_child_to_const(self, node: nodes.Expr, frame: Frame, finalize: Any) -> str:
        fixed = self._fixed(node)
        if fixed is not None:
            return str(fixed)
        return super()._output_child_to_const(node, frame, finalize)

    def _fixed(self, node: nodes.Expr) -> Markup | None:
        """What an icon or a sentence without gaps always is."""
        if not isinstance(node, nodes.Call) or not isinstance(node.node, nodes.Name):
            return None
        if node.dyn_args or node.dyn_kwargs:
            return None
        given = (*node.args, *(pair.value for pair in node.kwargs))
        values = [value.value for value in given if isinstance(value, nodes.Const)]
        if len(values) < len(given):
            return None
        if node.node.name == "icon":
            names = (pair.key for pair in node.kwargs)
            named = dict(zip(names, values[len(node.args) :], strict=True))
            return icon(*values[: len(node.args)], **named)
        if node.node.name == _SAY and self.environment.language and len(values) == 1:
            return translated(values[0])
        return None


SpokenTemplates.code_generator_class = _Compiler
