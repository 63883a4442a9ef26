"""Pages of the municipal coach and of a municipality's administrator, and what they never tell."""

import re

import pytest
from flask import Flask
from lxml import html

from jobsearch.analyses.rules import SectionKey
from tests.addresses import pages_of
from tests.clients import HIDDEN, crowd, those_who_share_nothing
from tests.furnished import furnish
from tests.pages import client_of
from tests.world import World
from tests.written import agree, released, show, write

pytestmark = pytest.mark.usefixtures("context")


def _main(page: str) -> str:
    """What a page says, without keys that are new each time."""
    (main,) = html.document_fromstring(page).xpath("//main")
    for flash in main.xpath(".//*[contains(@class, 'flash')]"):
        flash.getparent().remove(flash)
    return " ".join(main.text_content().split())


# --- the inbox --------------------------------------------------------------------------------


def test_an_empty_inbox_says_what_comes_there_and_what_to_do(world, sign_in):
    page = sign_in(world.mia).get("/inbox").text
    assert "Here come the analyses" in page and "/clients" in page


def test_the_first_visit_says_what_the_page_is_until_something_was_opened(world, sign_in, as_):
    _key, release = released(as_, world)
    client = sign_in(world.mia)
    assert "What this page is" in client.get("/inbox").text
    assert "Not opened yet" in client.get("/inbox").text
    assert client.get(f"/inbox/{release}").status_code == 200
    page = client.get("/inbox").text
    assert "What this page is" not in page and "First opened" in page


@pytest.mark.parametrize(
    ("show", "before", "after"),
    [("", 1, 1), ("new", 1, 0), ("opened", 0, 1), ("ending", 0, 0), ("nonsense", 1, 1)],
)
def test_the_inbox_shows_what_is_asked_for(world, sign_in, as_, show, before, after):
    _key, release = released(as_, world)
    client = sign_in(world.mia)

    def lines() -> int:
        page = client.get(f"/inbox?show={show}").text
        return len(set(re.findall(r"/inbox/[a-z2-7]{20}", page)))

    assert lines() == before
    client.get(f"/inbox/{release}")
    assert lines() == after


def test_a_new_edition_takes_the_place_of_the_one_before_which_says_so(world, sign_in, as_, clock):
    key, first = released(as_, world)
    write(as_, world.stig, key, {SectionKey.WORKED: "something new"})
    show(as_, world, key)
    clock.shift(60)
    second = agree(as_, world.pia)
    client = sign_in(world.mia)
    page = client.get("/inbox").text
    assert set(re.findall(r"/inbox/([a-z2-7]{20})", page)) == {second}
    assert "takes the place of the one" in page
    older = client.get(f"/inbox/{first}")
    assert older.status_code == 404 and second in older.text
    assert "A newer edition has taken its place" in older.text and "Pihlaja" not in older.text


def test_an_inbox_of_many_goes_on_on_the_next_page(world, sign_in):
    crowd(world, 30)
    client = sign_in(world.mia)
    first, second = client.get("/inbox").text, client.get("/inbox?page=2").text
    assert "All (30)" in first and 'rel="next"' in first
    counted = [len(set(re.findall(r"/inbox/[a-z2-7]{20}", one))) for one in (first, second)]
    assert counted == [25, 5]


# --- the clients ------------------------------------------------------------------------------


def test_a_coach_asks_and_sees_no_more_than_that(world, sign_in, as_):
    released(as_, world)
    mia, address = sign_in(world.mia), f"/clients/{world.pia.person_id}"
    assert "Pia Pihlaja" in mia.get("/clients").text
    refused = mia.send(f"{address}/ask", kind="talk", words="131052-308T or so")
    assert refused.status_code == 422 and "131052-308T or so" in refused.text
    nothing = mia.send(f"{address}/ask", words="Hello")
    assert nothing.status_code == 422 and "Choose one." in nothing.text
    assert mia.send(f"{address}/ask", kind="permission").status_code == 422
    assert mia.send(f"{address}/ask", kind="talk", words="Shall we talk?").status_code == 303
    before = _main(mia.get("/clients").text), _main(mia.get(address).text)
    assert "asked on" in before[0] and "Shall we talk?" not in "".join(before)

    pia = sign_in(world.pia)
    page = pia.get("/my-analysis").text
    assert "Mia Mäki asks for a talk" in page and "Shall we talk?" in page
    assert "You need not do anything" in page
    (aside,) = re.findall(r'action="(/my-analysis/questions/[a-z2-7]{20}/aside)"', page)
    assert pia.send(aside).status_code == 303
    assert "Shall we talk?" not in pia.get("/my-analysis").text
    assert pia.send(aside.replace("aside", "stop")).status_code == 303
    page = pia.get("/my-analysis").text
    assert "You get no questions from Mia Mäki" in page
    mia = sign_in(world.mia)
    mia.get("/clients")  # the flash of before
    assert (_main(mia.get("/clients").text), _main(mia.get(address).text)) == before
    (allow,) = re.findall(r'action="(/my-analysis/questions/stops/[a-z2-7]{20}/end)"', page)
    assert sign_in(world.pia).send(allow).status_code == 303
    again = mia.send(f"{address}/ask", kind="newer")
    assert again.status_code == 422 and "a week after" in again.text


def test_a_participant_without_an_analysis_finds_her_question_too(world, sign_in):
    furnished = furnish(world)
    assert furnished.keys["client_question_id"]
    page = sign_in(world.pia).get("/my-analysis").text
    assert "Mia Mäki asks for a talk" in page


def test_the_pages_take_as_many_statements_with_5_clients_as_with_50(
    world, sign_in, as_, statements
):
    def opened(address: str) -> int:
        client = sign_in(world.mia)
        client.get(address)
        before = len(statements)
        assert client.get(address).status_code == 200
        return len(statements) - before

    addresses = ("/clients", "/inbox", "/inbox?show=new", "/digest")
    crowd(world, 5)
    few = [opened(address) for address in addresses]
    crowd(world, 45, first=5)
    assert [opened(address) for address in addresses] == few
    assert max(few) <= 8, few


def test_fifty_clients_stand_on_two_pages(world, sign_in):
    crowd(world, 50)
    client = sign_in(world.mia)
    pages = [client.get(f"/clients?page={n}").text for n in (1, 2, 3)]
    counted = [len(set(re.findall(r"/clients/[a-z2-7]{20}", page))) for page in pages]
    assert counted == [25, 25, 0]
    assert "There is no such page" in pages[2]


# --- what nobody learns -----------------------------------------------------------------------


@pytest.mark.parametrize("name", ["mia", "nils", "hilla"])
def test_who_shares_nothing_is_on_no_page_of_a_town(app: Flask, world: World, name: str):
    furnished = furnish(world)
    hidden = those_who_share_nothing(world)
    member = getattr(world, name)
    client = client_of(app, member)
    seen = set()
    for address in pages_of(app, member.actor, furnished):
        seen |= {address, *_linked(client.get(address).text)}
    for address in sorted(seen):
        body = client.get(address).get_data(as_text=True)
        assert HIDDEN not in body, address
    for key in hidden:
        for address in (f"/clients/{key}", f"/clients/{key}/hand-over"):
            assert client.get(address).status_code in (403, 404), address
        for address in (f"/clients/{key}/ask", f"/clients/{key}/hand-over"):
            assert client.send(address).status_code in (403, 404), address


def _linked(page: str) -> set[str]:
    if "<main" not in page:
        return set()
    found = html.document_fromstring(page).xpath("//main//a/@href")
    return {one for one in found if one.startswith("/") and "." not in one}


def test_an_administrator_reads_a_number_and_no_name(app: Flask, world: World):
    furnished = furnish(world)
    crowd(world, 3)
    client = client_of(app, world.hilla)
    addresses = set(pages_of(app, world.hilla.actor, furnished))
    for address in sorted(addresses):
        body = client.get(address).get_data(as_text=True)
        assert "Avoin" not in body and "Pihlaja" not in body, address
    assert "fewer than five" in (page := client.get("/town").text) and ">4<" not in page


# --- moving -----------------------------------------------------------------------------------


def test_a_coach_hands_a_client_over_by_name(world, sign_in, as_):
    released(as_, world)
    client, address = sign_in(world.mia), f"/clients/{world.pia.person_id}/hand-over"
    page = client.get(address).text
    assert "Nils Nurmi" in page and "Hilla" not in page
    assert client.send(address, successor="").status_code == 422
    assert client.send(address, successor=world.nils.account_id).status_code == 303
    assert "Pihlaja" in client.get("/clients").text, "once, in what was done"
    assert "Pihlaja" not in client.get("/clients").text + client.get("/inbox").text
    assert client.get(address).status_code == 404
    assert "Pihlaja" not in sign_in(world.nils).get("/clients").text


def test_a_form_that_is_sent_twice_moves_once(world, sign_in, as_, statements):
    client = sign_in(world.hilla)
    address = f"/town/{world.mia.account_id}/move"
    assert "Fewer than five clients go" in client.get(address).text
    fields = [*client.token(), ("successor", world.nils.account_id)]
    assert client.post(address, data=dict(fields)).status_code == 303
    statements.clear()
    assert client.post(address, data=dict(fields)).status_code == 303
    assert not [one for one in statements if "INSERT INTO coach_link" in one]
    page = client.get("/town").text
    assert "The clients have another municipal coach now" in page
    assert not re.search(r"\b1 client\b", page), "and no number gives it away"
    assert "This coach has no clients now" in client.get(address).text


def test_an_administrator_invites_and_ends_coaches_of_her_own_town_alone(world, sign_in):
    client = sign_in(world.hilla)
    own, other = world.municipality_id, world.a.organisation_id
    assert client.get(f"/organisations/{own}/invite").status_code == 200
    assert client.get(f"/organisations/{other}/invite").status_code == 404
    fields = {"name": "Uusi", "role": "municipal_coach", "language": "en"}
    answer = client.send(f"/organisations/{own}/invite", email="new@example.org", **fields)
    assert answer.status_code == 303
    end = f"/members/{world.mia.actor.membership_id}/end"
    page = client.get(end).text
    assert "Who gets the clients?" in page
    assert "Fewer than five clients have this municipal coach" in page
    assert not re.search(r"\b1 client\b", page), "and no number gives it away"
    assert client.send(end).status_code == 422
    assert client.send(end, successor=world.nils.account_id).status_code == 303
    assert sign_in(world.mia).get("/inbox").status_code == 303, "the sign-in has ended"
    assert "Mia Mäki" in client.get("/town").text, "once, in what was done"
    assert "Mia Mäki" not in client.get("/town").text


def test_an_administrator_starts_at_the_coaches(world, sign_in):
    answer = sign_in(world.hilla).get("/today")
    assert answer.location == "/town"
