"""What the tests of results and goals stand on: actions, leads and their moves, made directly."""

from datetime import date
from typing import Any

from jobsearch.cohorts.models import Enrolment
from jobsearch.core.db import db
from jobsearch.tracker.leads.models import Lead, LeadMove, LeadSource, LeadStage
from jobsearch.tracker.models import Action, ActionSource, Employer
from jobsearch.tracker.rules import Activity
from tests.world import NOW, TODAY


def make_action(enrolment_id: str, activity: Activity, on: date = TODAY, **details: Any) -> Action:
    """One action of a person, as it stands in the table."""
    enrolment = db.session.get(Enrolment, enrolment_id)
    row = Action(
        person_id=enrolment.person_id,
        enrolment_id=enrolment_id,
        cohort_id=enrolment.cohort_id,
        on=on,
        activity=activity,
        logged_at=NOW,
        **({"source": ActionSource.OWN} | details),
    )
    db.session.add(row)
    db.session.flush()
    return row


def make_lead(enrolment_id: str, *stages: LeadStage, on: date = TODAY) -> Lead:
    """A lead of a person that has come through these stages."""
    enrolment = db.session.get(Enrolment, enrolment_id)
    whose = {"person_id": enrolment.person_id, "cohort_id": enrolment.cohort_id}
    known = db.session.query(Employer).filter_by(person_id=enrolment.person_id).first()
    employer = known or Employer(person_id=enrolment.person_id, name="Shop")
    db.session.add(employer)
    db.session.flush()
    lead = Lead(
        **whose,
        enrolment_id=enrolment_id,
        employer_id=employer.id,
        role_title="Baker",
        source=LeadSource.ADVERT,
        stage=stages[-1] if stages else LeadStage.FOUND,
        stage_on=on,
        added_at=NOW,
    )
    db.session.add(lead)
    db.session.flush()
    for stage in stages:
        move = LeadMove(**whose, lead_id=lead.id, to_stage=stage, on=on, moved_at=NOW)
        db.session.add(move)
    db.session.flush()
    return lead
