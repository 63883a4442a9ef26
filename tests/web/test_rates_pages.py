"""Pages of dated figures: enter, approve by another person, and the employer's own of a year."""

import re

import pytest

from jobsearch.rates.service import load_shipped_rates

ENTERED = {
    "key": "ui_employee",
    "value": "0,91",
    "valid_from": "1.1.2027",
    "valid_to": "31.12.2027",
    "source": "stm.fi, seen on 20 December",
    "confidence": "H",
}
YEAR = {
    "tyel_form": "total",
    "tyel_total": "24,85",
    "accident": "0,70",
    "group_life": "0,06",
    "ui_band": "low",
    "allowance_treatment": "353",
    "allowance_basis": "Work share of the phone",
}


@pytest.fixture(autouse=True)
def shipped(app, world, as_) -> None:
    with app.app_context(), as_(world.aino):
        load_shipped_rates()


def said(response) -> str:
    return response.get_data(as_text=True).replace("\u00a0", " ")


def test_a_gap_leads_to_the_form_and_two_people_fill_it(sign_in, world) -> None:
    paula, aino = sign_in(world.paula), sign_in(world.aino)
    gap = "/rates/own/new?key=ui_employee&amp;from=2027-01-01"
    assert gap in said(paula.get("/rates"))
    form = said(paula.get(gap.replace("&amp;", "&")))
    assert 'value="1.1.2027"' in form
    assert re.search(r'<option selected value="ui_employee">', form)
    assert paula.send("/rates/own/new", **ENTERED).status_code == 303
    page = said(paula.get("/rates/own"))
    assert "Another person approves it." in page
    assert "/approve" not in page
    page = said(aino.get("/rates/own"))
    approve = re.search(r'action="(/rates/own/[a-z2-7]{20}/approve)"', page)[1]
    assert aino.send(approve, version="1").status_code == 303
    assert gap not in said(aino.get("/rates"))
    assert "0.91 %" in said(aino.get("/rates"))


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("value", "a lot", "Enter a number with at most two decimals, for example 7,30."),
        ("value", "7,301", "Enter a number with at most two decimals, for example 7,30."),
        ("value", "101", "A percentage is between 0 and 100."),
        ("value", "-1", "A percentage is between 0 and 100."),
        ("valid_from", "", "Enter the first day."),
        ("valid_to", "31.12.2026", "The last day is before the first one."),
        ("source", "", "Enter the source."),
        ("key", "weather", "Not a valid choice."),
    ],
)
def test_what_cannot_be_is_said_on_its_field_and_kept(
    sign_in, world, field, typed, sentence
) -> None:
    response = sign_in(world.paula).send("/rates/own/new", **(ENTERED | {field: typed}))
    assert response.status_code == 422
    assert sentence in said(response)
    assert ENTERED["source"] in said(response) or field == "source"


def test_a_correction_waits_beside_the_figure_in_use(sign_in, world) -> None:
    paula, aino = sign_in(world.paula), sign_in(world.aino)
    paula.send("/rates/own/new", **ENTERED)
    key = re.search(r"/rates/own/([a-z2-7]{20})/approve", said(aino.get("/rates/own")))[1]
    aino.send(f"/rates/own/{key}/approve", version="1")
    assert 'value="0,91"' in said(paula.get(f"/rates/own/{key}/correct"))
    done = paula.send(f"/rates/own/{key}/correct", **(ENTERED | {"value": "0,92"}))
    assert done.status_code == 303
    page = said(aino.get("/rates/own"))
    assert page.count("In use") == 1
    assert page.count("Waits for another person") == 1


def test_the_figures_of_a_year_are_kept_and_proposed_for_the_next(sign_in, world) -> None:
    paula = sign_in(world.paula)
    assert "There are no figures of 2026 yet." in said(paula.get("/employer-figures"))
    page = said(paula.get("/employer-figures/2026"))
    assert 'value="24,85"' in page
    assert paula.send("/employer-figures/2026", version="0", **YEAR).status_code == 303
    assert "24.85 %" in said(paula.get("/employer-figures"))
    following = said(paula.get("/employer-figures/2027"))
    assert "the figures of the year before" in following
    assert 'value="0,70"' in following


def test_who_saw_an_older_version_of_a_year_overwrites_nothing(sign_in, world) -> None:
    paula = sign_in(world.paula)
    paula.send("/employer-figures/2026", version="0", **YEAR)
    late = paula.send("/employer-figures/2026", version="0", **(YEAR | {"accident": "5"}))
    assert late.status_code == 409
    assert "0.70 %" in said(paula.get("/employer-figures"))


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("tyel_total", "", "Enter the percentage."),
        ("accident", "120", "A percentage is between 0 and 100."),
        ("allowance_basis", "", "Say which cost the allowance covers; otherwise it is wage."),
    ],
)
def test_a_year_that_cannot_be_is_refused_in_words(sign_in, world, field, typed, sentence) -> None:
    response = sign_in(world.paula).send(
        "/employer-figures/2026", version="0", **(YEAR | {field: typed})
    )
    assert response.status_code == 422
    assert sentence in said(response)


def test_a_year_long_gone_or_far_ahead_is_no_page(sign_in, world) -> None:
    for year in (1999, 2020, 2029, 99999):
        assert sign_in(world.paula).get(f"/employer-figures/{year}").status_code == 404
