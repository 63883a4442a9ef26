"""Rules of short messages: what may be written, until when, and how long it can be taken back."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobsearch.cohorts.rules import EnrolmentState
from jobsearch.conversations.rules import (
    LONGEST,
    WITHDRAWN_WITHIN,
    Standing,
    can_withdraw,
    check_open,
    check_text,
    check_withdrawal,
    is_over,
    open_until,
)
from jobsearch.core.errors import RuleBroken

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
LAST = date(2027, 3, 3)


@given(st.text(max_size=LONGEST + 50))
def test_a_text_is_kept_as_it_was_written_or_refused(text):
    bare = text.strip()
    if 0 < len(bare) <= LONGEST:
        assert check_text(text) == bare
    else:
        with pytest.raises(RuleBroken) as broken:
            check_text(text)
        assert broken.value.field == "body"


@pytest.mark.parametrize("state", list(EnrolmentState))
@pytest.mark.parametrize("day", [LAST - timedelta(days=200), LAST, LAST + timedelta(days=1)])
@pytest.mark.parametrize("has_coach", [True, False])
def test_it_is_open_for_who_has_a_group_until_the_follow_up_ends(state, day, has_coach):
    standing = Standing(state, LAST, has_coach)
    over = state is EnrolmentState.WITHDREW or day > LAST
    assert is_over(standing, day) == over
    if over or not has_coach:
        with pytest.raises(RuleBroken, match="over" if over else "no coach"):
            check_open(standing, day)
    else:
        check_open(standing, day)


def test_the_last_day_is_that_of_the_follow_up():
    assert open_until(date(2026, 12, 3), 3) == LAST


@pytest.mark.parametrize(
    ("passed", "can"),
    [
        (timedelta(0), True),
        (WITHDRAWN_WITHIN, True),
        (WITHDRAWN_WITHIN + timedelta(seconds=1), False),
        (timedelta(days=30), False),
    ],
)
def test_a_message_is_taken_back_within_five_minutes_and_once(passed, can):
    assert can_withdraw(NOW, None, NOW + passed) == can
    assert not can_withdraw(NOW, NOW, NOW + passed)
    if not can:
        with pytest.raises(RuleBroken, match="five minutes"):
            check_withdrawal(NOW, None, NOW + passed)
