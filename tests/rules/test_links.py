"""What a personal link still opens."""

from datetime import UTC, datetime, timedelta

import pytest

from jobsearch.core.access import LinkState
from jobsearch.links.rules import state_of

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
LATER, EARLIER = NOW + timedelta(seconds=1), NOW - timedelta(seconds=1)


@pytest.mark.parametrize(
    ("expires", "revoked", "spent", "state"),
    [
        (None, None, None, LinkState.LIVE),
        (LATER, None, None, LinkState.LIVE),
        (NOW, None, None, LinkState.EXPIRED),
        (EARLIER, None, EARLIER, LinkState.SPENT),
        (LATER, EARLIER, None, LinkState.REVOKED),
        (EARLIER, EARLIER, EARLIER, LinkState.REVOKED),
    ],
)
def test_a_link_opens_until_it_is_closed_used_or_too_old(expires, revoked, spent, state):
    assert state_of(expires_at=expires, revoked_at=revoked, spent_at=spent, now=NOW) is state
