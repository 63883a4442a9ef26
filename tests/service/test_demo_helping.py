"""The made-up people of the demo help each other."""

import time_machine

from jobsearch.cohorts.models import Cohort
from jobsearch.core.access import Actor, Role
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import Scope
from jobsearch.core.tokens import new_key
from jobsearch.demo.service import load_demo
from jobsearch.tracker.helping.page import cohort_page
from tests.world import NOW


def test_the_page_of_the_demos_group_has_a_call_tips_and_pairs(app, context) -> None:
    provider_id, key = new_key(), new_key()
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
            coach = Actor(key, key, "C", Role.COACH, provider_id, frozenset({provider_id}))
            page = cohort_page(coach, group.id, 1)
    assert page is not None
    assert len(page.rows) == 6 and len(page.calls) == 1 and len(page.tips) == 3
    assert [one.claimer for one in page.tips] == [None, None, "Jari Kettunen"]
    assert sorted(one.pair for one in page.pairings) == [1, 1, 2, 2, 3, 3]
