"""The message about a proof that is waited for."""

from jobsearch.core.text import mark as N_
from jobsearch.notices.rules import TextKind
from jobsearch.web.addresses import absolute

PROOF_DUE = TextKind(
    "payroll.bonus_proof",
    subject=N_("Your bonus: show us the proof by %(until)s"),
    body=N_(
        "Hello %(name)s,\n\n"
        "a bonus is promised to you. It is paid when you have shown us the proof. The last day is"
        " %(until)s. A photo is enough:\n\n"
        "%(link)s"
    ),
    sms=N_(
        "Hello %(name)s! A bonus is promised to you. Show us the proof by %(until)s. A photo is"
        " enough: %(link)s"
    ),
    title=N_("A reminder of the proof for a bonus"),
)


def page_of(award_id: str) -> str:
    """Where a participant brings it."""
    return absolute("payroll_bonus_own.show_mine", award_id=award_id)
