"""Pages of people: found by name, shown with masked codes, corrected."""

import base64
import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import select

from jobsearch.audit.models import AccessEntry
from jobsearch.core.clock import now
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import whole_installation
from jobsearch.people.models import Person
from jobsearch.people.queries import identity_index
from tests.world import make_person

pytestmark = pytest.mark.usefixtures("context")
CODE, ACCOUNT = "131052-308T", "FI2112345600000785"


def _work():
    return unit_of_work(whole_installation("test"))


def _person(world, who="pia"):
    with unit_of_work(whole_installation("test"), read_only=True):
        return db.session.get(Person, getattr(world, who).person_id)


def _form(world, **changes):
    return {
        "given_name": "Pia",
        "family_name": "Pihlaja",
        "phone": "040 000 0201",
        "email": "pia@example.org",
        "municipality": "Pori",
        "language": "sv",
        "board_name": "first",
        "version": "1",
    } | changes


def _find(client, words: str) -> str:
    """The page of whom these words find, as the button of the search leads to it."""
    answer = client.send("/people", q=words)
    assert answer.status_code == 303
    return client.get(answer.location).text


def test_people_are_found_by_words_of_their_names(sign_in, world):
    with _work():
        make_person(world.a.organisation_id, "Äijä", "Öhman", "+358400000999")
    client = sign_in(world.stig)
    everyone = client.get("/people").text
    assert "Pihlaja Pia" in everyone and "Oksanen Otto" in everyone
    for words in ("pia", "PIH", "pihlaja pia", "ia pi"):
        page = _find(client, words)
        assert "Pihlaja Pia" in page and "Oksanen" not in page
    for words in ("äijä", "ÖHM", "Öhman"):
        assert "Öhman Äijä" in _find(client, words)
    assert "Nobody is found" in _find(client, "%")
    assert "Group 7" in everyone


def test_people_are_found_by_a_part_of_the_number_or_of_the_address(sign_in, world):
    client = sign_in(world.stig)
    for words in ("040 000 0201", "+358 40 0000201", "0201", "pia@", "PIA@example"):
        page = _find(client, words)
        assert "Pihlaja Pia" in page, words
        assert "Oksanen" not in page, words
    assert "Nobody is found" in _find(client, "09999")


def test_no_address_of_a_search_tells_who_was_looked_for(sign_in, world):
    client = sign_in(world.stig)
    with _work():
        for number in range(60):
            make_person(
                world.a.organisation_id, f"Anna{number}", "Ahoniemi", f"+35840001{number:04d}"
            )
    first = client.send("/people", q="ahoniemi").location
    page = client.get(first).text
    further = re.search(r'rel="next" href="([^"]+)"', page)[1].replace("&amp;", "&")
    assert "Page 2" in client.get(further).text and "Pihlaja" not in client.get(further).text
    for address in (first, further):
        assert "ahoniemi" not in address.lower() and "q=" not in address
        told = parse_qs(urlsplit(address).query)["find"][0]
        assert b"ahoniemi" not in base64.urlsafe_b64decode(told + "=" * (-len(told) % 4)).lower()
    assert client.send("/people", q="ahoniemi").location != first  # alike words look unlike
    assert 'value="ahoniemi"' in page and "q=" not in str(re.findall(r'href="[^"]*"', page))
    by_address = client.get("/people?q=pihlaja").text  # nobody is looked for so any more
    assert 'value="pihlaja"' not in by_address and "Ahoniemi" in by_address


def test_the_address_of_a_search_opens_for_nobody_else(sign_in, world):
    address = sign_in(world.stig).send("/people", q="pihlaja").location
    assert "Oksanen" not in sign_in(world.stig).get(address).text
    shown = sign_in(world.aino).get(address).text
    assert "pihlaja" not in shown and "Oksanen" in shown


@pytest.mark.parametrize("found", ["x", "%00", "AQEB", "ä", "A" * 3000, "AQE" + "A" * 60])
def test_an_address_that_holds_no_search_shows_everyone(sign_in, world, found):
    shown = sign_in(world.stig).get("/people", query_string={"find": found}).text
    assert "Pihlaja" in shown and "Oksanen" in shown


def test_a_search_without_words_shows_everyone_and_a_long_one_says_so(sign_in, world):
    client = sign_in(world.stig)
    assert client.send("/people", q=" ").location == "/people"
    refused = client.send("/people", q="x" * 81)
    assert refused.status_code == 422 and "x" * 81 in refused.text


def test_a_participant_edits_how_she_is_reached_after_a_fresh_proof(sign_in, world, clock):
    client = sign_in(world.pia)
    page = client.get("/my-contact")
    assert "pia@example.org" in page.text
    good = {"phone": "040 000 0201", "email": "Pia.New@example.org", "language": "en"}
    assert client.send("/my-contact", **(good | {"email": "nobody"})).status_code == 422
    assert client.send("/my-contact", **good).status_code == 303
    assert "pia.new@example.org" in client.get("/my-contact").text
    clock.shift(timedelta(minutes=11))
    assert client.send("/my-contact", **good).status_code == 401
    assert sign_in(world.stig).get("/my-contact").status_code == 403


def test_a_neighbour_is_not_among_them(sign_in, world):
    assert "Berg" not in sign_in(world.aino).get("/people").text
    assert sign_in(world.aino).get(f"/people/{world.bo.person_id}").status_code == 404
    assert sign_in(world.sam).get(f"/people/{world.pia.person_id}").status_code == 404


@pytest.mark.parametrize("who", ["pia", "mia", "olga"])
def test_only_staff_have_the_pages_of_people(sign_in, world, who):
    client = sign_in(getattr(world, who))
    assert client.get("/people").status_code == 403
    assert client.get(f"/people/{world.pia.person_id}").status_code == 403


def test_codes_are_kept_encrypted_and_shown_masked(sign_in, world):
    client = sign_in(world.aino)
    path = f"/people/{world.pia.person_id}/edit"
    sent = _form(world, identity_code="131052-308t", bank_account="FI21 1234 5600 0007 85")
    assert client.send(path, **sent).status_code == 303
    person = _person(world)
    assert (person.identity_code, person.bank_account) == (CODE, ACCOUNT)
    assert person.identity_index == identity_index(CODE)
    assert person.language == "sv"
    for page in (client.get(f"/people/{person.id}").text, client.get(path).text):
        assert "131052-••••" in page and "FI•• •••• 0785" in page
        assert CODE not in page and "5600" not in page


def test_an_empty_code_keeps_the_old_one(sign_in, world):
    client = sign_in(world.aino)
    path = f"/people/{world.pia.person_id}/edit"
    client.send(path, **_form(world, identity_code=CODE))
    assert client.send(path, **_form(world, version="2", municipality="Ulvila")).status_code == 303
    person = _person(world)
    assert (person.identity_code, person.municipality) == (CODE, "Ulvila")


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"given_name": ""}, "Enter the given name."),
        ({"identity_code": "131052-308X"}, "The last character of the identity code does not fit"),
        ({"bank_account": "FI2112345600000786"}, "Check the account"),
        ({"email": "pia@"}, "Enter an e-mail address"),
        ({"phone": "040 000 0202"}, "Otto Oksanen has this phone number already."),
    ],
)
def test_what_cannot_be_is_said_and_the_words_stay(sign_in, world, changes, says):
    path = f"/people/{world.pia.person_id}/edit"
    answer = sign_in(world.aino).send(path, **_form(world, municipality="Ulvila", **changes))
    assert answer.status_code == 422
    assert says in answer.text and "Ulvila" in answer.text
    assert _person(world).municipality == "Pori"


def test_the_same_code_is_the_same_person(sign_in, world):
    client = sign_in(world.aino)
    client.send(f"/people/{world.pia.person_id}/edit", **_form(world, identity_code=CODE))
    other = _form(world, phone="040 000 0202", identity_code=CODE)
    answer = client.send(f"/people/{world.otto.person_id}/edit", **other)
    assert answer.status_code == 422
    assert "Pia Pihlaja has this identity code already." in answer.text


def test_an_older_page_does_not_overwrite_a_newer_one(sign_in, world):
    client = sign_in(world.aino)
    path = f"/people/{world.pia.person_id}/edit"
    assert client.send(path, **_form(world, municipality="Ulvila")).status_code == 303
    assert client.send(path, **_form(world, municipality="Rauma")).status_code == 409
    assert _person(world).municipality == "Ulvila"


@pytest.mark.parametrize("who", ["stig", "paula"])
def test_only_a_manager_corrects_a_person(sign_in, world, who):
    client = sign_in(getattr(world, who))
    path = f"/people/{world.pia.person_id}/edit"
    assert client.get(path).status_code == 403
    assert client.send(path, **_form(world)).status_code == 403


def test_a_manager_does_not_reach_a_neighbours_person(sign_in, world):
    path = f"/people/{world.bo.person_id}/edit"
    assert sign_in(world.aino).get(path).status_code == 404
    assert sign_in(world.aino).send(path, **_form(world)).status_code == 404


def test_a_clerk_reads_the_codes_in_full_and_the_look_is_written_down(sign_in, world):
    path = f"/people/{world.pia.person_id}"
    assert sign_in(world.pia).get(f"{path}/identity").status_code == 403
    sign_in(world.aino).send(f"{path}/edit", **_form(world, identity_code=CODE))
    clerk = sign_in(world.paula)
    assert CODE not in clerk.get(path).text
    assert CODE in clerk.get(f"{path}/identity").text
    with unit_of_work(whole_installation("test"), read_only=True):
        looks = select(AccessEntry.what).where(
            AccessEntry.person_id == world.pia.person_id,
            AccessEntry.account_id == world.paula.account_id,
        )
        seen = db.session.scalars(looks.order_by(AccessEntry.id)).all()
        assert seen == ["details", "identity code and bank account"]
    for who in ("aino", "stig"):
        assert sign_in(getattr(world, who)).get(f"{path}/identity").status_code == 403


@pytest.mark.parametrize(
    ("who", "path", "most"),
    [("stig", "/people", 3), ("stig", "a", 3)],
)
def test_a_page_asks_as_often_with_few_people_as_with_30(
    sign_in, world, statements, who, path, most
):
    def asked():
        del statements[:]
        assert client.get(path).status_code == 200
        return len([one for one in statements if one.startswith("SELECT")])

    client = sign_in(getattr(world, who))
    path = path if path.startswith("/") else client.send("/people", q=path).location
    once = asked()
    with _work():
        for number in range(30):
            make_person(world.a.organisation_id, f"Anna{number}", "A", f"+3584000020{number:02d}")
    assert asked() == once
    assert once <= most


def test_whoever_was_erased_stands_in_no_list_of_names(sign_in, world) -> None:
    client = sign_in(world.aino)
    address = f"/people/{world.otto.person_id}"
    assert address in client.get("/people").text
    with _work():
        otto = db.session.get_one(Person, world.otto.person_id)
        otto.given_name, otto.family_name, otto.erased_at = "–", "", now()
    assert address not in client.get("/people").text
