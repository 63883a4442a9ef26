"""Consent: its words, its validity, and who gives it."""

import hashlib
import json
from datetime import date

import pytest

from jobsearch.consents.rules import (
    ConsentPurpose,
    check_giver,
    check_validity,
    read_wordings,
    validities,
    wording_in_use,
)
from jobsearch.consents.wordings import shipped_wordings
from jobsearch.core.access import Actor, Role
from jobsearch.core.errors import RuleBroken
from jobsearch.core.text import LANGUAGES

TODAY = date(2026, 11, 24)
GAPS = {"recipient": "Mia Mäki", "organisation": "Town of Pori", "until": "24.2.2027"}


def _actor(role: Role, person_id: str | None = None, sign_in_id: str = "s") -> Actor:
    return Actor("a", "m", "Name", role, "o", person_id=person_id, sign_in_id=sign_in_id)


@pytest.mark.parametrize("purpose", ConsentPurpose)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_wording_names_the_recipient_and_the_last_day_in_every_language(purpose, language):
    words = wording_in_use(shipped_wordings(), purpose, TODAY)
    assert words.text[language]
    said = words.say(language, **GAPS)
    assert all(value in said for value in GAPS.values())


def test_the_two_purposes_have_words_of_their_own():
    texts = {w.text["fi"] for w in shipped_wordings()}
    assert len(texts) == len(shipped_wordings())


def test_the_newest_edition_of_the_day_is_in_use():
    edition = {"months": 3, "most_months": 6, "text": {"fi": "a"}}
    first = {"edition": "1", "in_use_from": "2026-01-01", **edition}
    second = {"edition": "2", "in_use_from": "2026-12-01", **edition}
    text = json.dumps({"analysis": [first, second]})
    wordings = read_wordings(text)
    assert wording_in_use(wordings, ConsentPurpose.ANALYSIS, TODAY).edition == "1"
    assert wording_in_use(wordings, ConsentPurpose.ANALYSIS, date(2026, 12, 1)).edition == "2"


def test_without_words_there_is_no_consent():
    with pytest.raises(RuleBroken):
        wording_in_use(shipped_wordings(), ConsentPurpose.ANALYSIS, date(2025, 12, 31))


def test_three_months_are_offered_and_the_longest_too():
    words = wording_in_use(shipped_wordings(), ConsentPurpose.ANALYSIS, TODAY)
    offered = dict(validities(words, TODAY))
    assert offered[words.months] == date(2027, 2, 24)
    assert max(offered) == words.most_months


@pytest.mark.parametrize("valid_to", [date(2026, 11, 23), date(2027, 11, 25)])
def test_a_validity_in_the_past_or_too_long_is_refused(valid_to):
    words = wording_in_use(shipped_wordings(), ConsentPurpose.ANALYSIS, TODAY)
    with pytest.raises(RuleBroken):
        check_validity(words, TODAY, valid_to)


@pytest.mark.parametrize("valid_to", [TODAY, date(2027, 11, 24)])
def test_today_and_the_longest_validity_are_accepted(valid_to):
    words = wording_in_use(shipped_wordings(), ConsentPurpose.ANALYSIS, TODAY)
    check_validity(words, TODAY, valid_to)


@pytest.mark.parametrize("role", Role)
def test_nobody_but_the_person_herself_gives(role):
    if role is Role.PARTICIPANT:
        check_giver(_actor(role, "pia"), "pia")
    with pytest.raises(RuleBroken):
        check_giver(_actor(role, "otto" if role is Role.PARTICIPANT else None), "pia")


def test_she_gives_it_in_her_own_sign_in_only():
    with pytest.raises(RuleBroken):
        check_giver(_actor(Role.PARTICIPANT, "pia", sign_in_id=""), "pia")


# What was shipped is never reworded: a consent names its edition. A new wording is a new edition,
# and gets its line here.
SHIPPED = {
    ("introduction", "2026-1"): "2722bade18c92e29",
    ("introduction", "2026-2"): "3fee709ef9359085",
    ("analysis", "2026-1"): "da2ada190cef0529",
    ("analysis", "2026-2"): "ef67da8ee8f7214b",
}


def _digest(words):
    said = {"text": dict(words.text), "scope": dict(words.scope)}
    terms = [words.in_use_from.isoformat(), words.months, words.most_months, said]
    return hashlib.sha256(json.dumps(terms, sort_keys=True).encode()).hexdigest()[:16]


def test_an_edition_never_changes_once_it_is_shipped():
    found = {(w.purpose.value, w.edition): _digest(w) for w in shipped_wordings()}
    assert found == SHIPPED


@pytest.mark.parametrize("words", shipped_wordings(), ids=lambda w: f"{w.purpose} {w.edition}")
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_edition_says_in_every_language_that_it_is_free_and_can_be_taken_back(
    words, language
):
    free, back, nothing = {
        "fi": ("vapaaehtoinen", "Voin perua sen milloin vain", "ei vaikuta työsuhteeseeni"),
        "sv": ("frivilligt", "Jag kan ta tillbaka det när som helst", "inte min anställning"),
        "en": ("voluntary", "I can take it back at any time", "does not affect my employment"),
    }[language]
    said = words.text[language]
    assert free in said and back in said and nothing in said


@pytest.mark.parametrize("purpose", ConsentPurpose)
@pytest.mark.parametrize(
    ("language", "condition"),
    [("fi", "minkään ehto"), ("sv", "villkor"), ("en", "not a condition of anything")],
)
def test_the_words_in_use_say_that_it_is_no_condition_and_what_it_covers(
    purpose, language, condition
):
    words = wording_in_use(shipped_wordings(), purpose, TODAY)
    assert condition in words.text[language]
    assert words.scope[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_of_one_purpose_do_not_ask_for_the_other(language):
    terms = {
        "fi": ("analyysi", "esittely"),
        "sv": ("analys", "presentation"),
        "en": ("analysis", "introduction"),
    }[language]
    for purpose, stranger in zip(
        (ConsentPurpose.INTRODUCTION, ConsentPurpose.ANALYSIS), terms, strict=True
    ):
        words = wording_in_use(shipped_wordings(), purpose, TODAY)
        assert stranger not in (words.text[language] + words.scope[language]).lower()


def test_an_introduction_is_permitted_for_six_months_at_most():
    words = wording_in_use(shipped_wordings(), ConsentPurpose.INTRODUCTION, TODAY)
    assert (words.months, words.most_months) == (3, 6)
    assert [months for months, _until in validities(words, TODAY)] == [1, 3, 6]
