"""A provider's files have room up to a limit; beyond it nothing is brought, all else goes on."""

import io
import re
from pathlib import Path

import pytest
from sqlalchemy import func, select

from jobsearch.core.db import db, unit_of_work
from jobsearch.core.files import StoredFile, put, room, use_quota
from jobsearch.core.scope import whole_installation
from jobsearch.outcomes.told.models import ToldOutcome
from tests.documented import a_pdf
from tests.furnished import furnish

ROOT = Path(__file__).parents[2]
EVERYTHING = whole_installation("test")


@pytest.fixture(autouse=True)
def usual(app):
    yield
    use_quota(app.config["JOBSEARCH"].most_stored_bytes)


@pytest.fixture
def keys(world, context):
    return furnish(world).keys


def _stored() -> tuple[int, int]:
    with unit_of_work(EVERYTHING, read_only=True):
        rows = select(func.count(), func.sum(StoredFile.size_bytes)).select_from(StoredFile)
        return tuple(db.session.execute(rows).one())


def _leave_room(as_, member, size: int) -> None:
    with as_(member):
        use_quota(room().taken + size)


def _brought() -> tuple[io.BytesIO, str, str]:
    return io.BytesIO(a_pdf()), "cv.pdf", "application/pdf"


def test_a_file_fits_to_the_last_byte_and_the_next_is_refused_on_its_field(
    sign_in, world, keys, as_
) -> None:
    address = f"/documents/{keys['document_id']}/versions"
    _leave_room(as_, world.pia, len(a_pdf()))
    assert sign_in(world.pia).send(address, file=_brought()).status_code == 303
    before = _stored()
    refused = sign_in(world.pia).send(address, file=_brought())
    assert refused.status_code == 422
    message = re.search(r'id="[\w-]*file-error".*?</p>', refused.text, re.DOTALL)[0]
    assert "room for files is full" in message
    assert _stored() == before


def test_what_was_told_beside_a_file_that_has_no_room_is_not_half_saved(
    sign_in, world, keys, as_
) -> None:
    with unit_of_work(EVERYTHING, read_only=True):
        before = db.session.scalar(select(func.count()).select_from(ToldOutcome))
    _leave_room(as_, world.pia, 10)
    told = {"kind": "studies", "began_on": "1.11.2026", "file": _brought()}
    refused = sign_in(world.pia).send("/my-outcomes/tell", **told)
    assert refused.status_code == 422
    assert "room for files is full" in refused.text and "1.11.2026" in refused.text
    with unit_of_work(EVERYTHING, read_only=True):
        assert db.session.scalar(select(func.count()).select_from(ToldOutcome)) == before


def test_one_providers_files_take_no_room_of_another(world, keys, as_) -> None:
    with as_(world.aino):
        there = room()
    with as_(world.sam):
        assert room().taken == 0 < there.taken
    assert there.taken == _stored()[1]


def test_what_the_house_issues_is_kept_however_full_it_is(world, keys, as_) -> None:
    _leave_room(as_, world.paula, 0)
    with as_(world.paula):
        assert put(a_pdf(), "application/pdf").size_bytes == len(a_pdf())


def test_whatever_somebody_brings_asks_for_room() -> None:
    """Only papers of the house itself, made of what it knows, are stored without asking."""
    sources = {path: path.read_text() for path in (ROOT / "jobsearch").rglob("*.py")}
    without = {
        str(path.relative_to(ROOT / "jobsearch").parent)
        for path, text in sources.items()
        if "files.put(" in text
    }
    assert without == {
        "analyses/releases",
        "demo",
        "payroll/certificates",
        "payroll/contracts/editions",
        "payroll/contracts/signing",
        "payroll/exports/bank",
        "payroll/exports/others",
        "payroll/exports/register",
        "payroll/pay/copies",
    }


def test_the_room_is_summed_from_an_index_alone(world, keys, as_, statements) -> None:
    with as_(world.aino):
        statements.clear()
        room()
        [asked] = [one for one in statements if "stored_file" in one]
        assert "content" not in asked
        if db.engine.dialect.name == "sqlite":
            plan = db.session.connection().exec_driver_sql(
                "EXPLAIN QUERY PLAN SELECT sum(size_bytes) FROM stored_file"
                " WHERE organisation_id IN ('x')"
            )
            assert "COVERING INDEX ix_stored_file_room" in plan.one()[-1]


def test_the_manager_sees_how_full_it_is_and_is_warned_in_time(sign_in, world, keys, as_) -> None:
    client = sign_in(world.aino)
    with as_(world.aino):
        taken = room().taken
    page = client.get("/settings").text
    assert "Room for files" in page and "10,240 MB (0 %)" in page.replace("\u00a0", ",")
    assert "almost full" not in page
    use_quota(taken * 10 // 9)
    page = client.get("/settings").text
    assert "almost full" in page
