"""What the page of the timetable shows, gathered for its view."""

from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import gettext as _

from jobsearch.core.access import Actor
from jobsearch.core.clock import today
from jobsearch.core.text import mark as N_
from jobsearch.privacy.retention import queries
from jobsearch.privacy.retention.queries import Receipts
from jobsearch.privacy.retention.rules import Deed, Stage, Term
from jobsearch.privacy.retention.terms import timetable

KINDS = {
    Stage.SEARCH.value: N_("End of follow-up"),
    Stage.WORK.value: N_("Working time"),
    Stage.VOUCHERS.value: N_("Vouchers of pay"),
    Stage.PAPERS.value: N_("Payroll records and papers"),
    "submissions": N_("Forms that were answered"),
    "devices": N_("Devices that were signed in on"),
    "invitations": N_("Invitations of staff"),
    "factors": N_("Second factors and passkeys"),
    "accounts": N_("Accounts that are closed"),
    "referrers": N_("Coaches who introduced people"),
    "surveys": N_("Own words in surveys"),
    "payment_files": N_("Files of payments and reports"),
}
"""What receipts say of each kind."""

DEEDS = {
    Deed.ERASED: N_("Is erased"),
    Deed.BLANKED: N_("Names and words erased, counts stay"),
    Deed.SEALED: N_("Can be read no more"),
    Deed.BY_JOB: N_("Erased by a job of its own"),
    Deed.KEPT: N_("Stays among the provider's own records"),
}


@dataclass(frozen=True, slots=True)
class TimetablePage:
    """The terms; of how many persons something goes tonight and later; receipts of one page."""

    terms: tuple[Term, ...]
    tonight: int
    days: list[tuple[date, int]]
    receipts: Receipts
    kinds: dict[str, str]
    deeds: dict[Deed, str]


def timetable_page(actor: Actor, page: int) -> TimetablePage:
    """All of the page, in four statements."""
    tomorrow = today(actor.zone) + timedelta(days=1)
    return TimetablePage(
        terms=tuple(sorted(timetable(), key=lambda term: str(_(term.what)).casefold())),
        tonight=queries.count_due(tomorrow),
        days=queries.list_days(tomorrow),
        receipts=queries.list_receipts(actor.organisation_id, page),
        kinds=KINDS,
        deeds=DEEDS,
    )
