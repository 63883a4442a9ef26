"""Use case: load the demo, the pilot as published and three groups beside it."""

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import func, select

from jobsearch.cohorts.models import Cohort, Enrolment
from jobsearch.cohorts.queries import get_cohort_with_days
from jobsearch.cohorts.service import make_cohort
from jobsearch.core.access import Actor
from jobsearch.core.clock import now, today
from jobsearch.core.db import db
from jobsearch.core.errors import RuleBroken
from jobsearch.core.money import Money
from jobsearch.demo import diaries, people
from jobsearch.demo.accounts import (
    MUNICIPAL,
    PARTICIPANTS,
    STAFF,
    TOWN,
    make_accounts,
    signed_in,
)
from jobsearch.demo.aftermath import follow_up, link, write_analyses
from jobsearch.demo.alerts import see_to_alerts
from jobsearch.demo.asked import ask_how_it_goes, fill_up_outcomes
from jobsearch.demo.asking import ask_for_talks
from jobsearch.demo.bonuses import promise_bonuses, set_bonus_rules
from jobsearch.demo.books import book_and_compare
from jobsearch.demo.certificates import certify
from jobsearch.demo.comparators import set_beside
from jobsearch.demo.contracts import hire_the_next, keep_settings, sign_those_at_work
from jobsearch.demo.documents import keep_documents
from jobsearch.demo.funnel import introduce, recruit
from jobsearch.demo.goals import grow_goals, tell_how
from jobsearch.demo.groups import Office, approve, live_through, make_group, start_of_running
from jobsearch.demo.helping import help_each_other
from jobsearch.demo.interviews import agree_on_interviews, remember
from jobsearch.demo.introductions import tell_how_they_came
from jobsearch.demo.leads import hear_of_work
from jobsearch.demo.looks import look_back
from jobsearch.demo.meetings import choose, meet
from jobsearch.demo.members import settle
from jobsearch.demo.messages import lose_contact, write_own_words
from jobsearch.demo.pay import correct, pay
from jobsearch.demo.permitted import permit_introductions, write_introductions
from jobsearch.demo.reported import freeze_for_funder, open_to_everybody
from jobsearch.demo.sparring import spar
from jobsearch.demo.surveys import ask_opinions
from jobsearch.demo.talk import talk
from jobsearch.intake.service import take_in
from jobsearch.organisations.models import Organisation, OrganisationKind
from jobsearch.payroll.pay.cli import demo_settings
from jobsearch.programmes.models import Programme
from jobsearch.programmes.rules import Terms
from jobsearch.programmes.service import make_programme
from jobsearch.rates.queries import load_rate_table
from jobsearch.rates.service import load_shipped_rates, save_employer_settings
from jobsearch.recruitment.models import Candidate

PILOT = Path(__file__).parent / "pilot"
PILOT_FILES = (
    "asiakkaat.csv",
    "seurantataulukko.xlsx",
    "tulokset.csv",
    "palaute.csv",
    "kustannukset.csv",
)
PILOT_CODE = "pilot-2021"
_AGREEMENT = "Yksityisen palvelualan työehtosopimus"
_BEFORE_RUNNING = timedelta(weeks=7)  # a question of the follow-up is then open on any date
_UNTIL_RECRUITED = timedelta(days=14)


def is_empty() -> bool:
    """Whether nobody uses the installation yet."""
    return not db.session.scalar(select(func.count()).select_from(Organisation))


def is_loaded() -> bool:
    """Whether there is a demo to sign in to."""
    demo = select(func.count()).where(Organisation.demo_since.is_not(None))
    return bool(db.session.scalar(demo.select_from(Organisation)))


def load_demo(provider_id: str, municipality_id: str) -> None:
    """Found a provider and a municipality under these keys, and fill them with made-up people.

    The caller's unit of work has the provider as its scope. Raises RuleBroken when a file of the
    pilot does not hold.
    """
    reach = _found(provider_id, municipality_id)
    staff = make_accounts(STAFF, provider_id, reach)
    town = make_accounts((*MUNICIPAL, *TOWN), municipality_id, reach)
    manager, coach, clerk = (staff[line.email] for line in STAFF[:3])
    _set_figures(provider_id)
    settle(manager)
    keep_settings(manager)
    load_pilot(manager, coach)
    _load_groups(manager, coach, clerk)
    see_to_alerts(coach, today())
    coaches = [town[line.email] for line in MUNICIPAL]
    ask_for_talks(coaches)
    write_introductions(coaches)


def _found(provider_id: str, municipality_id: str) -> frozenset[str]:
    at = now()
    db.session.add_all(
        [
            Organisation(
                id=provider_id,
                kind=OrganisationKind.PROVIDER,
                name="Satakunnan Työnhakuvalmennus (demo)",
                business_id="1234567-1",
                phone="02 000 0000",
                demo_since=at,
            ),
            Organisation(
                id=municipality_id,
                kind=OrganisationKind.MUNICIPALITY,
                name="Porin työllisyysalue (demo)",
                demo_since=at,
            ),
        ]
    )
    db.session.flush()
    return frozenset({provider_id})


def _set_figures(provider_id: str) -> None:
    """Shipped rates, and the demo employer's settings of every year whose rates are known."""
    load_shipped_rates()
    table = load_rate_table()
    for year in range(2021, today().year + 2):
        try:
            settings = demo_settings(table, date(year, 7, 1))
        except RuleBroken:
            continue  # a year without rates: its pay page shows the refusal
        save_employer_settings(provider_id, settings)


def load_pilot(manager: Actor, coach: Actor) -> Programme:
    """The pilot of 2021 by the same way that a provider takes its files in."""
    programme = make_programme(
        manager,
        code=PILOT_CODE,
        name="Kokeilu 2021",
        terms=_terms(date(2021, 1, 1), "11.50"),
    )
    for name in PILOT_FILES:
        if name == PILOT_FILES[-1]:
            freeze_for_funder(manager, programme)  # the costs came later: see the difference
        take_in(programme.id, (PILOT / name).read_bytes(), name)
    cohorts = select(Cohort).where(Cohort.programme_id == programme.id)
    for cohort in db.session.scalars(cohorts):
        cohort.coach_id = coach.account_id
    db.session.flush()
    set_beside(manager, programme.id)
    freeze_for_funder(manager, programme)
    open_to_everybody(manager, programme)
    return programme


def _terms(valid_from: date, hourly: str) -> Terms:
    return Terms(valid_from, Money.of(hourly), Money.of("20.00"), Money.of("150.00"), _AGREEMENT)


def _make_programme(manager: Actor, first: date, today: date) -> Programme:
    """The programme that is offered now, with its pay terms and its bonus rules."""
    since = date(first.year, 1, 1)
    programme = make_programme(
        manager,
        code=f"tyonhaku-{today.year}",
        name=f"Työnhakutyö {today.year}",
        terms=_terms(since, "12.50"),
    )
    set_bonus_rules(manager, programme.id, since)
    return programme


def _make_next(office: Office, this_day: date) -> Cohort:
    """The group that is being filled."""
    coming = _next_monday(this_day + _UNTIL_RECRUITED)
    coach_id = office.coach.account_id
    return make_cohort(
        office.manager, office.programme.id, "Ryhmä 8", coming, coach_id, place="Pori"
    )


def _load_groups(manager: Actor, coach: Actor, clerk: Actor) -> None:
    this_day = today()
    starts_on = start_of_running(this_day)
    first = starts_on - _BEFORE_RUNNING
    office = Office(_make_programme(manager, first, this_day), manager, coach)
    ended, followed = make_group(office, "Ryhmä 6", first, people.FOLLOWED)
    live_through(ended, followed, diaries.FOLLOWED, this_day)
    approve(office, ended, (1, 2, 3))
    pay(clerk, manager, ended, this_day)
    certify(clerk, ended)
    correct(clerk, ended, this_day)
    cohort, running = make_group(office, "Ryhmä 7", starts_on, people.RUNNING)
    live_through(cohort, running, diaries.RUNNING, this_day)
    introduce(office, ended, followed, this_day)
    introduce(office, cohort, running, this_day)
    next_one = _make_next(office, this_day)
    recruited = recruit(office, next_one, this_day)
    tell_how_they_came(office, recruited, this_day)
    known: dict[str, Candidate | Enrolment] = {**recruited, **followed, **running}
    persons = {line.email: known[line.name.split()[0]].person_id for line in PARTICIPANTS}
    accounts = make_accounts(
        PARTICIPANTS, manager.organisation_id, manager.organisation_ids, persons
    )
    sign_those_at_work(office, running.values())
    hire_the_next(office, clerk, next_one, {name: one.id for name, one in recruited.items()})
    meet(office, recruited, this_day)
    choose(office, next_one, recruited)
    link(office, {**running, **followed})
    _follow(office, clerk, ended, followed)
    book_and_compare(manager, ended, cohort, this_day)
    ask_opinions(manager, ended, this_day)
    tiina = signed_in(accounts[PARTICIPANTS[-1].email])
    write_analyses(coach, tiina, running, followed)
    write_own_words(manager)
    lose_contact([one.person_id for one in running.values()][1:3])
    look_back({"coach": coach, "clerk": clerk, "manager": manager}, running, followed, this_day)
    actors = {actor.name.split()[0]: actor for actor in accounts.values()}
    permit_introductions(coach, actors)
    cohort = get_cohort_with_days(cohort.id)  # whatever was read again since
    _search_together(coach, actors, cohort, running, followed)


def _follow(office: Office, clerk: Actor, ended: Cohort, followed: Mapping[str, Enrolment]) -> None:
    """What the people of the group that ended found, and the bonuses that it earns."""
    follow_up(ended, followed, today())
    promise_bonuses(office.coach, clerk, office.manager, followed)
    fill_up_outcomes(office.coach, ended, followed)


def _search_together(
    coach: Actor,
    actors: Mapping[str, Actor],
    cohort: Cohort,
    running: Mapping[str, Enrolment],
    ended: Mapping[str, Enrolment],
) -> None:
    """What people say, agree on and learn, and what stays of companies."""
    this_day = today()
    talk(coach, actors, running)
    help_each_other(coach, actors, cohort, running, this_day)
    spar(coach, cohort, running, this_day)
    ask_how_it_goes(coach, ended)
    hear_of_work(coach, running, list(ended.values()), this_day)
    agree_on_interviews(coach, running, ended, this_day)
    tell_how([*running.values(), *ended.values()], this_day)
    grow_goals(coach, cohort)
    keep_documents(coach, actors, cohort, running, this_day)
    remember(coach.organisation_id, this_day)


def _next_monday(day: date) -> date:
    return day + timedelta(days=-day.weekday() % 7)
