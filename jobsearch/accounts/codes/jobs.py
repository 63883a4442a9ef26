"""Scheduled work on one-time codes: what is over is forgotten."""

from sqlalchemy import delete

from jobsearch.accounts.codes.models import OneTimeCode
from jobsearch.accounts.codes.rules import KEPT
from jobsearch.accounts.oidc.models import ProviderRequest
from jobsearch.core.clock import now
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import whole_installation
from jobsearch.core.text import Outcome
from jobsearch.core.text import mark as N_


def forget_codes() -> str:
    """Forget codes and errands to providers that were asked for two days ago; says how many."""
    before = now() - KEPT
    gone = 0
    with unit_of_work(whole_installation("forget one-time codes")):
        for table in (OneTimeCode, ProviderRequest):
            statement = delete(table).where(table.asked_at < before)
            gone += db.session.execute(statement).rowcount  # type: ignore[attr-defined]
    return Outcome(N_("Forgotten: %(count)s."), count=gone)
