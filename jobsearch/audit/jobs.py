"""Seals the audit trail: links its newest entries into the hash chain."""

from jobsearch.audit.chain import seal_new_entries
from jobsearch.core.db import unit_of_work
from jobsearch.core.scope import whole_installation
from jobsearch.core.text import Outcome
from jobsearch.core.text import mark as N_


def seal_trail() -> str:
    """Seal what was written since the last seal; says how many entries."""
    with unit_of_work(whole_installation("seal of the audit trail")):
        return Outcome(N_("Entries sealed: %(count)s."), count=seal_new_entries())
