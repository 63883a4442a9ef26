"""The demo's people can be nobody, and its running group is on its sixth day on any date."""

from datetime import date, timedelta
from itertools import chain

import pytest
from stdnum import iban
from stdnum.fi import hetu

from jobsearch.cohorts.calendar import is_free_weekday, place_days
from jobsearch.core.phones import phone_number
from jobsearch.demo import diaries
from jobsearch.demo.accounts import EVERYONE, PASSPHRASE
from jobsearch.demo.funnel import RECRUITED
from jobsearch.demo.groups import SIXTH, start_of_running
from jobsearch.demo.people import FOLLOWED, RUNNING

PEOPLE = [*RUNNING, *FOLLOWED, *(step.someone for step in RECRUITED)]
WEEKDAYS = (0, 1, 2, 3) * 3
FIRST = date(2026, 1, 1)


@pytest.mark.parametrize("one", PEOPLE, ids=lambda one: one.given)
def test_codes_and_numbers_are_right_in_form_and_belong_to_nobody(one):
    assert hetu.is_valid(one.identity_code, allow_temporary=True)
    assert not hetu.is_valid(one.identity_code)
    assert 900 <= int(one.identity_code[7:10]) <= 999
    assert iban.is_valid(one.bank_account, check_country=False)
    assert phone_number(one.phone) == one.phone
    assert one.phone.startswith("+35840000")


def test_nobody_shares_a_code_a_number_or_an_account():
    for name in ("identity_code", "phone", "bank_account"):
        assert len({getattr(one, name) for one in PEOPLE}) == len(PEOPLE)


def test_addresses_are_of_nobody_and_every_role_has_one():
    assert {line.email.partition("@")[2] for line in EVERYONE} == {"example.org"}
    assert {line.role.value for line in EVERYONE} == {
        "manager",
        "coach",
        "payroll_clerk",
        "operator",
        "participant",
        "municipal_coach",
        "municipal_admin",
    }
    assert len(PASSPHRASE) >= 15


def test_everyone_has_a_diary_of_all_days():
    for one in RUNNING:
        assert len(diaries.RUNNING[one.given].days) == SIXTH + 1
    for one in FOLLOWED:
        assert len(diaries.FOLLOWED[one.given].days) == 12
    for diary in chain(diaries.RUNNING.values(), diaries.FOLLOWED.values()):
        for at in range(len(diary.days)):
            assert len(diary.goals(at)) == 3
            assert len(diary.done(at)) == 4


def test_the_sixth_day_is_today_or_the_latest_programme_day():
    for today in (FIRST + timedelta(days=n) for n in range(2 * 366)):
        sixth = place_days(WEEKDAYS, start_of_running(today))[SIXTH].on
        if today.weekday() < 4 and is_free_weekday(today):
            assert sixth == today
        else:
            assert sixth <= today
            between = (sixth + timedelta(days=n) for n in range(1, (today - sixth).days + 1))
            assert not any(day.weekday() < 4 and is_free_weekday(day) for day in between)
