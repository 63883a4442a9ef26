"""The made-up people of the demo have leads: due, late, quiet and ended ones."""

import pytest
import time_machine
from sqlalchemy import select

from jobsearch.core.clock import today
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import Scope
from jobsearch.core.tokens import new_key
from jobsearch.demo.service import load_demo
from jobsearch.people.models import Person
from jobsearch.tracker.leads.models import Lead, LeadMove
from jobsearch.tracker.leads.queries import list_due, list_leads, list_silent
from tests.service.test_demo import DATES


@pytest.mark.parametrize("at", DATES, ids=lambda at: at.date().isoformat())
def test_the_demo_has_leads_to_follow_up_on_any_date(app, context, at) -> None:
    provider_id = new_key()
    with time_machine.travel(at, tick=False):
        with app.test_request_context(), unit_of_work(Scope(frozenset({provider_id}), "demo")):
            load_demo(provider_id, new_key())
        with unit_of_work(Scope(frozenset({provider_id}), "test")):
            leads_of = select(Lead.person_id)
            named = select(Person).where(Person.given_name == "Aino", Person.id.in_(leads_of))
            aino = db.session.scalars(named).one()
            days = [(one.next_step_on - today()).days for one in list_due(aino.id, today())]
            assert days == [-1, 0]
            assert [one.days for one in list_silent(aino.id, 7, "Europe/Helsinki")] == [9]
            leads = list_leads(aino.id, 1)
            assert (leads.open_count, leads.ended_count) == (3, 1)
            last = {
                move.lead_id: move
                for move in db.session.query(LeadMove).order_by(LeadMove.moved_at)
            }
            for lead in db.session.query(Lead):
                assert (last[lead.id].to_stage, last[lead.id].on) == (lead.stage, lead.stage_on)
