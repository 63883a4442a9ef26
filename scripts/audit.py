"""Looks the locked packages up among known vulnerabilities, and says so where it could not look.

pip-audit calls packages clean when the advisories are out of reach; so a release with a well-known
hole is looked up first, and when nothing is found there the whole audit counts as skipped.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

SKIPPED = 77
WITH_A_KNOWN_HOLE = "jinja2==2.4.1"  # CVE-2014-1402


def audit(requirements: Path) -> list[dict[str, Any]] | None:
    """What pip-audit says of each package; None where it said nothing that can be read."""
    command = [sys.executable, "-m", "pip_audit", "--requirement", str(requirements)]
    command += ["--no-deps", "--disable-pip", "--format", "json", "--progress-spinner", "off"]
    command += ["--timeout", "10"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=240)
        packages: list[dict[str, Any]] = json.loads(done.stdout)["dependencies"]
    except (subprocess.TimeoutExpired, json.JSONDecodeError, KeyError):
        return None
    return packages


def can_look() -> bool:
    """Whether advisories are within reach: a hole that everybody knows is found."""
    with tempfile.TemporaryDirectory() as folder:
        known = Path(folder) / "requirements.txt"
        known.write_text(WITH_A_KNOWN_HOLE + "\n")
        return any(package.get("vulns") for package in audit(known) or [])


def main(lock: Path) -> int:
    """Returns 1 where a package has a known hole, 77 where that cannot be known."""
    if not can_look():
        print("Skipped: the data of known vulnerabilities cannot be reached from here.")
        return SKIPPED
    packages = audit(lock)
    if packages is None:
        print("Skipped: pip-audit gave no answer that can be read.")
        return SKIPPED
    for package in packages:
        for hole in package.get("vulns", []):
            fixed = ", ".join(hole["fix_versions"]) or "no release yet"
            print(f"{package['name']} {package['version']}: {hole['id']}, fixed in {fixed}")
    unseen = [package["name"] for package in packages if "skip_reason" in package]
    if unseen:
        print(f"Not looked up: {', '.join(unseen)}")
    found = any(package.get("vulns") for package in packages)
    if not found:
        print(f"{len(packages) - len(unseen)} packages looked up, no known vulnerability.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
