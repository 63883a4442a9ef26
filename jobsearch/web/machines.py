"""Views that programs call, not people: they have no page of ours and so no token of a form."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, current_app, request

_View = TypeVar("_View", bound=Callable[..., Any])


def from_machine(view: _View) -> _View:
    """The view is proven by a secret of its own in the request, not by the token of a form."""
    view.from_machine = True  # type: ignore[attr-defined]
    return view


def init_machines(app: Flask) -> None:
    """Let requests of programs reach their views; every other POST needs a form's token."""
    for view in app.view_functions.values():
        if getattr(view, "from_machine", False):
            app.extensions["csrf"].exempt(view)
    app.before_request_funcs.setdefault(None, []).insert(0, _keep_body)


def _keep_body() -> None:
    """Keep a program's request as it came, before anything reads a form out of it: it is signed."""
    view = current_app.view_functions.get(request.endpoint or "")
    if getattr(view, "from_machine", False):
        request.get_data(cache=True)
