"""The drill: saved while people work; the machine is lost, and another goes on from the copy."""

import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from jobsearch.audit.models import AuditEntry
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import whole_installation
from jobsearch.tracker.models import Action
from scripts.plan import ROOT
from tests.faults.house import House
from tests.faults.traffic import Traffic, check_whole

pytestmark = pytest.mark.timeout(240)
MOST = 20_000
BEFORE = 100


def operate(house: House, *words: str) -> str:
    """What scripts/backup or scripts/restore says, in the house's own settings."""
    done = subprocess.run(
        [sys.executable, "-m", "jobsearch.operating", *words],
        cwd=ROOT,
        env=house.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture
def elsewhere(house: House, request: pytest.FixtureRequest, tmp_path: Path) -> House:
    """An empty machine with the same program, and the keys from where a copy was kept."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    shutil.copy2(house.folder / "keys", folder / "keys")
    url = f"sqlite:///{folder}/jobsearch.db"
    if house.url.startswith("postgresql"):
        cluster = request.getfixturevalue("cluster")
        engine = sa.create_engine(cluster.url(), isolation_level="AUTOCOMMIT")
        with engine.connect() as line:
            line.execute(sa.text("CREATE DATABASE elsewhere"))
        engine.dispose()
        url = cluster.url("elsewhere")
    return House(folder, url, house.world)


def test_a_copy_made_while_people_work_opens_elsewhere_with_all_that_was_acknowledged_before(
    opened: House, elsewhere: House, tmp_path: Path, figures: Callable[[str], None]
) -> None:
    traffic = Traffic(opened, MOST).begin()
    traffic.until(kept=BEFORE)
    before, began = [form.kept_as for form in traffic.kept], time.monotonic()
    operate(opened, "save", str(tmp_path / "copies"))
    saved = time.monotonic() - began
    went_on = len(traffic.kept) - len(before)
    traffic.stop()
    assert set(traffic.statuses()) == {303}, "nobody waits for the copy in vain"
    opened.kill()

    began = time.monotonic()
    shutil.copy2(opened.folder / "backup-key", elsewhere.folder / "backup-key")
    (copy,) = (tmp_path / "copies").iterdir()
    said = operate(elsewhere, "restore", str(copy))
    elsewhere.open_doors()
    back = time.monotonic() - began
    assert "Restored and compared" in said
    with elsewhere.app.app_context():
        with unit_of_work(whole_installation("drill"), read_only=True):
            there = set(db.session.scalars(sa.select(Action.id)))
            entries = sa.select(AuditEntry.row_id).where(AuditEntry.table_name == "action")
            told = set(db.session.scalars(entries))
        db.engine.dispose()
    assert set(before) <= there, "nothing that was acknowledged before the copy began is missing"
    assert there == told, "nothing is there by half"
    assert len(there) < len(traffic.kept), "the copy is of one moment, in the middle of the work"
    paper = elsewhere.get(
        f"/reports/{elsewhere.world.a.programme_id}/results.pdf", elsewhere.world.aino
    )
    again = elsewhere.post("/job-search/log/employer_contact", elsewhere.world.pia, "f" * 20)
    elsewhere.kill()
    assert (paper.status, paper.text[:5]) == (200, "%PDF-")
    assert again.status == 303, "who was signed in goes on"
    check_whole(elsewhere)
    figures(
        f"saved in {saved:.1f} s while {went_on} more forms were kept, {len(before)} before it; "
        f"{len(there)} in the copy; back elsewhere in {back:.1f} s"
    )
    assert back <= 30 * 60
