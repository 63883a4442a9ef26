"""A copy says choices, days and sums in the words of its reader, not as they are stored."""

import json
import re
from dataclasses import replace

import pytest

from jobsearch.core.money import Money
from jobsearch.privacy.copies.held import as_held
from jobsearch.privacy.copies.texts import number_in_words, text_in_words
from jobsearch.privacy.copies.values import changed
from jobsearch.privacy.trail.told import field_words, fields_told, value_told
from jobsearch.tracker.rules import Activity
from tests.furnished import Furnished, furnish
from tests.service.test_copies import archive, paper
from tests.world import World

KEY = re.compile(r"(?<![\w/-])[a-z2-7]{20}(?!\w)")
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:")


@pytest.fixture
def furnished(world: World, context: None) -> Furnished:
    return furnish(world)


def test_the_paper_has_no_stored_words_keys_or_instants(world: World, furnished: Furnished) -> None:
    packed = archive(world.pia)
    said = paper(packed)
    for report in json.loads(packed.read("data.json"))["tables"]["register_report"]["rows"]:
        said = said.replace(report["reference"], "")  # the name that the register knows it by
    assert "Added" in said
    for stored in ("insert", "advertised_application", "employer_contact", "sign_in"):
        assert stored not in said
    assert [line for line in said.splitlines() if KEY.search(line)] == []
    assert INSTANT.findall(said) == []


def test_fields_and_marks_are_in_her_language_for_a_computer_too(
    world: World, furnished: Furnished
) -> None:
    pia = replace(world.pia, actor=replace(world.pia.actor, language="fi"))
    person = json.loads(archive(pia).read("data.json"))["tables"]["person"]
    assert person["what"] == "Sinä"
    assert person["fields"]["given_name"]["name"] == "Etunimi"
    marks = [words for field in person["fields"].values() for words in field.values()]
    assert "tavoitetaan henkilö ohjelman asioissa" in marks


@pytest.mark.parametrize(
    ("table", "field", "written", "held"),
    [
        ("goal", "activity", "employer_contact", Activity.EMPLOYER_CONTACT),
        ("employment", "hourly", 1250, Money(1250)),
        ("employment", "hourly", None, None),
        ("goal", "activity", "gone_since", "gone_since"),
        ("no_such_table", "field", "words", "words"),
    ],
)
def test_what_a_change_wrote_is_read_back_as_its_column_holds_it(
    app, table, field, written, held
) -> None:
    assert as_held(table, field, written) == held


def test_numbers_and_texts_are_told_by_their_field(app) -> None:
    with app.test_request_context():
        assert number_in_words("base_bp", 1250, "fi") == "12,5\u00a0%"
        assert number_in_words("quiet_from_minute", 1260, "fi") == "21.00"
        assert number_in_words("tries", 3, "fi") == "3"
        assert text_in_words("language", "sv") == "svenska"
        assert text_in_words("subject_id", "6lgutlu7v6naksfdoadt") == ""
        assert text_in_words("purpose", "proof:accounts.confirm") == "Vahvistus, että se olet sinä"
        assert text_in_words("purpose", "her own words") == "her own words"


def test_a_change_is_told_a_line_a_field_and_nothing_before_what_is_new(app) -> None:
    with app.test_request_context():
        pairs = {"on": [None, "2026-12-02"], "activity": ["employer_contact", "interview"]}
        said = changed("goal", {**pairs, "no_field": [1, 2]}, "fi", "Europe/Helsinki")
    assert said == "Päivä: 2.12.2026\nMitä: Yhteydenotto → Haastattelu"


def test_a_manager_reads_a_change_in_words(app) -> None:
    with app.test_request_context():
        assert field_words("given_name") == "Etunimi"
        assert field_words("organisation_id") == "organisation_id"
        assert field_words("base_bp") == "Perusprosentti"
        assert fields_told(["given_name", "organisation_id"]) == "Etunimi"
        assert fields_told(["takes_calls"]) == "takes_calls"
        assert value_told("employment", "hourly", 1250, "fi", "Europe/Helsinki") == "12,50\u00a0€"
        assert value_told("goal", "on", "2026-12-02", "fi", "Europe/Helsinki") == "2.12.2026"
        assert value_told("goal", "note", {"a": 1}, "fi", "Europe/Helsinki") == '{"a": 1}'
        assert value_told("goal", "on", None, "fi", "Europe/Helsinki") == ""
