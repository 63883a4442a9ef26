"""What may stand in an address: a row's key, a number that a row can have, and letters."""

from typing import Any

from flask import Flask, abort, request
from werkzeug.routing import BaseConverter, IntegerConverter, Map

LARGEST = 2**31 - 1
"""The largest number of a usual column; a gap for the key of a record names its own."""


class _KeyConverter(BaseConverter):
    """A row's random key in an address; anything else is no address of ours."""

    regex = "[a-z2-7]{20}"


class _NumberConverter(IntegerConverter):
    """A number in an address; one that no row can have is no address of ours."""

    def __init__(self, map: Map, **limits: Any) -> None:  # noqa: A002 - the library's name
        super().__init__(map, **{"max": LARGEST, **limits})


def init_addresses(app: Flask) -> None:
    """Let addresses have `<key:...>` and bounded `<int:...>` gaps, and nothing that is no text."""
    app.url_map.converters["key"] = _KeyConverter
    app.url_map.converters["int"] = _NumberConverter
    app.before_request(_refuse_nul)


def _refuse_nul() -> None:
    """PostgreSQL keeps no NUL in a text, so nothing of ours has one."""
    if "\0" in request.path or b"%00" in request.query_string:
        abort(404)
