"""What is asked of a person's months of payment."""

from sqlalchemy import select

from jobsearch.core.db import db
from jobsearch.payroll.pay.models import Payslip
from jobsearch.payroll.pay.months.rules import MonthView, PaidOn, months_of
from jobsearch.rates.queries import load_rate_table

_MOST = 60


def list_own_months(person_id: str) -> list[MonthView]:
    """The months of the payslips that were issued to a person, newest first; three statements."""
    statement = (
        select(Payslip.counts_on, Payslip.gross, Payslip.net, Payslip.wage, Payslip.to_account)
        .where(Payslip.person_id == person_id, Payslip.file_id.is_not(None))
        .order_by(Payslip.counts_on.desc(), Payslip.id)
        .limit(_MOST)
    )
    payments = [PaidOn(*row) for row in db.session.execute(statement)]
    return months_of(payments, load_rate_table()) if payments else []
