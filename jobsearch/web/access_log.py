"""The web server's log of requests, without what opens something: `gunicorn --logger-class`."""

import re
from typing import Any

from gunicorn.glogging import Logger  # type: ignore[import-untyped]

# secrets of links are longer than the keys of rows, which open nothing by themselves
_SECRET = re.compile(r"(?<=/)[A-Za-z0-9_-]{21,}(?=/|$)")


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
        atoms["r"] = f"{method} {masked(address)} {protocol}"
        atoms["U"], atoms["q"] = masked(str(atoms["U"])), "-"
        atoms["f"] = masked(str(atoms["f"]))
        return atoms
