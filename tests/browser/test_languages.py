"""A page of each role in Swedish, and the choice of a language remembered."""

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from jobsearch.accounts.models import Account
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import whole_installation
from tests.furnished import furnish
from tests.windows import LAPTOP, PHONE, too_wide, violations

pytestmark = [pytest.mark.usefixtures("context"), pytest.mark.timeout(180)]
PAGES = {
    "aino": ("/cohorts/{cohort_id}/timetable", "Schema, Group 7", "Stämmer"),
    "stig": ("/cohorts/{cohort_id}/board", "Morgonmöte", "Kontakter"),
    "paula": ("/pay-runs/{run_id}", "Lönekörning, Group 7", "Till konto"),
    "pia": ("/my-analysis/decide", "Läs och bestäm", "Jag ger mitt samtycke"),
    "mia": ("/inbox", "Mottagna analyser", "Pia Pihlaja"),
    "olga": ("/organisations", "Organisationer", "Serviceproducent"),
}


@pytest.fixture
def swedish(world):
    """Everyone's account speaks Swedish, and Pia has one of everything."""
    with unit_of_work(whole_installation("test")):
        for account in db.session.scalars(select(Account)):
            account.language = "sv"
    return furnish(world)


def _is_swedish(page: Page, heading: str, text: str) -> None:
    assert page.locator("html").get_attribute("lang") == "sv"
    expect(page.locator("h1")).to_have_text(heading)
    expect(page.locator("main")).to_contain_text(text)
    assert page.title().startswith(heading.partition(",")[0])


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_a_page_of_each_role_speaks_swedish(window, world, swedish, name, size):
    path, heading, text = PAGES[name]
    page = window(getattr(world, name), size).open(path.format(**swedish.keys))
    _is_swedish(page, heading, text)
    assert violations(page) == []
    assert not too_wide(page)


def test_logging_in_swedish(window, world, swedish):
    page = window(world.pia, PHONE).open("/today")
    expect(page.locator("h1")).to_have_text("Hej, Pia!")
    page.get_by_role("button", name="Jag kontaktade en arbetsgivare").click()
    expect(page.locator("#said")).to_contain_text("Antecknat")
    expect(page.get_by_role("button", name="Ångra")).to_be_visible()


def test_the_choice_of_a_language_stays(window, world):
    page = window(world.pia, PHONE).open("/today")
    for code, label in (("sv", "Mina framsteg"), ("fi", "Edistymiseni")):
        page.locator(f"header button[lang={code}]").click()
        expect(page.locator("html")).to_have_attribute("lang", code)
        page.goto(page.url)
        expect(page.locator("html")).to_have_attribute("lang", code)
        expect(page.locator("#progress")).to_have_text(label)
    other = window(world.pia, PHONE).open("/today")
    expect(other.locator("html")).to_have_attribute("lang", "fi")
