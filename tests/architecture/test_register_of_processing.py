"""The register of processing is what the schema is, in words, and its measures are real."""

from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from jobsearch.core.columns import PERSONAL
from jobsearch.core.db import Base
from jobsearch.privacy.impact.risks import RISKS
from jobsearch.privacy.processing.queries import lines_of_processing
from jobsearch.privacy.processing.rules import ACTIVITY_OF
from jobsearch.privacy.queries import personal_models
from jobsearch.privacy.trail.rules import TECHNICAL, is_for_managers
from jobsearch.privacy.words import TABLES

ROOT = Path(__file__).parents[2]


def _columns() -> dict[str, dict[str, str]]:
    return {
        f"{mapper.class_.__tablename__}.{mapper.get_property_by_column(column).key}": marked
        for mapper in Base.registry.mappers
        for column in mapper.columns
        if (marked := column.info.get(PERSONAL)) is not None
    }


def test_every_table_has_a_name_in_plain_words() -> None:
    tables = {mapper.class_.__tablename__ for mapper in Base.registry.mappers}
    assert tables - set(TABLES) == set(), "name them in jobsearch/privacy/words.py"
    assert set(TABLES) - tables == set(), "gone, or called otherwise by now"


def test_every_table_about_people_belongs_to_one_activity() -> None:
    about = {model.__tablename__ for model in personal_models()}
    assert about - set(ACTIVITY_OF) == set(), "say of which in privacy/processing/rules.py"
    assert set(ACTIVITY_OF) - about == set()


def test_the_register_has_exactly_the_columns_of_the_schema() -> None:
    listed = [
        f"{column.table_name}.{column.name}"
        for line in lines_of_processing()
        for column in line.columns
    ]
    assert sorted(listed) == sorted(_columns())
    assert all(line.columns for line in lines_of_processing())


def test_no_mark_is_empty() -> None:
    empty = [name for name, mark in _columns().items() if not all(mark.values())]
    assert empty == []
    assert all(set(m) == {"purpose", "basis", "retention", "sees"} for m in _columns().values())


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_what_columns_say_of_themselves_is_said_in_every_language(language: str) -> None:
    file = ROOT / "jobsearch/translations" / language / "LC_MESSAGES/messages.po"
    with file.open("rb") as opened:
        known = {one.id for one in read_po(opened, locale=language) if one.id and one.string}
    said = {text for mark in _columns().values() for text in mark.values()}
    assert said - known == set()


def test_tables_that_an_operator_reads_of_are_about_nobody() -> None:
    hers = {"enrolment_id", "person_id", "candidate_id"}
    for mapper in Base.registry.mappers:
        if mapper.class_.__tablename__ in TECHNICAL - {"audit_entry", "access_entry"}:
            assert not hers & set(mapper.columns.keys()), mapper.class_.__tablename__
    assert set(TABLES) >= TECHNICAL


@pytest.mark.parametrize("risk", RISKS, ids=lambda risk: risk.words[:40])
def test_every_measure_names_a_test_that_exists(risk) -> None:
    assert risk.measures
    for measure in risk.measures:
        file = ROOT / measure.shown_by
        assert file.is_file(), measure.shown_by
        assert "def test_" in file.read_text(), measure.shown_by
    assert risk.left <= max(risk.likelihood, risk.severity)


@pytest.mark.parametrize(
    ("sees", "may_read"),
    [
        ("manager", True),
        ("payroll clerk, manager, the person", True),
        ("provider's staff, the person; the referring coach sees stage", True),
        ("payroll clerk, the person; manager in the calculation", False),
        ("that there is one, the manager of the organisation", False),
        ("the person, her coach", False),
        ("manager and coaches, mixed and from five replies on", False),
    ],
)
def test_a_manager_reads_what_its_mark_gives_her(sees: str, may_read: bool) -> None:
    assert is_for_managers(sees) is may_read
