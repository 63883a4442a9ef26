"""Pages of messages: texts with their preview, whom they do not reach, and the operator's view."""

import socket
import time

import pytest

from jobsearch.core.db import db
from jobsearch.notices.delivery.models import FailedAddress
from jobsearch.notices.delivery.rules import MessageState, Trouble
from jobsearch.notices.delivery.service import Tried, settle
from jobsearch.notices.rules import Channel
from jobsearch.notices.service import send
from jobsearch.notices.texts.models import OwnWording
from tests.outbox import KINDS, LINK, NEWS, messages, pia, system
from tests.pages import client_of
from tests.world import NOW, make_person

pytestmark = pytest.mark.usefixtures("context", "own_kinds")
TEXT = "/messages/texts/test.news/en"
FORM = {"subject": "News", "body": "Hi {name}: {link}", "sms": "{link}", "seen": ""}


@pytest.fixture
def own_kinds(app):
    kept = app.config["JOBSEARCH_TEXTS"]
    app.config["JOBSEARCH_TEXTS"] = KINDS
    yield
    app.config["JOBSEARCH_TEXTS"] = kept


# --- texts ------------------------------------------------------------------------------------


def test_the_manager_sees_every_message_and_opens_one(sign_in, world):
    client = sign_in(world.aino)
    assert "A tip now and then" in client.get("/messages/texts").text
    page = client.get(TEXT).text
    assert "Hello {name}." in page  # the words to edit
    assert "Hello Aino." in page  # the preview
    assert "one message" in page
    assert "Default text" in page


@pytest.mark.parametrize("who", ["stig", "paula", "pia", "mia", "olga"])
def test_nobody_else_edits_texts(sign_in, world, who):
    client = sign_in(getattr(world, who))
    assert client.get(TEXT).status_code == 403
    assert client.send(TEXT, **FORM).status_code == 403


@pytest.mark.parametrize("path", ["test.nothing/en", "test.news/xx", "../en"])
def test_a_message_that_there_is_not_has_no_page(sign_in, world, path):
    assert sign_in(world.aino).get(f"/messages/texts/{path}").status_code == 404


def test_own_words_are_kept_shown_and_taken_back(sign_in, world):
    client = sign_in(world.aino)
    assert client.send(TEXT, **FORM).status_code == 303
    page = client.get(TEXT).text
    assert "Own text" in page and "Hi Aino: https://" in page and "In use" in page
    with system():
        key = db.session.query(OwnWording).one().id
    assert client.send(f"{TEXT}/default", seen=key).status_code == 303
    assert "Default text" in client.get(TEXT).text
    again = client.get(f"/messages/texts/versions/{key}").text
    assert "Hi {name}: {link}" in again and "not in use until you save it" in again


@pytest.mark.parametrize(
    ("field", "words", "says"),
    [
        ("body", "Hi", "needs the placeholder {link}"),
        ("body", "{link} {salary}", "no placeholder {salary}"),
        ("body", "{link} {{", "stands alone"),
        ("sms", "x", "needs the placeholder {link}"),
        ("subject", "", "Write the text"),
        ("body", "{link}" + "x" * 4001, "It may have 4000"),
    ],
)
def test_words_that_cannot_be_used_come_back_with_a_sentence(sign_in, world, field, words, says):
    answer = sign_in(world.aino).send(TEXT, **{**FORM, field: words})
    assert answer.status_code == 422
    assert says in answer.text
    assert "Correct the text first" in answer.text
    with system():
        assert db.session.query(OwnWording).count() == 0


def test_a_preview_keeps_nothing(sign_in, world):
    answer = sign_in(world.aino).send(TEXT, **FORM, preview="1")
    assert answer.status_code == 200
    assert "Hi Aino: https://" in answer.text
    with system():
        assert db.session.query(OwnWording).count() == 0


def test_markup_in_own_words_stays_words(sign_in, world):
    client = sign_in(world.aino)
    body = "<script>alert(1)</script> {link} {{ 7*7 }}"
    assert client.send(TEXT, **{**FORM, "body": body}).status_code == 422
    client.send(TEXT, **{**FORM, "body": "<script>alert(1)</script> {link}"})
    assert "<script>alert" not in client.get(TEXT).text


def test_who_saves_over_another_change_reads_that_it_has_changed(sign_in, world):
    client = sign_in(world.aino)
    client.send(TEXT, **FORM)
    answer = client.send(TEXT, **{**FORM, "subject": "Other"})
    assert answer.status_code == 409


def test_another_provider_has_its_own_words(sign_in, world):
    sign_in(world.aino).send(TEXT, **FORM)
    with system():
        key = db.session.query(OwnWording).one().id
    client = sign_in(world.sam)
    assert "Hi Aino" not in client.get(TEXT).text
    assert client.get(f"/messages/texts/versions/{key}").status_code == 404


# --- whom messages do not reach ---------------------------------------------------------------


def _fail(world, subject_id=None, address="pia@example.org", organisation=None):
    with system():
        row = FailedAddress(
            organisation_id=organisation or world.a.organisation_id,
            subject_id=subject_id or world.pia.person_id,
            channel=Channel.EMAIL,
            address=address,
            address_index=address,
            trouble=Trouble.ADDRESS_REFUSED,
            kind="test.news",
            failed_at=NOW,
        )
        db.session.add(row)
        db.session.flush()
        return row.id


def test_coach_and_manager_see_who_is_not_reached_and_what_to_do(sign_in, world):
    _fail(world)
    for who in (world.stig, world.aino):
        page = sign_in(who).get("/messages/not-reached").text
        assert "Pia Pihlaja" in page and "pia@example.org" in page and "Try again" in page
    assert (
        f"/people/{world.pia.person_id}/edit"
        in sign_in(world.aino).get("/messages/not-reached").text
    )


@pytest.mark.parametrize("who", ["paula", "pia", "mia", "olga"])
def test_nobody_else_sees_the_list(sign_in, world, who):
    assert sign_in(getattr(world, who)).get("/messages/not-reached").status_code == 403


def test_a_coach_sees_only_her_own_participants(sign_in, world):
    from jobsearch.cohorts.models import Cohort

    failure = _fail(world)
    with system():
        db.session.get(Cohort, world.a.cohort_ids[0]).coach_id = world.aino.account_id
    client = sign_in(world.stig)
    assert "Pihlaja" not in client.get("/messages/not-reached").text
    assert client.send(f"/messages/not-reached/{failure}/again").status_code == 404
    assert "Pihlaja" in sign_in(world.aino).get("/messages/not-reached").text


def test_a_candidate_without_a_group_is_every_coachs(sign_in, world):
    with system():
        person = make_person(world.a.organisation_id, "Uno", "Uusi", "+358400000777")
        key = person.id
    _fail(world, key, "uno@example.org")
    assert "Uno Uusi" in sign_in(world.stig).get("/messages/not-reached").text


def test_an_account_that_is_not_reached_is_the_managers(sign_in, world):
    _fail(world, world.mia.account_id, "mia@example.org")
    assert "Mia Mäki" in sign_in(world.aino).get("/messages/not-reached").text
    assert "mia@example.org" not in sign_in(world.stig).get("/messages/not-reached").text


def test_trying_again_takes_the_line_away(sign_in, world):
    with system():
        key = send(NEWS, pia(world), LINK, organisation_id=world.a.organisation_id)
    with system():
        settle(key, Tried(MessageState.REFUSED, Trouble.ADDRESS_REFUSED))
        failure = db.session.query(FailedAddress).one().id
    client = sign_in(world.stig)
    assert client.send(f"/messages/not-reached/{failure}/again").status_code == 303
    assert "Everyone is reached" in client.get("/messages/not-reached").text
    assert messages()[0].state is MessageState.WAITING


def test_the_list_asks_as_little_of_thirty_as_of_one(sign_in, world, statements):
    _fail(world)
    client = sign_in(world.aino)
    client.get("/messages/not-reached")
    statements.clear()
    client.get("/messages/not-reached")
    one = len(statements)
    with system():
        people = [
            make_person(world.a.organisation_id, f"N{n}", "N", f"+3584000005{n:02d}").id
            for n in range(29)
        ]
    for person in people:
        _fail(world, person, f"{person}@example.org")
    statements.clear()
    page = client.get("/messages/not-reached").text
    assert len(statements) == one
    assert "Page 1 of 2" in page


def test_the_list_of_texts_asks_one_question_of_its_own(sign_in, world, statements, app):
    client = sign_in(world.aino)
    client.get("/messages/texts")
    statements.clear()
    client.get("/messages/texts")
    few = len(statements)
    app.config["JOBSEARCH_TEXTS"] = KINDS * 10
    statements.clear()
    client.get("/messages/texts")
    assert len(statements) == few


# --- the operator -----------------------------------------------------------------------------


def test_the_operator_sees_figures_and_reasons_and_nobody(sign_in, world, statements):
    for number in range(3):
        with system():
            to = pia(world, email=f"to{number}@example.org")
            key = send(NEWS, to, LINK, organisation_id=world.a.organisation_id)
    with system():
        settle(key, Tried(MessageState.WAITING, Trouble.TRY_LATER))
    page = sign_in(world.olga).get("/messages/state").text
    assert "asks to try later" in page
    for word in ("example.org/x", "to0@", "Pia", "Pihlaja", "Hello", "News"):
        assert word not in page


@pytest.mark.parametrize("who", ["aino", "stig", "pia", "mia"])
def test_the_state_of_messages_is_the_operators_alone(sign_in, world, who):
    assert sign_in(getattr(world, who)).get("/messages/state").status_code == 403


# --- the web never waits ----------------------------------------------------------------------


def test_a_page_that_causes_a_message_speaks_to_no_server(app, world, monkeypatch):
    """The outbox takes it; nobody who presses a button waits for a mail server."""

    def refuse(*_args: object, **_values: object) -> None:
        raise AssertionError("a request opened a connection to a server")

    monkeypatch.setattr("smtplib.SMTP.connect", refuse)
    monkeypatch.setattr("http.client.HTTPConnection.request", refuse)
    if db.engine.dialect.name == "sqlite":
        monkeypatch.setattr(socket.socket, "connect", refuse)
    client, took = client_of(app, None), []
    for name in ("pia", "otto", "bo", "mia", "nils") * 3:
        started = time.perf_counter()
        answer = client.send("/sign-in", address=getattr(world, name).email)
        took.append(time.perf_counter() - started)
        assert answer.status_code == 303
    assert sorted(took)[-2] < 0.5  # a fraction of it on a quiet machine; tests share theirs
    assert {message.state for message in messages()} == {MessageState.WAITING}
    assert messages()
