"""The scheduled work of the Incomes Register: remind clerks of what is near and what is late."""

from datetime import timedelta

from sqlalchemy import select

from jobsearch.accounts.models import Account, Membership
from jobsearch.core.access import Role
from jobsearch.core.clock import now, today
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import Scope, whole_installation
from jobsearch.core.text import Outcome
from jobsearch.core.text import mark as N_
from jobsearch.notices.rules import Recipient
from jobsearch.notices.service import send
from jobsearch.organisations.models import Organisation
from jobsearch.payroll.exports.register.mail import REPORTS_DUE
from jobsearch.payroll.exports.register.models import RegisterSettings
from jobsearch.payroll.exports.register.overview import Duty, list_duties
from jobsearch.payroll.exports.register.rules import DAYS_BEFORE, Nearness, nearness
from jobsearch.web.addresses import absolute

_GOOD_FOR = timedelta(days=1)
_WAGES = N_("Wages paid on %(day)s")
_MONTH = N_("The separate report of the month before")
_FILE = N_("A file that the register has not answered")


def remind_of_reports() -> Outcome:
    """Write to every clerk of what is near or late, each day of each duty once."""
    with unit_of_work(whole_installation("register reminders"), read_only=True):
        statement = select(Organisation.id, Organisation.zone).order_by(Organisation.id)
        providers = [(row.id, row.zone) for row in db.session.execute(statement)]
    written = sum(_remind(provider, zone) for provider, zone in providers)
    return Outcome(N_("Reminders of reports written: %(count)s."), count=written)


def _remind(provider: str, zone: str) -> int:
    with unit_of_work(Scope(frozenset({provider}), "register reminders")):
        settings = db.session.scalar(
            select(RegisterSettings).where(RegisterSettings.id == provider)
        )
        days = settings.remind_days if settings else DAYS_BEFORE
        this_day = today(zone)
        near = [(one, nearness(one.due_on, this_day, days)) for one in list_duties()]
        due = [(one, how) for one, how in near if how is not None]
        if not due:
            return 0
        return sum(
            _tell(provider, clerk, duty, how) for clerk in _clerks(provider) for duty, how in due
        )


def _clerks(provider: str) -> list[Account]:
    statement = (
        select(Account)
        .join(Membership, Membership.account_id == Account.id)
        .where(
            Membership.organisation_id == provider,  # clerks of others read nothing of ours
            Membership.role == Role.PAYROLL_CLERK,
            Membership.ended_at.is_(None),
            Account.closed_at.is_(None),
        )
        .order_by(Account.id)
        .distinct()
    )
    return list(db.session.scalars(statement))


def _tell(provider: str, clerk: Account, duty: Duty, how: Nearness) -> bool:
    sent = send(
        REPORTS_DUE,
        Recipient(
            email=clerk.email,
            phone=clerk.phone,
            language=clerk.language,
            subject_id=clerk.id,
            name=clerk.name.split(maxsplit=1)[0],
        ),
        {
            "until": duty.due_on,
            "news": [_sentence(duty)],
            "link": absolute("payroll_register.list_deliveries"),
        },
        organisation_id=provider,
        once=f"register:{_key(duty)}:{duty.due_on:%Y%m%d}:{how.value}:{clerk.id}",
        expires_at=now() + _GOOD_FOR,
    )
    return sent is not None


def _sentence(duty: Duty) -> Outcome:
    if duty.run is not None:
        day = duty.run.pays_on
        return Outcome(_WAGES, day=f"{day.day}.{day.month}.{day.year}")
    return Outcome(_MONTH if duty.month else _FILE)


def _key(duty: Duty) -> str:
    if duty.run is not None:
        return duty.run.id
    return duty.delivery.id if duty.delivery else f"{duty.month:%Y-%m}"
