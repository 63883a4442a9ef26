"""How two reports differ, what ESF+ knows, and when an open page may be opened again."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobsearch.core.errors import RuleBroken
from jobsearch.core.money import Money
from jobsearch.outcomes.rules import Answer
from jobsearch.reports.esf.rules import (
    NOT_KNOWN,
    Given,
    Known,
    Participant,
    Spell,
    count_indicators,
    known_at,
)
from jobsearch.reports.frozen.rules import Change, Part, differences
from jobsearch.reports.paper.rules import (
    Column,
    Drawing,
    Figure,
    Kind,
    Report,
    Section,
    Table,
    read_report,
)
from jobsearch.reports.public.rules import check_enough, check_step

words = st.text(alphabet="abä ", max_size=4)
values = st.one_of(st.none(), words, st.integers(0, 30), st.integers(0, 99).map(Money))
keys = st.sampled_from(["one", "two"])


@st.composite
def tables(draw):
    width = draw(st.integers(1, 3))
    columns = tuple(Column(f"c{i}", draw(words), draw(st.booleans())) for i in range(width))
    rows = draw(st.lists(st.tuples(*[values] * width), max_size=3))
    drawing = draw(st.one_of(st.none(), st.sampled_from(Drawing)))
    opens = tuple(draw(words) for _row in rows) if draw(st.booleans()) else ()
    return Table(draw(keys), draw(words), columns, tuple(rows), drawing, draw(words), opens)


figures = st.builds(
    Figure,
    key=keys,
    label=words,
    reads=words,
    means=words,
    k=st.one_of(st.none(), st.integers(0, 9)),
    n=st.one_of(st.none(), st.integers(0, 9)),
    opens=words,
)
sections = st.builds(
    Section,
    key=keys,
    title=words,
    sentences=st.lists(words, max_size=2).map(tuple),
    figures=st.lists(figures, max_size=2).map(tuple),
    tables=st.lists(tables(), max_size=2).map(tuple),
)
reports = st.builds(
    Report,
    kind=st.just(Kind.FUNDER),
    language=st.just("en"),
    title=words,
    subject=words,
    provider=words,
    as_of=st.dates(date(2026, 1, 1), date(2026, 1, 3)),
    sections=st.lists(sections, max_size=2).map(tuple),
)


@given(reports)
def test_a_report_read_back_does_not_differ_from_itself(report):
    again = read_report(report.to_json())
    assert differences(report, again) == []
    assert again.checksum == report.checksum


@given(reports, reports)
def test_two_reports_without_a_difference_are_the_same_text(one, other):
    assert (differences(one, other) == []) == (one.to_json() == other.to_json())


@given(reports, reports)
def test_what_one_says_more_the_other_says_less(one, other):
    there, back = differences(one, other), differences(other, one)
    assert len(there) == len(back)
    assert sorted((repr(c.before), repr(c.after)) for c in there) == sorted(
        (repr(c.after), repr(c.before)) for c in back
    )


FOUND = Figure("found", "Found work", "11 of 20", "Everyone.", 11, 20)
STATES = Table(
    "states",
    "States",
    (Column("state", "State"), Column("people", "People", number=True)),
    (("Found work", 11), ("In all", 20)),
)


def a_report(figure: Figure = FOUND, table: Table = STATES, **changed) -> Report:
    section = Section("work", "Work", ("A sentence.",), (figure,), (table,))
    made = Report(
        Kind.FUNDER, "en", "Report", "Programme", "Provider", date(2026, 11, 24), (section,)
    )
    return replace(made, **changed)


def test_a_changed_figure_is_listed_once_by_its_label_with_both_readings():
    changed = replace(FOUND, reads="12 of 20", k=12)
    assert differences(a_report(), a_report(changed)) == [
        Change(Part.FIGURE, "Work", "Found work", "11 of 20", "12 of 20")
    ]


def test_a_changed_cell_is_listed_by_row_and_column():
    changed = replace(STATES, rows=(("Found work", 12), ("In all", 20)))
    assert differences(a_report(), a_report(table=changed)) == [
        Change(Part.ROW, "Work: States", "Found work, People", 11, 12)
    ]


def test_a_row_more_is_listed_with_nothing_before_it():
    more = replace(STATES, rows=(*STATES.rows, ("Open", 3)))
    found = differences(a_report(), a_report(table=more))
    assert Change(Part.ROW, "Work: States", "Open, People", None, 3) in found


def test_figures_come_before_words():
    changed = replace(FOUND, reads="12 of 20", k=12)
    found = differences(a_report(), a_report(changed, title="Another"))
    assert [one.part for one in found] == [Part.FIGURE, Part.WORDS]


# ESF+ -------------------------------------------------------------------------------------------

LEFT = date(2026, 1, 15)
LATER = date(2027, 1, 1)


@pytest.mark.parametrize(
    ("answer", "known"),
    [
        (Answer.IN_WORK, Known.IN_WORK),
        (Answer.GIG, Known.IN_WORK),
        (Answer.ENTREPRENEUR, Known.IN_WORK),
        (Answer.STUDIES, Known.STUDIES),
        (Answer.NOT_IN_WORK, Known.OUT_OF_WORK),
        (Answer.RATHER_NOT, Known.UNKNOWN),
        (Answer.UNKNOWN, Known.UNKNOWN),
    ],
)
@pytest.mark.parametrize("point", [0, 6])
def test_an_answer_decides_and_unknown_says_nothing_of_work(answer, known, point):
    asked_on = date(2026, 1 + point, 20)
    for given_ in (Given(asked_on, answer, point), Given(asked_on, answer)):
        assert known_at(Participant(LEFT, answers=[given_]), point, LATER) is known


def test_an_answer_to_another_question_says_nothing_of_this_one():
    person = Participant(LEFT, answers=[Given(date(2026, 4, 20), Answer.IN_WORK, 3)])
    assert known_at(person, 6, LATER) is Known.UNKNOWN


def test_who_says_not_in_work_is_not_in_work_whatever_was_noted_before():
    person = Participant(
        LEFT, [Spell(date(2026, 1, 16))], [Given(date(2026, 1, 20), Answer.NOT_IN_WORK, 0)]
    )
    assert known_at(person, 0, LATER) is Known.OUT_OF_WORK


@pytest.mark.parametrize(
    ("spell", "leaving", "later"),
    [
        (Spell(date(2026, 1, 20)), Known.IN_WORK, Known.UNKNOWN),
        (Spell(date(2026, 1, 20), date(2026, 12, 31)), Known.IN_WORK, Known.IN_WORK),
        (Spell(date(2026, 1, 5), date(2026, 1, 10)), Known.UNKNOWN, Known.UNKNOWN),
        (Spell(date(2025, 12, 20)), Known.IN_WORK, Known.UNKNOWN),
        (Spell(date(2025, 12, 1)), Known.UNKNOWN, Known.UNKNOWN),
        (Spell(date(2026, 7, 1)), Known.UNKNOWN, Known.IN_WORK),
        (Spell(date(2026, 1, 20), is_work=False), Known.STUDIES, Known.UNKNOWN),
    ],
)
def test_without_an_answer_only_what_is_known_to_go_on_counts(spell, leaving, later):
    person = Participant(LEFT, [spell])
    assert known_at(person, 0, LATER) is leaving
    assert known_at(person, 6, LATER) is later


def test_a_point_is_ahead_then_open_then_unknown():
    person = Participant(LEFT)
    assert known_at(person, 6, date(2026, 7, 14)) is Known.AHEAD
    assert known_at(person, 6, date(2026, 7, 15)) is Known.OPEN
    assert known_at(person, 6, date(2026, 8, 14)) is Known.OPEN
    assert known_at(person, 6, date(2026, 8, 15)) is Known.UNKNOWN


def test_nothing_of_after_the_day_is_known_on_it():
    person = Participant(
        LEFT, [Spell(date(2026, 2, 10))], [Given(date(2026, 2, 12), Answer.NOT_IN_WORK, 0)]
    )
    assert known_at(person, 0, date(2026, 2, 9)) is Known.OPEN


@given(
    st.lists(
        st.builds(
            Participant,
            st.dates(date(2025, 6, 1), date(2026, 12, 1)),
            st.lists(st.builds(Spell, st.dates(date(2025, 6, 1), date(2026, 12, 1))), max_size=2),
        ),
        max_size=20,
    ),
    st.dates(date(2025, 6, 1), date(2027, 12, 1)),
)
def test_everyone_who_has_reached_a_point_is_counted_there_once(people, as_of):
    found = count_indicators(people, as_of)
    for point in (found.leaving, found.six_months):
        assert point.counts.total() == found.participants == len(people)
        assert point.reached + point.counts[Known.AHEAD] == len(people)


def test_a_code_is_printed_only_where_it_has_been_checked():
    assert {one.code for one in NOT_KNOWN} == {"", "EECO02", "EECO12"}


# The open page ----------------------------------------------------------------------------------


def a_page(*parts, **changed) -> Report:
    return a_report(*parts, kind=Kind.PUBLIC, **changed)


@pytest.mark.parametrize(
    ("k", "n", "may"),
    [(11, 20, True), (12, 20, False), (15, 24, False), (16, 25, True), (11, 26, True)],
)
def test_a_page_may_not_differ_from_an_earlier_one_by_fewer_than_five_people(k, n, may):
    table = replace(STATES, rows=(("Found work", k), ("In all", n)))
    now = a_page(replace(FOUND, k=k, n=n), table)
    if may:
        check_step(a_page(), now)
    else:
        with pytest.raises(RuleBroken):
            check_step(a_page(), now)


@pytest.mark.parametrize("place", ["figure", "table"])
def test_one_count_is_enough_to_refuse(place):
    now = (
        a_page(replace(FOUND, k=12))
        if place == "figure"
        else a_page(table=replace(STATES, rows=(("Found work", 11), ("In all", 21))))
    )
    with pytest.raises(RuleBroken):
        check_step(a_page(), now)


def test_those_who_found_none_are_counted_too_when_two_pages_are_set_side_by_side():
    # six more found work and seven more are counted: one more person did not find any
    now = a_page(replace(FOUND, k=FOUND.k + 6, n=FOUND.n + 7), replace(STATES, rows=()))
    with pytest.raises(RuleBroken):
        check_step(a_page(table=replace(STATES, rows=())), now)


def test_no_page_opens_for_fewer_than_five_people():
    check_enough(5)
    with pytest.raises(RuleBroken):
        check_enough(4)
