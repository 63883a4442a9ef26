"""The page with the rules of all fields is what the forms and the rules say today."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from jobsearch.core.money import Money
from jobsearch.web import fields

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("fields_script", ROOT / "scripts" / "fields.py")
    assert spec is not None and spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


@pytest.fixture(scope="module")
def page(script: ModuleType) -> str:
    return script.main()


def _rows(page: str, *cells: str) -> list[str]:
    return [line for line in page.splitlines() if all(f"| {cell} |" in line for cell in cells)]


def test_the_page_in_the_docs_is_made_of_the_forms_as_they_are(page: str) -> None:
    there = (ROOT / "docs" / "fields.md").read_text(encoding="utf-8")
    assert there == page, "run: .venv/bin/python scripts/fields.py > docs/fields.md"


def test_a_field_stands_there_with_its_kind_length_bounds_choices_and_sentences(page: str) -> None:
    [name] = _rows(page, "PersonForm", "given_name: Given name")
    assert name.endswith("| text | yes | 80 |  |  | Enter the given name. |")
    [account] = _rows(page, "PersonForm", "bank_account: Bank account")
    assert "Check the account: it is like FI21 1234 5600 0007 85." in account
    [language] = _rows(page, "PersonForm", "language: Language")
    assert "| fi, sv, en |" in language
    assert all("| 01.01.1900 to 31.12.2100 |" in row for row in _rows(page, "on: Day"))


def test_a_rule_over_several_fields_stands_there_with_the_field_that_it_is_shown_on(
    page: str,
) -> None:
    [row] = [line for line in page.splitlines() if "An answer cannot be older than" in line]
    assert row.startswith("| tracker/rules | The day of a reply: between the action and today")
    assert "| replied_on |" in row


def test_every_form_of_the_house_is_on_the_page(script: ModuleType, page: str) -> None:
    made = [form for forms in script._forms().values() for form in forms]
    assert len(made) > 150
    assert [form.__name__ for form in made if f"| {form.__name__} |" not in page] == []


@pytest.mark.parametrize(
    ("field", "most", "too_much"),
    [
        (fields.IntegerField, ("999999999", 999_999_999), "1000000000"),
        (fields.MoneyField, ("999999999,99", Money(99_999_999_999)), "1000000000"),
        (fields.HundredthsField, ("-999999999,99", -99_999_999_999), "-1000000000"),
        (fields.ClockField, ("23.59", 23 * 60 + 59), "24.00"),
        (fields.DateField, ("31.12.2100", fields.LATEST), "1.1.2101"),
        (fields.HoursField, ("24:00", 24 * 60), "24:01"),
    ],
)
def test_the_bounds_on_the_page_are_those_that_a_field_reads(
    script: ModuleType, field: type, most: tuple[str, object], too_much: str
) -> None:
    assert script._between(field)
    reader = object.__new__(field)
    assert reader.read(most[0]) == most[1]
    with pytest.raises(ValueError, match=r"."):
        reader.read(too_much)
