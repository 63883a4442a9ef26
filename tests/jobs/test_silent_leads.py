"""Who has quiet leads is asked about them: at most once a week, while her group is at work."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from jobsearch.accounts.models import Account, Membership
from jobsearch.cohorts.models import Enrolment
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import whole_installation
from jobsearch.notices.models import Message
from jobsearch.notices.preferences.models import DeclinedKind
from jobsearch.tracker.leads.jobs import ask_about_silent_leads
from jobsearch.tracker.leads.mail import SILENT
from jobsearch.tracker.leads.models import Lead
from jobsearch.tracker.leads.rules import LeadDetails, LeadStage
from jobsearch.tracker.leads.service import add_lead, say_asked
from jobsearch.tracker.models import TrackerSettings
from tests.world import NOW

pytestmark = pytest.mark.usefixtures("context")


def system():
    return unit_of_work(whole_installation("test"))


def _apply(as_, member) -> None:
    with as_(member):
        details = LeadDetails("Leipuri", employer_name="Kanaria")
        add_lead(member.actor, details, LeadStage.APPLIED)


@pytest.fixture
def quiet(world, as_, clock):
    """Two leads of Pia's and one of Bo's that wait, seven days later."""
    for member in (world.pia, world.pia, world.bo):
        _apply(as_, member)
    clock.shift(timedelta(days=7))


def _is_quiet_after(world, days: int) -> None:
    with system():
        org = world.a.organisation_id
        db.session.add(TrackerSettings(id=org, organisation_id=org, quiet_days=days))


def messages() -> list[tuple[str, str]]:
    with system():
        rows = db.session.scalars(sa.select(Message).where(Message.kind == SILENT.key))
        return sorted((row.address, f"{row.subject}\n{row.body}") for row in rows)


def test_one_message_a_person_says_how_many_and_names_no_employer(world, quiet) -> None:
    assert ask_about_silent_leads() == "Asked about quiet leads: 2."
    (bo, _text), (pia, text) = messages()
    assert (bo, pia) == ("bo@example.org", "pia@example.org")
    assert "for a while (2)" in text and "/job-search/leads" in text
    for word in ("Kanaria", "Leipuri"):
        assert word not in text


def test_it_is_written_once_a_week_however_often_the_job_runs(world, as_, clock) -> None:
    _apply(as_, world.pia)
    _is_quiet_after(world, 1)
    counts = []
    for days in (1, 0, 1, 5, 1):  # on the seventh day after the first one it is asked again
        clock.shift(timedelta(days=days))
        ask_about_silent_leads()
        counts.append(len(messages()))
    assert counts == [1, 1, 1, 1, 2]


def test_nobody_is_asked_before_the_days_that_her_provider_says(world, quiet) -> None:
    _is_quiet_after(world, 8)
    ask_about_silent_leads()
    assert [address for address, _text in messages()] == ["bo@example.org"]


def test_who_has_asked_or_declined_is_left_in_peace(world, as_, quiet) -> None:
    with as_(world.bo):
        (lead,) = db.session.query(Lead)
        say_asked(world.bo.actor, lead.id, lead.version)
    with system():
        declined = {"kind": SILENT.key, "declined_at": NOW}
        db.session.add(DeclinedKind(subject_id=world.pia.person_id, **declined))
    ask_about_silent_leads()
    assert messages() == []


@pytest.mark.parametrize("why", ["left", "no account", "role ended", "over"])
def test_nobody_is_asked_who_has_left_or_cannot_open_the_page(world, quiet, clock, why) -> None:
    with system():
        if why == "left":
            hers = sa.update(Enrolment).where(Enrolment.id == world.a.enrolment_ids["pia"])
            db.session.execute(hers.values(left_on=NOW.date()))
        if why == "no account":
            account = sa.update(Account).where(Account.id == world.pia.account_id)
            db.session.execute(account.values(closed_at=NOW))
        if why == "role ended":
            role = sa.update(Membership).where(Membership.person_id == world.pia.person_id)
            db.session.execute(role.values(ended_at=NOW))
    if why == "over":
        clock.shift(timedelta(days=3))  # the last day was the day before
    ask_about_silent_leads()
    assert "pia@example.org" not in [address for address, _text in messages()]


def test_it_is_in_the_language_of_her_account(world, quiet) -> None:
    with system():
        hers = sa.update(Account).where(Account.id == world.pia.account_id)
        db.session.execute(hers.values(language="sv"))
    ask_about_silent_leads()
    (_bo, (_pia, text)) = messages()
    assert text.startswith("Har du hört av arbetsgivarna?")
