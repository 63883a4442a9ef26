"""Whoever is promised a bonus is reminded of its proof, and what is late lapses."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import whole_installation
from jobsearch.notices.models import Message
from jobsearch.payroll.bonus.reminders.jobs import see_to_proofs
from jobsearch.payroll.bonus.reminders.mail import PROOF_DUE
from jobsearch.payroll.bonus.rules import BonusState, ProofWay
from jobsearch.payroll.bonus.service import note_proof
from jobsearch.people.models import Person
from jobsearch.scheduler import jobs_of
from tests.bonused import bonus_of, promise
from tests.paid import prepare

pytestmark = pytest.mark.usefixtures("context")
MORNING = datetime(2026, 11, 24, 5, 30, tzinfo=UTC)
LAST_DAY = MORNING + timedelta(days=30)


def reminders() -> list[Message]:
    with unit_of_work(whole_installation("test")):
        kind = sa.select(Message).where(Message.kind == PROOF_DUE.key)
        return list(db.session.scalars(kind.order_by(Message.created_at, Message.id)))


@pytest.fixture
def key(world, as_) -> str:
    """Pia's bonus, promised today, its proof due on 24 December."""
    with as_(world.aino):
        prepare(world.a, "pia")
        db.session.get_one(Person, world.pia.person_id).language = "en"
        return promise(world).id


def test_it_says_until_when_and_where_and_nothing_else(world, key) -> None:
    assert see_to_proofs() == "Reminders written: 1. Bonuses lapsed: 0."
    (message,) = reminders()
    assert message.address == "pia@example.org"
    assert message.subject == "Your bonus: show us the proof by Thursday 24 December 2026"
    assert f"/my-bonus/{key}" in message.body
    assert "150" not in message.body
    assert message.expires_at == datetime(2026, 12, 24, 22, tzinfo=UTC)


def test_she_is_written_to_at_first_a_week_before_and_the_day_before(key, clock) -> None:
    for day in range(31):
        clock.move_to(MORNING + timedelta(days=day))
        for _twice in range(2):
            see_to_proofs()
    days = [(one.created_at - MORNING).days for one in reminders()]
    assert days == [0, 23, 29]


def test_nobody_is_reminded_who_has_shown_it(world, as_, key) -> None:
    with as_(world.paula):
        note_proof(world.paula.actor, key, 1, ProofWay.SEEN)
    assert see_to_proofs() == "Reminders written: 0. Bonuses lapsed: 0."


def test_she_is_written_to_in_her_own_language(world, as_, key) -> None:
    with as_(world.aino):
        db.session.get_one(Person, world.pia.person_id).language = "fi"
    see_to_proofs()
    assert "Hei Pia" in reminders()[0].body


def test_after_the_last_day_it_lapses_once(world, as_, key, clock) -> None:
    clock.move_to(LAST_DAY)
    see_to_proofs()
    with as_(world.aino):
        assert bonus_of(world.pia.person_id).state is BonusState.PROMISED
    clock.move_to(LAST_DAY + timedelta(days=1))
    before = len(reminders())
    assert see_to_proofs() == "Reminders written: 0. Bonuses lapsed: 1."
    assert see_to_proofs() == "Reminders written: 0. Bonuses lapsed: 0."
    with as_(world.aino):
        assert bonus_of(world.pia.person_id).state is BonusState.LAPSED
    assert len(reminders()) == before


def test_it_runs_every_morning(app) -> None:
    (job,) = [one for one in jobs_of(app.config["JOBSEARCH"]) if one.name == "payroll.bonus_proofs"]
    assert job.daily_at is not None
