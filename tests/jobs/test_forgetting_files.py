"""Files that nobody took in are erased after a day, by a job."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from jobsearch.core.clock import now
from jobsearch.core.db import db
from jobsearch.intake.jobs import forget_old_uploads
from jobsearch.intake.models import Upload
from jobsearch.intake.rules import FileKind

pytestmark = pytest.mark.usefixtures("context")


def _upload(world, as_, name: str) -> None:
    with as_(world.aino):
        db.session.add(
            Upload(
                programme_id=world.a.programme_id,
                kind=FileKind.COSTS,
                name=name,
                content=b"x",
                uploaded_at=now(),
            )
        )


def test_a_file_is_erased_after_a_day_and_not_before(world, as_, clock):
    _upload(world, as_, "old.csv")
    clock.shift(timedelta(hours=23))
    _upload(world, as_, "new.csv")
    assert forget_old_uploads() == "Files erased: 0."
    clock.shift(timedelta(hours=2))
    assert forget_old_uploads() == "Files erased: 1."
    assert forget_old_uploads() == "Files erased: 0."
    with as_(world.aino):
        assert list(db.session.scalars(sa.select(Upload.name))) == ["new.csv"]
