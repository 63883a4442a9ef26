"""One's own choices of messages: signed in, by a link, and by one click of a mail program."""

import re

import pytest

from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import Scope
from jobsearch.links.service import issue_link, revoke_links
from jobsearch.notices.preferences.models import DeclinedKind, MessageChoice
from jobsearch.notices.preferences.queries import choices_of
from jobsearch.notices.rules import Channel
from jobsearch.notices.service import CHOICE_PURPOSE, send
from tests.outbox import KINDS, LINK, NEWS, TIP, messages, pia, system
from tests.pages import client_of

pytestmark = pytest.mark.usefixtures("context", "own_kinds")


@pytest.fixture
def own_kinds(app):
    kept = app.config["JOBSEARCH_TEXTS"]
    app.config["JOBSEARCH_TEXTS"] = KINDS
    yield
    app.config["JOBSEARCH_TEXTS"] = kept


def _chosen(**changes):
    form = {"channel": "email", "language": "fi", "quiet_from": "21", "quiet_to": "7"}
    return {**form, "wanted": "test.tip", **changes}


def _link(world) -> str:
    scope = Scope(frozenset({world.a.organisation_id}), "test")
    with unit_of_work(scope):
        secret = issue_link(CHOICE_PURPOSE, world.pia.person_id, expires_at=None)
    return f"/messages/choices/{secret}"


def _choices(world):
    with system():
        return choices_of(world.pia.person_id)


def test_the_page_shows_the_defaults_and_what_always_comes(sign_in, world):
    page = sign_in(world.pia).get("/account/messages").text
    assert "pia@example.org" in page and "+358400000201" in page
    assert re.search(r'value="21" selected|selected value="21"', page)
    assert "A tip now and then" in page
    assert "News" in page.split("Messages that always come")[1]


def test_a_participant_chooses_text_messages_swedish_and_other_quiet_hours(sign_in, world):
    client = sign_in(world.pia)
    changes = {"channel": "sms", "language": "sv", "quiet_from": "18", "quiet_to": "9"}
    answer = client.send("/account/messages", **_chosen(**changes))
    assert answer.status_code == 303
    found = _choices(world)
    assert (found.channel, found.language) == (Channel.SMS, "sv")
    assert (found.quiet.from_minute, found.quiet.to_minute) == (18 * 60, 9 * 60)
    with system():
        send(NEWS, pia(world), LINK, organisation_id=world.a.organisation_id)
    (message,) = messages()
    assert (message.channel, message.address) == (Channel.SMS, "+358400000201")
    assert (message.language, message.quiet_from_minute) == ("sv", 18 * 60)


def test_a_kind_that_is_left_out_is_not_written_and_can_be_taken_back(sign_in, world):
    client = sign_in(world.pia)
    form = _chosen()
    del form["wanted"]
    client.send("/account/messages", **form)
    with system():
        assert send(TIP, pia(world), LINK, organisation_id=world.a.organisation_id) is None
        assert send(NEWS, pia(world), LINK, organisation_id=world.a.organisation_id)
    client.send("/account/messages", **_chosen())
    with system():
        assert send(TIP, pia(world), LINK, organisation_id=world.a.organisation_id)


@pytest.mark.parametrize(
    "changes", [{"channel": "pigeon"}, {"quiet_from": "25"}, {"language": "xx"}, {"wanted": "y"}]
)
def test_what_is_not_offered_cannot_be_chosen(sign_in, world, changes):
    assert sign_in(world.pia).send("/account/messages", **_chosen(**changes)).status_code == 422
    with system():
        assert db.session.query(MessageChoice).count() == 0


def test_a_kind_that_always_comes_cannot_be_left_out(sign_in, world):
    client = sign_in(world.pia)
    client.send("/account/messages", **_chosen())
    with system():
        assert {row.kind for row in db.session.query(DeclinedKind)} == set()


@pytest.mark.parametrize("who", ["stig", "mia", "aino", "olga"])
def test_staff_and_municipal_coaches_choose_too(sign_in, world, who):
    member = getattr(world, who)
    page = sign_in(member).get("/account/messages").text
    assert member.email in page
    form = _chosen()
    del form["wanted"]
    assert sign_in(member).send("/account/messages", **form).status_code == 303


def test_a_link_shows_masked_addresses_and_keeps_choices_without_an_account(app, world):
    address, client = _link(world), client_of(app, None)
    page = client.get(address).text
    assert "p•••@example.org" in page and "pia@example.org" not in page
    assert "+358400000201" not in page and "Pihlaja" not in page
    form = _chosen(channel="sms")
    del form["wanted"]
    assert client.send(address, **form).status_code == 303
    assert _choices(world).channel is Channel.SMS
    assert _choices(world).declined == {"test.tip"}


def test_a_mail_program_ends_one_kind_by_one_click_and_twice_does_no_harm(app, world):
    address, client = _link(world), client_of(app, None)
    for _time in range(2):
        answer = client.post(f"{address}?kind=test.tip", data={"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
    assert _choices(world).declined == {"test.tip"}


def test_one_click_ends_no_message_that_always_comes(app, world):
    address, client = _link(world), client_of(app, None)
    client.post(f"{address}?kind=test.news", data={"List-Unsubscribe": "One-Click"})
    assert _choices(world).declined == frozenset()


def test_opening_the_link_of_an_e_mail_ends_nothing(app, world):
    address, client = _link(world), client_of(app, None)
    for _time in range(3):
        assert client.get(f"{address}?kind=test.tip").status_code == 200
    assert _choices(world).declined == frozenset()


def test_a_closed_link_keeps_no_choice(app, world):
    address, client = _link(world), client_of(app, None)
    with unit_of_work(Scope(frozenset({world.a.organisation_id}), "test")):
        revoke_links(CHOICE_PURPOSE, world.pia.person_id)
    assert client.send(address, **_chosen(channel="sms")).status_code == 410
    assert _choices(world).channel is None


def test_the_link_in_an_e_mail_opens_the_page(app, world):
    with system():
        send(TIP, pia(world), LINK, organisation_id=world.a.organisation_id)
    (message,) = messages()
    path = re.search(r"http://localhost(/messages/\S+)", message.body)[1]
    assert "Messages to me" in client_of(app, None).get(path).text
    assert message.stop_link.endswith("?kind=test.tip")
