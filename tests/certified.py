"""Certificates of one employment of the cast, and a wish for more."""

from datetime import timedelta

from jobsearch.cohorts.queries import get_enrolment
from jobsearch.payroll.certificates.rules import CertificateKind, Extent
from jobsearch.payroll.certificates.service import ask, issue
from jobsearch.payroll.contracts.models import Employment
from jobsearch.payroll.contracts.queries import find_employment_of
from tests.world import TODAY, World


def employment_of(world: World, who: str) -> Employment:
    """The employment of one of provider A's people; needs a unit of work."""
    found = find_employment_of(world.a.enrolment_ids[who])
    assert found is not None
    return found


def end_yesterday(world: World, who: str) -> None:
    """The person left the day before today."""
    get_enrolment(world.a.enrolment_ids[who]).left_on = TODAY - timedelta(days=1)


def furnish_certificates(world: World) -> dict[str, str]:
    """Pia's list of days, and her wish to be assessed; her employment goes on."""
    employment = employment_of(world, "pia")
    certificate = issue(world.paula.actor, employment.id, CertificateKind.DAYS)
    enrolment = get_enrolment(world.a.enrolment_ids["pia"])
    kept, enrolment.left_on = enrolment.left_on, TODAY - timedelta(days=1)
    request = ask(world.paula.actor, employment.id, Extent.BOTH)
    enrolment.left_on = kept
    return {
        "certificate_id": certificate.id,
        "request_id": request.id,
        "employment_id": employment.id,
        "own_employment_id": employment.id,
    }
