"""The pages of one's own data, of requests, and the mark of a restriction."""

import io
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from jobsearch.accounts.models import SignIn
from jobsearch.audit.models import AccessEntry
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import Scope, whole_installation
from jobsearch.people.restrictions.queries import find_restriction
from jobsearch.people.restrictions.rules import RestrictionReason
from jobsearch.people.restrictions.service import restrict
from jobsearch.privacy.copies.models import DataCopy
from jobsearch.privacy.requests.models import DataRequest
from jobsearch.privacy.requests.rules import Area, Asked, RequestKind, RequestState
from jobsearch.privacy.requests.service import ask
from tests.world import NOW, World

pytestmark = pytest.mark.usefixtures("context")


def _ask(world: World, asked: Asked, who: str = "pia") -> str:
    member = getattr(world, who)
    with unit_of_work(Scope(frozenset({world.a.organisation_id}), "test"), member.actor):
        return ask(member.actor, asked).id


def _download(client: Any, address: str) -> tuple[TestResponse, bytes]:
    """The answer to the button that makes a copy, read to its end as a browser does."""
    answer = client.send(address)
    content = answer.get_data()
    answer.close()
    return answer, content


COPY = Asked(RequestKind.COPY, Area.ALL)
WRONG = Asked(RequestKind.CORRECTION, Area.HOURS, "On the 17th I was there.")


def _requests() -> list[DataRequest]:
    with unit_of_work(whole_installation("test"), read_only=True):
        return list(db.session.scalars(select(DataRequest).order_by(DataRequest.asked_at)))


def test_she_reads_what_there_is_and_gets_it_in_one_file(sign_in, world: World) -> None:
    pia = sign_in(world.pia)
    page = pia.get("/me/data").get_data(as_text=True)
    assert "Your group and hours" in page
    assert "Day in the group" in page
    assert "Data Protection Ombudsman" in page
    assert "Download my copy" in pia.get("/me/data/copy").get_data(as_text=True)
    answer, content = _download(pia, "/me/data/copy")
    assert answer.status_code == 200
    assert answer.mimetype == "application/zip"
    assert 'filename="my-data-2026-11-24.zip"' in answer.headers["Content-Disposition"]
    assert answer.headers["Cache-Control"].startswith("no-store")
    packed = zipfile.ZipFile(io.BytesIO(content))
    assert packed.testzip() is None
    assert {"README.txt", "data.json", "data.pdf", "who-looked.csv"} <= set(packed.namelist())
    assert answer.content_length == len(content)
    assert "by you" in pia.get("/me/data").get_data(as_text=True)
    with unit_of_work(whole_installation("test"), read_only=True):
        looks = db.session.scalars(select(AccessEntry.what)).all()
        assert "copy of everything" in looks
        assert len(db.session.scalars(select(DataCopy)).all()) == 1


def test_a_copy_asks_first_that_it_is_she(sign_in, world: World, clock) -> None:
    clock.move_to(NOW + timedelta(minutes=15))
    pia = sign_in(world.pia)
    assert pia.get("/me/data/copy").status_code == 303
    assert pia.send("/me/data/copy").status_code == 401
    with unit_of_work(whole_installation("test"), read_only=True):
        assert db.session.scalars(select(DataCopy)).all() == []


def test_too_many_copies_are_refused_in_words(sign_in, world: World) -> None:
    pia = sign_in(world.pia)
    for _time in range(5):
        assert _download(pia, "/me/data/copy")[0].status_code == 200
    refused = pia.send("/me/data/copy")
    assert refused.status_code == 422
    assert "at most 5 times a day" in refused.get_data(as_text=True)


@pytest.mark.parametrize("who", ["aino", "stig", "paula", "mia", "hilla", "olga"])
def test_everyone_else_sees_her_own_account_there(sign_in, world: World, who: str) -> None:
    client = sign_in(getattr(world, who))
    page = client.get("/me/data").get_data(as_text=True)
    assert "Your account" in page
    assert "Day in the group" not in page
    assert _download(client, "/me/data/copy")[0].mimetype == "application/zip"
    if who != "hilla":
        assert client.get("/me/data/requests").status_code == 403


def test_she_asks_sees_the_answer_and_where_to_complain(sign_in, world: World) -> None:
    pia, aino = sign_in(world.pia), sign_in(world.aino)
    sent = pia.send(
        "/me/data/requests", kind="correction", area="hours", words="On the 17th I was there."
    )
    assert sent.status_code == 303
    page = pia.get("/me/data/requests").get_data(as_text=True)
    assert "On the 17th I was there." in page
    assert "24\xa0December 2026" in page
    (request,) = _requests()
    listed = aino.get("/privacy/requests").get_data(as_text=True)
    assert "Pia Pihlaja" in listed
    address = f"/privacy/requests/{request.id}"
    assert "On the 17th I was there." in aino.get(address).get_data(as_text=True)
    assert aino.send(f"{address}/start", version="1").status_code == 303
    refusal = {"version": "2", "verdict": "refused", "answer": "The list says otherwise."}
    assert aino.send(f"{address}/answer", **refusal).status_code == 303
    told = pia.get("/me/data/requests").get_data(as_text=True)
    assert "The list says otherwise." in told
    assert "tietosuoja@om.fi" in told


def test_what_was_typed_stays_when_it_is_refused(sign_in, world: World) -> None:
    pia = sign_in(world.pia)
    bad = pia.send("/me/data/requests", kind="correction", area="hours", words="I was ill then")
    page = bad.get_data(as_text=True)
    assert bad.status_code == 422
    assert "I was ill then" in page
    assert "health" in page
    assert 'name="about_work"' in page
    good = {"kind": "correction", "area": "hours", "words": "I was ill then", "about_work": "y"}
    assert pia.send("/me/data/requests", **good).status_code == 303
    empty = pia.send("/me/data/requests")
    assert empty.status_code == 422
    assert "Choose what you want." in empty.get_data(as_text=True)
    assert 'name="about_work"' not in empty.get_data(as_text=True)


def test_the_same_form_sent_twice_asks_once(sign_in, world: World) -> None:
    pia = sign_in(world.pia)
    form = [*pia.token(), ("kind", "erasure"), ("area", "talks"), ("words", "The note of May.")]
    for _time in range(2):
        assert pia.post("/me/data/requests", data=dict(form)).status_code == 303
    assert len(_requests()) == 1


def test_only_her_own_request_is_hers_to_take_back(sign_in, world: World) -> None:
    key = _ask(world, WRONG)
    address = f"/me/data/requests/{key}/take-back"
    assert sign_in(world.otto).send(address).status_code == 404
    assert sign_in(world.stig).send(address).status_code == 403
    assert sign_in(world.pia).send(address).status_code == 303
    assert _requests()[0].state is RequestState.TAKEN_BACK
    assert sign_in(world.pia).send(address).status_code == 422


@pytest.mark.parametrize("who", ["stig", "paula", "pia", "mia", "hilla", "olga"])
def test_requests_are_the_managers_alone(sign_in, world: World, who: str) -> None:
    key = _ask(world, COPY)
    client = sign_in(getattr(world, who))
    for address in ("/privacy/requests", f"/privacy/requests/{key}"):
        answer = client.get(address)
        assert answer.status_code == 403
        assert b"Pihlaja" not in answer.get_data().partition(b"</header>")[2]
    assert client.send(f"/privacy/requests/{key}/copy").status_code == 403


def test_another_providers_manager_finds_nothing(sign_in, world: World) -> None:
    key = _ask(world, COPY)
    sam = sign_in(world.sam)
    assert sam.get(f"/privacy/requests/{key}").status_code == 404
    assert sam.send(f"/privacy/requests/{key}/copy").status_code == 404
    assert sam.get(f"/privacy/requests/new/{world.pia.person_id}").status_code == 404
    assert "Pihlaja" not in sam.get("/privacy/requests").get_data(as_text=True)


def test_the_manager_writes_a_paper_request_down_and_makes_the_copy(sign_in, world: World) -> None:
    aino = sign_in(world.aino)
    new = f"/privacy/requests/new/{world.pia.person_id}"
    assert new in aino.get(f"/people/{world.pia.person_id}").get_data(as_text=True)
    assert "Pia Pihlaja" in aino.get(new).get_data(as_text=True)
    noted = aino.send(new, kind="copy", area="all", words="By letter.")
    assert noted.status_code == 303
    address = noted.headers["Location"]
    assert "Make the copy" in aino.get(address).get_data(as_text=True)
    copy, _content = _download(aino, f"{address}/copy")
    assert copy.mimetype == "application/zip"
    page = sign_in(world.pia).get("/me/data").get_data(as_text=True)
    assert "by the manager, as you had asked" in page
    assert "everything that is kept of you" in sign_in(world.pia).get("/seen-by").get_data(
        as_text=True
    )


def test_a_request_that_is_late_is_marked(sign_in, world: World, clock) -> None:
    _ask(world, WRONG)
    clock.move_to(NOW + timedelta(days=31))
    with unit_of_work(whole_installation("test")):
        for one in db.session.scalars(select(SignIn)):
            one.started_at = one.last_seen_at = NOW + timedelta(days=31)
    page = sign_in(world.aino).get("/privacy/requests").get_data(as_text=True)
    assert "Overdue" in page
    assert "1 request is overdue" in page


def test_a_restricted_person_is_marked_wherever_staff_open_her(sign_in, world: World) -> None:
    stig = sign_in(world.stig)
    enrolment = world.a.enrolment_ids["pia"]
    pages = (
        f"/people/{world.pia.person_id}",
        f"/people/{world.pia.person_id}/introduction",
        f"/hours/{enrolment}",
    )
    pages = [page for page in pages if stig.get(page).status_code == 200]
    assert len(pages) >= 2
    for page in pages:
        assert "is restricted since" not in stig.get(page).get_data(as_text=True)
    with unit_of_work(Scope(frozenset({world.a.organisation_id}), "test"), world.aino.actor):
        restrict(world.aino.actor, world.pia.person_id, RestrictionReason.ACCURACY)
    for page in pages:
        assert "is restricted since" in stig.get(page).get_data(as_text=True), page
    otto = stig.get(f"/people/{world.otto.person_id}").get_data(as_text=True)
    assert "is restricted since" not in otto
    assert "Restricted" in stig.get("/people").get_data(as_text=True)


def test_her_restriction_shows_on_her_page_and_the_manager_ends_it(sign_in, world: World) -> None:
    pia, aino = sign_in(world.pia), sign_in(world.aino)
    form = {"kind": "restriction", "area": "all", "reason": "accuracy"}
    assert pia.send("/me/data/requests", **form).status_code == 303
    assert "Your data is restricted since" in pia.get("/me/data/requests").get_data(as_text=True)
    (request,) = _requests()
    address = f"/privacy/requests/{request.id}"
    assert "End the restriction" in aino.get(address).get_data(as_text=True)
    assert aino.send(f"{address}/lift").status_code == 303
    with unit_of_work(whole_installation("test"), read_only=True):
        assert find_restriction(world.pia.person_id) is None
    assert aino.send(f"{address}/lift").status_code == 422


@pytest.mark.parametrize(
    ("who", "address"),
    [
        ("pia", "/me/data"),
        ("pia", "/me/data/copy"),
        ("pia", "/me/data/requests"),
        ("stig", "/me/data"),
        ("aino", "/privacy/requests"),
    ],
)
def test_a_page_asks_no_more_of_the_database_when_there_is_more(
    sign_in, world: World, statements: list[str], who: str, address: str
) -> None:
    client = sign_in(getattr(world, who))
    _ask(world, WRONG)
    client.get(address)
    statements.clear()
    client.get(address)
    few = len([one for one in statements if one.startswith(("SELECT", "WITH"))])
    for _time in range(8):
        _ask(world, WRONG)
        _ask(world, COPY, "otto")
    statements.clear()
    client.get(address)
    many = len([one for one in statements if one.startswith(("SELECT", "WITH"))])
    assert many == few <= 8


def test_one_way_leads_to_requests_and_one_back_from_who_has_looked(sign_in, world: World) -> None:
    aino, pia = sign_in(world.aino), sign_in(world.pia)
    assert 'href="/privacy/requests"' in aino.get("/privacy").get_data(as_text=True)
    assert 'href="/privacy/requests"' not in aino.get("/settings").get_data(as_text=True)
    for address in ("/seen-by", "/seen-by/sent"):
        assert 'href="/me/data"' in pia.get(address).get_data(as_text=True)
    assert 'href="/me/data/copy"' in pia.get("/my-everything").get_data(as_text=True)


def test_a_page_that_is_not_there_says_what_to_do_next(sign_in, world: World) -> None:
    nobodys = "a" * 20
    pia = sign_in(world.pia).get(f"/job-search/employers/{nobodys}")
    aino = sign_in(world.aino).get(f"/people/{nobodys}")
    assert (pia.status_code, aino.status_code) == (404, 404)
    assert "Did a link in a message bring you here?" in pia.text
    assert "call your coach" in pia.text
    assert "call your coach" not in aino.text
    assert "whoever looks after the service" in aino.text
