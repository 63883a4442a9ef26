"""When a release opens, and how long the link of its message does."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest

from jobsearch.accounts.rules import Way
from jobsearch.analyses.receiving.rules import LINK_LIVES, link_ends
from jobsearch.analyses.releases.rules import Closed, Facts, why_closed

OPEN = Facts(True, True, "mia@example.org", "mia@example.org", Way.CODE, code_went_there=True)
AT = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


def test_it_opens_when_everything_holds_and_only_then() -> None:
    addresses = ("mia@example.org", "m@example.org", "", None)
    for consents, coaches, own, way, there in product(
        (True, False), (True, False), addresses, (*Way, None), (True, False)
    ):
        facts = Facts(consents, coaches, "mia@example.org", own, way, there)
        opens = (
            consents
            and coaches
            and own == "mia@example.org"
            and way in (Way.CODE, Way.LINK)
            and there
        )
        assert (why_closed(facts) is None) == opens, facts


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"consents": False, "coaches": False}, Closed.ENDED),
        ({"coaches": False}, Closed.MOVED),
        ({"own_address": "m@example.org"}, Closed.OTHER_ADDRESS),
        ({"own_address": None}, Closed.OTHER_ADDRESS),
        ({"named_address": "", "own_address": ""}, Closed.OTHER_ADDRESS),
        ({"way": Way.PASSKEY}, Closed.NO_CODE),
        ({"way": Way.PROVIDER}, Closed.NO_CODE),
        ({"way": None}, Closed.NO_CODE),
        ({"code_went_there": False}, Closed.NO_CODE),
        # what is not known is not so
        ({"consents": None}, Closed.ENDED),
        ({"coaches": None}, Closed.MOVED),
        ({"code_went_there": None}, Closed.NO_CODE),
    ],
)
def test_the_reason_is_the_first_that_holds(changed, why) -> None:
    assert why_closed(replace(OPEN, **changed)) is why


def test_the_link_ends_with_the_permission_or_after_thirty_days() -> None:
    assert link_ends(AT, date(2026, 11, 24), "Europe/Helsinki") == datetime(
        2026, 11, 24, 22, 0, tzinfo=UTC
    )
    assert link_ends(AT, date(2027, 2, 24), "Europe/Helsinki") == AT + LINK_LIVES
    assert timedelta(days=30) == LINK_LIVES
