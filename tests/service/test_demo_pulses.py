"""The made-up people of the demo have tapped enough for its page of pulses to show something."""

import time_machine

from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import Scope
from jobsearch.core.tokens import new_key
from jobsearch.demo.service import load_demo
from jobsearch.feedback.pulses.trends import show_trends
from jobsearch.programmes.models import Programme
from tests.world import NOW


def test_the_demo_shows_pulses_of_both_measures_by_day_kind_and_version(app, context):
    provider_id = new_key()
    scope = Scope(frozenset({provider_id}), "demo")
    with time_machine.travel(NOW, tick=False):
        with app.test_request_context(), unit_of_work(scope):
            load_demo(provider_id, new_key())
        with unit_of_work(Scope(frozenset({provider_id}), "test")):
            programme = db.session.query(Programme).filter(Programme.code != "pilot-2021").one()
            shown = show_trends(programme.id)
    assert shown.useful.people == 11
    assert all(line.figure for line in shown.days)
    assert sum(line.figure is not None for line in shown.kinds) >= 4
    assert all(mean for line in shown.items for mean in line.means)
    (version,) = shown.versions
    assert version.version.edition == 1
    assert version.useful.n == shown.useful.n
