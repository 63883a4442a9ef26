"""The scheduled work of bonuses: end those whose proof did not come, remind of the others."""

from datetime import date, timedelta

from jobsearch.core.clock import today
from jobsearch.core.db import unit_of_work
from jobsearch.core.periods import instant_of
from jobsearch.core.scope import Scope, whole_installation
from jobsearch.core.text import Outcome
from jobsearch.core.text import mark as N_
from jobsearch.notices.rules import Recipient
from jobsearch.notices.service import send
from jobsearch.payroll.bonus.reminders import queries
from jobsearch.payroll.bonus.reminders.mail import PROOF_DUE, page_of
from jobsearch.payroll.bonus.rules import reminder_on
from jobsearch.payroll.bonus.service import lapse_late


def see_to_proofs() -> Outcome:
    """Lapse what is late and write the reminders of the day, one provider after another."""
    with unit_of_work(whole_installation("bonuses"), read_only=True):
        providers = queries.list_providers()
    written = lapsed = 0
    for provider, zone in providers:
        with unit_of_work(Scope(frozenset({provider}), "bonuses")):
            lapsed += lapse_late(today(zone))
            written += sum(_remind(one, today(zone), zone) for one in queries.list_waited())
    said = N_("Reminders written: %(count)s. Bonuses lapsed: %(lapsed)s.")
    return Outcome(said, count=written, lapsed=lapsed)


def _remind(one: queries.Waited, this_day: date, zone: str) -> bool:
    """Write a reminder, each once however often this is called."""
    reminder = reminder_on(one.happened_on, one.due_on, this_day)
    if reminder is None:
        return False
    name = one.given_name.split(maxsplit=1)[0]
    written = send(
        PROOF_DUE,
        Recipient(one.email, one.phone, one.language, one.person_id, name),
        {"until": one.due_on, "link": page_of(one.award_id)},
        organisation_id=one.organisation_id,
        once=f"bonus:{one.award_id}:{one.due_on:%Y%m%d}:{reminder}",
        expires_at=instant_of(one.due_on + timedelta(days=1), 0, zone),
    )
    return written is not None
