"""The ways of candidates: every pair of stages, sequences at random, words, calls and columns."""

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobsearch.core.errors import RuleBroken
from jobsearch.core.sheets import Line, Sheet
from jobsearch.core.workbooks import read_sheets
from jobsearch.recruitment.board.rules import Waiting, month_in, stage_day, steps_of, waiting
from jobsearch.recruitment.contacts.rules import (
    Attempt,
    ContactChannel,
    ContactResult,
    after,
    check_answered,
    check_next,
    next_try,
)
from jobsearch.recruitment.following.rules import EDITION, WORDING, check_spoken
from jobsearch.recruitment.referrals.rules import (
    MOST_A_DAY,
    STATEMENT,
    STATEMENT_EDITION,
    Introduction,
    check_introduction,
    check_number,
    split_name,
)
from jobsearch.recruitment.rules import (
    NEXT,
    ORDER,
    CallWhy,
    ExitReason,
    MoveKind,
    Stage,
    check_effort,
    check_exit,
    check_exit_words,
    check_move,
    check_return,
    check_settings,
    check_undo,
    exits_from,
)
from jobsearch.recruitment.sheets.imports import heading_of, headings_of, understand
from jobsearch.recruitment.sheets.rules import check_columns, column_of, language_in, recognise

TODAY = date(2026, 11, 24)  # a Tuesday


def _holds(rule, *args) -> bool:
    try:
        rule(*args)
    except RuleBroken:
        return False
    return True


@pytest.mark.parametrize(("now", "left"), list(product(Stage, [None, *ExitReason])))
def test_for_every_stage_and_end_one_of_move_leave_return_is_open_but_at_the_start(now, left):
    moves = [to for to in Stage if _holds(check_move, now, to, left)]
    exits = [reason for reason in ExitReason if _holds(check_exit, now, reason, left)]
    back = _holds(check_return, left)
    if left is not None:
        assert (moves, exits, back) == ([], [], True)
    elif now is Stage.STARTED:
        assert (moves, exits, back) == ([], [], False)
    else:
        assert set(moves) == NEXT[now]
        assert tuple(exits) == exits_from(now)
        assert exits and not back


DEEDS = st.lists(
    st.one_of(
        st.tuples(st.just("move"), st.sampled_from(Stage)),
        st.tuples(st.just("leave"), st.sampled_from(ExitReason)),
        st.tuples(st.just("return"), st.none()),
    ),
    max_size=30,
)


@given(DEEDS)
def test_whatever_is_tried_nobody_goes_back_a_stage_or_starts_and_has_left(deeds):
    stage, left = Stage.REFERRED, None
    for deed, what in deeds:
        before = stage
        if deed == "move" and _holds(check_move, stage, what, left):
            stage = what
        elif deed == "leave" and _holds(check_exit, stage, what, left):
            left = what
        elif deed == "return" and _holds(check_return, left):
            left = None
        assert ORDER.index(stage) >= ORDER.index(before)
        assert not (stage is Stage.STARTED and left)
        assert left is None or left in exits_from(stage)


@given(st.sampled_from(Stage))
def test_from_every_stage_the_first_day_can_be_reached(stage):
    seen, edge = {stage}, [stage]
    while edge:
        edge = [to for one in edge for to in NEXT[one] if to not in seen]
        seen.update(edge)
    assert Stage.STARTED in seen


def test_another_reason_has_words_of_its_own_and_none_of_health():
    check_exit_words(ExitReason.OTHER, "Muutti Tampereelle")
    check_exit_words(ExitReason.STUDIES, "")
    for reason, words, said in (
        (ExitReason.OTHER, "", "in a few words"),
        (ExitReason.OTHER, "x" * 201, "At most 200"),
        (ExitReason.OTHER, "Pitkä sairausloma", "sairausloma"),
        (ExitReason.OTHER, "utbränd", "health"),
        (ExitReason.STUDIES, "Alkaa tammikuussa", "another reason"),
    ):
        with pytest.raises(RuleBroken, match=said):
            check_exit_words(reason, words)


def test_nobody_is_closed_before_so_many_attempts():
    check_effort(ExitReason.NOT_REACHED, 3, 3)
    check_effort(ExitReason.DECLINED, 0, 3)
    with pytest.raises(RuleBroken, match=r"2 attempts\. Try at least 3"):
        check_effort(ExitReason.NOT_REACHED, 2, 3)


def test_only_the_last_move_is_undone_and_only_by_what_made_it():
    check_undo(is_last=True, kind=MoveKind.EXIT, is_own=True)
    for values, said in (
        ({"is_last": False, "kind": MoveKind.MOVE, "is_own": True}, "moved on since"),
        ({"is_last": True, "kind": MoveKind.UNDO, "is_own": True}, "undone already"),
        ({"is_last": True, "kind": MoveKind.MOVE, "is_own": False}, "another decision"),
    ):
        with pytest.raises(RuleBroken, match=said):
            check_undo(**values)


@pytest.mark.parametrize(("tries", "months", "ok"), [(1, 1, 1), (20, 24, 1), (0, 6, 0), (3, 25, 0)])
def test_settings_are_within_reason(tries, months, ok):
    assert _holds(check_settings, tries, months) == bool(ok)


# Calls


def test_the_next_try_is_a_working_day_and_later_after_the_third():
    friday, eve = date(2026, 11, 27), date(2026, 12, 24)
    assert next_try(TODAY, 1, ()) == date(2026, 11, 25)
    assert next_try(friday, 1, ()) == date(2026, 11, 30)
    assert next_try(TODAY, 3, ()) == date(2026, 11, 27)
    assert next_try(date(2026, 12, 23), 1, {eve, date(2026, 12, 25)}) == date(2026, 12, 28)


@given(st.dates(date(2024, 1, 1), date(2028, 12, 31)), st.integers(1, 9))
def test_the_next_try_is_never_today_on_a_weekend_or_more_than_a_week_away(day, tries):
    found = next_try(day, tries, ())
    assert day < found <= day + timedelta(days=7)
    assert found.weekday() < 5


def test_the_next_call_is_neither_in_the_past_nor_far_away():
    check_next(None, TODAY)
    check_next(TODAY, TODAY)
    with pytest.raises(RuleBroken, match="in the past"):
        check_next(TODAY - timedelta(days=1), TODAY)
    with pytest.raises(RuleBroken, match="half a year"):
        check_next(TODAY + timedelta(days=200), TODAY)


def test_in_vain_needs_a_next_day_and_reached_or_a_wrong_number_does_not():
    for result in ContactResult:
        attempt = Attempt(ContactChannel.PHONE, result)
        open_end = result in (ContactResult.REACHED, ContactResult.WRONG_NUMBER)
        assert _holds(check_answered, attempt) is open_end
        assert _holds(check_answered, Attempt(ContactChannel.SMS, result, TODAY))


def test_reached_empties_the_count_and_in_vain_adds_one():
    reached = after(Attempt(ContactChannel.PHONE, ContactResult.REACHED), Stage.REFERRED, 2)
    assert (reached.call_on, reached.call_why, reached.tries, reached.is_contacted) == (
        None,
        None,
        0,
        True,
    )
    agreed = Attempt(ContactChannel.PHONE, ContactResult.REACHED, TODAY)
    assert after(agreed, Stage.INVITED, 0).call_why is CallWhy.CALL_BACK
    vain = after(Attempt(ContactChannel.SMS, ContactResult.NO_ANSWER, TODAY), Stage.REFERRED, 2)
    assert (vain.call_why, vain.tries, vain.is_contacted) == (CallWhy.TRY_AGAIN, 3, False)


# Introductions


def test_words_that_are_agreed_to_change_only_with_their_edition():
    assert (STATEMENT_EDITION, STATEMENT) == (
        "2026-1",
        "I have told the candidate about this, and she or he agrees to be introduced.",
    )
    assert (EDITION, WORDING) == (
        "2026-1",
        (
            "%(coach)s may see how far I am on the way to the programme: the step and its day."
            " Nothing else. I can take this back at any time."
        ),
    )


def test_an_introduction_needs_a_name_a_number_and_moderation():
    told = Introduction("p", "Matti", "Meri", "+358401234567")
    check_introduction(told)
    check_number(MOST_A_DAY - 1)
    with pytest.raises(RuleBroken, match="40 people today"):
        check_number(MOST_A_DAY)
    for values, field in (
        ({"given_name": ""}, "name"),
        ({"phone": ""}, "phone"),
        ({"text": "x" * 1001}, "introduction"),
    ):
        with pytest.raises(RuleBroken) as broken:
            check_introduction(Introduction(**{**_fields(told), **values}))
        assert broken.value.field == field


def _fields(told: Introduction) -> dict[str, object]:
    return {name: getattr(told, name) for name in told.__slots__}


@pytest.mark.parametrize(
    ("text", "given", "family"),
    [
        ("Matti Meri", "Matti", "Meri"),
        ("  Matti  Juhani Meri ", "Matti Juhani", "Meri"),
        ("Meri, Matti", "Matti", "Meri"),
        ("Meri,", "Meri", ""),
        ("Aino", "Aino", ""),
        ("", "", ""),
    ],
)
def test_a_name_in_one_field_is_given_names_and_family_name(text, given, family):
    assert split_name(text) == (given, family)


def test_spoken_agreement_has_a_day_between_introduction_and_today():
    check_spoken(TODAY, TODAY, TODAY)
    for day in (TODAY + timedelta(days=1), TODAY - timedelta(days=9)):
        with pytest.raises(RuleBroken):
            check_spoken(day, TODAY, TODAY - timedelta(days=8))


# The board


class _Days:
    stage = Stage.ATTENDED
    referred_on = TODAY
    contacted_on = invited_on = attended_on = selected_on = signed_on = started_on = None
    session_on = TODAY + timedelta(days=9)


def test_a_day_that_nobody_knows_is_that_of_the_stage_before_it():
    assert stage_day(_Days(), Stage.CONTACTED) == TODAY
    assert stage_day(_Days(), Stage.ATTENDED) == _Days.session_on


def test_half_have_waited_at_most_so_long():
    days = [(TODAY, 1), (TODAY - timedelta(days=4), 2), (TODAY - timedelta(days=30), 1)]
    assert waiting(days, TODAY) == Waiting(4, 4, 30)
    assert waiting([], TODAY) == Waiting()


def test_conversion_is_of_the_stage_before_and_has_no_value_where_nobody_was():
    counts = dict.fromkeys(Stage, 0) | {Stage.REFERRED: 10, Stage.CONTACTED: 8}
    steps = steps_of(counts, {})
    assert (steps[1].of_before.numerator, steps[1].of_before.percent) == (8, "80")
    assert steps[3].of_before.value is None


@pytest.mark.parametrize("text", ["2026-13", "26-1", "2026-1", "x", "", "0001-01", "２０２６-11"])
def test_what_is_no_month_is_none(text):
    assert month_in(text) is None


def test_a_month_is_its_first_day():
    assert month_in("2026-11") == date(2026, 11, 1)


# Sheets


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("Nimi", "name"),
        ("Asiakkaan nimi*", "name"),
        ("ETUNIMI", "given_name"),
        ("Sukunimi:", "family_name"),
        ("Matkapuhelin (GSM)", "phone"),
        ("Puh.", "phone"),
        ("Puhelinnumero", "phone"),
        ("Sähköpostiosoite", "email"),
        ("E-mail", "email"),
        ("Sposti", "email"),
        ("Milloin tavoittaa", "call_when"),
        ("Kotikunta", "municipality"),
        ("Omavalmentajan nimi", "municipal_coach"),
        ("Hetu", "identity_code"),
        ("Äidinkieli", "language"),
        ("Telefonnummer", "phone"),
        ("Hemkommun", "municipality"),
        ("First name", "given_name"),
        ("Milloin soittaa?", "call_when"),
        ("Rivi", None),
        ("", None),
    ],
)
def test_a_column_is_told_by_its_heading(heading, column):
    assert column_of(heading) == column


def test_a_heading_in_full_comes_before_one_that_only_holds_the_word():
    found = recognise(["Ohjaajan nimi", "Nimi", "Puhelin 2", "Puhelin"])
    assert found["name"] == 1
    assert found["phone"] == 3


def _sheet(*rows: str) -> Sheet:
    return read_sheets("\n".join(rows).encode("cp1252"), "people.csv")[0]


def test_a_sheet_as_finnish_excel_writes_it_is_understood():
    sheet = _sheet(
        "Ehdokkaat syksy;;;",
        "",
        "Sukunimi;Etunimi;Puhelin;Kotikunta;Kieli",
        "Meikäläinen;Matti;040 123 4567;Pori;suomi",
        "Öhman;Åsa;+358 (0)50-7654321;Björneborg;ruotsi",
        "Yhteensä;;2;;",
    )
    heading = heading_of(sheet)
    assert heading.number == 3
    read = understand(sheet, 3, recognise(headings_of(heading)), TODAY)
    assert read.problems == []
    assert [(one.name, one.phone, one.language) for one in read.candidates] == [
        ("Matti Meikäläinen", "+358401234567", "fi"),
        ("Åsa Öhman", "+358507654321", "sv"),
    ]
    assert {one.referred_on for one in read.candidates} == {TODAY}
    assert {one.stage for one in read.candidates} == {Stage.REFERRED}


def test_every_mistake_is_told_with_its_row():
    sheet = _sheet(
        "Nimi;Puhelin;Sähköposti;Hetu;Ohjattu",
        "Matti Meri;12;;;",
        "Maija Meri;040 1234567;not an address;;",
        "Eino Ek;;;;",
        ";040 7654321;;;",
        "Liisa Lo;0401234567;;;",
        "Kalle Ko;040 5555555;;131052-308X;",
        "Ulla Uu;040 6666666;;;1.1.2027",
    )
    read = understand(sheet, 1, recognise(headings_of(heading_of(sheet))), TODAY)
    said = "\n".join(str(one) for one in read.problems)
    for words in (
        "row 2, column B (Puhelin): “12” is not a telephone number",
        "row 3, column C (Sähköposti): “not an address” is not an e-mail address",
        "row 4: Eino Ek has neither a phone number nor an e-mail address",
        "row 5, column A (Nimi) is empty",
        "row 6, column B (Puhelin): “0401234567” is already on row 3",
        "row 7, column D (Hetu): this is not a Finnish identity code",
        "row 8, column E (Ohjattu): the day has not come yet",
    ):
        assert words in said
    assert len(read.problems) == 7


def test_a_number_that_excel_took_for_a_figure_is_still_a_telephone_number():
    sheet = Sheet("Sheet1", (Line(1, ("Nimi", "Puhelin")), Line(2, ("Matti Meri", 401234567))))
    read = understand(sheet, 1, {"name": 0, "phone": 1}, TODAY)
    assert read.candidates[0].phone == "+358401234567"


def test_a_sheet_needs_a_name_and_a_way_to_reach():
    check_columns({"given_name": 0, "email": 1})
    for columns in ({"phone": 0}, {"name": 0, "municipality": 1}):
        with pytest.raises(RuleBroken):
            check_columns(columns)


def test_a_language_of_no_letters_of_ours_is_finnish():
    assert [language_in(word) for word in ("Ruotsi", "english", "arabia", "")] == [
        "sv",
        "en",
        "fi",
        "fi",
    ]
