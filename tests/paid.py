"""What a provider of the cast needs before it can pay: rates, settings, contracts, cards, hours."""

from datetime import UTC, date, datetime, time

from sqlalchemy import select

from jobsearch.attendance.models import Attendance
from jobsearch.attendance.rules import AttendanceState, Mark
from jobsearch.cohorts.models import CohortDay, Enrolment
from jobsearch.core.db import db
from jobsearch.core.money import Money, Rate
from jobsearch.core.periods import Span
from jobsearch.payroll.contracts.models import Employment
from jobsearch.payroll.contracts.rules import TaxCardKind, TaxCardTerms
from jobsearch.payroll.contracts.service import record_tax_card, sign_employment
from jobsearch.people.models import Person
from jobsearch.programmes.models import PayTerms
from jobsearch.rates.employer import AllowanceTreatment, EmployerSettings
from jobsearch.rates.service import load_shipped_rates, save_employer_settings
from tests.world import Side

TERM = Span(date(2026, 11, 16), date(2026, 12, 3))
PAYS_ON = date(2026, 12, 4)
ACCOUNT = "FI2112345600000785"
CARD = TaxCardTerms(
    TaxCardKind.WAGE, Rate.of("20"), Rate.of("42"), Money.of("20000"), date(2026, 1, 1)
)
SETTINGS = EmployerSettings(
    year=2026,
    tyel_total=Rate.of("24.85"),
    accident=Rate.of("0.70"),
    group_life=Rate.of("0.06"),
    allowance_treatment=AllowanceTreatment.REIMBURSEMENT,
    allowance_basis="own phone, share of work",
)


def prepare(side: Side, who: str, identity_code: str = "150591-902A") -> Employment:
    """Rates, settings, and one person with contract, card, account and all twelve days marked."""
    load_shipped_rates()
    save_employer_settings(side.organisation_id, SETTINGS)
    enrolment_id = side.enrolment_ids[who]
    enrolment = db.session.scalars(select(Enrolment).where(Enrolment.id == enrolment_id)).one()
    person = db.session.scalars(select(Person).where(Person.id == enrolment.person_id)).one()
    person.identity_code, person.bank_account = identity_code, ACCOUNT
    terms = db.session.scalars(
        select(PayTerms).where(PayTerms.programme_id == side.programme_id)
    ).one()
    mark_all_days(enrolment)
    record_tax_card(person.id, CARD, date(2026, 11, 10))
    return sign_employment(enrolment.id, TERM, terms, 48 * 60, "Unemployed for a year (1:3a)")


def mark_all_days(enrolment: Enrolment) -> None:
    """Present on every day that has no mark yet, and all of it approved."""
    marked = select(Attendance.cohort_day_id).where(Attendance.enrolment_id == enrolment.id)
    days = select(CohortDay).where(
        CohortDay.cohort_id == enrolment.cohort_id, CohortDay.id.not_in(marked)
    )
    for day in db.session.scalars(days).all():
        db.session.add(
            Attendance(
                organisation_id=enrolment.organisation_id,
                enrolment_id=enrolment.id,
                cohort_day_id=day.id,
                person_id=enrolment.person_id,
                mark=Mark.PRESENT,
                planned_minutes=day.paid_minutes,
                paid_minutes=day.paid_minutes,
                marked_at=datetime.combine(day.on, time(7, 5), UTC),
            )
        )
    db.session.flush()
    own = select(Attendance).where(Attendance.enrolment_id == enrolment.id)
    for row in db.session.scalars(own).all():
        row.state = AttendanceState.APPROVED
    db.session.flush()
