"""What is asked for certificates: an employment with its pay and days, and what was issued."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, func, select
from sqlalchemy.orm import joinedload, selectinload

from jobsearch.attendance.models import Attendance, Mark
from jobsearch.cohorts.models import Cohort, CohortDay, Enrolment
from jobsearch.core import files
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.core.periods import Span
from jobsearch.organisations.models import Organisation
from jobsearch.payroll.certificates.models import Certificate, CertificateRequest
from jobsearch.payroll.certificates.rules import CertificateKind
from jobsearch.payroll.contracts.editions.models import Contract
from jobsearch.payroll.contracts.editions.rules import ContractState
from jobsearch.payroll.contracts.models import Employment
from jobsearch.payroll.pay.models import Payslip
from jobsearch.people.models import Person

MOST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Ground:
    """One employment as certificates tell of it; it ends on the day on which it really ended."""

    employment: Employment
    person: Person
    organisation: Organisation
    group: str
    term: Span
    place: str
    tasks: str

    def is_over(self, today: date) -> bool:
        """Whether its last day is behind."""
        return self.term.last is not None and self.term.last < today


def get_ground(employment_id: str, person_id: str | None = None) -> Ground:
    """An employment, of this person only where one is named. Raises NotVisible."""
    statement = (
        select(Employment, Enrolment.left_on, Cohort.name, Cohort.place, Contract)
        .join(Enrolment, Enrolment.id == Employment.enrolment_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .outerjoin(
            Contract,
            and_(
                Contract.enrolment_id == Enrolment.id,
                Contract.state.in_([ContractState.SIGNED, ContractState.ENDED]),
            ),
        )
        .where(Employment.id == employment_id)
        .options(joinedload(Employment.person))
        .order_by(Contract.edition.desc(), Contract.id)
        .limit(1)
    )
    row = db.session.execute(statement).first()
    if row is None or person_id not in (None, row[0].person_id):
        raise NotVisible
    employment, left_on, group, place, _contract = row
    contract: Contract | None = row[4]
    ends = [employment.ends_on, left_on, contract.ended_on if contract else None]
    last = max(employment.starts_on, min(day for day in ends if day))
    return Ground(
        employment=employment,
        person=employment.person,
        organisation=db.session.get_one(Organisation, employment.organisation_id),
        group=group,
        term=Span(employment.starts_on, last),
        place=contract.place if contract else place,
        tasks=contract.tasks if contract else "",
    )


def list_payments(employment_id: str) -> list[Payslip]:
    """The payslips that were issued for an employment with their lines, by day of payment."""
    statement = (
        select(Payslip)
        .where(Payslip.employment_id == employment_id, Payslip.file_id.is_not(None))
        .options(selectinload(Payslip.lines))
        .order_by(Payslip.pays_on, Payslip.period_first, Payslip.id)
    )
    return list(db.session.scalars(statement))


@dataclass(frozen=True, slots=True)
class Day:
    """One working day: what was planned, and what is marked and paid; None while nothing is."""

    on: date
    planned_minutes: int
    mark: Mark | None
    paid_minutes: int | None


def list_days(employment: Employment, span: Span) -> list[Day]:
    """The working days of an employment in a span, by date; cancelled days are left out."""
    marked = and_(Attendance.cohort_day_id == CohortDay.id, Attendance.enrolment_id == Enrolment.id)
    statement = (
        select(CohortDay.on, CohortDay.paid_minutes, Attendance.mark, Attendance.paid_minutes)
        .join(Enrolment, Enrolment.cohort_id == CohortDay.cohort_id)
        .outerjoin(Attendance, marked)
        .where(
            Enrolment.id == employment.enrolment_id,
            CohortDay.cancelled_at.is_(None),
            CohortDay.on.between(span.first, span.last),
        )
        .order_by(CohortDay.on, CohortDay.id)
    )
    return [Day(*row) for row in db.session.execute(statement)]


def latest_edition(employment_id: str, kind: CertificateKind) -> int:
    """The number of the newest edition; 0 while there is none."""
    statement = select(func.max(Certificate.edition)).where(
        Certificate.employment_id == employment_id, Certificate.kind == kind
    )
    return db.session.scalar(statement) or 0


def find_latest(employment_id: str, kind: CertificateKind, language: str) -> Certificate | None:
    """The newest certificate of a kind in a language, or None."""
    statement = (
        select(Certificate)
        .where(
            Certificate.employment_id == employment_id,
            Certificate.kind == kind,
            Certificate.language == language,
        )
        .order_by(Certificate.edition.desc())
        .limit(1)
    )
    return db.session.scalar(statement)


@dataclass(frozen=True, slots=True)
class Issued:
    """A certificate as it was issued: whose it is, what it is, of which day, and its bytes."""

    person_id: str
    kind: CertificateKind
    issued_on: date
    content: bytes


def get_issued(certificate_id: str, person_id: str | None = None) -> Issued:
    """A certificate as it was issued, of this person only where one is named.

    Raises NotVisible.
    """
    statement = select(Certificate).where(Certificate.id == certificate_id)
    certificate = db.session.scalar(statement)
    if certificate is None or person_id not in (None, certificate.person_id):
        raise NotVisible
    content = bytes(files.get(certificate.file_id).content)
    return Issued(certificate.person_id, certificate.kind, certificate.issued_on, content)


@dataclass(frozen=True, slots=True)
class Job:
    """One employment on the page of a person's certificates."""

    employment: Employment
    group: str
    request: CertificateRequest | None


@dataclass(frozen=True, slots=True)
class CertificatesOfPerson:
    """The page of a person's certificates: employments, and what was issued, the newest first."""

    person: Person
    jobs: Sequence[Job]
    issued: Sequence[Certificate]


def show_person(person_id: str) -> CertificatesOfPerson:
    """A person's employments and certificates. Raises NotVisible."""
    person = db.session.scalar(select(Person).where(Person.id == person_id))
    if person is None:
        raise NotVisible
    waits = and_(
        CertificateRequest.employment_id == Employment.id, CertificateRequest.settled_at.is_(None)
    )
    jobs = (
        select(Employment, Cohort.name, CertificateRequest)
        .join(Enrolment, Enrolment.id == Employment.enrolment_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .outerjoin(CertificateRequest, waits)
        .where(Employment.person_id == person_id)
        .order_by(Employment.starts_on.desc(), Employment.id)
        .limit(MOST_SHOWN)
    )
    issued = (
        select(Certificate)
        .options(joinedload(Certificate.issued_by))
        .where(Certificate.person_id == person_id)
        .order_by(Certificate.issued_at.desc(), Certificate.id)
        .limit(MOST_SHOWN)
    )
    return CertificatesOfPerson(
        person,
        [Job(*row) for row in db.session.execute(jobs)],
        list(db.session.scalars(issued)),
    )


def get_open_request(request_id: str) -> CertificateRequest:
    """A request that is not settled, with its person. Raises NotVisible."""
    statement = (
        select(CertificateRequest)
        .where(CertificateRequest.id == request_id, CertificateRequest.settled_at.is_(None))
        .options(joinedload(CertificateRequest.person))
    )
    request = db.session.scalar(statement)
    if request is None:
        raise NotVisible
    return request


def find_open_request(employment_id: str) -> CertificateRequest | None:
    """What a person has asked for and waits for, or None."""
    statement = select(CertificateRequest).where(
        CertificateRequest.employment_id == employment_id,
        CertificateRequest.settled_at.is_(None),
    )
    return db.session.scalar(statement)


def list_open_requests() -> list[CertificateRequest]:
    """Everybody's requests that are not settled, the oldest first."""
    statement = (
        select(CertificateRequest)
        .where(CertificateRequest.settled_at.is_(None))
        .options(joinedload(CertificateRequest.person))
        .order_by(CertificateRequest.asked_on, CertificateRequest.id)
        .limit(MOST_SHOWN)
    )
    return list(db.session.scalars(statement))
