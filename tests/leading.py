"""Leads of Pia's for tests that walk every page: one that is due, one quiet, one that has ended."""

from datetime import timedelta

from jobsearch.core.db import db
from jobsearch.tracker.leads.rules import LeadDetails, LeadSource, LeadStage
from jobsearch.tracker.leads.service import add_lead, move_lead
from tests.world import TODAY, World


def furnish_leads(world: World, canary: str) -> dict[str, str]:
    """Three leads of Pia's; the first one is named by the addresses."""
    pia = world.pia.actor
    due = LeadDetails(
        canary,
        LeadSource.ACQUAINTANCE,
        employer_name=canary,
        deadline_on=TODAY,
        next_step=canary,
        next_step_on=TODAY - timedelta(days=1),
        note=canary,
        advert=canary,
    )
    lead = add_lead(pia, due)
    move = move_lead(pia, lead.id, lead.version, LeadStage.APPLIED)
    quiet = LeadDetails(canary, employer_name=canary)
    add_lead(pia, quiet, LeadStage.APPLIED).stage_on = TODAY - timedelta(days=30)
    ended = add_lead(pia, quiet)
    move_lead(pia, ended.id, ended.version, LeadStage.REJECTED)
    db.session.flush()
    return {"lead_id": lead.id, "lead_move_id": move.id}
