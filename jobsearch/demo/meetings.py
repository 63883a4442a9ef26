"""Info sessions of the demo, behind and ahead, and the selection for the group that is filled."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from jobsearch.cohorts.calendar import free_weekday_from
from jobsearch.cohorts.models import Cohort
from jobsearch.core.clock import now
from jobsearch.core.db import db
from jobsearch.core.text import Words
from jobsearch.demo.groups import Office
from jobsearch.demo.introductions import weekday_before
from jobsearch.recruitment.expectations.service import save_words
from jobsearch.recruitment.models import Candidate
from jobsearch.recruitment.rules import SessionForm
from jobsearch.recruitment.selection.criteria.service import write_criteria
from jobsearch.recruitment.selection.offers.service import offer_free_seats
from jobsearch.recruitment.selection.rules import Answer, Decision, Plan, Reason
from jobsearch.recruitment.selection.service import decide
from jobsearch.recruitment.sessions.models import Booking, InfoSession
from jobsearch.recruitment.sessions.rules import BookedBy, BookingState, Mode, SessionPlan
from jobsearch.recruitment.sessions.service import book, invite, plan_sessions
from jobsearch.recruitment.sessions.trials.models import WordingTrial
from jobsearch.recruitment.sessions.trials.rules import TrialState, Tried
from jobsearch.recruitment.sessions.trials.service import begin_trial

CRITERIA = (
    "Pääsee paikalle kaikkina kahtenatoista päivänä",
    "Haluaa löytää töitä, ei vain täyttää velvoitetta",
    "Pärjää ryhmässä suomeksi, ruotsiksi tai englanniksi",
    "Voi puhua puhelimessa työnantajien kanssa",
)
_WORDS = Words.of(
    {
        "fi": "Tervetuloa mukaan! Aamut alkavat kahvilla klo 9. Tilat ovat esteettömät.",
        "sv": "Välkommen med! Morgnarna börjar med kaffe kl. 9. Lokalerna är tillgängliga.",
        "en": "Welcome! Mornings begin with coffee at 9. The rooms are accessible.",
    }
)
_CAME = ("Helmi", "Onni", "Emilia", "Saana", "Veikko", "Iida", "Sampo", "Maija", "Ville", "Outi")
_STAYED_AWAY = ("Kimmo", "Taru")
_FIRST = (
    "Hei {name}! {coach} ({organisation}) kutsuu sinut infotilaisuuteen. Kuulet, mitä ohjelma on"
    " ja mitä siitä maksetaan. Valitse aika: {link}"
)
_SECOND = (
    "Hei {name}! Sinulle on varattu paikka {organisation}n infotilaisuuteen, ja {coach} odottaa"
    " sinua. Valitse vielä, mikä aika sopii: {link}"
)


def meet(office: Office, candidates: Mapping[str, Candidate], today: date) -> None:
    """A session that is marked, one that is not yet, and a series ahead with people on it."""
    _write_trials(office)
    marked = _past(office, weekday_before(today - timedelta(days=8)), time(9), Mode.ON_SITE)
    for name in _CAME:
        _booked(marked, candidates[name], BookingState.CAME, office)
    for name in _STAYED_AWAY:
        _booked(marked, candidates[name], BookingState.DID_NOT_COME, office)
    _booked(
        _past(office, weekday_before(today - timedelta(days=1)), time(14), Mode.ONLINE),
        candidates["Anniina"],
    )
    coming = _coming(office, today)
    for name in ("Marianne", "Juho"):
        book(candidates[name].id, coming[0].id, BookedBy.CANDIDATE)
    chosen = [candidates[name].id for name in ("Esa", "Fatima")]
    invite(office.coach, office.programme.id, chosen)
    save_words(office.programme.id, 0, _WORDS)


def _plan(office: Office, on: date, at: time, mode: Mode) -> SessionPlan:
    is_online = mode is Mode.ONLINE
    return SessionPlan(
        form=SessionForm.GROUP,
        mode=mode,
        language="fi",
        on=on,
        at=at,
        minutes=60,
        capacity=12,
        host_id=office.coach.account_id,
        place="" if is_online else "Valtakatu 1, 2. kerros, Pori",
        meeting_url="https://meet.example.org/info" if is_online else None,
        meeting_phone="+35820000000" if is_online else None,
        note="" if is_online else "Ovi on sisäpihan puolella. Kahvia on tarjolla.",
    )


def _past(office: Office, on: date, at: time, mode: Mode) -> InfoSession:
    """A session of the past is written as it was: the use case plans only what lies ahead."""
    plan = _plan(office, on, at, mode)
    session = InfoSession(
        programme_id=office.programme.id,
        host_id=plan.host_id,
        session_form=plan.form,
        mode=mode,
        language=plan.language,
        starts_at=datetime.combine(on, at, ZoneInfo(office.programme.zone)),
        minutes=plan.minutes,
        capacity=plan.capacity,
        place=plan.place,
        meeting_url=plan.meeting_url,
        meeting_phone=plan.meeting_phone,
        note=plan.note,
    )
    db.session.add(session)
    db.session.flush()
    return session


def _booked(
    session: InfoSession,
    candidate: Candidate,
    state: BookingState = BookingState.BOOKED,
    office: Office | None = None,
) -> None:
    db.session.add(
        Booking(
            session_id=session.id,
            candidate_id=candidate.id,
            person_id=candidate.person_id,
            state=state,
            booked_by=BookedBy.CANDIDATE,
            booked_at=session.starts_at - timedelta(days=5),
            marked_at=session.starts_at + timedelta(hours=1) if office else None,
            marked_by_id=office.coach.account_id if office else None,
        )
    )
    db.session.flush()


def _coming(office: Office, today: date) -> list[InfoSession]:
    first = free_weekday_from(today + timedelta(days=3))
    plan = _plan(office, first, time(9), Mode.ON_SITE)
    made = plan_sessions(office.coach, office.programme.id, plan, count=3)
    online = _plan(office, free_weekday_from(today + timedelta(days=5)), time(13), Mode.ONLINE)
    made += plan_sessions(office.coach, office.programme.id, online)
    alone = replace(
        online,
        on=free_weekday_from(today + timedelta(days=6)),
        form=SessionForm.ONE_TO_ONE,
        capacity=1,
    )
    return made + plan_sessions(office.coach, office.programme.id, alone)


def _write_trials(office: Office) -> None:
    """One that was closed with its figures, and one of the invitation that runs."""
    closed_at = now() - timedelta(days=20)
    db.session.add(
        WordingTrial(
            programme_id=office.programme.id,
            tried=Tried.TWO_DAYS,
            language="fi",
            first="Muistutus: infotilaisuus {day} klo {time}, {place}. Muutokset: {link}",
            second=(
                "Hei {name}, paikkasi on varattu: {day} klo {time}, {place}. {coach} odottaa"
                " sinua. Onnea matkaan! {link}"
            ),
            state=TrialState.CLOSED,
            started_at=closed_at - timedelta(days=60),
            started_by_id=office.coach.account_id,
            closed_at=closed_at,
            first_came=9,
            first_of=21,
            second_came=15,
            second_of=22,
        )
    )
    begin_trial(office.coach, office.programme.id, Tried.INVITATION, "fi", _FIRST, _SECOND)


def choose(office: Office, cohort: Cohort, candidates: Mapping[str, Candidate]) -> None:
    """Criteria, two people who wait, a refusal to look at, and a free seat that is offered.

    The group was full with one seat fewer; then a place was found for one more chair.
    """
    edition = write_criteria(office.programme.id, "", CRITERIA)
    keys = [one.id for one in edition.criteria]
    yes = dict.fromkeys(keys, Answer.YES)
    seats, cohort.seats = cohort.seats, 5
    wait = Plan(Decision.WAIT, Reason.GROUP_FULL, "", {})
    for name in ("Sampo", "Maija"):
        decide(office.coach, candidates[name].id, cohort.id, wait)
    words = "Tekee toista osa-aikatyötä, aamut eivät onnistu."
    refusal = Plan(Decision.REFUSE, Reason.CANNOT_TAKE_PART, words, {**yes, keys[0]: Answer.NO})
    decide(office.coach, candidates["Ville"].id, cohort.id, refusal)
    cohort.seats = seats
    db.session.flush()
    offer_free_seats(cohort.id)
