"""An operator who looks at provider A behind broken glass, and a change of Pia's to be read of."""

from datetime import timedelta

import sqlalchemy as sa

from jobsearch.audit.models import AuditEntry
from jobsearch.core.db import db
from jobsearch.privacy.breakglass.models import BreakGlass
from jobsearch.privacy.breakglass.rules import LASTS, GlassKind
from tests.world import NOW, Member, World

REASON = "A backup was restored last night and must be compared."


def glass_of(
    world: World, *, operator: Member | None = None, minutes_ago: int = 0, ended: bool = False
) -> BreakGlass:
    """A look of the operator in her sign-in, begun some minutes ago; it tells nobody."""
    who = operator or world.olga
    began = NOW - timedelta(minutes=minutes_ago)
    glass = BreakGlass(
        organisation_id=world.a.organisation_id,
        account_id=who.account_id,
        sign_in_id=who.actor.sign_in_id,
        kind=GlassKind.RESTORE,
        reason=REASON,
        began_at=began,
        ends_at=began + LASTS,
        ended_at=NOW if ended else None,
        ended_by_id=world.aino.account_id if ended else None,
    )
    db.session.add(glass)
    db.session.flush()
    return glass


def furnish_trail(world: World) -> dict[str, object]:
    """A look that has ended, and the newest change of Pia's row that the trail has."""
    newest = sa.select(sa.func.max(AuditEntry.id)).where(
        AuditEntry.subject_id == world.pia.person_id,
        AuditEntry.organisation_id == world.a.organisation_id,
    )
    return {
        "glass_id": glass_of(world, minutes_ago=30, ended=True).id,
        "entry_id": db.session.scalar(newest),
    }
