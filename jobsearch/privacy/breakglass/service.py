"""Use cases of breaking the glass: look for an hour, end it, note each page."""

from datetime import datetime

from sqlalchemy import insert

from jobsearch.core.access import Actor
from jobsearch.core.clock import now
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.organisations.models import OrganisationKind
from jobsearch.organisations.queries import get_organisation
from jobsearch.privacy.breakglass import queries, rules
from jobsearch.privacy.breakglass.mail import tell_managers
from jobsearch.privacy.breakglass.models import BreakGlass, GlassPage
from jobsearch.privacy.breakglass.rules import GlassKind


def break_glass(actor: Actor, provider_id: str, kind: GlassKind, reason: str) -> BreakGlass:
    """Let an operator look at one provider's data for an hour, and tell its managers at once.

    Raises RuleBroken on `provider` and `reason`, and while an earlier look of hers goes on.
    """
    rules.check_reason(reason)
    try:
        provider = get_organisation(provider_id)
    except NotVisible:
        raise rules.refuse_provider() from None
    if provider.kind is not OrganisationKind.PROVIDER:
        raise rules.refuse_provider()
    at = now()
    _end_what_is_over(actor.account_id, at)
    glass = BreakGlass(
        organisation_id=provider.id,
        account_id=actor.account_id,
        sign_in_id=actor.sign_in_id,
        kind=kind,
        reason=reason,
        began_at=at,
        ends_at=at + rules.LASTS,
    )
    db.session.add(glass)
    db.session.flush()
    tell_managers(glass, actor.name, provider.name)
    return glass


def _end_what_is_over(account_id: str, at: datetime) -> None:
    earlier = queries.find_open(account_id)
    if earlier is None:
        return
    rules.check_alone(earlier.ends_at, at)
    earlier.ended_at = earlier.ends_at
    db.session.flush()


def end_glass(actor: Actor, glass_id: str) -> BreakGlass:
    """End a look now: the operator her own, a manager one at her organisation.

    One that has ended stays as it ended. Raises NotVisible.
    """
    glass = queries.get_glass(actor, glass_id)
    if rules.lives(glass.ends_at, glass.ended_at, now()):
        glass.ended_at, glass.ended_by_id = now(), actor.account_id
    return glass


def note_page(glass_id: str, method: str, path: str, status: int) -> None:
    """Write down one request of a look."""
    row = {"glass_id": glass_id, "at": now(), "method": method[:8], "path": path[:300]}
    db.session.connection().execute(insert(GlassPage), [{**row, "status": status}])
