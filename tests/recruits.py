"""Candidates for tests: one person more, at a stage, with whatever the test says."""

from datetime import timedelta

from jobsearch.core.db import db
from jobsearch.recruitment.models import Candidate
from jobsearch.recruitment.referrals.models import Referrer
from jobsearch.recruitment.referrals.rules import STATEMENT, Introduction, Statement
from jobsearch.recruitment.rules import CallWhy, Stage
from tests.world import NOW, TODAY, Side, make_person

STATED = Statement("2026-1", "en", STATEMENT)


def make_candidate(side: Side, number: int = 1, stage: Stage = Stage.REFERRED, **values) -> str:
    """A candidate of a provider's programme; returns her key. `number` makes name and telephone."""
    person = make_person(side.organisation_id, f"Helmi{number}", "Saari", f"+35840000{number:04d}")
    referred_on = values.pop("referred_on", TODAY - timedelta(days=10))
    row = Candidate(
        organisation_id=side.organisation_id,
        programme_id=side.programme_id,
        person_id=person.id,
        stage=stage,
        referred_on=referred_on,
        entered_on=referred_on,
        referred_by_name=values.pop("referred_by_name", "Kaisa Mäkelä"),
        **values,
    )
    if stage is Stage.REFERRED and row.exit_reason is None:
        row.call_on, row.call_why = TODAY, CallWhy.FIRST_CALL
    db.session.add(row)
    db.session.flush()
    return row.id


def make_referrer(side: Side, account_id: str | None = None, email: str = "k@example.org") -> str:
    """A municipal coach who introduces people to a provider; returns her key."""
    row = Referrer(
        organisation_id=side.organisation_id,
        name="Kaisa Mäkelä",
        email=email,
        language="en",
        account_id=account_id,
        made_at=NOW,
    )
    db.session.add(row)
    db.session.flush()
    return row.id


def told(side: Side, **values: str) -> Introduction:
    """What a coach tells of Eeva Elo, unless the test says otherwise."""
    usual = {
        "given_name": "Eeva",
        "family_name": "Elo",
        "phone": "+358400001234",
        "email": "eeva@example.org",
        "municipality": "Pori",
        "language": "en",
        "text": "Has worked in a kitchen.",
        "call_when": "after three",
    }
    return Introduction(programme_id=side.programme_id, **{**usual, **values})
