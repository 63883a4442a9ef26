"""Forgets what signing in leaves behind: counts of tries, half sign-ins, links and questions."""

from datetime import timedelta

from sqlalchemy import delete

from jobsearch.accounts.models import AccountLink, SignIn
from jobsearch.accounts.passkeys.service import forget_challenges
from jobsearch.accounts.staff.models import HalfSignIn
from jobsearch.accounts.throttle.service import forget_old as forget_tries
from jobsearch.core.clock import now
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import whole_installation
from jobsearch.core.text import Outcome
from jobsearch.core.text import mark as N_

_DAY = timedelta(days=1)
_SIGN_INS_KEPT = timedelta(days=90)


def forget_old() -> str:
    """Delete what is over: tries after a day, links after a day, ended sign-ins after 90 days.

    Returns how much it was.
    """
    at = now()
    over = (
        delete(HalfSignIn).where(HalfSignIn.expires_at < at - _DAY),
        delete(AccountLink).where(AccountLink.expires_at < at - _DAY),
        delete(SignIn).where(SignIn.last_seen_at < at - _SIGN_INS_KEPT),
    )
    with unit_of_work(whole_installation("what signing in leaves behind")):
        done = [db.session.execute(statement).rowcount for statement in over]  # type: ignore[attr-defined]
        count = sum(done) + forget_challenges() + forget_tries()
    return Outcome(N_("Forgotten: %(count)s."), count=count)
