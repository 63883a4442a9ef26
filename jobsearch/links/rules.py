"""What a personal link still opens."""

from datetime import datetime

from jobsearch.core.access import LinkState


def state_of(
    *,
    expires_at: datetime | None,
    revoked_at: datetime | None,
    spent_at: datetime | None,
    now: datetime,
) -> LinkState:
    """Whether a link opens something now, and if not, why: what people did comes before time."""
    if revoked_at is not None:
        return LinkState.REVOKED
    if spent_at is not None:
        return LinkState.SPENT
    if expires_at is not None and expires_at <= now:
        return LinkState.EXPIRED
    return LinkState.LIVE
