"""The manager's pages of the timetable and of erasing a person."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import whole_installation
from jobsearch.people.models import Person
from jobsearch.privacy.erasure.models import Erasure
from jobsearch.privacy.retention.jobs import do_timetable
from tests.furnished import furnish
from tests.service.test_erasure import path  # noqa: F401 - the journal of a test
from tests.world import make_person


def _count(app, model) -> int:
    with app.app_context(), unit_of_work(whole_installation("test"), read_only=True):
        return db.session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


def _kaisa(app, world) -> str:
    with app.app_context(), unit_of_work(whole_installation("test")):
        return make_person(world.a.organisation_id, "Kaisa", "Kuusi", "+358405550001").id


def test_the_page_says_what_the_law_keeps_and_why_it_is_not_done_yet(app, sign_in, world) -> None:
    with app.app_context():
        furnish(world)
    page = sign_in(world.aino).get(f"/privacy/erasures/{world.pia.person_id}")
    assert page.status_code == 200
    assert "The employment has not ended yet." in page.text
    assert "Erase for good" not in page.text
    for words in (
        "31 December 2028",
        "31 December 2032",
        "31 December 2036",
        "Payroll records are kept for ten",
    ):
        assert words in page.text.replace("\xa0", " ")
    refused = sign_in(world.aino).send(f"/privacy/erasures/{world.pia.person_id}")
    assert refused.status_code == 422
    assert "The employment has not ended yet." in refused.text
    assert _count(app, Erasure) == 0


def test_the_manager_erases_once_and_finds_the_receipt(app, sign_in, world, path) -> None:  # noqa: F811
    kaisa, aino = _kaisa(app, world), sign_in(world.aino)
    assert "Erase for good" in aino.get(f"/privacy/erasures/{kaisa}").text
    done = aino.send(f"/privacy/erasures/{kaisa}")
    assert done.status_code == 303
    listed = aino.get("/privacy/erasures").text
    assert kaisa in listed and "Nothing is left" in listed and "Kaisa" not in listed
    assert aino.send(f"/privacy/erasures/{kaisa}").status_code == 303
    assert _count(app, Erasure) == 1
    assert aino.get(f"/privacy/erasures/{kaisa}").status_code == 404


def test_it_is_confirmed_again_that_it_is_she(app, sign_in, world, clock) -> None:
    kaisa = _kaisa(app, world)
    clock.shift(timedelta(minutes=15))
    asked = sign_in(world.aino).send(f"/privacy/erasures/{kaisa}")
    assert asked.status_code == 401
    assert _count(app, Erasure) == 0


@pytest.mark.parametrize("who", ["stig", "paula", "pia", "mia", "olga"])
def test_only_the_manager_erases(app, sign_in, world, who) -> None:
    kaisa, client = _kaisa(app, world), sign_in(getattr(world, who))
    assert client.get(f"/privacy/erasures/{kaisa}").status_code == 403
    assert client.send(f"/privacy/erasures/{kaisa}").status_code == 403
    assert client.get("/privacy/timetable").status_code == 403


def test_another_providers_manager_finds_nobody(app, sign_in, world) -> None:
    kaisa, sam = _kaisa(app, world), sign_in(world.sam)
    assert sam.get(f"/privacy/erasures/{kaisa}").status_code == 404
    assert sam.send(f"/privacy/erasures/{kaisa}").status_code == 404
    assert _count(app, Person) and _count(app, Erasure) == 0


def test_the_timetable_says_terms_sources_what_goes_next_and_what_went(
    app, sign_in, world, clock
) -> None:
    with app.app_context():
        furnish(world)
    aino = sign_in(world.aino)
    page = aino.get("/privacy/timetable").text
    assert "Accounting Act 1336/1997, chapter 2, section 10" in page
    assert "Nothing goes tonight." in page and "Nothing yet." in page
    clock.shift(timedelta(days=30))
    with app.app_context():
        do_timetable()
        clock.shift(timedelta(days=-30))
    assert "4 March 2027" in aino.get("/privacy/timetable").text.replace("\xa0", " ")


def test_a_page_asks_the_same_number_of_statements_whatever_there_is(
    app, sign_in, world, statements
) -> None:
    with app.app_context():
        furnish(world)
    aino = sign_in(world.aino)
    for address in ("/privacy/timetable", f"/privacy/erasures/{world.pia.person_id}"):
        statements.clear()
        assert aino.get(address).status_code == 200
        assert len([one for one in statements if one.startswith("SELECT")]) <= 8, statements
