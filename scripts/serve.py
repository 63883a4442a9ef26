"""Prepares the database, then starts the web server and the scheduler; called by scripts/run."""

from __future__ import annotations

import contextlib
import ctypes
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterable, Iterator
from typing import IO, NoReturn

from plan import HOST, ROOT, WEB_SERVER, Plan, Refused, check_database, check_port, read_options

PATIENCE_SECONDS = 60
GRACE_SECONDS = 10
STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG of Linux
LIBC = ctypes.CDLL(None)

Process = subprocess.Popen[bytes]


class Stopped(BaseException):
    """Somebody asked us to stop."""


def prepare(plan: Plan) -> str:
    """Makes keys and tables, then the demo or the first manager; returns the sign-ins to show."""
    if not (plan.instance / "keys").exists():
        command(plan, "-m", "jobsearch.keys")
    steps = ["db", "upgrade", "--then"]
    if plan.manager:
        steps += ["accounts", "first-manager", plan.manager]
    else:
        steps += ["demo", "load", "--if-empty", "--then", "demo", "sign-ins"]
    return command(plan, "scripts/commands.py", *steps)


def command(plan: Plan, *words: str) -> str:
    """Runs a program of the house; returns what it printed. Raises Refused where it fails."""
    with (plan.logs / "prepare.log").open("w+") as log:
        process = subprocess.Popen(
            [sys.executable, *words],
            cwd=ROOT,
            env=plan.environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            preexec_fn=die_with_parent,
        )
        try:
            told, _ = process.communicate()
        except BaseException:
            process.terminate()
            process.wait()
            raise
        if process.returncode == 0:
            return told
        log.seek(0)
        last = reason_in(told + log.read())
    raise Refused(f"The database could not be prepared: {last} (more in {log.name})")


def reason_in(output: str) -> str:
    """The line that says what went wrong: the exception's, or the last."""
    lines = output.rpartition("Traceback (most recent call last):")[2].splitlines()
    told = [line for line in lines if line.strip() and not line.startswith(" ")]
    crashed = "Traceback (most recent call last):" in output
    reason = (told or ["no reason given"])[0 if crashed else -1]
    return re.sub(r"^[\w.]+: ", "", reason)  # the name of an exception says nothing to a person


def start(plan: Plan, name: str, *module: str) -> Process:
    """Starts one process, in a group of its own so that Ctrl-C reaches it only through us."""
    counts = {"PROMETHEUS_MULTIPROC_DIR": str(plan.counts)} if name == "web" else {}
    with log_file(plan, name) as log:
        return subprocess.Popen(
            [sys.executable, "-m", *module],
            cwd=ROOT,
            env=plan.environment() | counts,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=die_with_parent,
        )


def log_file(plan: Plan, name: str) -> IO[bytes]:
    """A fresh log; the one of the last start is kept beside it."""
    log = plan.logs / f"{name}.log"
    if log.exists():
        log.replace(plan.logs / f"{name}.previous.log")
    return log.open("wb")


def die_with_parent() -> None:
    """On Linux a child ends with us even when we are killed."""
    if hasattr(LIBC, "prctl"):
        LIBC.prctl(DIE_WITH_PARENT, signal.SIGTERM)


@contextlib.contextmanager
def running(plan: Plan) -> Iterator[dict[str, Process]]:
    """Web server and scheduler, for as long as the block runs."""
    web = (*WEB_SERVER, "--bind", f"{HOST}:{plan.port}", "wsgi:app")
    processes: dict[str, Process] = {}
    shutil.rmtree(plan.counts, ignore_errors=True)  # counts begin anew with the web server
    try:
        processes["web"] = start(plan, "web", *web)
        # One after the other: the page is there sooner where the machine has few cores.
        wait_for_page(plan, processes)
        processes["scheduler"] = start(plan, "scheduler", "jobsearch.scheduler")
        yield processes
    finally:
        end(processes.values())
        shutil.rmtree(plan.counts, ignore_errors=True)


def end(processes: Iterable[Process]) -> None:
    """Asks every process to end, and ends those that take too long with all that they started."""
    asked = [process for process in processes if process.poll() is None]
    for process in asked:
        process.terminate()
    deadline = time.monotonic() + GRACE_SECONDS
    for process in asked:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(max(0.1, deadline - time.monotonic()))
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def wait_for_page(plan: Plan, processes: dict[str, Process]) -> None:
    """Returns when the page answers. Raises Refused where it does not in good time."""
    health = f"http://{HOST}:{plan.port}/health"
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        check_alive(plan, processes)
        with contextlib.suppress(OSError), urllib.request.urlopen(health, timeout=5) as answer:
            if answer.status == 200:
                return
        time.sleep(0.1)
    log = plan.logs / "web.log"
    raise Refused(f"The page did not answer within {PATIENCE_SECONDS} seconds; see {log}.")


def check_alive(plan: Plan, processes: dict[str, Process]) -> None:
    """Raises Refused where one of the processes has ended by itself."""
    for name, process in processes.items():
        if process.poll() is not None:
            raise Refused(f"The {name} process has ended; see {plan.logs / name}.log.")


def serve(plan: Plan) -> None:
    """Everything from an empty folder to a page that answers, until somebody stops it."""
    check_port(plan.port)
    plan.logs.mkdir(parents=True, exist_ok=True)
    check_database(plan.database)
    told = prepare(plan)
    with running(plan) as processes:
        print(f"\njobsearch is running at {plan.address}\n")
        print(told.rstrip())
        print(f"\nLogs are in {plan.logs}. Ctrl-C stops it.", flush=True)
        while True:
            check_alive(plan, processes)
            time.sleep(0.5)


def on_signal(*_: object) -> NoReturn:
    """Turns a request to stop into the way out; a second one does not disturb the first."""
    for each in STOPPING:
        signal.signal(each, signal.SIG_IGN)
    raise Stopped


def main(arguments: list[str]) -> int:
    """Returns 0 after being asked to stop, 1 where something refused."""
    os.umask(0o077)  # database, keys and logs are nobody else's to read
    for number in STOPPING:
        signal.signal(number, on_signal)
    try:
        plan, only_check = read_options(arguments)
        if only_check:
            check_port(plan.port)
        else:
            serve(plan)
    except Refused as refused:
        print(f"scripts/run: {refused}", file=sys.stderr)
        return 1
    except Stopped:
        print("\njobsearch has stopped.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
