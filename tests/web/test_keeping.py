"""The manager's page of keeping, and the lines on the participant's page."""

from datetime import timedelta

import pytest

from jobsearch.analyses.keeping.jobs import erase_old_analyses
from jobsearch.analyses.keeping.pages import keeping_page
from jobsearch.analyses.keeping.service import erase_analyses_of
from jobsearch.core.db import unit_of_work
from jobsearch.core.scope import Scope
from tests.world import NOW
from tests.written import released

PAGE = "/settings/keeping"
SHORT = {"analysis_months": "1", "unsent_months": "1", "proof_months": "12"}


@pytest.fixture
def sent(app, as_, world) -> str:
    """A released analysis of Pia's."""
    with app.app_context():
        return released(as_, world)[1]


def test_the_manager_reads_decides_and_sees_what_goes_when(sign_in, world, sent) -> None:
    client = sign_in(world.aino)
    assert PAGE in client.get("/settings").text
    page = client.get(PAGE).text
    assert "6 months after the group or the last permission ended" in page
    assert "36 months after the last day of the permission" in page
    assert "Nothing is erased tonight." in page
    assert "Nobody yet" in page
    assert client.send(PAGE, **SHORT).status_code == 303
    page = client.get(PAGE).text
    assert "1 month after the group ended" in page
    assert f"{world.aino.actor.name}: 1 month, 1 month and 12 months" in page
    assert "Nobody yet" not in page


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"analysis_months": "0"}, "Choose from 1 to 24 months."),
        ({"unsent_months": "x"}, 'value="x"'),
        ({"proof_months": "11"}, "Choose from 12 to 120 months."),
        ({"analysis_months": "24"}, "The proof is kept at least as long"),
        ({"proof_months": ""}, "Enter a whole number, for example 6."),
    ],
)
def test_wrong_months_are_said_and_kept_in_the_form(sign_in, world, changed, said) -> None:
    client = sign_in(world.aino)
    refused = client.send(PAGE, **(SHORT | changed))
    assert refused.status_code == 422
    assert said in refused.text
    assert "Nobody yet" in client.get(PAGE).text


def test_what_was_erased_leaves_a_receipt_on_the_page(
    app, as_, sign_in, world, sent, clock
) -> None:
    clock.shift(timedelta(days=300))
    with app.app_context():
        with as_(world.aino):
            assert keeping_page(world.aino.actor, 1).tonight == (1, 0, 0)
        erase_old_analyses()
        with as_(world.aino):
            assert keeping_page(world.aino.actor, 1).tonight == (0, 0, 0)
    clock.move_to(NOW)
    page = sign_in(world.aino).get(PAGE).text
    assert "Nothing is erased tonight." in page
    assert "Nothing yet." not in page


def test_others_have_no_page_of_keeping(sign_in, world) -> None:
    for member in (world.stig, world.paula, world.pia, world.mia):
        assert sign_in(member).get(PAGE).status_code == 403
    assert sign_in(None).get(PAGE).status_code in {302, 303}
    assert "Nobody yet" in sign_in(world.sam).get(PAGE).text


def test_the_participant_reads_how_long_hers_is_kept_and_that_it_went(
    app, sign_in, world, sent
) -> None:
    page = sign_in(world.pia).get("/my-analysis").text
    assert "is kept until" in page and "and then erased by itself" in page
    assert f"your permission to {world.mia.actor.name} is kept as proof until" in page
    with app.app_context(), unit_of_work(Scope(frozenset({world.a.organisation_id}), "test")):
        erase_analyses_of(world.pia.person_id)
    page = " ".join(sign_in(world.pia).get("/my-analysis").text.split())
    assert "was erased on 24 November 2026" in page
    assert "is kept as proof until" in page
    assert sign_in(world.pia).get("/my-analysis/copy.pdf").status_code == 404


def test_the_page_asks_the_same_however_much_there_is(sign_in, world, statements, sent) -> None:
    client = sign_in(world.aino)
    client.get(PAGE)
    statements.clear()
    client.get(PAGE)
    asked = [one for one in statements if one.lstrip().upper().startswith("SELECT")]
    assert len(asked) <= 9, asked
