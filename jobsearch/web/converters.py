"""What may stand in an address: a row's key, a number that a row can have, and letters."""

from typing import Any

from flask import Flask, Request, abort, request
from werkzeug.datastructures import ImmutableMultiDict, MultiDict
from werkzeug.routing import BaseConverter, IntegerConverter, Map
from werkzeug.utils import cached_property

LARGEST = 2**31 - 1
"""The largest number of a usual column; a gap for the key of a record names its own."""


class _KeyConverter(BaseConverter):
    """A row's random key in an address; anything else is no address of ours."""

    regex = "[a-z2-7]{20}"


class _NumberConverter(IntegerConverter):
    """A number in an address; one that no row can have is no address of ours."""

    def __init__(self, map: Map, **limits: Any) -> None:  # noqa: A002 - the library's name
        super().__init__(map, **{"max": LARGEST, **limits})


class _TextRequest(Request):
    """A request in whose address no NUL is: PostgreSQL keeps none in a text."""

    @cached_property
    def args(self) -> MultiDict[str, str]:
        """What is asked for after the question mark."""
        said = super().args.items(multi=True)
        return ImmutableMultiDict((name, value.replace("\0", "")) for name, value in said)


def init_addresses(app: Flask) -> None:
    """Let addresses have `<key:...>` and bounded `<int:...>` gaps, and nothing that is no text."""
    app.url_map.converters["key"] = _KeyConverter
    app.url_map.converters["int"] = _NumberConverter
    app.request_class = _TextRequest
    app.before_request(_refuse_nul)


def _refuse_nul() -> None:
    if "\0" in request.path:
        abort(404)
