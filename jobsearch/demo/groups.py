"""The groups of the demo: one on its sixth day, one in follow-up, one that is being filled."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from jobsearch.attendance.models import Attendance
from jobsearch.attendance.rules import Mark, paid_minutes_of
from jobsearch.attendance.service import approve_week
from jobsearch.cohorts.calendar import place_days
from jobsearch.cohorts.models import Cohort, CohortDay, Enrolment
from jobsearch.cohorts.rules import EnrolmentState
from jobsearch.cohorts.service import make_cohort
from jobsearch.core.access import Actor
from jobsearch.core.clock import now
from jobsearch.core.db import db
from jobsearch.core.money import Money, Rate
from jobsearch.core.periods import Span
from jobsearch.demo.diaries import EMPLOYERS, Diary
from jobsearch.demo.pay import AFTER_THE_LAST_DAY
from jobsearch.demo.people import Someone
from jobsearch.demo.pulses import tap
from jobsearch.demo.words import say
from jobsearch.payroll.contracts.rules import TaxCardKind, TaxCardTerms
from jobsearch.payroll.contracts.service import record_tax_card, sign_employment
from jobsearch.people.rules import Details
from jobsearch.people.service import add_person, edit_person
from jobsearch.programmes.models import Programme
from jobsearch.programmes.queries import find_terms
from jobsearch.tracker.models import Action, Employer, Goal
from jobsearch.tracker.rules import ACTIVITIES, SEARCH_ACTIVITIES

SIXTH = 5
MINUTES = 48 * 60
GROUND = "Määräaikainen työllistämisjakso: kolmen viikon työsuhteinen työnhaku."
_WEEKDAYS = (0, 1, 2, 3) * 3
_FARTHEST = 40  # days that the longest run of holidays and weekends cannot fill


@dataclass(frozen=True, slots=True)
class Office:
    """Who acts in the demo, and what she acts on."""

    programme: Programme
    manager: Actor
    coach: Actor


def start_of_running(today: date) -> date:
    """The first day of a group whose sixth day is today, or the latest programme day before it.

    Of several such starts it is a Monday's, else the latest.
    """
    starts = [today - timedelta(days=back) for back in range(_FARTHEST)]
    sixths = {
        start: place_days(_WEEKDAYS, start)[SIXTH].on for start in starts if start.weekday() < 4
    }
    best = max(sixth for sixth in sixths.values() if sixth <= today)
    fitting = [start for start, sixth in sixths.items() if sixth == best]
    return max(fitting, key=lambda start: (start.weekday() == 0, start))


def make_group(
    office: Office, name: str, starts_on: date, people: Sequence[Someone]
) -> tuple[Cohort, dict[str, Enrolment]]:
    """A group with its people, contracts and tax cards; returns enrolments by given name."""
    cohort = make_cohort(
        office.manager,
        office.programme.id,
        name,
        starts_on,
        office.coach.account_id,
        place="Pori",
        meeting_url="https://meet.example.org/tyonhaku",
        of_record=True,
    )
    enrolments = {one.given: seat(cohort, add_someone(one)) for one in people}
    for enrolment in enrolments.values():
        employ(office.programme, cohort, enrolment)
    return cohort, enrolments


def add_someone(one: Someone) -> str:
    """A person with her identity code and her account; returns her key."""
    details = Details(
        given_name=one.given,
        family_name=one.family,
        phone=one.phone,
        email=one.email,
        municipality=one.municipality,
        language=one.language,
    )
    person = add_person(details, one.identity_code)
    edit_person(person.id, None, details, bank_account=one.bank_account)
    return person.id


def seat(
    cohort: Cohort, person_id: str, state: EnrolmentState = EnrolmentState.STARTED
) -> Enrolment:
    """A seat in the group, also in one of the past, where nobody can take one any more."""
    enrolment = Enrolment(cohort_id=cohort.id, person_id=person_id, state=state)
    db.session.add(enrolment)
    db.session.flush()
    return enrolment


def employ(programme: Programme, cohort: Cohort, enrolment: Enrolment) -> None:
    """A contract for the group's days on the programme's pay terms, and tax cards."""
    terms = find_terms(programme.id, cohort.starts_on)
    if terms is None:
        return
    term = Span(cohort.starts_on, cohort.ends_on)
    sign_employment(enrolment.id, term, terms, MINUTES, GROUND)
    paid_by = cohort.ends_on + AFTER_THE_LAST_DAY
    for year in sorted({cohort.starts_on.year, cohort.ends_on.year, paid_by.year}):
        card = TaxCardTerms(
            TaxCardKind.WAGE,
            Rate.of("12.50"),
            Rate.of("34.00"),
            Money.of("21000"),
            date(year, 1, 1),
        )
        record_tax_card(enrolment.person_id, card, cohort.starts_on)


def live_through(
    cohort: Cohort, enrolments: Mapping[str, Enrolment], diaries: Mapping[str, Diary], today: date
) -> None:
    """What everyone did on every day up to today; of today there are no hours yet.

    Rows are written as they are, not by the use cases of the day: those are for a day that runs.
    """
    for at, day in enumerate(day for day in cohort.days if day.on <= today):
        for name, enrolment in enrolments.items():
            diary = diaries[name]
            if day.on < today:
                db.session.add(_hours(enrolment, day, diary.away.get(at, Mark.PRESENT)))
            if at not in diary.away:
                db.session.add_all(_goals(enrolment, day, diary.goals(at)))
    for name, enrolment in enrolments.items():
        _act(cohort, enrolment, diaries[name], today)
    tap(cohort, list(enrolments.values()), today)
    say(cohort, enrolments, diaries, today)
    db.session.flush()


def _hours(enrolment: Enrolment, day: CohortDay, mark: Mark) -> Attendance:
    return Attendance(
        enrolment_id=enrolment.id,
        cohort_day_id=day.id,
        person_id=enrolment.person_id,
        mark=mark,
        planned_minutes=day.paid_minutes,
        paid_minutes=paid_minutes_of(mark, day.paid_minutes),
        marked_at=datetime.combine(day.on, time(7, 5), UTC),
    )


def _goals(enrolment: Enrolment, day: CohortDay, targets: tuple[int, ...]) -> list[Goal]:
    return [
        Goal(
            enrolment_id=enrolment.id,
            cohort_id=enrolment.cohort_id,
            person_id=enrolment.person_id,
            on=day.on,
            activity=activity,
            target=target,
        )
        for activity, target in zip(SEARCH_ACTIVITIES, targets, strict=True)
    ]


def _act(cohort: Cohort, enrolment: Enrolment, diary: Diary, today: date) -> None:
    """The person's own actions, each with an employer of her own register."""
    register = [Employer(person_id=enrolment.person_id, name=name) for name, _role in EMPLOYERS]
    db.session.add_all(register)
    db.session.flush()
    for at, day in enumerate(day for day in cohort.days if day.on <= today):
        turn = diary.seed + at * 3
        for activity, count in zip(ACTIVITIES, diary.done(at), strict=True):
            for _again in range(0 if at in diary.away else count):
                turn += 1
                place = turn % len(EMPLOYERS)
                logged_at = datetime.combine(day.on, time(7, 10), UTC)
                db.session.add(
                    Action(
                        person_id=enrolment.person_id,
                        enrolment_id=enrolment.id,
                        cohort_id=cohort.id,
                        on=day.on,
                        activity=activity,
                        employer_id=register[place].id,
                        role_title=EMPLOYERS[place][1],
                        logged_at=min(now(), logged_at + timedelta(minutes=7 * turn)),
                    )
                )


def approve(office: Office, cohort: Cohort, weeks: Sequence[int]) -> None:
    """The manager approves the hours of whole weeks."""
    for week in weeks:
        approve_week(office.manager, cohort.id, week)
