"""A report stays as it was frozen; an open page tells of nobody and is gone at once."""

import hashlib
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DBAPIError

from jobsearch.core.db import db
from jobsearch.core.errors import Conflict, NotVisible, RuleBroken
from jobsearch.core.text import LANGUAGES
from jobsearch.intake import service as intake
from jobsearch.outcomes.models import Outcome
from jobsearch.programmes.models import Programme
from jobsearch.reports.frozen.making import (
    compare_with_now,
    compose_funder_report,
    freeze_funder_report,
    rebuild,
)
from jobsearch.reports.frozen.models import FrozenReport, Publication
from jobsearch.reports.frozen.queries import get_frozen, list_frozen
from jobsearch.reports.frozen.rules import Part
from jobsearch.reports.funder.outside import hide_for_outside
from jobsearch.reports.paper.pdf import draw_pdf
from jobsearch.reports.paper.rules import (
    Column,
    Figure,
    Kind,
    Report,
    Section,
    Table,
    read_report,
)
from jobsearch.reports.paper.workbook import draw_workbook
from jobsearch.reports.public.making import compose_pages, open_results
from jobsearch.reports.public.queries import find_publication, show_open
from jobsearch.reports.public.service import close_page, open_page
from tests.reported import a_report
from tests.world import NOW, World, make_programme

pytestmark = pytest.mark.usefixtures("context")

PILOT = Path(__file__).parents[2] / "jobsearch" / "demo" / "pilot"
FILES = (
    *("asiakkaat.csv", "seurantataulukko.xlsx", "tulokset.csv", "palaute.csv"),
    "kustannukset.csv",
)
PUBLISHED = date(2022, 1, 10)
AFTER_ALL = date(2022, 6, 1)


@pytest.fixture
def pilot(world: World, as_: Callable) -> str:
    with as_(world.aino):
        programme, _template = make_programme(world.a.organisation_id, "pilot-2021")
        key = programme.id
    for name in FILES:
        with as_(world.aino):
            intake.take_in(key, (PILOT / name).read_bytes(), name)
    return key


@pytest.fixture
def frozen_id(pilot: str, world: World, as_: Callable) -> str:
    return freeze(world, as_, pilot)


def freeze(world: World, as_: Callable, key: str, day: date = PUBLISHED, said: str = "en") -> str:
    with as_(world.aino):
        programme = db.session.get_one(Programme, key)
        return freeze_funder_report(world.aino.actor, programme, day, said).id


def lose_one_outcome(world: World, as_: Callable) -> None:
    """Somebody finds out that one of the outcomes of the pilot was another person's."""
    with as_(world.aino):
        found = select(Outcome).where(Outcome.began_on < PUBLISHED).order_by(Outcome.id)
        db.session.delete(db.session.scalars(found).first())


def by_key(report: Report) -> dict[str, object]:
    figures = {one.key: one for part in report.sections for one in part.figures}
    return figures | {one.key: one for part in report.sections for one in part.tables}


def test_the_report_of_the_pilot_says_what_was_published(pilot, world, as_):
    with as_(world.aino):
        report = compose_funder_report(db.session.get_one(Programme, pilot), PUBLISHED, "en")
    said = by_key(report)
    assert said["found_work"].reads.replace("\u00a0", " ") == (
        "11 of 20, 55 % (95 % interval 34–74 %)"
    )
    assert said["cost_per_person"].reads.replace("\u00a0", " ") == "2 950.00 € (n = 20)"
    assert said["cost_per_placement"].reads.replace("\u00a0", " ") == "5 363.64 € (n = 11)"
    assert said["esf_participants"].k == 20


def test_the_report_names_nobody(pilot, world, as_):
    with as_(world.aino):
        report = compose_funder_report(db.session.get_one(Programme, pilot), PUBLISHED, "en")
        text = report.to_json()
        for person in world.cast.values():
            assert person.actor.name not in text


def test_what_stands_in_a_frozen_report_is_its_text_with_its_checksum(frozen_id, world, as_):
    with as_(world.aino):
        row = db.session.get_one(FrozenReport, frozen_id)
        assert row.sha256 == hashlib.sha256(row.content.encode()).hexdigest()
        assert (row.kind, row.as_of, row.frozen_at) == (Kind.FUNDER, PUBLISHED, NOW)


def test_later_edits_do_not_change_it_and_the_difference_is_listed(frozen_id, world, as_):
    with as_(world.aino):
        before = get_frozen(frozen_id).text
        assert compare_with_now(frozen_id).changes == []
    lose_one_outcome(world, as_)
    with as_(world.aino):
        frozen = get_frozen(frozen_id)
        assert frozen.text == before
        assert by_key(frozen.report)["found_work"].k == 11
        changes = compare_with_now(frozen_id).changes
    found = {one.what: one for one in changes if one.part is Part.FIGURE}
    assert found["Found work"].before.startswith("11 of 20")
    assert found["Found work"].after.startswith("10 of 20")
    assert found["A person who found work"].after.endswith("(n = 10)")


def test_drawn_again_from_the_stored_text_it_is_the_same_byte_by_byte(frozen_id, world, as_):
    lose_one_outcome(world, as_)
    with as_(world.aino):
        row = db.session.get_one(FrozenReport, frozen_id)
        report = read_report(row.content)
        assert report.to_json() == row.content
        assert hashlib.sha256(draw_pdf(report)).hexdigest() == row.pdf_sha256
        assert hashlib.sha256(draw_workbook(report)).hexdigest() == row.workbook_sha256
        assert rebuild(frozen_id).is_same


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_it_is_rebuilt_in_every_language(pilot, world, as_, clock, language):
    key = freeze(world, as_, pilot, said=language)
    clock.move_to(NOW + timedelta(days=400))
    with as_(world.aino):
        assert rebuild(key).is_same
        assert get_frozen(key).report.language == language


@pytest.mark.parametrize("verb", ["update", "delete"])
def test_the_database_refuses_to_change_or_remove_one(frozen_id, world, as_, verb):
    change = update(FrozenReport).values(content="{}") if verb == "update" else delete(FrozenReport)
    with pytest.raises((DBAPIError, Conflict), match="append-only"), as_(world.aino):
        db.session.execute(change.where(FrozenReport.id == frozen_id))


def test_what_says_the_same_is_frozen_once(frozen_id, pilot, world, as_):
    with pytest.raises(RuleBroken, match="Nothing has changed"):
        freeze(world, as_, pilot)
    lose_one_outcome(world, as_)
    assert freeze(world, as_, pilot) != frozen_id
    with as_(world.aino):
        assert list_frozen(pilot).count == 2


def test_another_provider_sees_no_frozen_report(frozen_id, pilot, world, as_):
    with as_(world.sam):
        for ask in (get_frozen, rebuild, compare_with_now):
            with pytest.raises(NotVisible):
                ask(frozen_id)
        assert list_frozen(pilot).count == 0


def test_a_text_of_the_open_page_is_compared_with_no_report(pilot, world, as_):
    pages = {one: a_report(kind=Kind.PUBLIC, language=one) for one in LANGUAGES}
    with as_(world.aino):
        open_page(world.aino.actor, pilot, pages, 0)
        opened = db.session.scalars(select(FrozenReport.id)).all()
        assert len(opened) == len(LANGUAGES)
        for frozen_id in opened:
            with pytest.raises(NotVisible):
                compare_with_now(frozen_id)


def test_two_frozen_reports_cannot_be_subtracted(frozen_id, pilot, world, as_, clock):
    lose_one_outcome(world, as_)
    clock.move_to(NOW + timedelta(days=1))
    second = freeze(world, as_, pilot)
    with as_(world.aino):
        first, later = by_key(get_frozen(frozen_id).report), by_key(get_frozen(second).report)
        assert first["found_work"].k == 11
        for key in ("found_work", "cost_per_placement", "range"):
            assert later[key].k is None and "10" not in later[key].reads, key
        assert later["states"].rows[0][1] is None
        assert later["started"].k == first["started"].k, "what has not changed is told"
        assert later["cost"].reads == first["cost"].reads
        assert compare_with_now(second).changes == [], "it is what the same rule says now"


def test_a_frozen_report_and_an_open_page_cannot_be_subtracted(pilot, world, as_):
    key = freeze(world, as_, pilot, AFTER_ALL)
    with as_(world.aino):
        assert by_key(get_frozen(key).report)["closed"].k is not None, "else nothing is tested"
    lose_one_outcome(world, as_)
    with pytest.raises(RuleBroken, match="fewer than five"):
        open_(world, as_, pilot)


def test_after_an_open_page_a_report_hides_what_changed_for_few(pilot, world, as_):
    open_(world, as_, pilot)
    lose_one_outcome(world, as_)
    second = freeze(world, as_, pilot, AFTER_ALL)
    with as_(world.aino):
        assert by_key(get_frozen(second).report)["closed"].k is None


def test_sums_over_few_people_are_not_told(world, as_):
    started = Figure("started", "Started", "4", "…", k=4)
    cost = Figure("cost", "In all", "11 800 €", "…")
    columns = tuple(
        Column(key, key, number=key != "kind") for key in ("kind", "total", "people", "a_person")
    )
    made = Table("activities", "Actions", columns, (("Interviews", 7, 4, "1.75"),))
    section = Section("one", "One", (), (started, cost), (made,))
    report = Report(Kind.FUNDER, "en", "Report", "Pilot", "House", PUBLISHED, (section,))
    (told,) = hide_for_outside(report).sections
    assert [
        one.reads == one_.reads for one, one_ in zip(told.figures, section.figures, strict=True)
    ] == [
        False,
        False,
    ]
    assert told.tables[0].rows == (("Interviews", None, None, None),)


def test_small_numbers_of_a_report_are_hidden(pilot, world, as_):
    with as_(world.aino):
        report = compose_funder_report(db.session.get_one(Programme, pilot), PUBLISHED, "en")
    for section in report.sections:
        for figure in section.figures:
            counted = figure.key not in ("cost", "person_days")
            assert not (counted and figure.k is not None and 0 < figure.k < 5), figure
        for table in section.tables:
            for row in table.rows:
                people = [
                    value
                    for column, value in zip(table.columns, row, strict=True)
                    if column.key in ("people", "answers")
                ]
                assert all(one is None or one == 0 or one >= 5 for one in people), table


def test_the_text_names_no_count_that_is_hidden(pilot, world, as_):
    with as_(world.aino):
        report = compose_funder_report(db.session.get_one(Programme, pilot), PUBLISHED, "en")
    said = by_key(report)
    hidden = said["states"]
    assert [row[1] for row in hidden.rows] == [11, None, None, 0, 20]
    assert said["range"].k is None
    assert "13" not in said["range"].reads


# The open page ----------------------------------------------------------------------------------


def open_(world: World, as_: Callable, key: str, day: date = AFTER_ALL, version: int = 0) -> str:
    with as_(world.aino):
        programme = db.session.get_one(Programme, key)
        return open_results(world.aino.actor, programme, day, version).id


def test_nothing_is_open_before_the_manager_opens_it(pilot, world, as_):
    with as_(world.aino), pytest.raises(NotVisible):
        show_open(pilot, "fi")


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_an_open_page_stands_in_every_language(pilot, world, as_, language):
    open_(world, as_, pilot)
    with as_(world.aino):
        report = show_open(pilot, language).report
    assert report.language == language
    assert by_key(report)["found_work"].k == 11
    assert by_key(report)["found_work"].n == 20


def test_an_open_page_counts_only_those_whose_follow_up_is_over(pilot, world, as_):
    with as_(world.aino):
        pages = compose_pages(db.session.get_one(Programme, pilot), PUBLISHED)
    said = by_key(pages["en"])
    assert (said["found_work"].k, said["found_work"].n) == (10, 17)
    assert "activities" not in said
    assert "feedback" not in said


def test_a_closed_page_is_gone_at_once(pilot, world, as_):
    key = open_(world, as_, pilot)
    with as_(world.aino):
        show_open(pilot, "fi")
    with as_(world.aino):
        close_page(world.aino.actor, key, 1)
    with as_(world.aino), pytest.raises(NotVisible):
        show_open(pilot, "fi")
    with as_(world.aino), pytest.raises(Conflict):
        close_page(world.aino.actor, key, 2)


def test_an_open_page_does_not_change_by_itself(pilot, world, as_):
    open_(world, as_, pilot)
    with as_(world.aino):
        before = show_open(pilot, "en").report
    lose_one_outcome(world, as_)
    with as_(world.aino):
        assert show_open(pilot, "en").report == before


def test_two_pages_side_by_side_tell_of_nobody(pilot, world, as_):
    key = open_(world, as_, pilot, PUBLISHED)
    with pytest.raises(RuleBroken, match="fewer than five"):
        open_(world, as_, pilot, AFTER_ALL, version=1)
    with as_(world.aino):
        close_page(world.aino.actor, key, 1)
    with pytest.raises(RuleBroken, match="fewer than five"):
        open_(world, as_, pilot, AFTER_ALL)


def test_the_same_page_is_not_opened_twice_but_again_after_it_was_closed(pilot, world, as_):
    key = open_(world, as_, pilot)
    with pytest.raises(RuleBroken, match="says the same"):
        open_(world, as_, pilot, version=1)
    with pytest.raises(Conflict):
        open_(world, as_, pilot)
    with as_(world.aino):
        close_page(world.aino.actor, key, 1)
    assert open_(world, as_, pilot) != key


def test_a_page_opened_anew_takes_the_place_of_the_one_before(pilot, world, as_):
    open_(world, as_, pilot)
    again = open_(world, as_, pilot, AFTER_ALL + timedelta(days=1), version=1)
    with as_(world.aino):
        assert find_publication(pilot).id == again
        rows = db.session.scalars(select(Publication)).all()
        assert sum(row.closed_at is None for row in rows) == 1


def test_nobody_of_another_provider_closes_it(pilot, world, as_):
    key = open_(world, as_, pilot)
    with as_(world.sam), pytest.raises(NotVisible):
        close_page(world.sam.actor, key, 1)


def test_what_has_changed_takes_eight_statements_at_most(pilot, world, as_, sign_in, statements):
    kept = [freeze(world, as_, pilot, said=said) for said in ("en", "fi", "sv")]
    lose_one_outcome(world, as_)
    client = sign_in(world.aino)
    for frozen_id in (kept[0], kept[-1]):
        client.get(f"/reports/frozen/{frozen_id}/difference")
        statements.clear()
        assert client.get(f"/reports/frozen/{frozen_id}/difference").status_code == 200
        assert len([one for one in statements if one.lstrip().startswith("SELECT")]) <= 8


def test_an_open_page_asks_the_database_once(pilot, world, as_, statements):
    open_(world, as_, pilot)
    with as_(world.aino):
        show_open(pilot, "fi")
        statements.clear()
        show_open(pilot, "fi")
        assert len([one for one in statements if one.startswith("SELECT")]) == 1
