"""What docs/operating.md tells is what the program and its scripts know."""

import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
Operate = Callable[..., subprocess.CompletedProcess[str]]
TOLD = (ROOT / "docs" / "operating.md").read_text()


def test_every_setting_of_the_program_is_listed() -> None:
    read = re.findall(r'"(JOBSEARCH_[A-Z_]+)"', (ROOT / "jobsearch" / "config.py").read_text())
    assert len(read) > 6
    assert not [name for name in read if f"`{name}`" not in TOLD]


@pytest.mark.parametrize("script", ["backup", "restore"])
def test_the_help_tells_what_the_page_uses(script: str) -> None:
    done = subprocess.run(
        ["bash", ROOT / "scripts" / script, "--help"], capture_output=True, text=True, check=True
    )
    used = set(re.findall(rf"scripts/{script}\b[^\n`]*?(--[a-z]+)", TOLD))
    assert used, script
    assert not [option for option in used if option not in done.stdout]


def test_every_command_of_the_page_is_one_of_the_program(app) -> None:
    used = re.findall(r"flask --app wsgi (keys|accounts) ([a-z-]+)", TOLD)
    assert len(used) == 5
    for group, command in used:
        assert command in app.cli.commands[group].commands


@pytest.fixture
def operate(tmp_path: Path) -> Operate:
    """Runs the operator's program as scripts/backup does: from another folder, in the demo."""

    def run(*words: str, **settings: str) -> subprocess.CompletedProcess[str]:
        instance = str(tmp_path / "instance")
        usual = {"JOBSEARCH_MODE": "demo", "JOBSEARCH_INSTANCE": instance, "PYTHONPATH": str(ROOT)}
        return subprocess.run(
            [sys.executable, "-m", "jobsearch.operating", *words],
            env={"PATH": "/usr/bin:/bin", **usual, **settings},
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def _sentence(done: subprocess.CompletedProcess[str]) -> str:
    assert done.returncode == 1, done.stderr
    assert len(done.stderr.splitlines()) == 1, done.stderr
    return done.stderr


@pytest.mark.parametrize(
    ("words", "settings", "told"),
    [
        (["save", "kept"], {}, "There is no database"),
        (["save", "kept"], {"JOBSEARCH_MODE": "production"}, "Production is served over https"),
        (["save", "kept"], {"JOBSEARCH_BACKUP_TO": "age1wrong"}, "no age recipient"),
        (["restore", "none.backup.age"], {}, "The key file"),
        (["check", "none.backup.age"], {}, "There is no key file"),
        (
            ["save", "kept"],
            {"JOBSEARCH_DATABASE_URL": "postgresql://nobody@127.0.0.1:9/none"},
            "The database does not answer",
        ),
    ],
)
def test_what_cannot_be_is_said_in_one_sentence(
    operate: Operate, tmp_path: Path, words: list[str], settings: dict[str, str], told: str
) -> None:
    (tmp_path / "instance").mkdir()
    assert told in _sentence(operate(*words, **settings))


def test_a_folder_is_the_one_that_the_caller_means(operate: Operate, tmp_path: Path) -> None:
    instance = tmp_path / "instance"
    instance.mkdir()
    with closing(sqlite3.connect(instance / "jobsearch.db")) as database:
        database.execute("CREATE TABLE one (id INTEGER)")
    done = operate("save", "kept")
    assert done.returncode == 0, done.stderr
    (file,) = (tmp_path / "kept").iterdir()
    assert str(file) in done.stdout
    checked = operate("check", f"kept/{file.name}")
    assert "Whole: 0 rows in 1 tables of sqlite" in checked.stdout, checked.stderr
    refused = operate("restore", f"kept/{file.name}")
    assert "python -m jobsearch.keys" in _sentence(refused)
