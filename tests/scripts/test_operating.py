"""What docs/operating.md tells is what the program and its scripts know."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
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
