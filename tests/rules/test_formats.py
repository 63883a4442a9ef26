"""How dates, times, money and counts are written in the three languages."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest

from jobsearch.core.money import Money, Rate
from jobsearch.core.periods import Span
from jobsearch.web import formats

TUESDAY = date(2026, 11, 24)
MORNING = datetime(2026, 11, 24, 7, 14, tzinfo=UTC)  # 9.14 in Helsinki
JUST_AFTER_MIDNIGHT = datetime(2026, 6, 30, 21, 30, tzinfo=UTC)  # 0.30 on the first of July
LANGUAGES = ("fi", "sv", "en")


def plain(text: str) -> str:
    """The text with ordinary spaces, for tables that are easy to read."""
    return text.replace(formats.NBSP, " ")


@pytest.mark.parametrize(
    ("form", "fi", "sv", "en"),
    [
        (formats.date_text, "24.11.2026", "24.11.2026", "24 November 2026"),
        (formats.bare_day, "24.11.", "24.11", "24 Nov"),
        (formats.short_day, "ti 24.11.", "tis 24.11", "Tue 24 Nov"),
        (formats.long_day, "tiistai 24.11.2026", "tisdag 24.11.2026", "Tuesday 24 November 2026"),
        (formats.month_text, "marraskuu 2026", "november 2026", "November 2026"),
        (formats.week_text, "viikko 48", "vecka 48", "week 48"),
    ],
)
def test_a_day_is_written_as_each_language_writes_it(form, fi, sv, en):
    assert [plain(form(TUESDAY, language)) for language in LANGUAGES] == [fi, sv, en]


def test_days_and_months_have_no_leading_zeros():
    assert formats.date_text(date(2026, 1, 4)) == "4.1.2026"


def test_the_week_is_the_iso_week_also_around_new_year():
    assert plain(formats.week_text(date(2027, 1, 1))) == "viikko 53"
    assert plain(formats.week_text(date(2024, 12, 30))) == "viikko 1"
    assert plain(formats.week_text(7, "sv")) == "vecka 7"


def test_an_instant_is_dated_by_the_clock_on_the_wall():
    assert formats.date_text(JUST_AFTER_MIDNIGHT) == "1.7.2026"
    assert plain(formats.moment(JUST_AFTER_MIDNIGHT)) == "1.7.2026 klo 0.30"


@pytest.mark.parametrize(
    ("first", "last", "fi", "sv", "en"),
    [
        (
            date(2026, 11, 16), date(2026, 12, 3),
            "16.11.–3.12.2026", "16.11–3.12.2026", "16 November – 3 December 2026",
        ),
        (
            date(2026, 11, 9), date(2026, 11, 26),
            "9.11.–26.11.2026", "9.11–26.11.2026", "9–26 November 2026",
        ),
        (
            date(2026, 12, 7), date(2027, 1, 15),
            "7.12.2026–15.1.2027", "7.12.2026–15.1.2027", "7 December 2026 – 15 January 2027",
        ),
        (TUESDAY, TUESDAY, "24.11.2026", "24.11.2026", "24 November 2026"),
        (TUESDAY, None, "24.11.2026–", "24.11.2026–", "24 November 2026 –"),
    ],
)  # fmt: skip
def test_a_range_says_the_year_once(first, last, fi, sv, en):
    for language, expected in zip(LANGUAGES, (fi, sv, en), strict=True):
        assert plain(formats.day_range(first, last, language)) == expected
        assert plain(formats.day_range(Span(first, last), language=language)) == expected


def test_times_have_a_full_stop_in_finnish_and_swedish_and_a_colon_in_english():
    assert [formats.time_text(time(8, 30), one) for one in LANGUAGES] == ["8.30", "8.30", "8:30"]
    assert formats.time_text(time(9, 5)) == "9.05"
    assert formats.time_range(time(9), time(12)) == "9.00–12.00"
    assert formats.time_range(time(9), time(12), "en") == "9:00–12:00"


def test_a_time_in_a_sentence_has_its_word():
    assert [plain(formats.at_time(MORNING, one)) for one in LANGUAGES] == [
        "klo 9.14", "kl. 9.14", "9:14",
    ]  # fmt: skip
    assert [plain(formats.moment(MORNING, one)) for one in LANGUAGES] == [
        "24.11.2026 klo 9.14", "24.11.2026 kl. 9.14", "24 November 2026, 9:14",
    ]  # fmt: skip


def test_an_instant_follows_summer_time_and_the_zone_that_is_asked_for():
    summer = datetime(2026, 7, 1, 6, 0, tzinfo=UTC)
    assert formats.time_text(summer) == "9.00"
    assert formats.time_text(summer, zone="Europe/Stockholm") == "8.00"


def test_an_instant_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="zone"):
        formats.moment(datetime(2026, 11, 24, 9, 14))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("cents", "fi", "en"),
    [
        (1150, "11,50 €", "11.50 €"),
        (241903, "2 419,03 €", "2 419.03 €"),
        (0, "0,00 €", "0.00 €"),
        (-8724, "\u221287,24 €", "\u221287.24 €"),
        (123456789, "1 234 567,89 €", "1 234 567.89 €"),
    ],
)
def test_money_has_two_decimals_and_its_sign_behind(cents, fi, en):
    assert plain(formats.money(Money(cents), "fi")) == fi
    assert plain(formats.money(Money(cents), "sv")) == fi
    assert plain(formats.money(Money(cents), "en")) == en
    assert plain(formats.amount(Money(cents), "fi")) + " €" == fi


def test_a_figure_never_breaks_from_its_unit_nor_between_thousands():
    for text in (
        formats.money(Money(241903)),
        formats.hours(270),
        formats.percent(55),
        formats.of(4, 6),
        formats.duration(45),
    ):
        assert " " not in text


@pytest.mark.parametrize(
    ("minutes", "fi", "en"),
    [(270, "4,5 h", "4.5 h"), (2880, "48 h", "48 h"), (0, "0 h", "0 h"), (50, "0,83 h", "0.83 h"),
     (15, "0,25 h", "0.25 h"), (-270, "\u22124,5 h", "\u22124.5 h")],
)  # fmt: skip
def test_minutes_are_hours_with_as_many_decimals_as_they_need(minutes, fi, en):
    assert plain(formats.hours(minutes, language="fi")) == fi
    assert plain(formats.hours(minutes, language="sv")) == fi
    assert plain(formats.hours(minutes, language="en")) == en


def test_hours_of_a_table_have_the_decimals_of_their_column():
    assert formats.hour_count(2880, 1) == "48,0"
    assert formats.hour_count(2610, 1) == "43,5"
    assert plain(formats.hours(2880, 1, "en")) == "48.0 h"


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [(165, "2 h 45 min"), (45, "45 min"), (120, "2 h"), (0, "0 min"), (-90, "\u22121 h 30 min")],
)
def test_a_duration_is_said_in_hours_and_minutes(minutes, expected):
    assert plain(formats.duration(minutes)) == expected


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (1234567, None, "1 234 567"),
        (5.35, None, "5,35"),
        ("2.05", None, "2,05"),
        ("4.10", None, "4,1"),
        (100, None, "100"),
        (Decimal("4.425"), 2, "4,43"),
        (Decimal("-0.5"), 0, "\u22121"),
        (8.2, 2, "8,20"),
        (-3, None, "\u22123"),
    ],
)
def test_a_number_is_rounded_half_up_and_only_when_asked(value, decimals, expected):
    assert plain(formats.number(value, decimals)) == expected


def test_a_percentage_may_be_a_rate_or_a_figure():
    assert plain(formats.percent(Rate(715))) == "7,15 %"
    assert plain(formats.percent(Rate(1800))) == "18 %"
    assert plain(formats.percent(Rate(1710), 2)) == "17,10 %"
    assert plain(formats.percent(55)) == "55 %"
    assert plain(formats.percent(Rate(715), language="en")) == "7.15 %"


def test_a_small_count_stands_beside_what_it_is_a_part_of():
    assert plain(formats.of(4, 6)) == "4 / 6"
    assert plain(formats.of(0, None)) == "0 / –"


def test_what_is_not_known_is_a_dash_and_nothing_is_zero():
    for form in (
        formats.date_text, formats.bare_day, formats.short_day, formats.long_day,
        formats.month_text, formats.week_text, formats.day_range, formats.time_text,
        formats.at_time, formats.moment, formats.number, formats.money, formats.amount,
        formats.percent, formats.hours, formats.hour_count, formats.duration,
    ):  # fmt: skip
        assert form(None) == "–"
    assert formats.number(0) == "0"


def test_people_are_listed_as_in_a_sentence():
    people = ["Aino", "Jari", "Mira"]
    assert [formats.names(people, one) for one in LANGUAGES] == [
        "Aino, Jari ja Mira", "Aino, Jari och Mira", "Aino, Jari and Mira",
    ]  # fmt: skip
    assert formats.names(["Aino"]) == "Aino"
    assert formats.names([]) == ""


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Aino Lehtoranta", "AL"),
        ("Anna-Liisa von Åberg", "AÅ"),
        ("Samir", "S"),
        ("östen ek", "ÖE"),
        ("", ""),
    ],
)
def test_initials_are_the_first_letters_of_the_first_and_the_last_name(name, letters):
    assert formats.initials(name) == letters


def test_an_account_number_is_written_in_fours():
    assert plain(formats.iban("FI2112345600000785")) == "FI21 1234 5600 0007 85"
    assert formats.iban("FI21 1234 5600 0007 85") == formats.iban("FI2112345600000785")
