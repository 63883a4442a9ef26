"""Alerts and a number of the duty to search, for tests that walk every page."""

from datetime import date, timedelta

from jobsearch.coaching.alerts.models import Alert
from jobsearch.coaching.alerts.rules import AlertRule, Verdict
from jobsearch.core.db import db
from jobsearch.tracker.duty.service import set_number
from tests.world import NOW, TODAY, World


def make_alert(world: World, rule: AlertRule = AlertRule.NO_ACTION, **changes: object) -> Alert:
    """An alert about Pia, open unless said otherwise; the caller's unit of work keeps it."""
    values = {
        "organisation_id": world.a.organisation_id,
        "enrolment_id": world.a.enrolment_ids["pia"],
        "person_id": world.pia.person_id,
        "cohort_id": world.a.cohort_ids[0],
        "rule": rule,
        "raised_on": TODAY,
        "raised_at": NOW,
        "on": date(2026, 11, 17),
        **changes,
    }
    alert = Alert(**values)
    db.session.add(alert)
    db.session.flush()
    return alert


def furnish_alerts(world: World) -> dict[str, str]:
    """An open alert, and one that Stig took and ended."""
    before = NOW - timedelta(days=1)
    make_alert(
        world,
        AlertRule.UNDER_GOAL,
        until=date(2026, 11, 18),
        count=1,
        out_of=6,
        taken_by_id=world.stig.account_id,
        taken_at=before,
        ended_by_id=world.stig.account_id,
        ended_at=before,
        verdict=Verdict.HELPFUL,
        judged_at=before,
    )
    return {"alert_id": make_alert(world).id}


def furnish_duty(world: World) -> dict[str, str]:
    """The number of Pia's plan."""
    set_number(world.stig.actor, world.pia.person_id, date(2026, 11, 1), 4, 1, "Plan of 3.11.2026")
    return {}
