"""The made-up people of the demo plan their mornings and say what they learned."""

import time_machine

from jobsearch.cohorts.models import Cohort
from jobsearch.core.access import Actor, Role
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import Scope
from jobsearch.core.tokens import new_key
from jobsearch.demo.service import load_demo
from jobsearch.standup.queries import get_board
from tests.world import NOW


def test_the_board_of_the_demos_group_shows_plans_next_steps_and_good_news(app, context) -> None:
    provider_id = new_key()
    with time_machine.travel(NOW, tick=False):
        with (
            app.test_request_context(),
            unit_of_work(Scope(frozenset({provider_id}), "demo")),
        ):
            load_demo(provider_id, new_key())
        with unit_of_work(Scope(frozenset({provider_id}), "test")):
            (group,) = (
                one
                for one in db.session.query(Cohort)
                if one.starts_on <= NOW.date() <= one.ends_on
            )
            key = new_key()
            coach = Actor(key, key, "C", Role.COACH, provider_id, frozenset({provider_id}))
            board = get_board(coach, group.id)
    assert len(board.rows) >= 5
    assert any(row.plan for row in board.rows) and any(row.meant_to for row in board.rows)
    assert len(board.cheers) == 1 and board.cheers[0].name
