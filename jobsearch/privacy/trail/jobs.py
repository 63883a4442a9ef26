"""Every night: read the trail's hash chain on from the last check, and say loudly if broken."""

from datetime import timedelta

from jobsearch.audit.chain import check_chain, note_check
from jobsearch.audit.queries import find_last_full_check
from jobsearch.core.clock import now, today
from jobsearch.core.db import unit_of_work
from jobsearch.core.scope import whole_installation
from jobsearch.core.text import Outcome
from jobsearch.core.text import mark as N_
from jobsearch.privacy.trail.mail import tell_of_break

_WHOLE_AGAIN_AFTER = timedelta(days=6, hours=12)


def check_trail() -> Outcome:
    """Check what was sealed since the last check, once a week everything; tell of a break."""
    with unit_of_work(whole_installation("check of the audit trail"), read_only=True):
        last = find_last_full_check()
        is_due = last is None or now() - last.checked_at > _WHOLE_AGAIN_AFTER
        found = check_chain(everything=is_due)
    with unit_of_work(whole_installation("check of the audit trail")):
        note_check(found)
        if not found.is_whole:
            told = tell_of_break(today().isoformat())
            said = N_("The trail was CHANGED. Seals that do not hold: %(count)s. Told: %(told)s.")
            return Outcome(said, count=len(found.broken), told=told)
    return Outcome(N_("The trail is whole. Seals checked: %(count)s."), count=found.seals)
