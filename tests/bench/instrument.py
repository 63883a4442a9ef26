"""The instruments: instructions a deed under callgrind, which are exact, or CPU time, which is not.

Instructions are the same to three digits whatever else the machine does; CPU time on a busy
machine is not, so it is printed and nothing is asserted on it.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

_ROOT = Path(__file__).parents[2]
_VALGRIND = ("valgrind", "--tool=callgrind", "--instr-atstart=no", "--combine-dumps=no")
_TOTAL = re.compile(r"^(?:totals|summary): (\d+)", re.MULTILINE)
ROUNDS = 5
WARM = 10


def is_exact() -> bool:
    """Whether callgrind is installed."""
    return bool(shutil.which("valgrind") and shutil.which("callgrind_control"))


def measure(folder: Path, names: Mapping[str, int]) -> dict[str, float]:
    """The cost of one deed of each name, done as often as said, all in one process.

    Million instructions with callgrind, else milliseconds of CPU time.
    """
    with Child(folder, under=_VALGRIND if is_exact() else ()) as child:
        return _count(child, names) if is_exact() else _time(child, names)


class Child:
    """The measured process."""

    def __init__(self, folder: Path, under: tuple[str, ...] = ()) -> None:
        self.folder = folder
        self.dumps = folder / "callgrind"
        out = (f"--callgrind-out-file={self.dumps}",) if under else ()
        environment = dict(os.environ, PYTHONHASHSEED="0", PYTHONDONTWRITEBYTECODE="1")
        environment["PYTHONPATH"] = str(_ROOT)
        self.errors = (folder / "errors").open("w")
        self.process = subprocess.Popen(
            [*under, *out, sys.executable, "-m", "tests.bench.child", str(folder)],
            cwd=_ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.errors,
            text=True,
        )

    def __enter__(self) -> "Child":
        self._answer()
        return self

    def __exit__(self, *_error: object) -> None:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()
        self.errors.close()

    def do(self, name: str, times: int) -> float:
        """Make ready and do; returns CPU seconds."""
        self.ready(name, times)
        return self.go()

    def ready(self, name: str, times: int) -> None:
        """Make deeds ready."""
        self._ask(f"ready\t{name}\t{times}")

    def go(self) -> float:
        """Do what is ready; returns CPU seconds."""
        return float(self._ask("go"))

    def _ask(self, line: str) -> str:
        assert self.process.stdin is not None
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        return self._answer()

    def _answer(self) -> str:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            raise AssertionError((self.folder / "errors").read_text()[-4000:])
        return line.strip()

    def control(self, *order: str) -> None:
        """Give callgrind an order."""
        command = ["callgrind_control", *order, str(self.process.pid)]
        subprocess.run(command, check=True, capture_output=True)

    def count(self, name: str, times: int) -> int:
        """Do it under count; returns instructions of all the times together."""
        self.ready(name, times)
        self.control("--zero")
        self.go()
        self.control("--dump")
        newest = max(self.dumps.parent.glob("callgrind.*"), key=lambda file: int(file.suffix[1:]))
        found = _TOTAL.search(newest.read_text())
        newest.unlink()
        assert found is not None
        return int(found[1])


def _count(child: Child, names: Mapping[str, int]) -> dict[str, float]:
    _warm(child, names)
    child.control("--instr=on")
    child.count("nothing", 1)
    nothing = child.count("nothing", 1)
    return {
        name: (child.count(name, times) - nothing) / times / 1e6 for name, times in names.items()
    }


def _time(child: Child, names: Mapping[str, int]) -> dict[str, float]:
    _warm(child, names)
    found: dict[str, list[float]] = {name: [] for name in names}
    for _ in range(ROUNDS):
        for name, times in names.items():
            found[name].append(child.do(name, times) / times * 1000)
    return {name: min(some) for name, some in found.items()}


def _warm(child: Child, names: Mapping[str, int]) -> None:
    """Until caches are full, statements compiled and Python has seen what types come."""
    for name, times in names.items():
        child.do(name, WARM if times > 1 else 2)
