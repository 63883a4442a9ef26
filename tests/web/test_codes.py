"""Signing in by a code or a link that was sent to a phone or an e-mail address."""

import re
from datetime import timedelta

import pytest

from jobsearch.accounts.codes.models import OneTimeCode
from jobsearch.accounts.models import Account, Membership, SignIn
from jobsearch.accounts.rules import Way
from jobsearch.core.clock import now
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import whole_installation
from jobsearch.notices.models import Message
from tests.pages import PageClient

PHONE = "+358400000201"


@pytest.fixture(autouse=True)
def _in_english(monkeypatch) -> None:
    """Nobody who is signed out has chosen a language: her browser asks for English."""
    monkeypatch.setattr(PageClient, "reads", "en")


@pytest.fixture(autouse=True)
def pia_has_a_phone(world, context):
    with unit_of_work(whole_installation("test")):
        db.session.get(Account, world.pia.account_id).phone = PHONE


def _messages() -> list[Message]:
    with unit_of_work(whole_installation("test"), read_only=True):
        return db.session.query(Message).order_by(Message.created_at, Message.id).all()


def _code(which: int = -1) -> str:
    return re.search(r"\b\d{6}\b", _messages()[which].body)[0]


def _link(which: int = -1) -> str:
    return re.search(r"http://localhost(/sign-in/link/\S+)", _messages()[which].body)[1]


def _rows() -> list[OneTimeCode]:
    with unit_of_work(whole_installation("test"), read_only=True):
        return db.session.query(OneTimeCode).order_by(OneTimeCode.asked_at).all()


@pytest.fixture
def asked(sign_in, clock):
    """A browser in which a code was asked for, a second after whatever was before."""

    def ask(address: str = "pia@example.org"):
        clock.shift(timedelta(seconds=1))
        client = sign_in(None)
        assert client.send("/sign-in", address=address).status_code == 303
        return client

    return ask


def _is_in(client) -> bool:
    return client.get("/account").status_code == 200


@pytest.mark.parametrize(
    ("typed", "channel"),
    [
        ("040 000 0201", "sms"),
        ("+358 40 000 0201", "sms"),
        ("00358400000201", "sms"),
        ("040-0000201", "sms"),
        (" Pia@Example.ORG ", "email"),
        ("mailto:pia@example.org", "email"),
    ],
)
def test_she_signs_in_by_phone_or_address_in_any_spelling(asked, typed, channel) -> None:
    client = asked(typed)
    sent = _messages()[-1]
    assert sent.channel == channel
    assert sent.address == (PHONE if channel == "sms" else "pia@example.org")
    code = _code()
    answer = client.send("/sign-in/code", code=f" {code[:3]} {code[3:]} ")
    assert (answer.status_code, answer.location) == (303, "/today")
    assert _is_in(client)


def test_what_is_no_address_is_said_on_its_field_and_kept(sign_in, world) -> None:
    answer = sign_in(None).send("/sign-in", address="pia at example")
    assert answer.status_code == 422
    assert "Enter a phone number or an e-mail address" in answer.text
    assert 'value="pia at example"' in answer.text


def test_the_text_message_ends_with_the_line_by_which_a_phone_fills_in_the_code(asked) -> None:
    asked("0400000201")
    body = _messages()[-1].body
    assert body.splitlines()[-1] == f"@localhost #{_code()}"
    assert len(body) <= 306  # two parts at most


def test_the_code_page_lets_the_phone_fill_in_and_shows_where_it_went(asked) -> None:
    page = asked("0400000201").get("/sign-in/code").text
    assert 'autocomplete="one-time-code"' in page
    assert 'inputmode="numeric"' in page
    assert "••• 201" in page
    assert "0400000201" not in page


def test_a_code_works_once_and_its_link_no_more(asked, sign_in) -> None:
    client = asked()
    code, link = _code(), _link()
    with client.session_transaction() as cookie:
        secret = cookie["code_request"]
    assert client.send("/sign-in/code", code=code).status_code == 303
    again = sign_in(None)
    with again.session_transaction() as cookie:
        cookie["code_request"] = secret
    assert again.send("/sign-in/code", code=code).status_code == 422
    assert again.send(link, code=code).status_code == 422
    assert not _is_in(again)


def test_a_code_typed_in_another_browser_opens_nothing_without_the_link(asked, sign_in) -> None:
    asked()
    assert sign_in(None).send("/sign-in/code", code=_code()).status_code == 422


def test_a_scanner_that_opens_the_link_spends_nothing(asked, sign_in) -> None:
    client = asked()
    link = _link()
    for _ in range(30):
        scanner = sign_in(None)
        assert scanner.get(link).status_code == 200
        assert super(type(scanner), scanner).open(link, method="HEAD").status_code == 200
    page = client.get(link)
    assert "You asked for this link on this device" in page.text
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert client.send(link).status_code == 303
    assert _is_in(client)


def test_a_scanner_that_presses_buttons_gets_nowhere(asked, sign_in) -> None:
    client = asked()
    scanner = sign_in(None)
    assert scanner.send(_link()).status_code == 422
    assert not _is_in(scanner)
    assert client.send(_link()).status_code == 303


def test_on_another_device_the_link_wants_the_code_of_its_message(asked, sign_in) -> None:
    asking, other = asked(), sign_in(None)
    page = other.get(_link()).text
    assert "Type the code that is in the same message" in page
    assert 'autocomplete="one-time-code"' in page
    assert other.send(_link(), code="000000").status_code == 422
    assert other.send(_link(), code=_code()).status_code == 303
    assert _is_in(other)
    assert not _is_in(asking)
    assert asking.send("/sign-in/code", code=_code()).status_code == 422


def test_the_way_in_is_written_down(asked, world) -> None:
    asked().send("/sign-in/code", code=_code())
    client = asked()
    client.send(_link())
    with unit_of_work(whole_installation("test"), read_only=True):
        rows = db.session.query(SignIn).filter_by(membership_id=world.pia.actor.membership_id)
        assert {row.way for row in rows} >= {Way.CODE, Way.LINK}


def test_the_link_leads_to_where_she_was_going(sign_in, world) -> None:
    client = sign_in(None)
    client.send("/sign-in", address="pia@example.org", next="/account")
    assert client.send(_link()).location == "/account"


def test_the_fifth_wrong_code_ends_the_request_and_not_the_account(asked) -> None:
    client, other = asked(), asked()
    code = _code(0)
    wrong = "000000" if code != "000000" else "111111"
    for _ in range(5):
        assert client.send("/sign-in/code", code=wrong).status_code == 422
    assert client.send("/sign-in/code", code=code).status_code == 422
    assert client.send(_link(0), code=code).status_code == 422
    assert other.send("/sign-in/code", code=_code(1)).status_code == 303


def test_an_old_code_and_an_old_link_are_refused(asked, clock) -> None:
    client = asked()
    clock.shift(timedelta(minutes=15, seconds=1))
    assert client.send("/sign-in/code", code=_code()).status_code == 422
    assert "opens nothing any more" in client.get(_link()).text
    assert client.send(_link()).status_code == 422


@pytest.mark.parametrize("back", [timedelta(minutes=20), timedelta(hours=1), timedelta(days=400)])
def test_a_clock_that_is_set_back_opens_nothing(asked, clock, back) -> None:
    client = asked()
    clock.shift(timedelta(minutes=14))
    clock.shift(-back)
    assert client.send("/sign-in/code", code=_code()).status_code == 422
    assert client.send(_link()).status_code == 422


def test_a_code_that_was_tried_is_not_younger_after_a_clock_is_set_back(asked, clock) -> None:
    client = asked()
    code = _code()
    clock.shift(timedelta(minutes=14))
    client.send("/sign-in/code", code="000000" if code != "000000" else "111111")
    clock.shift(-timedelta(minutes=5))
    assert client.send("/sign-in/code", code=code).status_code == 422


def test_staff_get_no_code(asked) -> None:
    asked("aino@example.org")
    assert _messages() == []


def test_who_is_closed_or_has_left_gets_no_code_and_a_sent_one_opens_nothing(asked, world) -> None:
    client = asked()
    code = _code()
    with unit_of_work(whole_installation("test")):
        db.session.get(Membership, world.pia.actor.membership_id).ended_at = now()
    assert client.send("/sign-in/code", code=code).status_code == 422
    asked()
    assert len(_messages()) == 1


def test_twenty_requests_are_three_messages_however_they_are_spelled(sign_in, world) -> None:
    spellings = ["0400000201", "+358 400 000 201", "040-000 0201", "00358400000201"]
    answers = [
        sign_in(None).send("/sign-in", address=spellings[n % 4]).status_code for n in range(20)
    ]
    assert set(answers) == {303}
    assert len(_messages()) == 3
    assert len(_rows()) == 20


def test_messages_that_a_stranger_asked_for_let_their_owner_in(asked) -> None:
    for _ in range(10):
        asked()  # somebody keeps the address busy
    owner = asked()
    assert len(_messages()) == 3
    assert owner.send(_link(), code=_code()).status_code == 303
    assert _is_in(owner)


def test_after_a_while_there_are_messages_again(asked, clock) -> None:
    for _ in range(4):
        asked()
    clock.shift(timedelta(minutes=15))
    asked()
    assert len(_messages()) == 4


def test_a_network_that_asks_for_many_addresses_waits_and_another_does_not(sign_in, world) -> None:
    def ask(number: int, where: str) -> int:
        client = sign_in(None)
        client.environ_base["REMOTE_ADDR"] = where
        return client.send("/sign-in", address=f"nobody{number}@example.org").status_code

    answers = [ask(n, f"2001:db8:1:2::{n % 7}") for n in range(61)]
    assert answers == [303] * 60 + [429]
    assert ask(99, "2001:db8:1:3::1") == 303


def test_twenty_wrong_codes_for_an_address_leave_only_its_links(asked, clock) -> None:
    for _ in range(4):
        clock.shift(timedelta(minutes=6))
        client = asked()
        for guess in range(1, 6):
            client.send("/sign-in/code", code=f"{(int(_code()) + guess) % 10**6:06d}")
    clock.shift(timedelta(hours=1))
    owner = asked()
    refused = owner.send("/sign-in/code", code=_code())
    assert refused.status_code == 422
    assert "Open the link in the message instead" in refused.text
    assert owner.send(_link()).status_code == 303


def _strip(text: str) -> str:
    return re.sub(r'value="[^"]*"|secret=[^"]*', "", text)


def test_known_and_unknown_addresses_read_the_same_at_every_step(sign_in, world) -> None:
    known, unknown = sign_in(None), sign_in(None)
    pages: tuple[list[object], list[object]] = ([], [])
    for client, address, seen in ((known, "pia", pages[0]), (unknown, "pim", pages[1])):
        answer = client.send("/sign-in", address=f"{address}@example.org")
        seen += [answer.status_code, answer.location]
        seen.append(_strip(client.get("/sign-in/code").text))
        for _ in range(7):
            answer = client.send("/sign-in/code", code="abcdef")
            seen += [answer.status_code, _strip(answer.text)]
    assert pages[0] == pages[1]


def test_the_session_changes_when_somebody_signs_in(asked, sign_in) -> None:
    client = asked()
    with client.session_transaction() as cookie:
        cookie["planted"] = "by somebody else"
    client.send("/sign-in/code", code=_code())
    with client.session_transaction() as cookie:
        assert set(cookie) <= {"sign_in", "_permanent", "csrf_token"}


def test_a_request_that_was_planted_lets_the_planter_in_nowhere(asked, sign_in) -> None:
    # the attacker asks for Pia's address and plants his own cookie in her browser
    attacker = asked()
    with attacker.session_transaction() as cookie:
        planted = cookie["code_request"]
    pia = sign_in(None)
    with pia.session_transaction() as cookie:
        cookie["code_request"] = planted
    assert pia.send(_link()).status_code == 303  # she is in as herself
    assert _is_in(pia)
    assert not _is_in(attacker)
    assert attacker.send("/sign-in/code", code=_code()).status_code == 422


def test_no_secret_is_stored_as_it_is(asked) -> None:
    client = asked()
    with client.session_transaction() as cookie:
        secret_of_browser = cookie["code_request"]
    link, code, row = _link().rsplit("/", 1)[1], _code(), _rows()[-1]
    kept = " ".join(str(getattr(row, column.key)) for column in OneTimeCode.__table__.columns)
    assert not [
        secret for secret in (secret_of_browser, link, code, "pia@example.org") if secret in kept
    ]


def test_no_token_and_no_address_gets_into_the_log(asked, sign_in, caplog) -> None:
    caplog.set_level("DEBUG")
    client = asked()
    client.get(_link())
    client.send(_link(), code="x")
    other = sign_in(None)
    other.send(_link(), code="123456")
    said = " ".join(record.getMessage() for record in caplog.records)
    for secret in (_link().rsplit("/", 1)[1], _code(), "pia@example.org"):
        assert secret not in said


def test_a_municipal_coach_comes_in_by_the_address_that_names_her(asked) -> None:
    client = asked("Mia@example.org")
    assert [message.address for message in _messages()] == ["mia@example.org"]
    client.send("/sign-in/code", code=_code())
    assert client.get("/account").status_code == 200
    for closed in ("/people", "/groups", "/candidates", "/settings/sign-in"):
        assert client.get(closed).status_code in (403, 404), closed
