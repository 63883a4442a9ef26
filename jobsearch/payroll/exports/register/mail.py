"""The message about what the Incomes Register is to be told."""

from jobsearch.core.text import mark as N_
from jobsearch.notices.rules import Audience, TextKind

REPORTS_DUE = TextKind(
    "payroll.reports_due",
    subject=N_("The Incomes Register: report by %(until)s"),
    body=N_(
        "Hello %(name)s,\n\n"
        "this is to be reported to the Incomes Register:\n\n"
        "%(news)s\n\n"
        "The files are made here:\n\n"
        "%(link)s"
    ),
    title=N_("A reminder of what is to be reported to the Incomes Register"),
    audience=Audience.STAFF,
)
