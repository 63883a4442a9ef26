"""The leads of the demo: what is due and late, what has gone quiet, and what came of the others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from jobsearch.cohorts.models import Enrolment
from jobsearch.core.access import Actor
from jobsearch.core.db import db
from jobsearch.core.tokens import new_key
from jobsearch.tracker.leads.models import Lead, LeadMove
from jobsearch.tracker.leads.rules import LeadSource, LeadStage
from jobsearch.tracker.models import Employer

_ADVERT = """Länsirannan Leipomo hakee leipuria

Etsimme leipomoomme Poriin leipuria vakituiseen, kokoaikaiseen työsuhteeseen. Työ on kahdessa
vuorossa. Opastamme sinut koneisiin ja resepteihin.

Lähetä hakemuksesi ja ansioluettelosi. Viimeinen hakupäivä on ensi viikon perjantai.
"""


@dataclass(frozen=True, slots=True)
class Heard:
    """One lead: whose, where, how it went (stage and how many days ago), and what comes next.

    `step_in` and `deadline_in` are days from today.
    """

    name: str
    employer: str
    role_title: str
    source: LeadSource
    way: Sequence[tuple[LeadStage, int]]
    step: str = ""
    step_in: int = 0
    deadline_in: int | None = None
    note: str = ""
    advert: str = ""


_F, _A, _I = LeadStage.FOUND, LeadStage.APPLIED, LeadStage.INTERVIEW
HEARD = (
    Heard(
        "Aino",
        "Länsirannan Leipomo",
        "Leipuri",
        LeadSource.ADVERT,
        ((_F, 2), (_A, 1)),
        "Soitan ja kysyn, kuka valitsee",
        0,
        deadline_in=10,
        advert=_ADVERT,
    ),
    Heard(
        "Aino",
        "Kallon Keittiö",
        "Keittiöapulainen",
        LeadSource.ACQUAINTANCE,
        ((_F, 5), (_A, 4)),
        "Vien ansioluettelon paikan päälle",
        -1,
        note="Serkku on siellä töissä.",
    ),
    Heard("Aino", "Jokisuun Rauta", "Myyjä", LeadSource.ADVERT, ((_F, 9), (_A, 9))),
    Heard("Aino", "Valkaman Toimisto", "Toimistotyöntekijä", LeadSource.PUBLIC_SERVICE,
          ((_F, 6), (_A, 5), (LeadStage.REJECTED, 1))),
    Heard("Jari", "Karhuvuoren Kuljetus", "Logistiikka-avustaja", LeadSource.GROUP, ((_F, 1),),
          "Soitan työnjohtajalle", 1, deadline_in=6),
    Heard("Jari", "Merikulman Varasto", "Varastotyöntekijä", LeadSource.AGENCY,
          ((_F, 8), (_A, 8))),
    Heard("Mira", "Rantatörmän Hoiva", "Hoiva-avustaja", LeadSource.ADVERT,
          ((_F, 7), (_A, 6), (_I, 1)), "Harjoittelen kaksi kysymystä", 0),
    Heard("Mira", "Satasaaren Siivous", "Siistijä", LeadSource.OWN_IDEA,
          ((_F, 6), (_A, 5), (LeadStage.NO_ANSWER, 0))),
    Heard("Linnéa", "Merikulman Varasto", "Lagerarbetare", LeadSource.COACH,
          ((_F, 6), (_A, 5), (_I, 3)), "Jag skickar ett tackmeddelande", 0),
    Heard("Petri", "Kokemäenjoen Kone", "Kokoonpanija", LeadSource.ADVERT, ((_F, 3),),
          "Teen hakemuksen valmiiksi", 1, deadline_in=2),
)  # fmt: skip


def hear_of_work(
    coach: Actor, enrolments: Mapping[str, Enrolment], ended: Sequence[Enrolment], this_day: date
) -> None:
    """Leads of the group that runs, and one that ended in a job in the group before it.

    Rows are written as they were: the use cases move a lead only today.
    """
    for heard in HEARD:
        _hear(coach, enrolments[heard.name], heard, this_day)
    for enrolment in ended[:1]:
        way = ((_F, 40), (_A, 38), (_I, 34), (LeadStage.OFFER, 30), (LeadStage.HIRED, 29))
        got = Heard("", "Yyterin Huolto", "Kiinteistönhoitaja", LeadSource.ACQUAINTANCE, way)
        _hear(coach, enrolment, got, this_day)
    db.session.flush()


def _hear(coach: Actor, enrolment: Enrolment, heard: Heard, this_day: date) -> None:
    days = [this_day - timedelta(days=ago) for _stage, ago in heard.way]
    lead = Lead(
        id=new_key(),
        person_id=enrolment.person_id,
        enrolment_id=enrolment.id,
        cohort_id=enrolment.cohort_id,
        employer_id=_employer(enrolment.person_id, heard.employer),
        role_title=heard.role_title,
        source=heard.source,
        stage=heard.way[-1][0],
        stage_on=days[-1],
        deadline_on=_from(this_day, heard.deadline_in),
        next_step=heard.step,
        next_step_on=_from(this_day, heard.step_in) if heard.step else None,
        note=heard.note,
        advert=heard.advert,
        added_at=_at(coach, days[0], 0),
    )
    db.session.add(lead)
    db.session.flush()
    before: LeadStage | None = None
    for turn, ((stage, _ago), on) in enumerate(zip(heard.way, days, strict=True)):
        db.session.add(
            LeadMove(
                lead_id=lead.id,
                person_id=lead.person_id,
                cohort_id=lead.cohort_id,
                from_stage=before,
                to_stage=stage,
                on=on,
                moved_at=_at(coach, on, turn),
                moved_by_id=coach.account_id if heard.source is LeadSource.COACH else None,
            )
        )
        before = stage


def _employer(person_id: str, name: str) -> str:
    statement = select(Employer.id).where(Employer.person_id == person_id, Employer.name == name)
    return db.session.scalars(statement).one()


def _from(this_day: date, days: int | None) -> date | None:
    return None if days is None else this_day + timedelta(days=days)


def _at(coach: Actor, on: date, turn: int) -> datetime:
    """A time of a day: early, so that it is never still to come."""
    return datetime.combine(on, time(0, 10 + turn), ZoneInfo(coach.zone))
