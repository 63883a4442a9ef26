"""The message that brings a copy of a payslip."""

from jobsearch.core.text import mark as N_
from jobsearch.notices.rules import TextKind

PAYSLIP_COPY = TextKind(
    "payroll.payslip_copy",
    subject=N_("The copy that you asked for"),
    body=N_(
        "Hello %(name)s,\n\nyou asked for a copy of a document. It is attached, and it opens with"
        " the password that you set. Nobody else knows the password: if you forget it, ask for a"
        " new copy here: %(link)s\n\nIf you did not ask for it, call us: %(phone)s"
    ),
    always=True,
)
