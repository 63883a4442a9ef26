"""Turning the key by which codes and addresses are searched: found at every step, never doubled."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from jobsearch.accounts.codes.models import OneTimeCode
from jobsearch.accounts.codes.queries import address_digest, has_shown
from jobsearch.accounts.codes.rules import Address
from jobsearch.accounts.codes.service import issue
from jobsearch.accounts.models import Account, SignIn
from jobsearch.analyses.releases.queries import get_release
from jobsearch.core.crypto import keyring, new_keyring, read_keyring, use_keyring, write_keyring
from jobsearch.core.db import Base, db
from jobsearch.core.errors import RuleBroken
from jobsearch.notices.delivery.models import FailedAddress
from jobsearch.notices.delivery.rules import MessageState, Trouble
from jobsearch.notices.delivery.service import Tried, contact_changed, settle, try_again
from jobsearch.notices.models import Message
from jobsearch.notices.rules import Channel
from jobsearch.notices.service import send
from jobsearch.operating import backups, indexes, rotation
from jobsearch.operating.rules import Refused
from jobsearch.people.models import Person
from jobsearch.people.queries import identity_index
from jobsearch.people.rules import Details
from jobsearch.people.service import add_person, find_known, keep_identity_code
from jobsearch.recruitment.referrals.rules import KnownBy
from jobsearch.recruitment.rules import Stage
from jobsearch.recruitment.sheets import queries as sheets
from jobsearch.recruitment.sheets.imports import SheetCandidate
from tests.outbox import LINK, NEWS, pia, system
from tests.service.test_backups import elsewhere, home  # noqa: F401 - fixtures
from tests.world import TODAY
from tests.written import at_a, released

pytestmark = pytest.mark.usefixtures("context")
CODES = ("131052-308T", "010190-9123", "020290-923W")


@pytest.fixture
def path(home) -> Path:  # noqa: F811
    """The key file of an installation of the test's own, which the process has read."""
    return home.keys_path


@pytest.fixture
def people(as_, world) -> list[str]:
    """Three persons with a code, in the order in which their digests are made anew."""
    with as_(world.aino):
        made = {add_person(Details("Lea", f"Lind{code}"), code).id: code for code in CODES}
    return [made[key] for key in sorted(made)]


def _step(do: Callable[[Path], None], path: Path) -> None:
    """One step of the turn, and every process started anew."""
    do(path)
    use_keyring(read_keyring(path))


def _drop(path: Path) -> None:
    with db.engine.connect() as connection:
        indexes.drop_index(path, connection)


def _begin(path: Path) -> None:
    _step(indexes.turn_index, path)
    _step(indexes.use_index, path)


def _anew() -> int:
    return sum(made.anew for made in indexes.reindex(db.engine))


def _all_are_known_and_refused(as_, world, codes: list[str]) -> None:
    for code in codes:
        with as_(world.stig):
            found = find_known(identity_code=code)
            assert found is not None and found.identity_code == code
            by = sheets.find_known([_line(code)])
            assert by[1].by is KnownBy.IDENTITY_CODE and by[1].person.id == found.id
        with as_(world.aino), pytest.raises(RuleBroken, match="identity code already"):
            add_person(Details("Lea", "Twin"), code)
        with as_(world.aino), pytest.raises(RuleBroken, match="identity code already"):
            keep_identity_code(world.pia.person_id, code)


def _line(code: str) -> SheetCandidate:
    return SheetCandidate(
        row=1,
        name="Lea Twin",
        phone=None,
        municipality="",
        municipal_coach="",
        introduction="",
        referred_on=TODAY,
        session_on=None,
        session_form=None,
        group="",
        stage=Stage.REFERRED,
        exit_reason=None,
        returned=False,
        identity_code=code,
    )


def _indices() -> dict[str, str | None]:
    with system():
        asked = sa.select(Person.identity_code, Person.identity_index)
        rows = db.session.execute(asked.where(Person.identity_code.is_not(None)))
        return {row[0]: row[1] for row in rows}


def test_a_key_file_without_a_turn_is_what_it_was_and_one_with_it_opens_what_it_did(tmp_path):
    ring = new_keyring()
    write_keyring(tmp_path / "keys", ring)
    assert json.loads((tmp_path / "keys").read_text()).keys() == {
        "current",
        "keys",
        "index",
        "session",
    }
    assert read_keyring(tmp_path / "keys") == ring
    indexes.turn_index(tmp_path / "keys")
    begun = read_keyring(tmp_path / "keys")
    assert begun.index_key == ring.index_key != begun.next_index_key
    rotation.turn(tmp_path / "keys")  # the other turn keeps what this one has begun
    indexes.use_index(tmp_path / "keys")
    turned = read_keyring(tmp_path / "keys")
    assert turned.old_index_key == ring.index_key != turned.index_key
    assert turned.keys.keys() == {1, 2} and turned.next_index_key is None
    assert (tmp_path / "keys").stat().st_mode & 0o077 == 0


def test_the_steps_are_taken_one_after_another(path, world):
    with pytest.raises(Refused, match="turn-index first"):
        indexes.use_index(path)
    with pytest.raises(Refused, match="no old index key"):
        _drop(path)
    _step(indexes.turn_index, path)
    with pytest.raises(Refused, match="a new index key already"):
        indexes.turn_index(path)
    _step(indexes.use_index, path)
    with pytest.raises(Refused, match="last turn is not over"):
        indexes.turn_index(path)


def test_nobody_is_lost_or_doubled_at_any_step_and_it_may_stop_in_the_middle(
    path, people, as_, world, monkeypatch
):
    monkeypatch.setattr(indexes, "BATCH", 1)
    before = _indices()
    _step(indexes.turn_index, path)
    assert _anew() == 0  # nobody writes with it yet
    assert keyring().blind("x", "y") == keyring().blinds("x", "y")[0]
    _all_are_known_and_refused(as_, world, people)
    _step(indexes.use_index, path)
    _all_are_known_and_refused(as_, world, people)
    stopped = indexes.reindex(db.engine)
    while _changed(before) < 2:  # the power goes after two of the three
        next(stopped)
    stopped.close()
    assert _changed(before) == 2
    _all_are_known_and_refused(as_, world, people)
    with pytest.raises(Refused, match="digests are of the old index key"):
        _drop(path)
    assert _anew() > 0
    assert _anew() == 0
    _step(_drop, path)
    assert _indices() == {code: identity_index(code) for code in people}
    assert _changed(before) == 3
    _all_are_known_and_refused(as_, world, people)
    assert len(keyring().blinds("x", "y")) == 1


def _changed(before: dict[str, str | None]) -> int:
    return sum(before[code] != index for code, index in _indices().items())


def test_nothing_but_digests_is_changed_and_the_trail_says_nothing(path, people, world):
    before = _everything()
    _begin(path)
    assert _anew() > len(people)
    after = _everything()
    named = {one.name for one in indexes.INDEXED}
    assert {key for key in before if before[key] != after[key]} <= named
    assert before["person", "identity_index"] != after["person", "identity_index"]


def _everything() -> dict[tuple[str, str], list[str]]:
    with db.engine.connect() as connection:
        return {
            (table.name, column.name): sorted(
                map(repr, connection.scalars(sa.select(sa.type_coerce(column, sa.LargeBinary))))
            )
            if isinstance(column.type, sa.LargeBinary)
            else sorted(map(repr, connection.scalars(sa.select(column))))
            for table in Base.metadata.sorted_tables
            for column in table.columns
        }


def test_every_column_that_is_searched_blindly_is_made_anew():
    named = {
        (table.name, column.name)
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if column.name.endswith("_index") or column.name == "address_digest"
    }
    assert {one.name for one in indexes.INDEXED} == named


def _refused(world) -> str:
    with system():
        key = send(NEWS, pia(world), LINK, organisation_id=world.a.organisation_id)
        settle(key, Tried(MessageState.REFUSED, Trouble.ADDRESS_REFUSED))
        return key


def _failure() -> FailedAddress:
    with system():
        return db.session.scalars(sa.select(FailedAddress)).one()


def test_an_address_that_failed_is_known_in_the_middle_of_the_turn(path, world):
    with system():  # two messages of before: one has failed, one will
        late = send(NEWS, pia(world), LINK, organisation_id=world.a.organisation_id)
    _refused(world)
    known = _failure()
    _begin(path)
    with system():
        key = send(NEWS, pia(world), LINK, organisation_id=world.a.organisation_id)
        assert db.session.get_one(Message, key).channel is Channel.SMS
        settle(late, Tried(MessageState.REFUSED, Trouble.ADDRESS_REFUSED))
    assert _failure().id == known.id  # noted once
    with system():
        contact_changed(world.pia.person_id, "pia@example.org", "+358400000201")
    assert _failure().id == known.id  # it is the same address still
    with system():
        try_again(known.id)
        again = sa.select(Message.channel).where(Message.state == MessageState.WAITING)
        assert sorted(db.session.scalars(again)) == [Channel.EMAIL, Channel.EMAIL, Channel.SMS]
    assert _anew() > 0
    _step(_drop, path)


def test_a_failure_of_after_is_noted_under_the_new_key_whatever_its_message_has(path, world):
    with system():
        key = send(NEWS, pia(world), LINK, organisation_id=world.a.organisation_id)
    _begin(path)
    with system():
        settle(key, Tried(MessageState.REFUSED, Trouble.ADDRESS_REFUSED))
    assert _failure().address_index == keyring().blind("pia@example.org", "message.address")


def test_who_signed_in_by_a_code_before_reads_on_and_need_not_sign_in_anew(path, as_, world):
    _analysis, release = released(as_, world)
    mia = at_a(world, world.mia)
    _begin(path)
    for _round in range(2):
        with as_(mia):
            assert get_release(mia.actor, release).release_id == release
        _anew()
    _step(_drop, path)
    with as_(mia):
        assert get_release(mia.actor, release).release_id == release


def test_codes_asked_for_before_count_and_what_nobody_knows_goes(path, world):
    pia_at, gone = Address(email="pia@example.org"), Address(email="given-up@example.org")
    with system():
        issue("test", "x", pia_at, world.pia.account_id)
        db.session.execute(sa.update(OneTimeCode).values(spent_at=OneTimeCode.asked_at))
        issue("test", "x", gone, None)
        db.session.get_one(SignIn, world.stig.actor.sign_in_id).address_digest = address_digest(
            gone
        )
    _begin(path)
    _shown(world.pia.account_id, pia_at)
    _anew()
    _step(_drop, path)
    _shown(world.pia.account_id, pia_at)
    with system():
        assert db.session.get_one(SignIn, world.stig.actor.sign_in_id).address_digest is None
        kept = db.session.get_one(SignIn, world.pia.actor.sign_in_id).address_digest
        assert kept == address_digest(pia_at)
        assert db.session.get_one(Account, world.pia.account_id).email == "pia@example.org"


def _shown(account_id: str, address: Address) -> None:
    with system():
        assert has_shown(account_id, address)


def test_twins_of_a_process_that_was_not_started_anew_are_told_and_stop_nothing(
    path, people, as_, world
):
    old = keyring()
    _begin(path)
    with as_(world.aino):
        twin = add_person(Details("Lea", "Twin"), "030390-934P").id
    use_keyring(old)  # a process that knows nothing of the new key
    with as_(world.aino):
        other = add_person(Details("Lea", "Other"), "030390-934P").id
    use_keyring(read_keyring(path))
    made = list(indexes.reindex(db.engine))
    assert [one for each in made for one in each.twins] == [f"person {other}"]
    with pytest.raises(Refused, match="1 digests are of the old"):
        _drop(path)
    with system():
        keep = db.session.get_one(Person, other)
        keep.identity_code = keep.identity_index = None
    assert _anew() == 0
    _step(_drop, path)
    with as_(world.aino):
        assert find_known(identity_code="030390-934P").id == twin


def test_a_backup_of_before_the_turn_is_searched_with_the_key_file_of_after(
    path,
    people,
    home,  # noqa: F811
    elsewhere,  # noqa: F811
    tmp_path,
):
    old_keys = tmp_path / "old-keys"
    shutil.copy(path, old_keys)
    file, _manifest = backups.save(home, tmp_path)
    _begin(path)
    _anew()
    _step(_drop, path)
    backups.restore(elsewhere, file, home.backup_key_path)
    assert indexes.reindexed(elsewhere.database_url) >= len(people)
    assert indexes.reindexed(elsewhere.database_url) == 0
    assert _indices_of(elsewhere.database_url) == {identity_index(code) for code in people}
    use_keyring(read_keyring(old_keys))
    assert indexes.reindexed(elsewhere.database_url) > 0  # and with the old one again
    assert _indices_of(elsewhere.database_url) == {identity_index(code) for code in people}


def _indices_of(url: str) -> set[str]:
    engine = sa.create_engine(url)
    with engine.connect() as connection:
        asked = sa.select(Person.identity_index).where(Person.identity_index.is_not(None))
        found = set(connection.scalars(asked))
    engine.dispose()
    return found


def test_the_operator_turns_it_by_commands(app, home, path, people, as_, world):  # noqa: F811
    known = app.config["JOBSEARCH"]
    app.config["JOBSEARCH"] = home

    def run(command: str, *, fails: bool = False) -> str:
        done = app.test_cli_runner().invoke(args=["keys", command])
        assert (done.exit_code != 0) is fails, done.output
        use_keyring(read_keyring(path))
        return done.output

    try:
        assert "keys use-index" in run("turn-index")
        assert "next is: flask keys use-index" in run("state")
        assert "last turn" not in run("turn-index", fails=True)
        assert "keys reindex" in run("use-index")
        assert "digests are of an old one" in run("state")
        assert "run flask keys reindex first" in run("drop-index", fails=True)
        assert "digests are made anew" in run("reindex")
        assert "index key: 0 digests" in run("state")
        assert "gone" in run("drop-index")
        assert "index key" not in run("state")
    finally:
        app.config["JOBSEARCH"] = known
    _all_are_known_and_refused(as_, world, people)
