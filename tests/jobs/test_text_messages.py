"""Text messages by a real local gateway, and what it reports of them."""

import hashlib
import hmac
import json
from dataclasses import replace

import pytest

from jobsearch.config import Config, ConfigRefused, Mode, SmsGateway
from jobsearch.core.clock import now
from jobsearch.core.db import db
from jobsearch.notices.delivery.models import FailedAddress
from jobsearch.notices.delivery.rules import MessageState, Trouble
from jobsearch.notices.delivery.service import contact_changed
from jobsearch.notices.jobs import lines_of, send_waiting
from jobsearch.notices.rules import Channel
from jobsearch.notices.service import send
from tests.outbox import LINK, NEWS, Desk, messages, pia, sms_gateway, system, went
from tests.pages import client_of

pytestmark = pytest.mark.usefixtures("context")
SECRET = "gateway secret"


def _config(tmp_path, **sms) -> Config:
    return Config(Mode.TEST, tmp_path, "", "http://x", sms=SmsGateway(**sms))


def _write(world, count=1, **changes):
    with system():
        for number in range(count):
            to = pia(world, email=None, phone=f"+3584000009{number:02d}", **changes)
            send(NEWS, to, LINK, organisation_id=world.a.organisation_id)


def test_a_gateway_is_asked_once_with_number_text_and_a_key_of_its_own(world, tmp_path):
    desk = Desk()
    with sms_gateway(desk) as url:
        _write(world)
        config = _config(tmp_path, url=url, sender="Jobs", secret=SECRET)
        assert went(config) == "sent: 1"
        assert went(config) == "nothing waited"
    (asked,) = desk.asked
    assert json.loads(asked.body) == {
        "to": "+358400000900",
        "from": "Jobs",
        "text": "Look here: https://jobs.example.org/x",
    }
    (message,) = messages()
    assert asked.headers["Idempotency-Key"] == message.id
    assert (message.state, message.gateway_id) == (MessageState.SENT, "gw-1")


def test_address_header_and_form_are_filled_as_the_settings_say(world, tmp_path):
    desk = Desk([(200, {"messages": [{"key": 77}]})])
    with sms_gateway(desk) as url:
        _write(world)
        config = _config(
            tmp_path,
            url=url + "/{id}?n={to}",
            headers=(("Authorization", "Bearer {secret}"),),
            fields='{"recipient": "{to}", "message": "{text}"}',
            form=True,
            secret=SECRET,
            id_header="X-Request-Id",
            id_field="messages.0.key",
        )
        send_waiting(config)
    (asked,) = desk.asked
    (message,) = messages()
    assert asked.path == f"/send/{message.id}?n=%2B358400000900"
    assert asked.headers["Authorization"] == f"Bearer {SECRET}"
    assert asked.headers["X-Request-Id"] == message.id
    assert asked.body.startswith("recipient=%2B358400000900&message=Look+here")
    assert message.gateway_id == "77"


def test_a_value_stays_a_value_in_json_and_in_the_address(world, tmp_path):
    from jobsearch.notices.delivery.gateway import Gateway
    from jobsearch.notices.delivery.letter import Letter

    desk = Desk()
    with sms_gateway(desk) as url:
        letter = Letter(
            "i", Channel.SMS, "s", '+358"}/../?x=1&y', "", '{"to": "+1"} {secret}\r\n', "k", now()
        )
        Gateway(SmsGateway(url=url + "?to={to}", secret=SECRET)).deliver(letter)
    (asked,) = desk.asked
    assert json.loads(asked.body)["text"] == '{"to": "+1"} {secret}\r\n'
    assert asked.path == "/send?to=%2B358%22%7D%2F..%2F%3Fx%3D1%26y"


@pytest.mark.parametrize("status", [500, 503, 429, 408])
def test_a_gateway_that_cannot_now_is_asked_again_later_with_the_same_key(
    world, tmp_path, clock, status
):
    desk = Desk([(status, {}), (200, {"id": "x"})])
    with sms_gateway(desk) as url:
        _write(world)
        assert went(_config(tmp_path, url=url)) == "waiting: 1"
        assert went(_config(tmp_path, url=url)) == "nothing waited"
        clock.shift(31)
        assert went(_config(tmp_path, url=url)) == "sent: 1"
    first, second = desk.asked
    assert first.headers["Idempotency-Key"] == second.headers["Idempotency-Key"]


@pytest.mark.parametrize("status", [400, 404, 422])
def test_a_number_that_the_gateway_refuses_is_marked(world, tmp_path, status):
    desk = Desk([(422 if status == 404 else status, {})])
    with sms_gateway(desk) as url:
        _write(world)
        assert went(_config(tmp_path, url=url)) == "refused: 1"
    with system():
        failure = db.session.query(FailedAddress).one()
        assert (failure.channel, failure.address) == (Channel.SMS, "+358400000900")


@pytest.mark.parametrize("status", [401, 403, 404, 302])
def test_wrong_settings_of_ours_blame_no_number(world, tmp_path, status):
    desk = Desk([(status, {})])
    with sms_gateway(desk) as url:
        _write(world)
        assert went(_config(tmp_path, url=url)) == "waiting: 1"
    assert messages()[0].state is MessageState.WAITING
    with system():
        assert db.session.query(FailedAddress).count() == 0


def test_a_gateway_that_is_down_is_not_asked_for_each_message(world, tmp_path, clock):
    desk = Desk([(503, {})])
    with sms_gateway(desk) as url:
        _write(world, 10)
        send_waiting(_config(tmp_path, url=url))
        assert len(desk.asked) == 3
        desk.answers[:] = [(200, {})]
        clock.shift(9 * 60)
        send_waiting(_config(tmp_path, url=url))
    assert {message.state for message in messages()} == {MessageState.SENT}


def test_the_demo_sends_nothing_and_shows_everything(world, tmp_path, clock):
    config = replace(_config(tmp_path), mode=Mode.DEMO)
    assert set(lines_of(config)) == set(Channel)
    _write(world)
    assert went(config) == "sent: 1"


def test_without_a_gateway_text_messages_wait(world, tmp_path):
    _write(world)
    assert went(_config(tmp_path)) == "nothing waited"
    assert messages()[0].state is MessageState.WAITING


# --- settings ---------------------------------------------------------------------------------


def test_settings_come_from_the_environment_and_a_secret_from_a_file(monkeypatch, tmp_path):
    (tmp_path / "secret").write_text(SECRET + "\n")
    for name, value in {
        "URL": "https://sms.example.org/v1",
        "SECRET_FILE": str(tmp_path / "secret"),
        "HEADERS": '{"Authorization": "Bearer {secret}"}',
        "FIELDS": '{"messages": [{"to": "{to}", "body": "{text}"}]}',
        "REPORT_DELIVERED": "DLVRD,ok",
    }.items():
        monkeypatch.setenv(f"JOBSEARCH_SMS_{name}", value)
    found = SmsGateway.from_environment()
    assert found.secret == SECRET
    assert found.headers == (("Authorization", "Bearer {secret}"),)
    assert found.delivered == {"dlvrd", "ok"}


@pytest.mark.parametrize("value", ["to={to}", "[]", "{"])
def test_settings_that_cannot_be_meant_stop_the_start(monkeypatch, value):
    monkeypatch.setenv("JOBSEARCH_SMS_FIELDS", value)
    with pytest.raises(ConfigRefused, match="JSON object"):
        SmsGateway.from_environment()


def test_text_messages_do_not_travel_in_the_open(monkeypatch, tmp_path):
    monkeypatch.setenv("JOBSEARCH_MODE", "production")
    monkeypatch.setenv("JOBSEARCH_BASE_URL", "https://jobs.example.org")
    monkeypatch.setenv("JOBSEARCH_SMS_URL", "http://sms.example.org")
    with pytest.raises(ConfigRefused, match="https"):
        Config.from_environment()


# --- reports ----------------------------------------------------------------------------------


@pytest.fixture
def hears(app):
    kept = app.config["JOBSEARCH"]
    app.config["JOBSEARCH"] = replace(kept, sms=SmsGateway(report_secret=SECRET))
    yield app
    app.config["JOBSEARCH"] = kept


@pytest.fixture
def sent(world, tmp_path):
    desk = Desk()
    with sms_gateway(desk) as url:
        _write(world)
        send_waiting(_config(tmp_path, url=url))
    (message,) = messages()
    return message.id


def _report(app, told, *, secret=SECRET, headers=None, kind="application/json"):
    body = told if isinstance(told, bytes) else json.dumps(told).encode()
    signed = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    usual = {"X-Signature": f"sha256={signed}"}
    client = client_of(app, None)
    return client.post(
        "/messages/reports", data=body, content_type=kind, headers=headers or usual
    ).status_code


def test_a_report_of_delivery_is_kept_and_twice_does_no_harm(hears, sent):
    for _time in range(2):
        assert _report(hears, {"id": "gw-1", "status": "DELIVERED"}) == 204
        assert messages()[0].state is MessageState.DELIVERED


def test_a_message_is_known_by_our_name_too_and_from_a_form(hears, sent):
    body = f"id={sent}&status=delivered".encode()
    form = "application/x-www-form-urlencoded"
    assert _report(hears, body, kind=form) == 204
    assert messages()[0].state is MessageState.DELIVERED


def test_the_secret_may_come_as_a_bearer(hears, sent):
    told = [{"id": sent, "status": "delivered"}]
    assert _report(hears, told, headers={"Authorization": f"Bearer {SECRET}"}) == 204
    assert messages()[0].state is MessageState.DELIVERED


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Signature": "sha256=" + "0" * 64},
        {"X-Signature": ""},
        {"Authorization": "Bearer wrong"},
        {"Authorization": "Bearer "},
        {"X-Signature": "ä"},
        {"X-Other": "x"},
    ],
)
def test_who_does_not_know_the_secret_is_not_believed(hears, sent, headers):
    assert _report(hears, {"id": sent, "status": "delivered"}, headers=headers) == 403
    assert messages()[0].state is MessageState.SENT


def test_another_body_under_a_good_signature_is_not_believed(hears, sent):
    body = json.dumps({"id": sent, "status": "failed"}).encode()
    signed = hmac.new(SECRET.encode(), b"other", hashlib.sha256).hexdigest()
    assert _report(hears, body, headers={"X-Signature": signed}) == 403


@pytest.mark.parametrize(
    "told",
    [
        {"id": "nobody", "status": "delivered"},
        {"id": "gw-1", "status": "on its way"},
        {"status": "delivered"},
        {"id": None, "status": None},
        [],
        [[1]],
        b"{",
        b"\xff",
        b"",
    ],
)
def test_what_is_no_news_is_passed_over_without_a_word(hears, sent, told):
    assert _report(hears, told) == 204
    assert messages()[0].state is MessageState.SENT


def test_without_a_secret_there_is_no_such_address(app, sent):
    assert _report(app, {"id": sent, "status": "delivered"}) == 404


def test_a_report_that_it_did_not_arrive_marks_the_number_once(hears, world, sent, tmp_path):
    for _time in range(2):
        assert _report(hears, {"id": "gw-1", "status": "undelivered"}) == 204
    assert messages()[0].state is MessageState.REFUSED
    for _turn in range(2):
        send_waiting(_config(tmp_path))
    with system():
        failure = db.session.query(FailedAddress).one()
        assert (failure.trouble, failure.subject_id) == (Trouble.REPORTED, world.pia.person_id)


def test_reports_that_overtake_each_other_end_at_delivered(hears, sent, tmp_path, clock):
    _report(hears, {"id": "gw-1", "status": "failed"})
    send_waiting(_config(tmp_path))
    clock.shift(60)
    _report(hears, {"id": "gw-1", "status": "delivered"})
    _report(hears, {"id": "gw-1", "status": "failed"})
    assert messages()[0].state is MessageState.DELIVERED
    send_waiting(_config(tmp_path))
    with system():
        assert db.session.query(FailedAddress).count() == 0


def test_what_is_reported_as_delivered_is_not_sent_again_though_the_answer_was_lost(
    hears, world, tmp_path, clock
):
    desk = Desk([(503, {}), (200, {"id": "gw-2"})])
    with sms_gateway(desk) as url:
        _write(world)
        assert went(_config(tmp_path, url=url)) == "waiting: 1"
        assert _report(hears, {"id": messages()[0].id, "status": "delivered"}) == 204
        clock.shift(60)
        assert went(_config(tmp_path, url=url)) == "nothing waited"
    assert messages()[0].state is MessageState.DELIVERED
    assert len(desk.asked) == 1


def test_to_another_number_it_goes_under_another_key_and_old_reports_are_not_of_it(
    hears, world, sent, tmp_path
):
    told = {"id": sent, "status": "failed"}
    assert _report(hears, told) == 204
    send_waiting(_config(tmp_path))
    with system():
        contact_changed(world.pia.person_id, None, "+358400000999")
    assert _report(hears, told) == 204
    desk = Desk()
    with sms_gateway(desk) as url:
        assert went(_config(tmp_path, url=url)) == "sent: 1"
    (asked,) = desk.asked
    assert json.loads(asked.body)["to"] == "+358400000999"
    assert asked.headers["Idempotency-Key"] != sent
    assert len(messages()) == 1


def test_a_report_moves_no_e_mail(hears, world):
    with system():
        key = send(NEWS, pia(world), LINK, organisation_id=world.a.organisation_id)
    assert _report(hears, {"id": key, "status": "delivered"}) == 204
    assert messages()[0].state is MessageState.WAITING


def test_too_many_reports_are_put_off(hears, monkeypatch):
    codes = {_report(hears, {"id": "x", "status": "y"}) for _ in range(601)}
    assert codes == {204, 429}
