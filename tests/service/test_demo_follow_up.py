"""The demo shows the follow-up at each step, and what a programme cost beside another service."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from jobsearch.core.clock import today
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import Scope
from jobsearch.core.tokens import new_key
from jobsearch.costs.comparators.queries import compare_programme
from jobsearch.costs.comparators.rules import MixedFigure
from jobsearch.costs.queries import show_ledger
from jobsearch.demo.service import load_demo
from jobsearch.outcomes.following.queries import show_due
from jobsearch.outcomes.following.rules import AskState
from jobsearch.outcomes.models import Outcome
from jobsearch.outcomes.rules import OutcomeKind
from jobsearch.outcomes.told.queries import list_told
from jobsearch.programmes.models import Programme
from tests.service.test_demo import DATES


@pytest.mark.parametrize("at", DATES, ids=lambda at: at.date().isoformat())
def test_the_demo_has_one_of_each_step_and_a_programme_to_compare(app, context, at) -> None:
    provider_id = new_key()
    with time_machine.travel(at, tick=False):
        with app.test_request_context(), unit_of_work(Scope(frozenset({provider_id}), "demo")):
            load_demo(provider_id, new_key())
        with unit_of_work(Scope(frozenset({provider_id}), "test")):
            due = show_due(None, 1, None)
            (told,) = list_told(None, 1).lines
            gigs = db.session.scalars(
                select(Outcome)
                .where(Outcome.kind == OutcomeKind.AGENCY_WORK, Outcome.weekly_minutes.is_not(None))
                .order_by(Outcome.began_on)
            ).all()
            programme = db.session.scalars(
                select(Programme).where(Programme.code != "pilot-2021")
            ).one()
            ledger = show_ledger(programme.id, None)
            compared = compare_programme(programme.id, None)
            this_day = today()
    states = {one.name.split()[0]: one.state for one in due.lines}
    assert states == {
        "Kalle": AskState.UNREACHED,
        "Mikko": AskState.DUE,
        "Nadia": AskState.ASKED,
    }
    assert due.counts[AskState.ANSWERED] == 2
    assert told.name.startswith("Tiina")
    assert told.told.began_on is None  # the coach has to ask
    assert len(gigs) == 2
    assert gigs[0].ended_on + timedelta(days=1) < gigs[1].began_on <= this_day
    assert ledger.count == 6
    assert ledger.cost.per_placement
    assert compared.against[-1].extra
    assert not any(isinstance(one.extra, MixedFigure) for one in compared.against)
    assert (compared.benefit is None) == (at.year == 2027)  # no rates of that year, no break-even
