"""The trail: whether its chain is whole, what a manager reads in it, and whom an account saw."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError

from jobsearch.audit.chain import check_chain, note_check, seal_new_entries
from jobsearch.audit.models import AccessEntry, AuditCheck, AuditEntry, AuditSeal, SubjectKey
from jobsearch.audit.service import note_looks
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.errors import NotVisible
from jobsearch.core.scope import whole_installation
from jobsearch.notices.models import Message
from jobsearch.organisations.models import Organisation
from jobsearch.people.models import Person
from jobsearch.privacy.trail.jobs import check_trail
from jobsearch.privacy.trail.queries import list_changes, list_looks, list_seen
from jobsearch.privacy.trail.rules import Asked, Key, key_of
from jobsearch.privacy.trail.values import Reading, get_change
from tests.world import NOW, TODAY

pytestmark = pytest.mark.usefixtures("context")
EVERYTHING = whole_installation("test")
TABLES = ("audit_entry", "audit_seal", "audit_check", "access_entry")


def _past_the_program(order: str) -> None:
    """What somebody does who has the database itself."""
    with db.engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(sa.text("SET session_replication_role = replica"))
        else:
            names = connection.execute(
                sa.text("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            )
            for name in names.scalars().all():
                if name.startswith(TABLES):
                    connection.execute(sa.text(f"DROP TRIGGER {name}"))
        connection.execute(sa.text(order))
        if connection.dialect.name == "postgresql":
            connection.execute(sa.text("SET session_replication_role = DEFAULT"))


def _change(world, as_, phone: str) -> None:
    with as_(world.aino):
        db.session.get(Person, world.pia.person_id).phone = phone


def _seal(clock) -> None:
    clock.shift(timedelta(minutes=1))
    with unit_of_work(EVERYTHING):
        seal_new_entries()


def _check(*, everything: bool = False):
    with unit_of_work(EVERYTHING):
        found = check_chain(everything=everything)
        note_check(found)
    return found


@pytest.fixture
def two_seals(world, as_, clock):
    """Two seals, the first of them checked."""
    _change(world, as_, "+358400000901")
    _seal(clock)
    _check()
    _change(world, as_, "+358400000902")
    _seal(clock)


def test_a_check_goes_on_from_the_last_one(two_seals):
    found = _check()
    assert (found.seals, found.is_full, found.is_whole) == (1, False, True)
    assert _check().seals == 0
    assert _check(everything=True).seals == 2


def test_changes_of_an_hour_that_comes_twice_stay_in_their_order(world, as_, clock):
    _change(world, as_, "+358400000901")
    clock.shift(-timedelta(hours=1))
    _change(world, as_, "+358400000902")
    _seal(clock)  # what lies ahead of the clock is not settled yet
    assert _check(everything=True).seals == 0
    clock.shift(timedelta(hours=1))
    _seal(clock)
    assert _check(everything=True).is_whole
    with unit_of_work(EVERYTHING):
        (seal,) = db.session.scalars(sa.select(AuditSeal))
        phones = sa.select(AuditEntry.id, AuditEntry.at).where(AuditEntry.table_name == "person")
        first, second = db.session.execute(phones.order_by(AuditEntry.id.desc()).limit(2)).all()[
            ::-1
        ]
    assert seal.first_entry_id <= first.id < second.id <= seal.last_entry_id
    assert second.at < first.at


def test_a_change_of_what_was_checked_before_is_found_by_reading_everything(two_seals):
    _past_the_program("UPDATE audit_entry SET act = 'delete' WHERE id = 1")
    assert _check().is_whole
    assert _check(everything=True).broken == [1]


def test_a_change_of_what_is_new_is_found_at_once(two_seals):
    with unit_of_work(EVERYTHING):
        newest = db.session.scalar(sa.select(sa.func.max(AuditEntry.id)))
    _past_the_program(f"UPDATE audit_entry SET role = 'coach' WHERE id = {newest}")
    assert _check().broken == [2]


@pytest.mark.parametrize(
    "order",
    [
        "DELETE FROM audit_seal WHERE id = 1",
        "UPDATE audit_seal SET digest = 'x' WHERE id = 1",
    ],
)
def test_a_seal_that_is_gone_or_another_one_is_missed(two_seals, order):
    _past_the_program(order)
    found = _check()
    assert found.missing
    assert not found.is_whole


def test_after_a_break_the_next_check_reads_everything_again(two_seals):
    _past_the_program("UPDATE audit_entry SET act = 'delete' WHERE id = 1")
    assert not _check(everything=True).is_whole
    assert _check().broken == [1]


def test_what_is_slipped_in_between_two_seals_is_found(world, as_, clock):
    _change(world, as_, "+358400000901")
    _seal(clock)
    with unit_of_work(EVERYTHING):
        last = db.session.scalar(sa.select(sa.func.max(AuditEntry.id)))
    clock.shift(timedelta(minutes=1))
    with unit_of_work(EVERYTHING) as session:  # the number of a transaction that was given up
        row = db.session.execute(sa.select(AuditEntry.__table__).limit(1)).mappings().one()
        session.connection().execute(sa.insert(AuditEntry), [{**row, "id": last + 5}])
    _seal(clock)
    assert _check().is_whole
    with unit_of_work(EVERYTHING) as session:
        session.connection().execute(sa.insert(AuditEntry), [{**row, "id": last + 2}])
    assert _check(everything=True).broken == [2]


@pytest.mark.parametrize("table", ["audit_check", "audit_seal"])
def test_the_database_refuses_to_change_what_was_checked(two_seals, table):
    with pytest.raises(DatabaseError, match="append-only"), db.engine.begin() as connection:
        connection.execute(sa.text(f"DELETE FROM {table}"))


def test_the_nightly_check_tells_managers_and_operators_once(two_seals, world):
    assert "1" in check_trail()
    _past_the_program("UPDATE audit_entry SET act = 'delete' WHERE id = 1")
    with unit_of_work(EVERYTHING):
        note_check(check_chain(everything=True))
    for _ in range(2):
        assert "CHANGED" in check_trail()
    with unit_of_work(EVERYTHING, read_only=True):
        told = sorted(db.session.scalars(sa.select(Message.subject_id)))
        last = db.session.scalars(sa.select(AuditCheck).order_by(AuditCheck.id.desc())).first()
    assert told == sorted(one.account_id for one in (world.aino, world.sam, world.olga))
    assert (last.is_whole, last.broken) == (False, [1])


def test_once_a_week_everything_is_read(two_seals, clock):
    check_trail()
    clock.shift(timedelta(days=7))
    check_trail()
    with unit_of_work(EVERYTHING, read_only=True):
        checks = db.session.scalars(sa.select(AuditCheck).order_by(AuditCheck.id)).all()
    assert [(one.is_full, one.seals) for one in checks][1:] == [(False, 1), (True, 2)]


def test_the_command_says_whether_the_trail_is_whole(app, two_seals):
    run = app.test_cli_runner().invoke(args=["audit", "verify", "--all"])
    assert (run.exit_code, run.output.strip()) == (0, "The trail is whole. Seals checked: 2.")
    _past_the_program("UPDATE audit_entry SET act = 'delete' WHERE id = 1")
    run = app.test_cli_runner().invoke(args=["audit", "verify", "--all"])
    assert run.exit_code == 1
    assert "seals 1 do not hold" in run.output


def _newest(world, as_):
    with as_(world.aino):
        return list_changes(world.aino.actor, Asked(), None, 1)[0].id


def _newest_change(world, as_):
    entry = _newest(world, as_)
    with as_(world.aino):
        return get_change(world.aino.actor, entry)


def test_a_manager_reads_the_values_that_are_for_her(world, as_):
    _change(world, as_, "+358400000999")
    change = _newest_change(world, as_)
    assert [(one.name, one.reading, one.after) for one in change.fields] == [
        ("phone", Reading.SHOWN, "+358400000999")
    ]


def test_erased_values_are_said_to_be_erased(world, as_):
    _change(world, as_, "+358400000999")
    with unit_of_work(EVERYTHING):
        db.session.execute(sa.delete(SubjectKey))
    change = _newest_change(world, as_)
    assert [(one.reading, one.after) for one in change.fields] == [(Reading.ERASED, None)]


def test_secrets_and_what_is_not_for_managers_is_not_shown(world, as_):
    from jobsearch.tracker.rules import Activity
    from jobsearch.tracker.service import log_action

    with as_(world.aino):
        db.session.get(Person, world.pia.person_id).identity_code = "010594Y9032"
    change = _newest_change(world, as_)
    assert {one.reading for one in change.fields} <= {Reading.UNWRITTEN, Reading.NOT_YOURS}
    with as_(world.pia):
        log_action(
            world.pia.actor, Activity.EMPLOYER_CONTACT, employer_name="Canary", note="Canary"
        )
    with as_(world.aino):
        found = [
            get_change(world.aino.actor, row.id)
            for row in list_changes(world.aino.actor, Asked(kind="action"), None, 5)
        ]
    notes = [one for change in found for one in change.fields if one.name == "note"]
    assert notes
    assert all(one.reading is Reading.NOT_YOURS for one in notes)


def test_another_providers_change_is_not_there(world, as_):
    _change(world, as_, "+358400000999")
    entry = _newest(world, as_)
    with as_(world.sam), pytest.raises(NotVisible):
        get_change(world.sam.actor, entry)
    with as_(world.sam):
        keys = {row.subject_id for row in list_changes(world.sam.actor, Asked(), None, 999)}
    assert world.pia.person_id not in keys


def test_an_operator_reads_of_nobody(world, as_):
    _change(world, as_, "+358400000999")
    with as_(world.aino):
        db.session.get(Organisation, world.a.organisation_id).city = "Pori"
    with as_(world.olga):
        rows = list_changes(world.olga.actor, Asked(), None, 999)
    assert {row.table_name for row in rows} == {"organisation"}


def _look(world, member, person_id: str, what: str = "page", *, refused: bool = False) -> None:
    with unit_of_work(EVERYTHING):
        note_looks(member.actor, [(person_id, what)], refused=refused)


def test_whom_an_account_saw_is_counted_by_person_and_day(world, as_, clock):
    for _ in range(3):
        _look(world, world.stig, world.pia.person_id)
    _look(world, world.stig, world.otto.person_id, refused=True)
    _look(world, world.aino, world.otto.person_id)
    clock.move_to(NOW + timedelta(days=1))
    _look(world, world.stig, world.pia.person_id)
    asked = Asked(account_id=world.stig.account_id, since=TODAY, until=TODAY)
    with as_(world.aino):
        seen = {one.person_id: one for one in list_seen(world.aino.actor, asked, "", 50)}
    assert (seen[world.pia.person_id].looks, seen[world.pia.person_id].refused) == (3, 0)
    assert (seen[world.otto.person_id].looks, seen[world.otto.person_id].refused) == (1, 1)
    assert seen[world.pia.person_id].last == NOW


def test_a_municipal_coachs_looks_at_her_clients_are_in_the_providers_trail(world, as_):
    _look(world, world.mia, world.pia.person_id, "client")
    with as_(world.aino):
        assert len(list_looks(world.aino.actor, Asked(), None, 50)) == 1
    with as_(world.sam):
        assert list_looks(world.sam.actor, Asked(), None, 50) == []


def test_the_command_names_whom_an_account_saw(app, world):
    _look(world, world.stig, world.pia.person_id)
    day = TODAY.isoformat()
    args = ["audit", "seen", world.stig.email, "--from", day, "--to", day]
    run = app.test_cli_runner().invoke(args=args)
    assert run.exit_code == 0
    assert f"{world.pia.person_id}\tPia Pihlaja\t{world.a.organisation_id}\t1\t0" in run.output
    before = (TODAY - timedelta(days=1)).isoformat()
    run = app.test_cli_runner().invoke(args=[*args[:4], before, "--to", before])
    assert "Pia" not in run.output


def test_pages_by_key_miss_nothing_and_repeat_nothing(world, as_):
    for number in range(7):
        _look(world, world.stig, world.pia.person_id, f"page:{number}")
    found, before = [], None
    with as_(world.aino):
        while rows := list_looks(world.aino.actor, Asked(), before, 3):
            found += [row.what for row in rows]
            before = key_of(Key(rows[-1].at, rows[-1].id).text)
    assert found == [f"page:{number}" for number in reversed(range(7))]


@pytest.mark.parametrize(
    "text", ["", "x", "1-x", "-", "9" * 30 + "-1", "1", "²-1", "5000000000000000-1"]
)
def test_what_is_no_key_is_the_first_page(text):
    assert key_of(text) is None


def test_days_are_those_of_the_providers_zone(world, as_, clock):
    clock.move_to(NOW.replace(hour=22, minute=30))  # 0.30 of the next day in Helsinki
    _look(world, world.stig, world.pia.person_id)
    with as_(world.aino):
        today, after = (Asked(since=day, until=day) for day in (TODAY, TODAY + timedelta(days=1)))
        assert list_looks(world.aino.actor, today, None, 5) == []
        assert len(list_looks(world.aino.actor, after, None, 5)) == 1
    assert isinstance(TODAY, date)


def test_only_what_was_sealed_counts(two_seals, world, as_):
    _change(world, as_, "+358400000903")
    assert _check().is_whole
    with unit_of_work(EVERYTHING, read_only=True):
        assert db.session.scalar(sa.select(sa.func.count(AuditSeal.id))) == 2
        assert db.session.scalar(sa.select(sa.func.count(AccessEntry.id))) == 0
