"""Backups and turned keys, on a real database of the engine under test."""

import gzip
import json
import os
import secrets
import shutil
import subprocess
import sys
import tarfile
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pyrage
import pytest
import sqlalchemy as sa
from sqlalchemy.engine import make_url

from jobsearch.config import Config
from jobsearch.core.crypto import read_keyring, use_keyring
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import whole_installation
from jobsearch.operating import backups, engines, rotation
from jobsearch.operating.contents import contents_of
from jobsearch.operating.rules import Refused
from jobsearch.people.models import Person
from tests.postgres import ENGINE, find_binaries
from tests.world import World

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def home(app, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Config]:
    """The installation with an instance folder of its own, so that tests leave nothing behind."""
    if ENGINE == "postgresql":
        monkeypatch.setenv("PATH", f"{find_binaries()}:{os.environ['PATH']}")
    known: Config = app.config["JOBSEARCH"]
    instance = tmp_path / "instance"
    instance.mkdir()
    shutil.copy(known.keys_path, instance / "keys")
    yield replace(known, instance=instance)
    use_keyring(read_keyring(known.keys_path))


@pytest.fixture
def elsewhere(home: Config, tmp_path: Path) -> Iterator[Config]:
    """An empty machine with the keys of the first: where a backup goes back to."""
    instance = tmp_path / "elsewhere"
    instance.mkdir()
    shutil.copy(home.keys_path, instance / "keys")
    if ENGINE != "postgresql":
        yield replace(home, instance=instance, database_url=f"sqlite:///{instance}/new.db")
        return
    name = f"restored_{secrets.token_hex(4)}"
    server = sa.create_engine(
        make_url(home.database_url).set(database="postgres"), isolation_level="AUTOCOMMIT"
    )
    with server.connect() as line:
        line.execute(sa.text(f"CREATE DATABASE {name}"))
        url = make_url(home.database_url).set(database=name)
        yield replace(
            home, instance=instance, database_url=url.render_as_string(hide_password=False)
        )
        line.execute(sa.text(f"DROP DATABASE {name} WITH (FORCE)"))
    server.dispose()


@pytest.fixture
def code(world: World) -> str:
    """An identity code that somebody has in the database, encrypted."""
    with unit_of_work(whole_installation("test")):
        person = db.session.scalars(sa.select(Person).order_by(Person.id)).first()
        assert person is not None
        person.identity_code = "131052-308T"
        return person.id


def _everything(url: str) -> dict[str, object]:
    with engines.connected(url) as connection:
        return dict(contents_of(connection))


def _key(config: Config) -> Path:
    return config.backup_key_path


def test_what_was_saved_is_there_again_on_an_empty_machine(home, elsewhere, code, tmp_path):
    before = _everything(home.database_url)
    file, manifest = backups.save(home, tmp_path / "kept")
    done = backups.restore(elsewhere, file, _key(home))
    assert _everything(elsewhere.database_url) == before == dict(done.manifest.tables)
    assert manifest.rows > 100 and manifest.key_numbers == (1,)
    assert manifest.schema == "" and not done.aside  # the tests' tables are made without migrations
    engine = sa.create_engine(elsewhere.database_url)
    with engine.connect() as connection:
        row = connection.execute(sa.select(Person.identity_code).where(Person.id == code)).one()
    engine.dispose()
    assert row.identity_code == "131052-308T"


def test_a_backup_is_of_one_moment_while_others_write(home, elsewhere, tmp_path):
    engine = sa.create_engine(home.database_url)
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE pair (id INTEGER, half INTEGER)"))
    stop, written = threading.Event(), []

    def write() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            with engine.begin() as line:
                for half in (1, 2):
                    values = {"id": number, "half": half}
                    line.execute(sa.text("INSERT INTO pair VALUES (:id, :half)"), values)
            written.append(number)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        while len(written) < 20:
            stop.wait(0.01)
        before = len(written)
        file, manifest = backups.save(home, tmp_path)
        after = len(written)
    finally:
        stop.set()
        writer.join()
    backups.restore(elsewhere, file, _key(home))
    there = sa.create_engine(elsewhere.database_url)
    with there.connect() as connection:
        halves = connection.execute(sa.text("SELECT id, count(*) FROM pair GROUP BY id")).all()
    for one in (engine, there):
        one.dispose()
    assert {count for _id, count in halves} == {2}  # a transaction is saved whole or not at all
    assert before <= len(halves) <= after + 1
    assert manifest.tables["pair"].rows == 2 * len(halves)
    assert after > before  # somebody did write meanwhile


def test_a_backup_shows_nothing_and_belongs_to_its_owner_alone(home, world, tmp_path):
    file, _manifest = backups.save(home, tmp_path)
    content = file.read_bytes()
    assert content.startswith(b"age-encryption.org/v1")
    assert world.pia.email.encode() not in content
    assert file.stat().st_mode & 0o077 == _key(home).stat().st_mode & 0o077 == 0
    assert [one.name for one in tmp_path.iterdir() if one.is_file()] == [file.name]
    assert {one.name for one in home.instance.iterdir()} == {"keys", "backup-key"}  # nothing left


def test_any_program_that_knows_age_and_tar_opens_a_backup(home, tmp_path):
    file, manifest = backups.save(home, tmp_path)
    identity = pyrage.x25519.Identity.from_str(_key(home).read_text().strip())
    plain = tmp_path / "plain"
    plain.write_bytes(gzip.decompress(pyrage.decrypt(file.read_bytes(), [identity])))
    with tarfile.open(plain) as tar:
        assert tar.getnames() == ["manifest.json", "database"]
        told = tar.extractfile("manifest.json")
        assert told is not None and json.load(told)["made_at"] == manifest.made_at


def test_a_backup_may_be_for_a_key_that_is_not_on_the_machine(home, elsewhere, tmp_path):
    far = pyrage.x25519.Identity.generate()
    file, _manifest = backups.save(replace(home, backup_to=(str(far.to_public()),)), tmp_path)
    assert not _key(home).exists()
    paper = tmp_path / "paper"
    paper.write_text(f"# from the safe\n{far}\n")
    assert backups.restore(elsewhere, file, paper).manifest.rows > 100


def _wrong_key(file: Path, key: Path) -> None:
    key.write_text(f"{pyrage.x25519.Identity.generate()}\n")


def _cut_off(file: Path, key: Path) -> None:
    file.write_bytes(file.read_bytes()[:-1000])


def _one_bit(file: Path, key: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


@pytest.mark.parametrize("harm", [_wrong_key, _cut_off, _one_bit])
def test_a_wrong_key_or_a_damaged_file_is_told_and_restores_nothing(
    home, elsewhere, tmp_path, harm: Callable[[Path, Path], None]
):
    file, _manifest = backups.save(home, tmp_path)
    harm(file, _key(home))
    with pytest.raises(Refused, match="not opened by that key, or is damaged"):
        backups.restore(elsewhere, file, _key(home))
    assert engines.is_empty(elsewhere.database_url)


def test_a_backup_whose_values_need_a_missing_key_is_not_restored(home, elsewhere, code, tmp_path):
    file, _manifest = backups.save(home, tmp_path)
    ring = read_keyring(home.keys_path)
    use_keyring(replace(ring, current=2, keys={2: secrets.token_bytes(32)}))
    with pytest.raises(Refused, match="lacks key 1"):
        backups.restore(elsewhere, file, _key(home))
    assert engines.is_empty(elsewhere.database_url)


def test_what_is_there_is_never_overwritten(home, elsewhere, tmp_path):
    file, _manifest = backups.save(home, tmp_path)
    backups.restore(elsewhere, file, _key(home))
    with pytest.raises(Refused, match="--replace"):
        backups.restore(elsewhere, file, _key(home))
    if ENGINE == "postgresql":
        with pytest.raises(Refused, match="createdb"):
            backups.restore(elsewhere, file, _key(home), replace=True)
        return
    aside = backups.restore(elsewhere, file, _key(home), replace=True).aside
    assert _everything(f"sqlite:///{elsewhere.instance / aside}") == _everything(
        elsewhere.database_url
    )


_OPEN = """
import sys, sqlalchemy as sa
engine = sa.create_engine(sys.argv[1])
with engine.connect() as connection:
    connection.execute(sa.text("SELECT count(*) FROM person"))
    connection.rollback()
    print("open", flush=True)  # it asks nothing now, and has it open all the same
    sys.stdin.read()
engine.dispose()
"""


def test_a_database_in_use_is_not_replaced(home, elsewhere, tmp_path):
    file, _manifest = backups.save(home, tmp_path)
    backups.restore(elsewhere, file, _key(home))
    user = subprocess.Popen(
        [sys.executable, "-c", _OPEN, elsewhere.database_url],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert user.stdout is not None and user.stdout.readline() == b"open\n"
    assert engines.users_of(elsewhere.database_url) == 1
    with pytest.raises(Refused, match="in use"):
        backups.restore(elsewhere, file, _key(home), replace=True)
    user.communicate()
    assert engines.users_of(elsewhere.database_url) == 0


def test_a_restored_database_that_differs_is_told_table_by_table(
    home, elsewhere, tmp_path, monkeypatch
):
    file, _manifest = backups.save(home, tmp_path)

    def put_less(saved: Path, url: str) -> None:
        put_back(saved, url)
        with engines.connected(url) as connection:
            connection.execute(sa.text("UPDATE organisation SET name = name || '!'"))
            connection.commit()

    put_back = engines.put_back
    monkeypatch.setattr(engines, "put_back", put_less)
    with pytest.raises(Refused, match=r"organisation: its \d+ rows are not what was saved"):
        backups.restore(elsewhere, file, _key(home))


def test_only_the_newest_backups_stay(home, tmp_path, clock):
    files = []
    for _ in range(3):
        files.append(backups.save(home, tmp_path)[0])
        clock.shift(60)
    assert backups.keep_newest(tmp_path, 2) == files[:1]
    assert sorted(tmp_path.glob("*.age")) == files[1:]


def test_turned_keys_leave_everything_readable_at_every_step(home, code, monkeypatch):
    monkeypatch.setattr(rotation, "BATCH", 1)

    def read() -> str | None:
        with unit_of_work(whole_installation("test"), read_only=True):
            return db.session.scalar(sa.select(Person.identity_code).where(Person.id == code))

    with db.engine.connect() as connection:
        before = rotation.count_by_key(connection)
    assert before[1] > 2
    assert rotation.turn(home.keys_path) == 2
    assert home.keys_path.stat().st_mode & 0o077 == 0
    ring = read_keyring(home.keys_path)
    use_keyring(ring)
    assert read() == "131052-308T"
    stopped = rotation.reseal(db.engine, ring)
    assert next(stopped) == 1  # the power goes after one
    stopped.close()
    with db.engine.connect() as connection:
        assert rotation.count_by_key(connection) == {1: before[1] - 1, 2: 1}
        with pytest.raises(Refused, match=f"{before[1] - 1} values are still under key 1"):
            rotation.drop(home.keys_path, 1, connection)
    assert read() == "131052-308T"
    assert sum(rotation.reseal(db.engine, ring)) == before[1] - 1
    with db.engine.connect() as connection:
        assert rotation.count_by_key(connection) == {2: before[1]}
        with pytest.raises(Refused):
            rotation.drop(home.keys_path, 2, connection)  # the one in use
        rotation.drop(home.keys_path, 1, connection)
    use_keyring(read_keyring(home.keys_path))
    assert read_keyring(home.keys_path).keys.keys() == {2}
    assert read() == "131052-308T"


def test_turned_keys_leave_no_trace_in_the_trail_and_find_people_by_their_code(home, code):
    before = _everything(home.database_url)
    rotation.turn(home.keys_path)
    ring = read_keyring(home.keys_path)
    use_keyring(ring)
    assert sum(rotation.reseal(db.engine, ring)) > 0
    after = _everything(home.database_url)
    assert after["audit_entry"] == before["audit_entry"]
    changed = {name for name in before if after[name] != before[name]}
    assert "person" in changed and changed <= {t.name for t, _c in rotation.sealed_columns()}
    assert ring.index_key == read_keyring(home.keys_path).index_key


def test_a_backup_of_before_is_read_with_the_old_key_file(home, elsewhere, code, tmp_path):
    old = tmp_path / "old-keys"
    shutil.copy(home.keys_path, old)
    file, _manifest = backups.save(home, tmp_path)
    rotation.turn(home.keys_path)
    ring = read_keyring(home.keys_path)
    use_keyring(ring)
    assert sum(rotation.reseal(db.engine, ring)) > 0
    with db.engine.connect() as connection:
        rotation.drop(home.keys_path, 1, connection)
    use_keyring(read_keyring(home.keys_path))
    with pytest.raises(Refused, match="lacks key 1"):
        backups.restore(elsewhere, file, _key(home))
    use_keyring(read_keyring(old))
    assert backups.restore(elsewhere, file, _key(home)).manifest.key_numbers == (1,)
