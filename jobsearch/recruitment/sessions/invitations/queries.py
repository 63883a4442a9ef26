"""What is asked before inviting: the programme, and who may come."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import case, func, select

from jobsearch.cohorts.models import Cohort
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.people.models import Person
from jobsearch.programmes.models import Programme
from jobsearch.recruitment.models import Candidate
from jobsearch.recruitment.rules import Stage
from jobsearch.recruitment.sessions.models import Booking
from jobsearch.recruitment.sessions.rules import BookingState


@dataclass(frozen=True, slots=True)
class Invitable:
    """A candidate who may be invited: her stage, and when she was invited the last time."""

    candidate_id: str
    name: str
    phone: str | None
    email: str | None
    language: str
    stage: Stage


def list_invitable(programme_id: str) -> list[Invitable]:
    """Who may be invited and holds no place, those not invited yet first."""
    held = select(Booking.candidate_id).where(Booking.state == BookingState.BOOKED)
    statement = (
        select(
            Candidate.id,
            Person.given_name,
            Person.family_name,
            Person.phone,
            Person.email,
            Person.language,
            Candidate.stage,
        )
        .join(Person, Person.id == Candidate.person_id)
        .where(
            Candidate.programme_id == programme_id,
            Candidate.exit_reason.is_(None),
            Candidate.stage.in_((Stage.REFERRED, Stage.CONTACTED, Stage.INVITED)),
            Candidate.id.not_in(held),
        )
        .order_by(
            case(_STAGE_ORDER, value=Candidate.stage, else_=9), Person.family_name, Candidate.id
        )
        .limit(200)
    )
    return [
        Invitable(key, f"{given} {family}".strip(), phone, email, language, stage)
        for key, given, family, phone, email, language, stage in db.session.execute(statement)
    ]


def get_invite_programme(programme_id: str) -> Programme:
    """The programme that people are invited to. Raises NotVisible."""
    programme = db.session.scalar(select(Programme).where(Programme.id == programme_id))
    if programme is None:
        raise NotVisible
    return programme


def list_programmes() -> list[tuple[str, str]]:
    """Programmes by key and name for a choice in a form, that of the latest group first."""
    newest = func.coalesce(func.max(Cohort.starts_on), date.max)  # no group yet: just made
    statement = (
        select(Programme.id, Programme.name)
        .outerjoin(Cohort, Cohort.programme_id == Programme.id)
        .group_by(Programme.id, Programme.name)
        .order_by(newest.desc(), Programme.id)
        .limit(200)
    )
    return [(key, name) for key, name in db.session.execute(statement)]


_STAGE_ORDER: Mapping[Stage, int] = {Stage.CONTACTED: 0, Stage.REFERRED: 1, Stage.INVITED: 2}
