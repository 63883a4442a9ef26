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
    for endpoint, view in app.view_functions.items():
        if getattr(view, "from_machine", False):
            app.extensions["csrf"].exempt(view)
            # a preprocessor comes before everything that may read a form out of the request
            app.url_value_preprocessors[endpoint.partition(".")[0]].append(_keep_body)


def _keep_body(endpoint: str | None, _values: object) -> None:
    """Keep a program's request as it came: it is signed."""
    if getattr(current_app.view_functions.get(endpoint or ""), "from_machine", False):
        request.get_data(cache=True)
