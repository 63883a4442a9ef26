"""The candidates of the demo's own programme: people at every stage, and who left on the way."""

from dataclasses import dataclass
from datetime import date, timedelta

from jobsearch.cohorts.calendar import free_weekday_from
from jobsearch.cohorts.models import Cohort, Enrolment
from jobsearch.core.db import db
from jobsearch.demo.groups import Office, add_someone
from jobsearch.demo.introductions import weekday_before
from jobsearch.demo.people import Someone
from jobsearch.recruitment.models import Candidate
from jobsearch.recruitment.rules import ORDER, ExitReason, SessionForm, Stage

_COACHES = ("Kaisa Mäkelä", "Tomi Lindroos", "Eija Salonen")
_WORDS = (
    "Merkonomi, viimeisin työ päättyi keväällä. Kiinnostunut asiakaspalvelusta.",
    "Pitkä kokemus varastotöistä, trukkikortti. Toivoo päivätyötä.",
    "Lähihoitaja, hakee alanvaihtoa. Hyvät tietokonetaidot.",
    "Ravintola-ala tuttu, suomi hyvä, ruotsi tyydyttävä.",
    "Pitkään kotona lasten kanssa, toiveena osa-aikatyö.",
)


@dataclass(frozen=True, slots=True)
class Step:
    """One candidate of the group that is being filled."""

    someone: Someone
    stage: Stage
    exit_reason: ExitReason | None = None


def _one(number: int, given: str, family: str, year: int, municipality: str = "Pori") -> Someone:
    return Someone(
        number, given, family, date(year, 1 + number % 12, 1 + number % 27), municipality
    )


SAANA = Someone(338, "Saana", "Virtanen", date(1992, 7, 9), email="saana@example.org")
"""Her contract is ready to read, and she can sign in."""
RECRUITED = (
    Step(_one(321, "Helmi", "Saarinen", 1987), Stage.SIGNED),
    Step(_one(322, "Onni", "Laakkonen", 1975), Stage.SIGNED),
    Step(_one(323, "Emilia", "Nyberg", 1998, "Ulvila"), Stage.SELECTED),
    Step(SAANA, Stage.SELECTED),
    Step(_one(324, "Veikko", "Tammi", 1963), Stage.SELECTED),
    Step(_one(325, "Iida", "Kurki", 1991), Stage.ATTENDED),
    Step(_one(326, "Sampo", "Halme", 1984, "Harjavalta"), Stage.ATTENDED),
    Step(_one(341, "Maija", "Toivola", 1988), Stage.ATTENDED),
    Step(_one(342, "Ville", "Salmela", 1979, "Harjavalta"), Stage.ATTENDED),
    Step(_one(327, "Marianne", "Holm", 1969), Stage.INVITED),
    Step(_one(328, "Juho", "Peltonen", 1995), Stage.INVITED),
    Step(_one(329, "Anniina", "Rauta", 1989, "Ulvila"), Stage.INVITED),
    Step(_one(330, "Esa", "Lehto", 1972), Stage.CONTACTED),
    Step(_one(331, "Fatima", "Noor", 1993), Stage.CONTACTED),
    Step(_one(332, "Reijo", "Suominen", 1961, "Harjavalta"), Stage.REFERRED),
    Step(_one(333, "Pinja", "Vesala", 1999), Stage.REFERRED),
    Step(_one(334, "Kimmo", "Jalonen", 1980), Stage.INVITED, ExitReason.DID_NOT_COME),
    Step(_one(335, "Taru", "Hiltunen", 1978), Stage.INVITED, ExitReason.DID_NOT_COME),
    Step(_one(336, "Leevi", "Kangas", 1996), Stage.REFERRED, ExitReason.NOT_REACHED),
    Step(_one(337, "Outi", "Myllymäki", 1982, "Ulvila"), Stage.ATTENDED, ExitReason.FOUND_WORK),
)


def introduce(
    office: Office, cohort: Cohort, enrolments: dict[str, Enrolment], today: date
) -> None:
    """Candidates behind the people of a group that has started: they came the whole way."""
    for at, enrolment in enumerate(enrolments.values()):
        days = _days(weekday_before(cohort.starts_on - timedelta(days=30 + at)))
        step = _candidate(office, enrolment.person_id, cohort.name, Stage.STARTED, days, today, at)
        step.started_on = cohort.starts_on


def recruit(office: Office, cohort: Cohort, today: date) -> dict[str, Candidate]:
    """Candidates of a group that is being filled, by given name."""
    recruited = {}
    for at, one in enumerate(RECRUITED):
        person_id = add_someone(one.someone)
        days = _days(weekday_before(today - timedelta(days=24 - at)))
        candidate = _candidate(office, person_id, cohort.name, one.stage, days, today, at)
        if one.exit_reason is not None:
            candidate.exit_reason = one.exit_reason
            candidate.exited_on = min(days[ORDER.index(one.stage)] + timedelta(days=2), today)
        recruited[one.someone.given] = candidate
    return recruited


def _days(referred_on: date) -> list[date]:
    """Days of the stages before the start: called the next day, a session within ten days.

    All of them are working days: nobody introduces or calls on a Sunday.
    """
    return [free_weekday_from(referred_on + timedelta(days=days)) for days in (0, 1, 2, 9, 10, 14)]


def _candidate(
    office: Office,
    person_id: str,
    group: str,
    stage: Stage,
    days: list[date],
    today: date,
    at: int,
) -> Candidate:
    reached = [min(day, today) for day in days[: ORDER.index(stage) + 1]]
    known = dict(zip(ORDER, reached, strict=False))
    candidate = Candidate(
        programme_id=office.programme.id,
        person_id=person_id,
        referred_by_name=_COACHES[at % len(_COACHES)],
        introduction=_WORDS[at % len(_WORDS)],
        group_name=group,
        stage=stage,
        referred_on=known[Stage.REFERRED],
        contacted_on=known.get(Stage.CONTACTED),
        invited_on=known.get(Stage.INVITED),
        session_on=days[3] if Stage.INVITED in known else None,
        session_form=SessionForm.ONE_TO_ONE if at % 5 == 0 else SessionForm.GROUP,
        attended_on=known.get(Stage.ATTENDED),
        selected_on=known.get(Stage.SELECTED),
        signed_on=known.get(Stage.SIGNED),
    )
    db.session.add(candidate)
    db.session.flush()
    return candidate
