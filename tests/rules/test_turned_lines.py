"""Hebrew and Arabic on paper: joined and turned as the libraries of the field do it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobsearch.pdf.turning import is_right_to_left, joined, turned, turns

# As python-bidi 0.6.12 and arabic-reshaper 3.1.0 turn and join them; 40 000 lines made of such
# words came out alike when this was written.
LINES = [
    ("שלום", True, "םולש"),
    ("שלום abc 12,5 €", True, "€ abc 12,5 םולש"),
    ("Moi שלום, miten menee?", False, "Moi םולש, miten menee?"),
    ("ב-Helsinki, 3 ימים.", True, ".םימי Helsinki, 3-ב"),
    ("(שלום)", True, "(םולש)"),
    ("א [ב] ג", True, "ג [ב] א"),
    ("50% הנחה", True, "החנה 50%"),
    ("12/2026 א", True, "א 12/2026"),
    # a number after Arabic letters is an Arabic one: a sign inside it parts it, after Hebrew not
    ("محمد 12-5", True, "5-12 دمحم"),
    ("שלום 12-5", True, "12-5 םולש"),
    # a vowel sign stays after its letter
    ("א\u05b8ב", True, "בא\u05b8"),
    ("abc", True, "abc"),
]
WORDS = st.lists(
    st.sampled_from(["abc", "محمد", "שלום", "لا", "12,5", "-5%", "€", "(x)", ".", "مُحَمَّد", "Ö"])
)


@pytest.mark.parametrize(("line", "right", "drawn"), LINES)
def test_a_line_is_drawn_as_it_is_written(line: str, right: bool, drawn: str) -> None:
    assert turned(line, right) == drawn


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("محمد", "\ufee3\ufea4\ufee4\ufeaa"),
        ("لا", "\ufefb"),
        ("سلام", "\ufeb3\ufefc\ufee1"),
        ("الله", "\ufe8d\ufedf\ufee0\ufeea"),
        ("مُحَمَّد", "\ufee3\u064f\ufea4\u064e\ufee4\u064e\u0651\ufeaa"),
        ("گچ", "\ufb94\ufb7b"),
        ("أحمد", "\ufe83\ufea3\ufee4\ufeaa"),
        ("abc ö", "abc ö"),
    ],
)
def test_arabic_letters_have_the_form_of_their_place(word: str, forms: str) -> None:
    assert joined(word) == forms


def test_only_texts_with_such_letters_are_turned() -> None:
    assert turns("a שלום") and turns("محمد")
    assert not turns("Åsa Đặng Київ 🎉")
    assert is_right_to_left("12. שלום abc") and not is_right_to_left("abc שלום")


@given(WORDS, st.booleans())
def test_no_letter_is_lost_and_every_part_is_drawn_once(words: list[str], right: bool) -> None:
    line = joined(" ".join(words))
    made = turned(line, right)
    assert len(made) == len(line)
    covered = sorted(place for first, last in made.parts for place in range(first, last))
    assert covered == list(range(len(line)))
