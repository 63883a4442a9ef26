"""The look-up of known vulnerabilities never calls clean what it could not look up."""

import importlib.util
import json
import subprocess
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "audit.py"
HOLE = {"id": "CVE-2014-1402", "fix_versions": ["2.7.2"]}


@pytest.fixture
def audit() -> ModuleType:
    spec = importlib.util.spec_from_file_location("audit_script", SCRIPT)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def answers(monkeypatch: pytest.MonkeyPatch, *packages_of_each_call: list[dict[str, Any]]) -> None:
    """pip-audit answers these, one after another."""
    waiting = list(packages_of_each_call)

    def run(*_: object, **__: object) -> subprocess.CompletedProcess[str]:
        said = json.dumps({"dependencies": waiting.pop(0), "fixes": []})
        return subprocess.CompletedProcess([], 0, said, "")

    monkeypatch.setattr(subprocess, "run", run)


def test_without_advisories_the_audit_is_skipped(
    audit: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answers(monkeypatch, [{"name": "jinja2", "skip_reason": "not found"}])
    assert audit.main(Path("requirements.txt")) == audit.SKIPPED
    assert "Skipped" in capsys.readouterr().out


def test_a_package_with_a_known_hole_fails_the_audit(
    audit: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    known = {"name": "jinja2", "version": "2.4.1", "vulns": [HOLE]}
    ours = {"name": "flask", "version": "0.1", "vulns": [HOLE]}
    answers(monkeypatch, [known], [ours])
    assert audit.main(Path("requirements.txt")) == 1
    assert "flask 0.1: CVE-2014-1402, fixed in 2.7.2" in capsys.readouterr().out


def test_packages_that_were_looked_up_and_are_clean_pass(
    audit: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    known = {"name": "jinja2", "version": "2.4.1", "vulns": [HOLE]}
    answers(monkeypatch, [known], [{"name": "flask", "version": "3.1.3", "vulns": []}])
    assert audit.main(Path("requirements.txt")) == 0
    assert "1 packages looked up, no known vulnerability." in capsys.readouterr().out
