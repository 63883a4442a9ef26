"""The day before an interview its person is reminded, once, with what is still to prepare."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from jobsearch.config import Config, Mode
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import whole_installation
from jobsearch.notices.models import Message
from jobsearch.notices.preferences.models import DeclinedKind
from jobsearch.notices.wording import write
from jobsearch.people.models import Person
from jobsearch.scheduler import jobs_of
from jobsearch.tracker.interviews.jobs import remind_of_interviews
from jobsearch.tracker.interviews.mail import REMINDER
from jobsearch.tracker.interviews.rules import InterviewWay, Preparation
from jobsearch.tracker.interviews.service import (
    When,
    add_interview,
    cancel_interview,
    edit_interview,
    tick,
)

pytestmark = pytest.mark.usefixtures("context")
WHEN = When(date(2026, 11, 26), 9 * 60, 45, InterviewWay.ON_SITE, "Satakunnankatu 5")
DUE = datetime(2026, 11, 25, 14, 0, tzinfo=UTC)  # 16.00 in Helsinki


def reminders() -> list[Message]:
    with unit_of_work(whole_installation("test")):
        kind = sa.select(Message).where(Message.kind == REMINDER.key)
        return list(db.session.scalars(kind.order_by(Message.created_at, Message.id)))


@pytest.fixture
def interview(world, as_) -> str:
    with as_(world.pia):
        who = world.pia.actor, world.pia.person_id
        db.session.get_one(Person, world.pia.person_id).language = "en"
        row = add_interview(*who, WHEN, employer_name="Rannikon Leipomo")
        tick(world.pia.actor, row.id, Preparation.EMPLOYER, done=True)
        tick(world.pia.actor, row.id, Preparation.PAPERS, done=True)
        return row.id


def test_it_says_time_place_and_what_is_not_prepared_yet(world, interview, clock) -> None:
    clock.move_to(DUE - timedelta(minutes=1))
    assert remind_of_interviews() == "Reminders written: 0."
    clock.move_to(DUE)
    assert remind_of_interviews() == "Reminders written: 1."
    (message,) = reminders()
    assert message.address == "pia@example.org"
    assert message.subject == "Your job interview: Thursday 26 November 2026 at 9:00"
    assert "Hello Pia,\n\nyou have a job interview" in message.body
    assert "Face to face: Satakunnankatu 5." in message.body
    assert "– Choose an example of work that you did well.\n" in message.body
    assert "Read what the employer does" not in message.body
    assert "Take your papers" not in message.body
    assert f"/job-search/interviews/{interview}" in message.body
    assert "Leipomo" not in message.body
    assert message.expires_at == datetime(2026, 11, 26, 7, tzinfo=UTC)


def test_it_comes_once_and_again_when_the_interview_is_moved(world, as_, interview, clock) -> None:
    clock.move_to(DUE)
    for _twice in range(2):
        remind_of_interviews()
    assert len(reminders()) == 1
    with as_(world.stig):
        later = replace(WHEN, minute=10 * 60)
        edit_interview(world.stig.actor, interview, None, later, employer_name="Rannikon Leipomo")
    remind_of_interviews()
    assert len(reminders()) == 1  # she may be moving it herself just now
    clock.move_to(DUE + timedelta(hours=1))
    remind_of_interviews()
    assert [one.subject.endswith("at 10:00") for one in reminders()] == [False, True]


def test_what_was_taken_away_or_is_over_reminds_nobody(world, as_, interview, clock) -> None:
    clock.move_to(datetime(2026, 11, 26, 7, tzinfo=UTC))
    remind_of_interviews()
    clock.move_to(DUE)
    with as_(world.pia):
        cancel_interview(world.pia.actor, interview, was_mistake=False)
    remind_of_interviews()
    assert reminders() == []


def test_who_is_ready_is_told_so_and_a_place_that_is_missing_is_left_out(
    world, as_, interview, clock
) -> None:
    with as_(world.pia):
        for item in Preparation:
            tick(world.pia.actor, interview, item, done=True)
        bare = replace(WHEN, way=InterviewWay.PHONE, place="")
        edit_interview(world.pia.actor, interview, None, bare, employer_name="Rannikon Leipomo")
    clock.move_to(DUE)
    remind_of_interviews()
    (message,) = reminders()
    assert "– Everything is prepared. Good luck!\n" in message.body
    assert "\n\nBy phone\n\n" in message.body


def test_it_is_written_in_her_language_and_not_to_who_declined_it(
    world, as_, interview, clock
) -> None:
    with as_(world.pia):
        db.session.get_one(Person, world.pia.person_id).language = "fi"
        who = world.pia.person_id
        declined = DeclinedKind(subject_id=who, kind=REMINDER.key, declined_at=DUE)
    clock.move_to(DUE)
    remind_of_interviews()
    (message,) = reminders()
    assert "torstai 26.11.2026" in message.subject and "9.00" in message.subject
    with as_(world.pia):
        db.session.add(declined)
        moved = replace(WHEN, minute=12 * 60)
        edit_interview(world.pia.actor, interview, None, moved, employer_name="Rannikon Leipomo")
    clock.move_to(DUE + timedelta(hours=2))
    remind_of_interviews()
    assert len(reminders()) == 1


def test_a_text_message_says_how_much_is_left_to_prepare() -> None:
    gaps = {
        "name": "Aino",
        "day": date(2026, 11, 26),
        "time": "9.00",
        "place": "x",
        "news": ["y"],
        "count": "4",
        "link": "https://example.org/i",
    }
    text = write(REMINDER, "en", gaps).sms
    assert "Still to prepare: 4." in text and text.endswith("https://example.org/i")


def test_both_jobs_are_on_the_schedulers_table(app, tmp_path) -> None:
    config = Config(Mode.TEST, tmp_path, "sqlite://", "http://localhost")
    assert {"tracker.interviews", "tracker.companies"} <= {job.name for job in jobs_of(config)}
