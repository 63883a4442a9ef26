"""Coaches are told of alerts: once a morning, of their own groups, nobody's name; help at once."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from jobsearch.accounts.models import Account, Membership
from jobsearch.coaching.alerts import jobs, telling
from jobsearch.coaching.alerts.jobs import raise_alerts, tell_of_help
from jobsearch.coaching.alerts.models import Alert
from jobsearch.coaching.alerts.rules import AlertRule
from jobsearch.coaching.alerts.service import take
from jobsearch.cohorts.models import Cohort
from jobsearch.core.access import Role
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import whole_installation
from jobsearch.notices.models import Message
from jobsearch.notices.preferences.models import DeclinedKind
from tests.stuck import make_alert
from tests.world import NOW

pytestmark = pytest.mark.usefixtures("context")


def system():
    return unit_of_work(whole_installation("test"))


def messages(kind="coaching.alerts") -> list[tuple[str, str]]:
    """What was written to the coaches of provider A, with the address; Cora is of provider B."""
    with system():
        rows = db.session.scalars(
            sa.select(Message).where(Message.kind == kind).order_by(Message.address)
        )
        found = [(row.address, f"{row.subject}\n{row.body}") for row in rows]
    return [one for one in found if one[0] != "cora@example.org"]


def test_a_coach_reads_once_a_morning_how_many_there_are_and_nobodys_name(world):
    outcome = raise_alerts()
    ((address, text),) = messages()
    assert address == "stig@example.org"
    assert text.startswith("Who may need your help today\nGood morning Stig,")
    assert "– Group 7: people who have logged nothing for two days at work: 1.\n" in text
    assert "– Group 8: people who have logged nothing for two days at work: 1.\n" in text
    assert "/alerts" in text
    for name in ("Pia", "Pihlaja", "Otto", "Oksanen", "Bo"):
        assert name not in text
    assert outcome == "Alerts raised: 3. Messages written: 2."  # the other is Cora's
    assert raise_alerts() == "Alerts raised: 0. Messages written: 0."
    assert len(messages()) == 1


def test_the_next_morning_tells_only_what_is_new(world, clock, as_):
    raise_alerts()
    clock.shift(timedelta(days=1))
    assert raise_alerts() == "Alerts raised: 0. Messages written: 0."
    with as_(world.stig):
        make_alert(world, AlertRule.UNDER_GOAL)
    clock.shift(timedelta(days=1))
    raise_alerts()
    assert len(messages()) == 1  # it was not far under the goals and has ended


def test_on_a_day_without_work_nobody_is_written_to(world, clock):
    clock.shift(timedelta(days=3))  # a Friday
    assert raise_alerts() == "Alerts raised: 0. Messages written: 0."
    assert messages() == []


def test_what_somebody_has_taken_already_is_no_news(world, as_):
    with as_(world.stig):
        alert = make_alert(world)
        take(world.stig.actor, alert.id, 1)
    raise_alerts()
    ((_address, text),) = messages()
    assert "Group 7" not in text and "Group 8" in text


def test_a_group_of_another_coach_is_not_told_and_one_without_a_coach_is(world):
    with system():
        account = Account(email="kaisa@example.org", name="Kaisa Kallio", language="fi")
        db.session.add(account)
        db.session.flush()
        org = world.a.organisation_id
        db.session.add(Membership(account_id=account.id, organisation_id=org, role=Role.COACH))
        second = sa.update(Cohort).where(Cohort.id == world.a.cohort_ids[1])
        db.session.execute(second.values(coach_id=None))
    raise_alerts()
    told = dict(messages())
    assert set(told) == {"kaisa@example.org", "stig@example.org"}
    assert "Group 7" in told["stig@example.org"] and "Group 8" in told["stig@example.org"]
    assert "Group 7" not in told["kaisa@example.org"] and "Group 8" in told["kaisa@example.org"]


def test_who_has_turned_it_off_gets_none(world):
    with system():
        db.session.add(
            DeclinedKind(subject_id=world.stig.account_id, kind="coaching.alerts", declined_at=NOW)
        )
    assert raise_alerts() == "Alerts raised: 3. Messages written: 1."
    assert messages() == []


def test_a_call_for_help_is_told_at_once_and_once(world, as_):
    with as_(world.stig):
        make_alert(world, AlertRule.ASKED_FOR_HELP)
        make_alert(world)
    assert tell_of_help() == "Coaches told of calls for help: 1."
    assert tell_of_help() == "Coaches told of calls for help: 0."
    ((address, text),) = messages("coaching.asked_for_help")
    assert address == "stig@example.org"
    assert "– Group 7: people who have asked for help: 1.\n" in text
    assert "two days" not in text and "Pia" not in text
    raise_alerts()
    ((_address, morning),) = messages()
    assert "asked for help" not in morning


def test_one_providers_failure_keeps_nobody_else_from_theirs(world, monkeypatch, caplog):
    whole = jobs.refresh

    def broken(key, day):
        if key == world.b.organisation_id:
            raise ValueError("broken")
        return whole(key, day)

    monkeypatch.setattr(jobs, "refresh", broken)
    with pytest.raises(ValueError, match="broken"):
        raise_alerts()
    assert [address for address, _text in messages()] == ["stig@example.org"]
    assert f"no alerts of {world.b.organisation_id}: ValueError" in caplog.text


def test_a_turn_that_breaks_off_tells_nobody_and_is_done_anew(world, monkeypatch):
    def broken(*_args, **_values):
        raise RuntimeError("gone")

    monkeypatch.setattr(telling, "send", broken)
    with pytest.raises(RuntimeError):
        raise_alerts()
    with system():
        own = sa.select(Alert).where(Alert.organisation_id == world.a.organisation_id)
        assert db.session.scalars(own).all() == []
    monkeypatch.undo()
    raise_alerts()
    assert len(messages()) == 1
