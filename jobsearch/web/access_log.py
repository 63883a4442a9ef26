"""The web server's log of requests, without what opens something: `gunicorn --logger-class`."""

import re
import sys
from typing import Any

from gunicorn.glogging import Logger  # type: ignore[import-untyped]

from jobsearch.core.logs import one_line

# secrets of links are longer than the keys of rows, which open nothing by themselves
_SECRET = re.compile(r"(?<=/)[A-Za-z0-9_-]{21,}(?=[/.]|$)")


def masked(address: str) -> str:
    """An address without its query and without secrets in its path."""
    path, question, _query = address.partition("?")
    return _SECRET.sub("-", path) + ("?-" if question else "")


class MaskedLogger(Logger):  # type: ignore[misc]  # the library ships no types
    """Writes each request in a line, its address masked."""

    def atoms(self, *args: Any, **values: Any) -> dict[str, Any]:
        """What a line is made of."""
        atoms: dict[str, Any] = super().atoms(*args, **values)
        method, _, rest = str(atoms["r"]).partition(" ")
        address, _, protocol = rest.rpartition(" ")
        atoms["r"] = one_line(f"{method} {masked(address)} {protocol}")
        atoms["U"], atoms["q"] = one_line(masked(str(atoms["U"]))), "-"
        atoms["f"] = one_line(masked(str(atoms["f"])))
        atoms["a"], atoms["u"] = one_line(str(atoms["a"])), "-"
        return atoms

    def warning(self, msg: str, *args: Any, **values: Any) -> None:
        """Note a request that is none, without what it said: that may be half an address."""
        if msg.startswith("Invalid request from"):
            msg = one_line(msg.partition(": ")[0])
        super().warning(msg, *args, **values)

    def exception(self, msg: object, *args: Any, **values: Any) -> None:
        """Note a request that failed outside of the application by the kind of the failure."""
        if str(msg).startswith("Error handling request"):
            super().error("Error handling request: %s", type(sys.exc_info()[1]).__name__)
        else:
            super().exception(msg, *args, **values)
