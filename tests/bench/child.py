"""The measured process: makes deeds ready and does them as it is told, one line at a time.

`ready NAME TIMES` answers `ok`; `go` answers with the CPU seconds that the deeds took.
"""

import gc
import pickle
import sys
import time
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Self

from flask import Flask

from jobsearch.app import create_app
from jobsearch.config import Config, Mode
from jobsearch.core import clock
from tests.bench.deeds import Product, deeds, search
from tests.world import NOW


class StoppedClock(datetime):
    """The moment of the cast; a library that stops all clocks would be measured with the pages."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Self:
        """It is always the same time."""
        return NOW.astimezone(tz)  # type: ignore[return-value]


def serve(folder: Path) -> None:
    """Answer until the other end hangs up."""
    clock.datetime = StoppedClock  # type: ignore[attr-defined]
    product = Product(_app(folder, "crowd"), pickle.loads((folder / "crowd").read_bytes()))
    searched = pickle.loads((folder / "searched").read_bytes())
    known = deeds(product, folder / "limit.db") | search(_app(folder, "searched"), searched)
    acts = []
    _say("ready")
    for line in sys.stdin:
        word, *rest = line.rstrip("\n").split("\t")
        if word == "ready":
            acts = known[rest[0]](int(rest[1]))
            gc.collect()
            gc.freeze()  # else the whole application's objects are gone through in somebody's turn
            _say("ok")
            continue
        began = time.process_time()
        for act in acts:
            act()
        _say(str(time.process_time() - began))


def _app(folder: Path, name: str) -> Flask:
    """As it runs for real: https, secure cookies, rate limits."""
    url = f"sqlite:///{folder}/{name}.db"
    return create_app(Config(Mode.PRODUCTION, folder, url, "https://localhost"))


def _say(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    serve(Path(sys.argv[1]))
