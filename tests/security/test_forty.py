"""The register of known failures and docs/security.md name tests and files that there are."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from tests.security.forty import FORTY, Failure

ROOT = Path(__file__).parents[2]
DOCUMENT = (ROOT / "docs" / "security.md").read_text()
TEST = re.compile(
    r"`((?:architecture|browser|jobs|migrations|pdf|rules|scripts|security|service"
    r"|web)/test_\w+\.py)(?:::(\w+))?`"
)
PLACE = re.compile(r"`((?:jobsearch|scripts|docs|migrations|tests)/[\w./-]*)`")
ROW = re.compile(r"^\| (\d+) \|(.+)\|$", re.MULTILINE)


@cache
def named_in(file: str) -> frozenset[str]:
    """The tests that stand in a file under tests/, without `test_`."""
    path = ROOT / "tests" / file
    if not path.exists():
        return frozenset()
    found = (node for node in ast.walk(ast.parse(path.read_text())))
    names = (node.name for node in found if isinstance(node, ast.FunctionDef))
    return frozenset(name.removeprefix("test_") for name in names if name.startswith("test_"))


def test_the_register_has_forty_failures() -> None:
    assert [one.number for one in FORTY] == list(range(1, 41))


@pytest.mark.parametrize("failure", FORTY, ids=lambda failure: str(failure.number))
def test_every_known_failure_is_held_off_by_a_test_that_there_is(failure: Failure) -> None:
    assert failure.tests
    for test in failure.tests:
        file, _, name = test.partition("::")
        assert name in named_in(file), test


def test_the_document_answers_every_row_of_the_list_once() -> None:
    numbers = [int(number) for number, _rest in ROW.findall(DOCUMENT)]
    assert numbers == list(range(1, 75))


@pytest.mark.parametrize("row", ROW.findall(DOCUMENT), ids=lambda row: row[0])
def test_every_row_says_how_it_is_met_and_what_shows_it(row: tuple[str, str]) -> None:
    asked, how, shown = (cell.strip() for cell in row[1].split(" | "))
    assert asked and how
    assert TEST.search(shown) or how.startswith(("Not met", "Partly", "Does not apply"))


def test_every_test_that_the_document_names_is_there() -> None:
    named = TEST.findall(DOCUMENT)
    missing = [
        f"{file}::{name}"
        for file, name in named
        if not named_in(file) or (name and name not in named_in(file))
    ]
    assert named and not missing


def test_every_place_that_the_document_names_is_there() -> None:
    places = PLACE.findall(DOCUMENT)
    assert places and [one for one in places if not (ROOT / one).exists()] == []
