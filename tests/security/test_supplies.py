"""What the program is made of: every piece pinned and listed, none with a hole known here."""

import importlib.util
import json
import re
from pathlib import Path

import pytest
from packaging.version import Version

ROOT = Path(__file__).parents[2]
LOCK = (ROOT / "requirements.txt").read_text()
PINNED = dict(re.findall(r"^([a-z0-9-]+)==([^\s;\\]+)", LOCK, re.MULTILINE))

# the first release without the hole; the look-up of scripts/audit.py knows the newer ones
FLOORS = {
    "cryptography": ("44.0.1", "CVE-2024-12797"),
    "flask": ("3.1.3", "CVE-2026-27205"),
    "gunicorn": ("23.0.0", "CVE-2024-6827"),
    "idna": ("3.7", "CVE-2024-3651"),
    "jinja2": ("3.1.6", "CVE-2025-27516"),
    "lxml": ("4.9.1", "CVE-2022-2309"),
    "mako": ("1.2.2", "CVE-2022-40023"),
    "pillow": ("11.3.0", "CVE-2025-48379"),
    "pypdf": ("6.0.0", "CVE-2025-55197"),
    "reportlab": ("3.6.13", "CVE-2023-33733"),
    "werkzeug": ("3.0.6", "CVE-2024-49767"),
}


@pytest.mark.parametrize("name", FLOORS)
def test_no_package_is_older_than_the_release_that_closed_a_known_hole(name: str) -> None:
    least, hole = FLOORS[name]
    assert Version(PINNED[name]) >= Version(least), hole


def test_every_package_is_pinned_with_the_digests_of_its_files() -> None:
    entries = re.split(r"\n(?=[A-Za-z0-9])", LOCK)
    named = [one for one in entries if re.match(r"[A-Za-z0-9]", one)]
    assert len(named) > 50
    assert [one[:40] for one in named if "==" not in one or "--hash=sha256:" not in one] == []


def test_every_package_of_the_browser_is_pinned_with_its_digest() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    own = {path: one for path, one in packages.items() if path}
    assert own and all("integrity" in one for one in own.values())


def test_the_bill_of_materials_names_every_locked_package_and_is_the_same_each_time() -> None:
    spec = importlib.util.spec_from_file_location("sbom_script", ROOT / "scripts" / "sbom.py")
    assert spec and spec.loader
    sbom = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(sbom)
    locks = LOCK, (ROOT / "package-lock.json").read_text()
    bill = sbom.bill(*locks)
    listed = {one["name"]: one for one in bill["components"]}
    assert set(PINNED) <= set(listed) and "htmx.org" in listed
    assert listed["flask"]["purl"] == f"pkg:pypi/flask@{PINNED['flask']}"
    assert all(one["externalReferences"][0]["hashes"] for one in bill["components"])
    assert bill == sbom.bill(*locks)
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")


def test_no_page_and_no_style_fetches_anything_from_elsewhere() -> None:
    given = [
        *(ROOT / "jobsearch/static").rglob("*.css"),
        *(ROOT / "jobsearch/static").rglob("*.js"),
    ]
    fetching = re.compile(r"(?:url\(|@import|fetch\(|importScripts\()\s*['\"]?https?://")
    assert given
    assert [one.name for one in given if fetching.search(one.read_text(errors="replace"))] == []


def test_chance_is_the_systems_everywhere() -> None:
    """The generator of the library can be foretold from what it has given."""
    files = [*(ROOT / "jobsearch").rglob("*.py")]
    words = [found for one in files for found in re.findall(r"\brandom\.\w+", one.read_text())]
    assert words and set(words) == {"random.SystemRandom"}
    assert not any("from random import" in one.read_text() for one in files)
