"""The page of the way from introduction to work: figures with what they are of, and their rows."""

import re
from collections.abc import Callable

import pytest
from lxml import html

from jobsearch.intake import service
from tests.web.test_results_pages import FILES, PILOT, flat
from tests.world import World, make_programme

MOST_STATEMENTS = 8


@pytest.fixture
def taken(context: None, world: World, as_: Callable) -> str:
    with as_(world.aino):
        programme, _template = make_programme(world.a.organisation_id, "pilot-2021")
        key = programme.id
    for name in FILES:
        with as_(world.aino):
            service.take_in(key, (PILOT / name).read_bytes(), name)
    return key


def test_the_way_is_printed_with_what_each_figure_is_of(taken, sign_in, world, statements) -> None:
    client = sign_in(world.aino)
    address = f"/reports/{taken}/path?as_of=10.1.2022"
    client.get(address)
    statements.clear()
    page = flat(client.get(address).text)
    assert len([one for one in statements if "SELECT" in one]) <= MOST_STATEMENTS
    for words in (
        "34 were introduced, 20 started and 11 are in work",
        "20 of 21, 95 %",
        "11 of 20, 55 %",
        "n = 34 introduced.",
        "not what caused what",
        "There was no control group.",
        "n = 20 started.",
        "Left early, not known to be in work",
    ):
        assert words in page, words


def test_every_figure_opens_as_many_rows_as_it_says(taken, sign_in, world) -> None:
    client = sign_in(world.aino)
    opened = 0
    for by in ("municipality", "month", "channel"):
        page = client.get(f"/reports/{taken}/path?as_of=10.1.2022&by={by}")
        tree = html.document_fromstring(page.text)
        for link in tree.xpath("//main//section[@aria-labelledby='p-from']//tbody//a"):
            rows = flat(client.get(link.get("href")).text)
            count = re.search(r"(\d+) of (\d+) candidates", rows)
            assert count is not None and count[1] == link.text, link.get("href")
            opened += 1
    assert opened > 20


def test_an_address_that_says_nonsense_shows_the_usual_page(taken, sign_in, world) -> None:
    client = sign_in(world.aino)
    page = client.get(f"/reports/{taken}/path?by=coach&as_of=hello")
    assert page.status_code == 200 and "<caption" in page.text
    assert "Nobody had been introduced" in client.get(f"/reports/{taken}/path?as_of=1.1.2020").text


def test_a_coach_without_a_group_there_and_a_stranger_find_nothing(taken, sign_in, world) -> None:
    for who, status in ((world.stig, 404), (world.sam, 404), (world.pia, 403), (world.mia, 403)):
        assert sign_in(who).get(f"/reports/{taken}/path").status_code == status, who
