"""What is asked of copies."""

from datetime import datetime

from sqlalchemy import func, select

from jobsearch.core.db import db
from jobsearch.payroll.pay.copies.models import PayslipCopy


def count_copies(person_id: str, since: datetime) -> int:
    """How many copies somebody has asked for since an instant."""
    statement = (
        select(func.count())
        .select_from(PayslipCopy)
        .where(PayslipCopy.person_id == person_id, PayslipCopy.asked_at > since)
    )
    return db.session.scalar(statement) or 0


def find_last_copy(payslip_id: str) -> PayslipCopy | None:
    """The last copy of a payslip that was asked for."""
    statement = (
        select(PayslipCopy)
        .where(PayslipCopy.payslip_id == payslip_id)
        .order_by(PayslipCopy.asked_at.desc(), PayslipCopy.id)
        .limit(1)
    )
    return db.session.scalar(statement)
