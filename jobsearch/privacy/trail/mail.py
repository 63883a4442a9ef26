"""What managers and operators are told when the audit trail is not what was sealed."""

from sqlalchemy import select

from jobsearch.accounts.models import Account, Membership
from jobsearch.core.access import Role
from jobsearch.core.db import db
from jobsearch.core.text import mark as N_
from jobsearch.notices.rules import Audience, Recipient, TextKind
from jobsearch.notices.service import send
from jobsearch.web.addresses import absolute

TRAIL_BROKEN = TextKind(
    "privacy.trail_broken",
    subject=N_("The audit trail has been changed"),
    body=N_(
        "The nightly check found that the record of who changed what in %(service)s is not what was"
        " sealed. Somebody may have changed the database past the program. Look at it now, and keep"
        " the newest backups:\n%(link)s"
    ),
    title=N_("The audit trail has been changed"),
    audience=Audience.STAFF,
    always=True,
)


def tell_of_break(check_key: str) -> int:
    """Write to every manager and operator, once for each check that finds it; returns to how many.

    One account in several roles gets one message.
    """
    statement = (
        select(Account)
        .join(Membership, Membership.account_id == Account.id)
        .where(
            Membership.role.in_((Role.MANAGER, Role.OPERATOR)),
            Membership.ended_at.is_(None),
            Account.closed_at.is_(None),
        )
        .distinct()
        .order_by(Account.id)
    )
    told = 0
    for account in db.session.scalars(statement):
        name = account.name.partition(" ")[0]
        to = Recipient(account.email, account.phone, account.language, account.id, name)
        gaps = {"service": "Työnhakutyö", "link": absolute("trail.list_changes")}
        once = f"trail-broken:{check_key}:{account.id}"
        told += send(TRAIL_BROKEN, to, gaps, organisation_id=None, once=once) is not None
    return told
