"""A disk without room: what cannot be kept is refused in plain words, and reading goes on."""

import errno
import os
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import func, select

from jobsearch.audit.models import AccessEntry
from jobsearch.coaching.documents.rules import DocumentKind
from jobsearch.coaching.documents.service import begin_document
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import Scope, whole_installation
from jobsearch.core.tokens import new_key
from tests.documented import a_pdf
from tests.faults.house import Answer, House, furnish, move_in
from tests.faults.traffic import TAP, Traffic, audit_of, check_whole
from tests.postgres import ThrowAwayServer

pytestmark = pytest.mark.timeout(120)
ROOM = "24m"
LARGE = a_pdf("x" * 900_000)
MOST_LOOKS = 2000
"""More looks than there is room for, also where the log takes its own room again."""
NOT_SAVED = "was not saved"


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A disk of 24 MB."""
    folder = Path(tempfile.mkdtemp(prefix="jobsearch-disk-"))
    order = ["mount", "-t", "tmpfs", "-o", f"size={ROOM}", "jobsearch", str(folder)]
    try:
        done = subprocess.run(order, capture_output=True, text=True, check=False)
        told = done.stderr.strip()
    except OSError as error:
        told = str(error)
    if not os.path.ismount(folder):
        folder.rmdir()
        pytest.skip(f"no disk can be mounted here: {told}")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)
    folder.rmdir()


def _fill(folder: Path) -> Path:
    """Take all the room that is left."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as out, suppress(OSError):
        for size in (1 << 16, 1 << 12, 1):
            with suppress(OSError):
                while True:
                    out.write(b"\0" * size)
    with pytest.raises(OSError, match=os.strerror(errno.ENOSPC)):
        (folder / "more").write_bytes(b"more than there is room for" * 400)
    return filler


@pytest.fixture
def crowded(seed: Path, small_disk: Path) -> Iterator[House]:
    """A house whose database, counts, log and passing files are all on the small disk."""
    folder = small_disk / "house"
    made = move_in(seed, folder, f"sqlite:///{folder}/jobsearch.db", TMPDIR=str(folder))
    yield made
    made.kill()


def _document_of_pia(house: House) -> str:
    pia = house.world.pia
    scope = Scope(pia.actor.organisation_ids, "test")
    with house.app.app_context(), unit_of_work(scope, pia.actor):
        return begin_document(pia.actor, pia.person_id, DocumentKind.CV).id


def _reads(house: House) -> dict[str, int]:
    pages = {"/today": house.world.pia, "/my-documents": house.world.otto, "/health": None}
    return {path: house.get(path, member).status for path, member in pages.items()}


def _look_until_refused(house: House) -> tuple[int, Answer]:
    """Open a page whose look must be noted until its look finds no room; how often it was shown."""
    address, shown = f"/people/{house.world.pia.person_id}", 0
    while (answer := house.get(address, house.world.stig)).status == 200 and shown < MOST_LOOKS:
        shown += 1
    return shown, answer


def _looks_of_stig(house: House) -> int:
    stig = house.world.stig.account_id
    with house.app.app_context(), unit_of_work(whole_installation("test"), read_only=True):
        looks = select(func.count(AccessEntry.id)).where(AccessEntry.account_id == stig)
        return db.session.scalar(looks) or 0


def test_with_a_full_disk_writing_is_refused_reading_goes_on_and_nothing_is_lost(
    crowded: House, small_disk: Path, figures: Callable[[str], None]
) -> None:
    house, pia = crowded, crowded.world.pia
    where = f"/documents/{_document_of_pia(house)}/versions"
    house.open_doors()
    before = Traffic(house, 60).begin()
    before.end()
    filler = _fill(small_disk)
    # the log has room that it took before; what fits there is kept as ever
    full = Traffic(house, 600, resends=False).begin()
    full.end()
    upload = house.upload(where, pia, new_key(), "cv.pdf", LARGE)
    read = _reads(house)
    shown, notes = _look_until_refused(house)
    noted = _looks_of_stig(house)
    filler.unlink()
    after = house.post(TAP, pia, new_key())
    again = house.upload(where, pia, new_key(), "cv.pdf", LARGE)
    figures(
        f"answers {dict(full.statuses())}, upload {upload.status}, pages {read}, a page whose look "
        f"must be noted {notes.status}, after freeing {after.status} and {again.status}"
    )
    assert len(before.kept) == 60
    assert set(full.statuses()) <= {303, 503}
    assert len(full.refused) > 30
    assert all(NOT_SAVED in answer.text for answer in full.refused)
    assert all(int(answer.headers["Retry-After"]) > 0 for answer in full.refused)
    assert (upload.status, NOT_SAVED in upload.text) == (503, True)
    assert set(read.values()) == {200}
    assert (notes.status, shown) == (503, noted)
    assert house.world.pia.actor.name not in notes.text
    assert (after.status, again.status) == (303, 303)
    assert house.process is not None and house.process.poll() is None
    assert "Worker" not in house.log.read_text()  # none of them ended
    house.kill()
    full.forms += before.forms
    full.forms = full.kept
    assert audit_of(full).lost == 0
    check_whole(house)


def test_where_postgresql_has_no_room_it_is_told_the_same_way(
    cluster: ThrowAwayServer, small_disk: Path, tmp_path: Path, figures: Callable[[str], None]
) -> None:
    if cluster.run_as:
        os.chown(small_disk, cluster.run_as["user"], cluster.run_as["group"])
    cluster.run(
        "psql",
        "-h",
        cluster.folder,
        "-U",
        "postgres",
        "-c",
        f"CREATE TABLESPACE small LOCATION '{small_disk}'",
    )
    cluster.run(
        "psql",
        "-h",
        cluster.folder,
        "-U",
        "postgres",
        "-c",
        "CREATE DATABASE small TABLESPACE small TEMPLATE template0",
    )
    furnish(tmp_path / "seed", cluster.url("small"))
    house = move_in(tmp_path / "seed", tmp_path / "house", cluster.url("small"))
    house.open_doors()
    try:
        Traffic(house, 20).begin().end()
        filler = _fill(small_disk)
        full = Traffic(house, 900, resends=False).begin()
        full.end()
        read = _reads(house)
        filler.unlink()
        after = house.post(TAP, house.world.pia, new_key())
        figures(f"answers {dict(full.statuses())}, pages {read}, after freeing {after.status}")
        assert set(full.statuses()) <= {303, 503}
        assert len(full.refused) > 30
        assert all(NOT_SAVED in answer.text for answer in full.refused)
        assert set(read.values()) == {200}
        assert after.status == 303
    finally:
        house.kill()
