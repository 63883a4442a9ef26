"""Certificates of the group that has ended: some at once, and one that a manager is asked for."""

from datetime import timedelta

from sqlalchemy import select

from jobsearch.cohorts.models import Cohort, Enrolment
from jobsearch.core.access import Actor
from jobsearch.core.clock import today
from jobsearch.core.db import db
from jobsearch.payroll.certificates.queries import list_payments
from jobsearch.payroll.certificates.rules import CertificateKind, Extent
from jobsearch.payroll.certificates.service import ask, issue
from jobsearch.payroll.contracts.models import Employment
from jobsearch.people.models import Person


def certify(clerk: Actor, cohort: Cohort) -> None:
    """Days and pay for the first two by name, and the wish of the third to be assessed."""
    statement = (
        select(Employment)
        .join(Enrolment, Enrolment.id == Employment.enrolment_id)
        .join(Person, Person.id == Employment.person_id)
        .where(Enrolment.cohort_id == cohort.id)
        .order_by(Person.family_name, Person.given_name, Employment.id)
        .limit(3)
    )
    employed = list(db.session.scalars(statement))
    for employment in employed[:2]:
        issue(clerk, employment.id, CertificateKind.DAYS)
        issue(clerk, employment.id, CertificateKind.EMPLOYMENT)
        if list_payments(employment.id):
            issue(clerk, employment.id, CertificateKind.PAY)
    day = today(clerk.zone)
    for employment in employed[2:]:
        if employment.ends_on < day:
            ask(clerk, employment.id, Extent.BOTH, day - timedelta(days=1))
