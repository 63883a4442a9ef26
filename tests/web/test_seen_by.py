"""The pages of who has looked: what a participant reads there, and that nobody else reads hers."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from jobsearch.audit.models import AccessEntry
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.looks import Look
from jobsearch.core.scope import whole_installation
from jobsearch.organisations.queries import get_organisation
from tests.furnished import furnish
from tests.looked import look, write
from tests.pages import client_of
from tests.world import NOW, World

pytestmark = pytest.mark.usefixtures("context")
_PAGES = ("/seen-by", "/seen-by/sent")


def _text(app: Flask, who: object, path: str = "/seen-by") -> str:
    answer = client_of(app, who).get(path)  # type: ignore[arg-type]
    assert answer.status_code == 200
    return " ".join(answer.get_data(as_text=True).split())


def test_she_reads_that_nobody_has_looked(app: Flask, world: World) -> None:
    assert "Nobody has looked" in _text(app, world.pia)
    assert "Nothing has been sent" in _text(app, world.pia, "/seen-by/sent")


def test_she_reads_who_looked_at_what_and_at_what_time(app: Flask, world: World) -> None:
    write(look(world, world.stig), look(world, world.paula, Look.PAYSLIP))
    text = _text(app, world.pia)
    assert "<strong>Stig Strand</strong>, coach – your hours – " in text
    assert f"<strong>{world.paula.actor.name}</strong>, payroll clerk – your payslip – " in text
    assert "10.00" in text or "10:00" in text
    assert "2 looks since" in text


def test_equal_looks_of_a_day_are_one_line_with_their_number(app: Flask, world: World) -> None:
    write(*(look(world, world.stig, at=NOW + timedelta(minutes=n)) for n in range(3)))
    text = _text(app, world.pia)
    assert text.count("<strong>Stig Strand</strong>") == 1
    assert "3 times, last at" in text
    assert "3 looks since" in text


def test_a_reader_of_another_organisation_comes_with_its_name(app: Flask, world: World) -> None:
    write(look(world, world.mia, f"{Look.RELEASE}:abc"))
    with unit_of_work(whole_installation("test")):
        town = get_organisation(world.municipality_id).name
    text = _text(app, world.pia)
    assert f"municipal coach, {town} – the analysis you gave permission to send" in text


def test_what_was_refused_says_so_and_names_no_other_participant(app: Flask, world: World) -> None:
    write(look(world, world.otto, Look.PAGE, refused=True))
    text = _text(app, world.pia)
    assert "Another job seeker" in text
    assert "Was refused, saw nothing" in text
    assert world.otto.actor.name not in text


def test_an_old_look_of_a_kind_that_is_gone_is_still_told(app: Flask, world: World) -> None:
    write(look(world, world.stig, "a word of long ago"))
    assert "other data of yours" in _text(app, world.pia)


def test_her_own_looks_and_those_beyond_five_years_are_left_out(app: Flask, world: World) -> None:
    long_ago = NOW - timedelta(days=366 * 5)
    write(look(world, world.pia, Look.EVERYTHING), look(world, world.stig, at=long_ago))
    assert "Nobody has looked" in _text(app, world.pia)


def test_it_is_narrowed_by_who_and_by_what_without_a_script(app: Flask, world: World) -> None:
    write(look(world, world.stig), look(world, world.aino, Look.CONTRACT))
    by_who = _text(app, world.pia, f"/seen-by?who={world.aino.account_id}")
    assert "your contract –" in by_who
    assert "your hours –" not in by_who
    by_what = _text(app, world.pia, f"/seen-by?what={Look.HOURS.value}")
    assert "your hours –" in by_what
    assert "your contract –" not in by_what
    assert "Clear the filters" in by_what
    nothing = _text(app, world.pia, "/seen-by?who=nobody&what=x")
    assert "2 looks since" in nothing and "your contract –" in nothing
    nothing = _text(app, world.pia, f"/seen-by?who={world.aino.account_id}&what=hours")
    assert "Nothing matches these filters" in nothing


def test_it_comes_in_pages_of_25_with_the_day_said(app: Flask, world: World) -> None:
    write(*(look(world, world.stig, at=NOW - timedelta(days=n)) for n in range(30)))
    assert "Showing 25 of 30" in _text(app, world.pia)
    second = _text(app, world.pia, "/seen-by?page=2")
    assert "Showing 5 of 30" in second
    assert "26 October 2026" in second
    assert "Nothing here" in _text(app, world.pia, "/seen-by?page=9")


def test_it_says_what_is_not_noted_as_she_has_chosen_to_be_seen(app: Flask, world: World) -> None:
    assert "your group and its coach see your goals" in _text(app, world.pia)
    assert client_of(app, world.pia).send("/my-visibility", board_name="totals").status_code == 303
    text = _text(app, world.pia)
    assert "Your group sees them only as part of its totals" in text
    assert 'href="/conversations"' in text


@pytest.mark.parametrize("name", ["aino", "stig", "paula", "mia", "olga", "sam"])
@pytest.mark.parametrize("path", _PAGES)
def test_no_other_role_has_these_pages(app: Flask, world: World, name: str, path: str) -> None:
    assert client_of(app, getattr(world, name)).get(path).status_code == 403


def test_another_participant_reads_only_her_own(app: Flask, world: World) -> None:
    write(look(world, world.stig))
    assert "Nobody has looked" in _text(app, world.otto)


def test_what_left_the_house_is_told_with_its_day(app: Flask, world: World) -> None:
    furnish(world)
    text = _text(app, world.pia, "/seen-by/sent")
    assert f"Your analysis, by your permission: {world.mia.actor.name}" in text
    assert "in the file for the employer's bank" in text
    assert "Incomes Register of the Tax Administration" not in text  # made, and not delivered yet
    assert "Nothing has been sent" in _text(app, world.otto, "/seen-by/sent")


def test_a_refused_address_of_hers_is_told_her(app: Flask, world: World) -> None:
    refused = client_of(app, world.sam).get(f"/people/{world.pia.person_id}")
    assert refused.status_code == 404
    wrong_role = client_of(app, world.mia).get(f"/people/{world.pia.person_id}")
    assert wrong_role.status_code == 403
    text = _text(app, world.pia)
    assert text.count("Was refused, saw nothing") == 2
    assert "a page about you" in text


def test_a_refused_address_that_is_nobodys_or_ones_own_is_not_kept(
    app: Flask, world: World
) -> None:
    client_of(app, world.stig).get("/people/aaaaaaaaaaaaaaaaaaaa")
    client_of(app, world.pia).get(f"/people/{world.pia.person_id}")
    with unit_of_work(whole_installation("test")):
        assert db.session.scalars(select(AccessEntry.id)).all() == []
