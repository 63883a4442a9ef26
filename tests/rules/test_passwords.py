"""Which passwords are refused, and that every character counts."""

import unicodedata

import pytest

from jobsearch.accounts.guessable.rules import check_password, folded, words_in
from jobsearch.accounts.guessable.words import common_passwords
from jobsearch.accounts.passwords import hash_password, is_password, slow_digest
from jobsearch.core.errors import RuleBroken

OWN = words_in(("Aino Aalto", "aino.aalto@example.org", "Porin Valmennus Oy", "Syksyn ohjelma"))


def _check(password: str) -> None:
    check_password(password, OWN, common_passwords())


@pytest.mark.parametrize(
    "password",
    [
        "merituuli kantaa kauas",
        "kevätaurinko sulattaa jään",
        "correct horse battery staple",
        "a" * 3 + "bcd efg hij klm nop qrs" + "x" * 100,
        "aalto lyö rantaan ja kivet soivat",  # her own name, and enough beside it
        "kotiporissa sataa räntää tänään",
        "ÄÄKKÖSET ovat mukavia öljytä",
    ],
)
def test_several_words_are_a_good_password(password):
    _check(password)


@pytest.mark.parametrize(
    "password",
    [
        "lyhyt",
        "fourteen chars",
        "passwordpassword",
        "Password12345678",
        "!!password123456!!",
        "qwertyuiopasdfghjkl",
        "123456789012345678",
        "sunshine football",
        "Dragon-Princess-99",
        "aaaaaaaaaaaaaaaaaaaa",
        "abcabcabcabcabcabc",
        "salasana salasana",
        "abcdefghijklmnopqrst",
        "zyxwvutsrqponmlkjihg",
        "Aino.Aalto@example.org",
        "ainoaalto1985 porin",
        "PorinValmennusOy2026",
        "työnhakutyö salasana 1",
        "syksyn ohjelma 2026",
        "x" * 201,
    ],
)
def test_what_is_short_common_or_made_of_known_words_is_refused(password):
    with pytest.raises(RuleBroken) as refused:
        _check(password)
    assert refused.value.field == "password"


def test_fifteen_characters_are_enough_and_fourteen_are_not():
    _check("kivi uppoaa veh")
    with pytest.raises(RuleBroken):
        _check("kivi uppoaa ve")


def test_no_rule_asks_for_digits_signs_or_capitals():
    _check("tuuli vie lehdet mukanaan")


def test_the_list_is_a_real_one_and_is_kept_folded():
    listed = common_passwords()
    assert len(listed) >= 100_000
    assert {"123456", "password", "qwerty", "password12345678"} & listed
    some = sorted(listed)[:: len(listed) // 500]
    assert all(word == folded(word) for word in some)


@pytest.mark.parametrize("at", [72, 73, 99, 100, 150])
def test_no_password_is_cut_off(at):
    password = "ä" * 36 + "b" * 164  # the 73rd byte is in the middle of it
    other = password[:at] + ("x" if password[at] != "x" else "y") + password[at + 1 :]
    stored = hash_password(password)
    assert is_password(stored, password)
    assert not is_password(stored, other)
    assert not is_password(stored, password[:at])


def test_a_letter_with_dots_is_the_same_however_it_was_typed():
    composed = unicodedata.normalize("NFC", "kevätaurinko sulattaa jään")
    apart = unicodedata.normalize("NFD", composed)
    assert composed != apart
    assert is_password(hash_password(composed), apart)


def test_nobody_has_no_password():
    assert not is_password(None, "a password that nobody has")


def test_a_short_code_is_hashed_with_its_salt():
    first, second = "ab" * 16, "cd" * 16
    assert slow_digest("123456789012", first) != slow_digest("123456789012", second)
    assert slow_digest("123456789012", first) == slow_digest("123456789012", first)
