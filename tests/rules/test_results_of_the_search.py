"""What came of the actions: sums, shares with their own denominator, and lines of their own."""

import pytest

from jobsearch.tracker.funnel.rules import (
    ActionSum,
    FruitSum,
    Made,
    Other,
    Step,
    Steps,
    compose,
)
from jobsearch.tracker.rules import Activity, Channel

ADVERT, CONTACT, AGENCY, INTERVIEW = Activity


def _line(lines, key):
    (found,) = (line.steps for line in lines if line.key == key)
    return found


def test_every_action_stands_under_its_kind_and_its_channel() -> None:
    funnel = compose(
        2,
        {CONTACT: 2, ADVERT: 1},
        [
            ActionSum(CONTACT, Channel.PHONE, False, 6, replies=3, asked=4, reached=1),
            ActionSum(CONTACT, None, False, 2),
            ActionSum(ADVERT, Channel.WEB, False, 2, replies=1),
        ],
        [],
    )
    assert _line(funnel.kinds, "employer_contact") == Steps(8, 8, 3, asked=4, reached=1)
    assert _line(funnel.kinds, "agency_application") == Steps()
    assert _line(funnel.channels, "phone") == Steps(6, 6, 3, asked=4, reached=1)
    assert _line(funnel.channels, Other.NOT_TOLD) == Steps(2, 2)
    assert funnel.total == Steps(10, 10, 4, asked=4, reached=1)
    assert funnel.total.in_order[0] == (Step.ACTIONS, 10)


def test_figures_of_a_file_tell_their_kind_but_neither_way_nor_replies() -> None:
    funnel = compose(
        1,
        {},
        [
            ActionSum(CONTACT, None, True, 30),
            ActionSum(INTERVIEW, None, True, 2),
            ActionSum(CONTACT, Channel.PHONE, False, 10, replies=5),
        ],
        [],
    )
    assert _line(funnel.channels, Other.FROM_FILE) == Steps(actions=30, interviews=2)
    assert _line(funnel.kinds, Other.FROM_FILE) == Steps(interviews=2)
    assert _line(funnel.kinds, CONTACT) == Steps(actions=40, answerable=10, replies=5)
    assert (funnel.total.replied.numerator, funnel.total.replied.denominator) == (5, 10)
    assert funnel.made[CONTACT].total == 40
    assert funnel.made[INTERVIEW].total == 2


def test_lines_of_their_own_show_only_when_there_is_something_in_them() -> None:
    keys = [line.key for line in compose(1, {}, [], []).channels]
    assert keys == [channel.value for channel in Channel]


def test_what_began_with_an_action_stands_with_it_and_else_is_not_told() -> None:
    funnel = compose(
        1,
        {INTERVIEW: 1},
        [ActionSum(CONTACT, Channel.PHONE, False, 5)],
        [
            FruitSum(CONTACT, Channel.PHONE, interviews=2, offers=0, jobs=0),
            FruitSum(CONTACT, Channel.PHONE, interviews=0, offers=1, jobs=1),
            FruitSum(None, Channel.VISIT, interviews=1, offers=0, jobs=0),
            FruitSum(None, None, interviews=0, offers=1, jobs=0),
        ],
    )
    assert _line(funnel.kinds, "employer_contact") == Steps(5, 5, 0, 2, 1, 1)
    assert _line(funnel.kinds, Other.NOT_TOLD) == Steps(interviews=1, offers=1)
    assert _line(funnel.channels, "visit") == Steps(interviews=1)
    assert funnel.total == Steps(5, 5, 0, 3, 2, 1)
    assert funnel.made[INTERVIEW].total == 3


@pytest.mark.parametrize(
    ("steps", "shown"),
    [(Steps(4, interviews=1), None), (Steps(5, interviews=1), "2.0"), (Steps(), None)],
)
def test_interviews_per_ten_actions_are_said_from_five_actions_on(steps, shown) -> None:
    assert steps.per_ten == shown


def test_the_pilots_averages_have_two_denominators() -> None:
    openings = Made(total=41, makers=10, people=20)
    assert (openings.per_person.value, openings.per_maker.value) == ("2.05", "4.10")
    assert Made(107, 20, 20).per_person.value == "5.35"
    assert Steps(actions=312, interviews=20).interviewed.percents(1) == "6.4"
