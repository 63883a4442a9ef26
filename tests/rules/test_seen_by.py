"""Looks become lines: equal ones of a day are joined, and nothing is lost on the way."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobsearch.core.access import Role
from jobsearch.core.looks import OTHER, SENTENCES, Look, kind_of, sentence_of, written
from jobsearch.desk.seen_by.rules import (
    OTHER_SEEKER,
    OUTSIDE,
    Entry,
    Outside,
    by_day,
    joined,
    narrowed,
    sendings,
)

ZONE = "Europe/Helsinki"
NOON = datetime(2026, 5, 14, 9, 0, tzinfo=UTC)

entries = st.builds(
    Entry,
    at=st.integers(0, 10_000).map(lambda minutes: NOON + timedelta(minutes=minutes)),
    account_id=st.sampled_from(("stig", "aino", "otto")),
    role=st.sampled_from((Role.COACH.value, Role.MANAGER.value, Role.PARTICIPANT.value)),
    organisation_id=st.sampled_from(("a", "b")),
    what=st.sampled_from((Look.HOURS.value, f"{Look.RELEASE}:x", f"{Look.RELEASE}:y", "gone")),
    refused=st.booleans(),
)


def entry(minutes: int = 0, what: str = Look.HOURS.value, **more: object) -> Entry:
    values = {"account_id": "stig", "role": "coach", "organisation_id": "a", "refused": False}
    return Entry(at=NOON + timedelta(minutes=minutes), what=what, **(values | more))  # type: ignore[arg-type]


@given(st.lists(entries, max_size=60))
def test_every_look_is_in_exactly_one_line_and_the_newest_comes_first(found: list[Entry]) -> None:
    lines = joined(found, ZONE)
    assert sum(line.times for line in lines) == len(found)
    keys = [(ln.on, ln.who, ln.role, ln.organisation_id, ln.kind, ln.refused) for ln in lines]
    assert len(set(keys)) == len(keys)
    assert [line.last for line in lines] == sorted((line.last for line in lines), reverse=True)
    assert all(line.last.date() == line.on for line in lines)
    assert joined(reversed(found), ZONE) == lines


def test_three_looks_of_one_person_at_one_thing_on_one_day_are_one_line_with_the_last_time() -> (
    None
):
    (line,) = joined([entry(0), entry(120), entry(30)], ZONE)
    assert (line.times, f"{line.last:%H.%M}") == (3, "14.00")


@pytest.mark.parametrize(
    "other",
    [
        entry(1, what=Look.PAYSLIP.value),
        entry(1, account_id="aino"),
        entry(1, role="manager"),
        entry(1, organisation_id="b"),
        entry(1, refused=True),
        entry(24 * 60),
    ],
)
def test_another_thing_reader_role_house_answer_or_day_is_a_line_of_its_own(other: Entry) -> None:
    assert len(joined([entry(), other], ZONE)) == 2


def test_a_day_ends_at_midnight_of_the_zone_and_not_of_the_clock_of_the_database() -> None:
    late = entry(12 * 60 + 30)  # 21.30 UTC, and 0.30 of the next day in Helsinki
    (line,) = joined([late], ZONE)
    assert line.on == date(2026, 5, 15)


def test_another_participant_is_nobody_by_name_and_all_of_them_are_one() -> None:
    tried = [entry(n, account_id=f"p{n}", role="participant", refused=True) for n in range(2)]
    (line,) = joined(tried, ZONE)
    assert (line.who, line.times) == (OTHER_SEEKER, 2)


@given(st.lists(entries, max_size=30), st.sampled_from(("", "stig", "nobody")))
def test_what_nobody_has_narrows_nothing(found: list[Entry], who: str) -> None:
    lines = joined(found, ZONE)
    kept = narrowed(lines, who, "")
    assert kept == [line for line in lines if line.who == who] or kept == lines
    assert narrowed(lines, "", "hours") == [
        line for line in lines if line.kind is Look.HOURS
    ] or all(line.kind is not Look.HOURS for line in lines)


def test_days_come_in_the_order_of_their_lines() -> None:
    days = by_day(joined([entry(), entry(24 * 60)], ZONE))
    assert list(days) == [date(2026, 5, 15), date(2026, 5, 14)]


def test_every_kind_has_its_own_sentence_and_every_thing_that_leaves_too() -> None:
    assert set(SENTENCES) == set(Look)
    assert len(set(SENTENCES.values())) == len(SENTENCES)
    assert set(OUTSIDE) == set(Outside)
    assert all(len(written(look, "a" * 20)) <= 80 for look in Look)  # the width of its column


def test_what_was_stored_is_read_again_and_what_nobody_knows_has_a_sentence_too() -> None:
    for look in Look:
        assert kind_of(written(look)) is kind_of(written(look, "abc")) is look
    assert written(Look.RELEASE, "abc") == "analysis_release:abc"
    assert kind_of("a word of long ago") is None
    assert sentence_of(None) == OTHER


def test_what_went_outside_is_joined_by_day_and_by_whom_it_went_to() -> None:
    rows = [("message", NOON, "a"), ("message", NOON, "a"), ("message", NOON, "b")]
    lines = sendings([*rows, ("bank", NOON + timedelta(days=1), "")], ZONE)
    assert [(line.kind, line.more, line.times) for line in lines] == [
        (Outside.BANK, "", 1),
        (Outside.MESSAGE, "b", 1),
        (Outside.MESSAGE, "a", 2),
    ]
