"""The demo shows alerts of this morning, older ones with their verdicts, and numbers of plans."""

import time_machine

from jobsearch.coaching.alerts.models import Alert
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import Scope
from jobsearch.core.tokens import new_key
from jobsearch.demo.alerts import NUMBERS, PAST
from jobsearch.demo.service import load_demo
from jobsearch.tracker.duty.models import DutyNumber
from tests.world import NOW


def test_the_demo_has_open_taken_and_judged_alerts_and_numbers_of_plans(app, context) -> None:
    provider_id = new_key()
    with time_machine.travel(NOW, tick=False):
        with (
            app.test_request_context(),
            unit_of_work(Scope(frozenset({provider_id}), "demo")),
        ):
            load_demo(provider_id, new_key())
        with unit_of_work(Scope(frozenset({provider_id}), "test")):
            alerts = db.session.query(Alert).all()
            numbers = db.session.query(DutyNumber).count()
    is_open = [one for one in alerts if one.ended_at is None]
    assert is_open and [one for one in is_open if one.taken_at]
    assert {one.raised_on for one in is_open if one.rule.value != "asked_for_help"} == {NOW.date()}
    assert len([one for one in alerts if one.ended_at]) >= len(PAST)
    assert len([one for one in alerts if one.verdict]) >= 5
    assert numbers == len(NUMBERS)
