"""scripts/run says in one sentence why it cannot start, before it changes anything."""

import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
Start = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def start(tmp_path: Path) -> Start:
    """Starts the server's script with its own instance folder; it never gets as far as serving."""

    def run(*options: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, ROOT / "scripts" / "serve.py", *options],
            env={"JOBSEARCH_INSTANCE": str(tmp_path / "instance"), "PATH": "/usr/bin:/bin"},
            capture_output=True,
            text=True,
            check=False,
        )

    return run


@pytest.fixture
def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def one_sentence(done: subprocess.CompletedProcess[str]) -> str:
    assert done.returncode == 1
    assert done.stdout == ""
    lines = done.stderr.splitlines()
    assert len(lines) == 1, lines
    return lines[0]


def test_the_help_names_every_option() -> None:
    done = subprocess.run(
        ["bash", ROOT / "scripts" / "run", "--help"], capture_output=True, text=True, check=True
    )
    for option in ("--port", "--database", "--empty", "--manager", "--help"):
        assert f"  {option} " in done.stdout


def test_a_taken_port_is_told(start: Start) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        said = one_sentence(start("--check", "--port", str(port)))
    assert said == (
        f"scripts/run: Port {port} is taken by another program: choose another with --port."
    )


def test_a_free_port_is_no_obstacle(start: Start, free_port: int) -> None:
    assert start("--check", "--port", str(free_port)).returncode == 0


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--port", "70000"], "There is no port 70000"),
        (["--port", "eight"], "invalid int value: 'eight'; see scripts/run --help."),
        (["--prot", "8000"], "Unrecognized arguments: --prot 8000"),
        (["--empty"], "--empty and --manager EMAIL go together"),
        (["--manager", "aino@example.org"], "--empty and --manager EMAIL go together"),
        (["--empty", "--manager", "aino"], "aino is no e-mail address"),
        (["--database", "mysql://somewhere/db"], "The database is given as postgresql://"),
    ],
)
def test_options_that_cannot_be_meant_are_refused(
    start: Start, options: list[str], told: str
) -> None:
    assert told in one_sentence(start("--check", *options))


def test_an_unreachable_database_is_told_without_its_password(start: Start, free_port: int) -> None:
    url = f"postgresql://paula:hush@127.0.0.1:{free_port}/pay"
    said = one_sentence(start("--port", str(free_port), "--database", url))
    assert said.startswith("scripts/run: The database pay cannot be reached: ")
    assert "hush" not in said


def test_a_file_that_is_no_database_is_told_and_left_alone(
    start: Start, free_port: int, tmp_path: Path
) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear Aino, " * 200)
    said = one_sentence(start("--port", str(free_port), "--database", f"sqlite:///{letter}"))
    assert (
        said == f"scripts/run: The database file {letter} cannot be used: file is not a database."
    )
    assert letter.read_text() == "Dear Aino, " * 200


def fresh_copy(folder: Path) -> Path:
    """The scripts alone, as on a machine where nothing is installed yet."""
    shutil.copytree(ROOT / "scripts", folder / "house" / "scripts")
    return folder / "house"


def test_an_old_python_is_told(tmp_path: Path) -> None:
    house = fresh_copy(tmp_path)
    tools = tmp_path / "bin"
    tools.mkdir()
    for tool in ("bash", "cat", "dirname", "id", "sed"):
        (tools / tool).symlink_to(shutil.which(tool) or tool)
    old = tools / "python3"
    old.write_text('#!/bin/sh\ncase "$*" in *version_info*) exit 1 ;; *) echo 3.9.2 ;; esac\n')
    old.chmod(0o755)
    done = subprocess.run(
        [tools / "bash", house / "scripts" / "run"],
        env={"PATH": str(tools)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert one_sentence(done) == (
        "scripts/run: Python 3.11 or newer is needed, and this machine has 3.9.2."
    )
    assert not (house / ".venv").exists()
