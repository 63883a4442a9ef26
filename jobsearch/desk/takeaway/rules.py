"""How the files of the archive are called."""

from collections.abc import Iterable
from datetime import date
from pathlib import PurePosixPath


def archive_name(day: date) -> str:
    """The archive's name: it names nobody."""
    return f"my-job-search-{day.isoformat()}.zip"


def unique_names(names: Iterable[str]) -> list[str]:
    """The same names, told apart by a number where two are alike on any computer."""
    taken: set[str] = set()
    found = []
    for name in names:
        path, unique, number = PurePosixPath(name), name, 1
        while unique.casefold() in taken:
            number += 1
            unique = f"{path.stem} ({number}){path.suffix}"
        taken.add(unique.casefold())
        found.append(unique)
    return found
