"""What may stand in the gaps of an address: a row's key, and a number that a row can have."""

from typing import Any

from flask import Flask
from werkzeug.routing import BaseConverter, IntegerConverter, Map

LARGEST = 2**63 - 1
"""No number of ours is larger, and both databases can compare it."""


class _KeyConverter(BaseConverter):
    """A row's random key in an address; anything else is no address of ours."""

    regex = "[a-z2-7]{20}"


class _NumberConverter(IntegerConverter):
    """A number in an address; one that no row can have is no address of ours."""

    def __init__(self, map: Map, **limits: Any) -> None:  # noqa: A002 - the library's name
        super().__init__(map, **{"max": LARGEST, **limits})


def use_converters(app: Flask) -> None:
    """Let addresses have `<key:...>` and bounded `<int:...>` gaps."""
    app.url_map.converters["key"] = _KeyConverter
    app.url_map.converters["int"] = _NumberConverter
