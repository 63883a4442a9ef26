"""What messages may say, when they may come, and what becomes of them."""

import contextlib
import itertools
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobsearch.core.errors import RuleBroken
from jobsearch.notices.delivery.rules import (
    NEXT,
    STATE_NAMES,
    TROUBLE_NAMES,
    MessageState,
    Trouble,
    may_become,
    wait_after,
)
from jobsearch.notices.preferences.rules import (
    Choices,
    Quiet,
    address_for,
    is_wanted,
    quiet_until,
)
from jobsearch.notices.rules import GAPS, Channel, Recipient, TextKind, Written, samples
from jobsearch.notices.texts.rules import check_wording, count_sms, fill, with_braces
from jobsearch.texts import TEXTS
from tests.outbox import CODE, NEWS, TIP

HELSINKI = ZoneInfo("Europe/Helsinki")
HARMLESS = {
    "name", "person", "coach", "organisation", "service", "group", "day", "time", "new_day",
    "new_time", "until", "place", "phone", "count", "code", "link", "host",
}  # fmt: skip
# lines are sentences of the house with counts and days
LINES_OF = {"analyses.withdrawn", "digest.staff", "digest.municipal", "payroll.reports_due"}


# --- nothing sensitive ------------------------------------------------------------------------


@pytest.mark.parametrize("kind", TEXTS, ids=lambda kind: kind.key)
def test_a_message_has_only_harmless_gaps(kind: TextKind) -> None:
    assert kind.gaps - ({"news"} if kind.key in LINES_OF else set()) <= HARMLESS
    assert set(samples(kind)) == kind.gaps


@pytest.mark.parametrize("kind", TEXTS, ids=lambda kind: kind.key)
def test_the_house_words_can_be_kept_as_they_are(kind: TextKind) -> None:
    words = Written(*(with_braces(text) for text in (kind.subject, kind.body, kind.sms)))
    assert check_wording(kind, words)
    assert "%" not in words.subject + words.body + words.sms
    assert kind.sms or kind.channels == (Channel.EMAIL,)


def test_each_kind_of_message_has_one_key() -> None:
    keys = [kind.key for kind in TEXTS]
    assert sorted(keys) == sorted(set(keys))
    assert keys


def test_nothing_but_harmless_gaps_is_known_at_all() -> None:
    assert set(GAPS) <= HARMLESS | {"news"}


def test_a_kind_with_another_gap_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="identity"):
        TextKind("x.y", subject="A", body="%(identity)s")


# --- own wordings -----------------------------------------------------------------------------

GOOD = Written("News", "Hello {name}: {link}", "{link}")


@pytest.mark.parametrize(
    ("field", "words", "says"),
    [
        ("subject", Written("", GOOD.body, GOOD.sms), "Write the text"),
        ("subject", Written("x" * 121, GOOD.body, GOOD.sms), "characters"),
        ("body", Written("A", "Hello", GOOD.sms), "{%(name)s}"),
        ("body", Written("A", "{link} {salary}", GOOD.sms), "no placeholder"),
        ("body", Written("A", "{link} {7*7}", GOOD.sms), "no placeholder"),
        ("body", Written("A", "{link} {", GOOD.sms), "stands alone"),
        ("body", Written("A", "{{link}}", GOOD.sms), "stands alone"),
        ("body", Written("A", "{link}" + "x" * 4000, GOOD.sms), "characters"),
        ("sms", Written("A", GOOD.body, "no link"), "{%(name)s}"),
        ("sms", Written("A", GOOD.body, "{link}" + "x" * 480), "characters"),
    ],
)
def test_a_wording_that_cannot_be_used_is_refused_on_its_field(field, words, says) -> None:
    with pytest.raises(RuleBroken) as refused:
        check_wording(NEWS, words)
    assert refused.value.field == field
    assert says in refused.value.message


def test_a_good_wording_is_kept_trimmed_and_its_subject_on_one_line() -> None:
    kept = check_wording(NEWS, Written(" News\r\nBcc: x ", GOOD.body + "\n\n", GOOD.sms))
    assert kept == Written("News Bcc: x", GOOD.body, GOOD.sms)


@given(st.text(max_size=60), st.text(max_size=60))
def test_what_fills_a_gap_is_never_filled_again(name: str, link: str) -> None:
    text = fill("{name}|{link}", {"name": "{link}" + name, "link": link})
    assert text.startswith("{link}")
    assert "\n" not in text and "\r" not in text


@given(st.text(max_size=300))
def test_any_text_is_kept_or_refused_in_words(text: str) -> None:
    with contextlib.suppress(RuleBroken):
        assert "{link}" in check_wording(NEWS, Written(text, text, text)).body


@pytest.mark.parametrize(
    ("text", "letters", "parts", "plain"),
    [
        ("", 0, 1, True),
        ("a" * 160, 160, 1, True),
        ("a" * 161, 161, 2, True),
        ("Hyvää päivää, Åsa!", 18, 1, True),
        ("€" * 80, 160, 1, True),
        ("€" * 81, 162, 2, True),
        ("a" * 306, 306, 2, True),
        ("a" * 307, 307, 3, True),
        ("Moi 😀", 6, 1, False),
        ("š" * 70, 70, 1, False),
        ("š" * 71, 71, 2, False),
        ("š" * 135, 135, 3, False),
    ],
)
def test_a_text_message_is_counted_as_the_network_counts_it(text, letters, parts, plain) -> None:
    counted = count_sms(text)
    assert (counted.letters, counted.parts, counted.plain) == (letters, parts, plain)


# --- quiet hours ------------------------------------------------------------------------------


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=HELSINKI)


@pytest.mark.parametrize(
    ("at", "until"),
    [
        ("2026-11-24T20:59", None),
        ("2026-11-24T21:00", "2026-11-25T07:00"),
        ("2026-11-24T23:59", "2026-11-25T07:00"),
        ("2026-11-25T00:00", "2026-11-25T07:00"),
        ("2026-11-25T06:59", "2026-11-25T07:00"),
        ("2026-11-25T07:00", None),
        ("2026-12-31T22:00", "2027-01-01T07:00"),
        ("2026-10-24T21:30", "2026-10-25T07:00"),  # the clocks go back that night
        ("2027-03-27T21:30", "2027-03-28T07:00"),  # and forward
    ],
)
def test_the_usual_quiet_hours_are_21_to_7(at: str, until: str | None) -> None:
    found = quiet_until(Quiet(), _at(at))
    assert found == (_at(until) if until else None)


def test_the_night_when_the_clocks_go_back_is_an_hour_longer() -> None:
    found = quiet_until(Quiet(), _at("2026-10-24T21:00"))
    assert found.astimezone(UTC) - _at("2026-10-24T21:00").astimezone(UTC) == timedelta(hours=11)


def test_quiet_hours_in_the_day_and_up_to_midnight_and_none_at_all() -> None:
    assert quiet_until(Quiet(9 * 60, 12 * 60), _at("2026-11-24T10:00")) == _at("2026-11-24T12:00")
    assert quiet_until(Quiet(9 * 60, 12 * 60), _at("2026-11-24T12:00")) is None
    assert quiet_until(Quiet(20 * 60, 0), _at("2026-11-24T22:00")) == _at("2026-11-25T00:00")
    assert quiet_until(Quiet(20 * 60, 1440), _at("2026-11-24T22:00")) == _at("2026-11-25T00:00")
    assert quiet_until(Quiet(0, 0), _at("2026-11-24T22:00")) is None
    assert quiet_until(None, _at("2026-11-24T22:00")) is None


@given(
    st.integers(0, 3 * 365 * 24 * 60),
    st.integers(0, 23),
    st.integers(0, 23),
)
def test_quiet_hours_always_end_and_nothing_is_quiet_then(minute, start, end) -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minute)
    quiet = Quiet(start * 60, end * 60)
    until = quiet_until(quiet, at)
    if until is not None:
        assert at < until <= at + timedelta(hours=25)
        assert quiet_until(quiet, until) is None


# --- the way that is taken --------------------------------------------------------------------

BOTH = Recipient("a@example.org", "+358401", "fi", "x", "Aino")
MAIL, PHONE = (Channel.EMAIL, "a@example.org"), (Channel.SMS, "+358401")
WISHES_SMS = Choices(channel=Channel.SMS)


@pytest.mark.parametrize(
    ("to", "choices", "failed", "on", "way"),
    [
        (BOTH, Choices(), (), Channel, MAIL),
        (BOTH, WISHES_SMS, (), Channel, PHONE),
        (BOTH, Choices(), ("a@example.org",), Channel, PHONE),
        (BOTH, WISHES_SMS, ("+358401",), Channel, MAIL),
        (BOTH, Choices(), ("a@example.org", "+358401"), Channel, MAIL),
        (BOTH, WISHES_SMS, (), (Channel.EMAIL,), MAIL),
        (Recipient(None, "+358401", "fi", "x", "Aino"), Choices(), (), Channel, PHONE),
        (Recipient("a@example.org", None, "fi", "x", "Aino"), WISHES_SMS, (), Channel, MAIL),
        (Recipient(None, None, "fi", "x", "Aino"), Choices(), (), Channel, None),
        (Recipient(None, "+358401", "fi", "x", "A"), Choices(), (), (Channel.EMAIL,), None),
    ],
)
def test_the_chosen_way_is_taken_where_it_is_possible(to, choices, failed, on, way) -> None:
    assert address_for(NEWS, to, choices, failed=failed, on=frozenset(on)) == way


def test_a_kind_without_a_text_message_goes_by_e_mail_whatever_was_chosen() -> None:
    letter = TextKind("x.letter", subject="A", body="B")
    assert address_for(letter, BOTH, WISHES_SMS) == MAIL


def test_only_optional_kinds_can_be_declined() -> None:
    choices = Choices(declined=frozenset({NEWS.key, TIP.key, CODE.key}))
    assert [is_wanted(kind, choices) for kind in (NEWS, TIP, CODE)] == [True, False, True]


# --- states -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("now", "then"), list(itertools.product(MessageState, MessageState)))
def test_what_may_become_of_a_message(now, then) -> None:
    allowed = {
        (MessageState.WAITING, MessageState.SENT),
        (MessageState.WAITING, MessageState.DELIVERED),
        (MessageState.WAITING, MessageState.REFUSED),
        (MessageState.WAITING, MessageState.EXPIRED),
        (MessageState.WAITING, MessageState.FAILED),
        (MessageState.SENT, MessageState.DELIVERED),
        (MessageState.SENT, MessageState.REFUSED),
        (MessageState.SENT, MessageState.FAILED),
        (MessageState.REFUSED, MessageState.DELIVERED),
        (MessageState.REFUSED, MessageState.WAITING),
        (MessageState.FAILED, MessageState.DELIVERED),
    }
    assert may_become(now, then) is ((now, then) in allowed)


def test_every_state_and_trouble_has_words() -> None:
    assert set(STATE_NAMES) == set(MessageState) == set(NEXT)
    assert set(TROUBLE_NAMES) == set(Trouble)


def test_waits_grow_and_never_exceed_a_quarter_of_an_hour() -> None:
    waits = [wait_after(tries) for tries in range(1, 200)]
    assert waits == sorted(waits)
    assert waits[0] == timedelta(seconds=30)
    assert waits[-1] <= timedelta(minutes=15)
