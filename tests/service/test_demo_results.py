"""The demo shows figures by channel, a job that a lead ended in, and goals that grow."""

import time_machine

from jobsearch.cohorts.models import Cohort
from jobsearch.core.access import Actor, Role
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import Scope
from jobsearch.core.tokens import new_key
from jobsearch.demo.service import load_demo
from jobsearch.tracker.funnel.page import of_programme
from jobsearch.tracker.goals.queries import get_group_goals
from tests.world import NOW


class _AllDays:
    days = (None, None)


def test_the_demo_has_figures_to_look_at_and_goals_ahead(app, context) -> None:
    provider_id = new_key()
    scope = Scope(frozenset({provider_id}), "demo")
    with time_machine.travel(NOW, tick=False):
        with app.test_request_context(), unit_of_work(scope):
            load_demo(provider_id, new_key())
        with unit_of_work(scope):
            (group,) = (
                one
                for one in db.session.query(Cohort)
                if one.starts_on <= NOW.date() <= one.ends_on
            )
            key = new_key()
            coach = Actor(key, key, "C", Role.COACH, provider_id, frozenset({provider_id}))
            results = of_programme(coach, group.programme_id, _AllDays())
            goals = get_group_goals(coach, group.id)
    lines = {line.key: line.steps for line in results.funnel.channels}
    assert {key for key, steps in lines.items() if steps.actions} >= {"phone", "web", "email"}
    assert "none" in lines and "file" not in lines
    assert results.funnel.total.jobs == 1 and results.funnel.total.asked > 10
    assert sum(steps.interviews for key, steps in lines.items() if key != "none") >= 1
    assert goals.ramp.is_own and goals.taken > 20 and not goals.proposed
