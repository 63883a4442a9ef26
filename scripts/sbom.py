"""Writes the list of everything that the program is made of, as CycloneDX 1.6 (JSON).

    .venv/bin/python scripts/sbom.py > sbom.json

It is read from the locks alone, so that it names what is installed: requirements.txt for Python,
package-lock.json for what the browser gets. The same locks give the same bytes.
"""

from __future__ import annotations

import base64
import json
import re
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

ROOT = Path(__file__).resolve().parent.parent
_PINNED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==([^\s;\\]+)")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")

Component = dict[str, Any]


def python_components(lock: str) -> Iterator[Component]:
    """Each package of a lock of pip with the digests of its files."""
    for entry in re.split(r"\n(?=[A-Za-z0-9])", lock):
        pinned = _PINNED.match(entry)
        if pinned is None:
            continue
        name, version = pinned[1].lower(), pinned[2]
        hashes = [{"alg": "SHA-256", "content": found} for found in sorted(_HASH.findall(entry))]
        place = f"https://pypi.org/project/{name}/{version}/"
        yield _component(name, version, f"pkg:pypi/{name}@{version}", place, hashes)


def browser_components(lock: str) -> Iterator[Component]:
    """Each package of a lock of npm with the digest of its archive; none that is only for tests."""
    for path, found in json.loads(lock)["packages"].items():
        if not path or found.get("dev"):
            continue
        name, version = path.rpartition("node_modules/")[2], found["version"]
        algorithm, _, digest = found["integrity"].partition("-")
        content = base64.b64decode(digest).hex()
        hashes = [{"alg": algorithm.upper().replace("SHA", "SHA-"), "content": content}]
        place = f"https://www.npmjs.com/package/{name}/v/{version}"
        purl = f"pkg:npm/{quote(name, safe='/')}@{version}"
        yield _component(name, version, purl, place, hashes)


def _component(name: str, version: str, purl: str, place: str, hashes: list[Any]) -> Component:
    return {
        "type": "library",
        "bom-ref": purl,
        "name": name,
        "version": version,
        "purl": purl,
        "externalReferences": [{"type": "distribution", "url": place, "hashes": hashes}],
    }


def bill(python_lock: str, browser_lock: str) -> dict[str, Any]:
    """The whole list; its number is made of the locks."""
    parts = {c["bom-ref"]: c for c in python_components(python_lock)}
    parts |= {c["bom-ref"]: c for c in browser_components(browser_lock)}
    number = uuid.uuid5(uuid.NAMESPACE_URL, python_lock + browser_lock)
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{number}",
        "version": 1,
        "metadata": {"component": {"type": "application", "name": "jobsearch"}},
        "components": [parts[key] for key in sorted(parts)],
    }


def main() -> int:
    """Writes the list of this copy's locks."""
    locks = ((ROOT / name).read_text() for name in ("requirements.txt", "package-lock.json"))
    json.dump(bill(*locks), sys.stdout, indent=2)
    sys.stdout.write("\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
