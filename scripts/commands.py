"""Runs several of the program's commands one after another in one process.

Starting Python anew for each takes a second or two: `commands.py db upgrade --then demo load`.
"""

from __future__ import annotations

import sys
from itertools import groupby
from pathlib import Path

from flask.cli import FlaskGroup, ScriptInfo

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from jobsearch.app import create_app


def main(arguments: list[str]) -> None:
    """Runs each command; the first that fails ends the rest."""
    app = create_app()
    group = FlaskGroup(create_app=lambda: app, add_default_commands=False)
    for is_break, command in groupby(arguments, lambda word: word == "--then"):
        if not is_break:
            group.main(
                list(command),
                prog_name="flask",
                standalone_mode=False,
                obj=ScriptInfo(create_app=lambda: app),
            )
            sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
