"""A person is erased: all of her goes that no law keeps, whole or not at all."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from jobsearch.accounts.models import Account, SignIn
from jobsearch.audit.chain import check_chain
from jobsearch.audit.jobs import seal_trail
from jobsearch.audit.models import AuditEntry, SubjectKey
from jobsearch.core.db import Base, db, unit_of_work
from jobsearch.core.errors import NotVisible, RuleBroken
from jobsearch.core.scope import Scope, whole_installation
from jobsearch.payroll.pay.models import PayRun
from jobsearch.people.models import Person
from jobsearch.privacy.erasure import journal
from jobsearch.privacy.erasure.jobs import complete_journal
from jobsearch.privacy.erasure.models import Erasure
from jobsearch.privacy.erasure.service import erase
from jobsearch.privacy.requests.models import DataRequest
from jobsearch.privacy.retention.jobs import do_timetable
from jobsearch.recruitment.models import Candidate
from tests.furnished import CANARY, furnish

pytestmark = pytest.mark.usefixtures("context")

_KEPT_WITH_CANARY = {"distraint", "pay_correction", "stored_file"}
"""What the law keeps of hers: the words of pay, and the payments' file."""
_NOT_HERS = {
    "audit_entry",  # of the provider's rows alone; hers are sealed, and their key is gone
    "company",
    "comparator",
    "frozen_report",
    "own_rate",
    "own_wording",
    "programme_cost",
    "register_settings",
}
"""What furnishes the provider and not her."""


@pytest.fixture(autouse=True)
def path(app, tmp_path: Path) -> Path:
    """A journal of this test's own."""
    known = app.config["JOBSEARCH"]
    app.config["JOBSEARCH"] = replace(known, erasures=str(tmp_path / "erasures"))
    yield tmp_path / "erasures"
    app.config["JOBSEARCH"] = known


def _contents() -> dict[str, set[tuple[object, ...]]]:
    with unit_of_work(whole_installation("test"), read_only=True):
        return {
            table.name: {tuple(map(repr, row)) for row in db.session.execute(sa.select(table))}
            for table in Base.metadata.sorted_tables
        }


def _later(world, clock) -> None:
    """Everything of Pia's has ended and is paid, and her follow-up goes on."""
    furnish(world)
    with unit_of_work(whole_installation("test")):
        db.session.execute(
            sa.update(PayRun).values(
                state="paid",
                approved_at=datetime(2026, 12, 1, tzinfo=UTC),
                approved_by_id=world.aino.account_id,
                made_by_id=world.paula.account_id,
            )
        )
    clock.shift(timedelta(days=40))


def _erase(world, who) -> Erasure:
    scope = Scope(frozenset({world.a.organisation_id}), "test")
    with unit_of_work(scope, world.aino.actor):
        return erase(world.aino.actor, who)


def test_nobody_is_erased_while_an_employment_goes_on(world) -> None:
    furnish(world)
    before = _contents()
    with pytest.raises(RuleBroken, match="employment has not ended"):
        _erase(world, world.pia.person_id)
    assert _contents() == before


def test_another_providers_person_is_nobody(world) -> None:
    with pytest.raises(NotVisible):
        _erase(world, _person_of_b(world))


def _person_of_b(world) -> str:
    with unit_of_work(whole_installation("test"), read_only=True):
        theirs = sa.select(Person.id).where(Person.organisation_id == world.b.organisation_id)
        return db.session.scalars(theirs).first()


def test_all_goes_that_no_law_keeps(world, clock) -> None:
    _later(world, clock)
    pia = world.pia.person_id
    before = _contents()
    hers = [name for name, rows in before.items() if CANARY in str(rows)]
    assert {"action", "employer", "strategy", "short_message", "help_call"} <= set(hers)
    phone, email = "Pia", "pia@example.org"
    receipt = _erase(world, pia)
    assert receipt.kept_until is not None and receipt.kept_until.isoformat() == "2036-12-31"
    after = _contents()
    assert email not in str(after)
    left = {name for name, rows in after.items() if CANARY in str(rows)}
    assert left - _NOT_HERS == _KEPT_WITH_CANARY
    with unit_of_work(whole_installation("test"), read_only=True):
        assert db.session.get(Account, world.pia.account_id).closed_at is not None
        assert db.session.get(SubjectKey, pia) is None
        assert db.session.get(SubjectKey, world.pia.account_id) is None
        assert db.session.get(SignIn, world.pia.actor.sign_in_id) is None
    assert phone in str(after["person"])
    assert len(after["payslip"]) == len(before["payslip"])


def test_what_she_asked_of_her_data_stays_without_a_word(world, clock) -> None:
    _later(world, clock)
    _erase(world, world.pia.person_id)
    with unit_of_work(whole_installation("test"), read_only=True):
        asked = sa.select(DataRequest).where(DataRequest.person_id == world.pia.person_id)
        rows = list(db.session.scalars(asked))
        assert rows, "that she asked can be shown"
        assert {row.words for row in rows} == {"–"}


def test_the_trail_verifies_and_says_that_she_was_erased(world, clock) -> None:
    _later(world, clock)
    seal_trail()
    _erase(world, world.pia.person_id)
    seal_trail()
    with unit_of_work(whole_installation("test"), read_only=True):
        assert check_chain(everything=True).is_whole
        noted = sa.select(AuditEntry).where(
            AuditEntry.act == "erase", AuditEntry.row_id == world.pia.person_id
        )
        assert db.session.scalars(noted).first().account_id == world.aino.account_id


def test_again_changes_nothing_and_the_rest_goes_in_its_time(world, clock, path) -> None:
    _later(world, clock)
    first = _erase(world, world.pia.person_id)
    before = _contents()
    assert _erase(world, world.pia.person_id).id == first.id
    assert _contents() == before
    clock.move_to(datetime(2036, 12, 31, 10, tzinfo=UTC))
    do_timetable()
    assert _person(world.pia.person_id).given_name == "Pia"
    clock.move_to(datetime(2037, 1, 1, 10, tzinfo=UTC))
    do_timetable()
    assert _person(world.pia.person_id).given_name == "–"
    after = _contents()
    assert {name for name, rows in after.items() if CANARY in str(rows)} <= _NOT_HERS
    assert "Pihlaja" not in str(after)


def test_of_a_candidate_nothing_stays_but_numbers(world, clock) -> None:
    with unit_of_work(Scope(frozenset({world.a.organisation_id}), "test"), world.aino.actor):
        person = Person(given_name="Kaisa", family_name="Kanarialintu", phone="+358401112222")
        db.session.add(person)
        db.session.flush()
        candidate = Candidate(
            programme_id=world.a.programme_id,
            person_id=person.id,
            referred_on=datetime(2026, 11, 20, tzinfo=UTC).date(),
            introduction="Kanarialintu",
            **_CANDIDATE,
        )
        db.session.add(candidate)
        db.session.flush()
        key = person.id
    assert "Kanarialintu" in str(_contents())
    assert _erase(world, key).kept_until is None
    after = _contents()
    assert "Kanarialintu" not in str(after) and "+358401112222" not in str(after)
    assert key not in str(after["person"]) and len(after["forgotten_count"]) == 1


_CANDIDATE = {"channel": "imported", "stage": "referred"}


def test_whole_or_not_at_all(world, clock, path, monkeypatch) -> None:
    _later(world, clock)
    before = _contents()
    scope = Scope(frozenset({world.a.organisation_id}), "test")
    with (
        pytest.raises(RuntimeError),
        unit_of_work(scope, world.aino.actor),
    ):
        erase(world.aino.actor, world.pia.person_id)
        raise RuntimeError
    assert _contents() == before and not path.exists()


def test_the_journal_says_it_before_the_database_and_takes_it_back(world, clock, path) -> None:
    _later(world, clock)
    scope = Scope(frozenset({world.a.organisation_id}), "test")

    def fail(session: object) -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError), unit_of_work(scope, world.aino.actor) as session:
        erase(world.aino.actor, world.pia.person_id)
        sa.event.listen(session, "before_commit", fail)
    assert journal.read(path) == []
    assert len(path.read_text().splitlines()) == 2
    _erase(world, world.pia.person_id)
    (line,) = journal.read(path)
    assert (line.person, line.organisation) == (world.pia.person_id, world.a.organisation_id)
    assert path.stat().st_mode & 0o777 == 0o600
    assert "Pia" not in path.read_text() and "example.org" not in path.read_text()


def test_an_erasure_that_the_journal_lacks_is_entered_at_night_and_once(world, clock, path) -> None:
    _later(world, clock)
    _erase(world, world.pia.person_id)
    (entered,) = journal.read(path)
    journal.append(path, [replace(entered, taken_back=True)])  # the line broke at the commit
    assert journal.read(path) == []
    assert complete_journal() == "Entered into the journal of erasures: 1."
    assert journal.read(path) == [entered]
    path.unlink()
    assert complete_journal() == "Entered into the journal of erasures: 1."
    assert journal.read(path) == [entered] and path.stat().st_mode & 0o777 == 0o600
    assert complete_journal() == "Entered into the journal of erasures: 0."
    assert len(path.read_text().splitlines()) == 1


def _person(person_id: str) -> Person:
    with unit_of_work(whole_installation("test"), read_only=True):
        return db.session.get_one(Person, person_id)
