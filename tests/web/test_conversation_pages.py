"""Pages of short messages: both sides, what is new in the menu, the poll, and taking back."""

import re

import pytest

from jobsearch.conversations.rules import LONGEST
from jobsearch.conversations.service import write_message

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def address(world) -> str:
    return f"/conversations/{world.a.enrolment_ids['pia']}"


@pytest.fixture
def write(world, as_, clock):
    """Write as somebody in Pia's conversation; a second passes. Returns the message's key."""

    def written(member, body: str) -> str:
        clock.shift(1)
        with as_(member):
            return write_message(member.actor, world.a.enrolment_ids["pia"], body).id

    return written


def _page(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_a_participant_writes_and_her_coach_answers(world, sign_in, address, clock):
    pia, stig = sign_in(world.pia), sign_in(world.stig)
    first = pia.get("/conversations")
    assert (first.status_code, first.location) == (303, f"{address}#latest")
    sent = pia.send(address, body="Can we move <b>Thursday</b>?\nI have an interview.")
    assert sent.status_code == 303
    assert sent.location.startswith(f"{address}#m-")
    clock.shift(60)
    assert "New: 1" in _page(stig, "/conversations")
    page = _page(stig, address)
    assert "Can we move &lt;b&gt;Thursday&lt;/b&gt;?\nI have an interview." in page
    assert "Pia Pihlaja" in page
    stig.send(address, body="Good luck! Friday at ten.")
    clock.shift(60)
    page = _page(pia, address)
    assert page.index("I have an interview") < page.index("Friday at ten")
    assert "Stig Strand" in page


def test_the_menu_counts_what_is_new_on_every_page(world, sign_in, write, address):
    stig = sign_in(world.stig)
    badge = re.compile(r'class="badge">(\d+)')
    assert not badge.search(_page(stig, "/today"))
    write(world.pia, "One")
    seen = write(world.pia, "Two")
    assert badge.search(_page(stig, "/today")).group(1) == "2"
    assert stig.send(f"{address}/read", upto=seen).status_code == 303
    assert not badge.search(_page(stig, "/today"))
    write(world.stig, "Answer")
    assert badge.search(_page(sign_in(world.pia), "/today")).group(1) == "1"


def test_opening_a_conversation_by_itself_reads_nothing(world, sign_in, write, address):
    seen = write(world.pia, "One")
    stig = sign_in(world.stig)
    for _ in range(2):
        assert "Mark as read" in _page(stig, address)
    stig.send(f"{address}/read", upto=seen)
    assert "Mark as read" not in _page(stig, address)


def test_what_came_after_the_page_was_drawn_stays_new(world, sign_in, write, address):
    seen = write(world.pia, "On the page")
    write(world.pia, "Not on the page yet")
    stig = sign_in(world.stig)
    stig.send(f"{address}/read", upto=seen)
    page = _page(stig, address)
    assert page.count(">New</span>") == 1
    assert stig.send(f"{address}/read", upto="x" * 20).status_code == 404
    assert stig.send(f"{address}/read").status_code == 404


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("", "Write your message first."),
        (" \n ", "Write your message first."),
        ("x" * (LONGEST + 1), f"At most {LONGEST} characters. Yours has {LONGEST + 1}."),
    ],
)
def test_a_message_that_cannot_be_sent_stays_in_its_field(world, sign_in, address, body, says):
    answer = sign_in(world.pia).send(address, body=body)
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert says in page
    assert body.strip() in page


def test_a_double_click_sends_once(world, sign_in, address):
    pia = sign_in(world.pia)
    twice = {"body": "Only once", "_once": "k" * 20}
    answers = [pia.send(address, **twice), pia.send(address, **twice)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert answers[0].location == answers[1].location
    assert _page(pia, address).count("Only once") == 1


def test_a_message_is_taken_back_by_its_button(world, sign_in, write, address, clock):
    sent = write(world.pia, "Wrong words")
    pia = sign_in(world.pia)
    assert f"{address}/{sent}/withdraw" in _page(pia, address)
    assert f"{address}/{sent}/withdraw" not in _page(sign_in(world.stig), address)
    pia.send(f"{address}/{sent}/withdraw")
    page = _page(pia, address)
    assert "Wrong words" not in page
    assert "This message was taken back." in page
    assert "Taken back. Nobody can read it any more." in page


def test_too_late_is_told_in_words(world, sign_in, write, address, clock):
    sent = write(world.pia, "It stays")
    clock.shift(400)
    pia = sign_in(world.pia)
    pia.send(f"{address}/{sent}/withdraw")
    page = _page(pia, address)
    assert "A message can be taken back for five minutes. This one stays." in page
    assert "It stays" in page
    assert f"{sent}/withdraw" not in page


def _poll(client, address: str, etag: str = ""):
    headers = {"HX-Request": "true"} | ({"If-None-Match": etag} if etag else {})
    return client.get(f"{address}/poll", headers=headers)


def test_an_unchanged_poll_is_a_304_and_asks_once(world, sign_in, write, address, statements):
    write(world.pia, "One")
    stig = sign_in(world.stig)
    shown = re.search(r"data-poll='(\"[^\"]+\")'", _page(stig, address)).group(1)
    statements.clear()
    assert _poll(stig, address, shown).status_code == 304
    assert len([one for one in statements if one.startswith("SELECT")]) == 1
    write(world.pia, "Two")
    changed = _poll(stig, address, shown)
    assert changed.status_code == 200
    assert "Two" in changed.get_data(as_text=True)
    assert "<html" not in changed.get_data(as_text=True)
    assert _poll(stig, address, changed.headers["ETag"]).status_code == 304


def test_a_poll_of_somebody_elses_conversation_is_not_found(world, sign_in, address):
    assert _poll(sign_in(world.otto), address).status_code == 404
    assert _poll(sign_in(world.cora), address).status_code == 404
    assert _poll(sign_in(world.aino), address).status_code == 403


def test_long_conversations_have_pages(world, sign_in, write, address, clock):
    for number in range(35):
        write(world.pia, f"Message {number:02d}")
    pia = sign_in(world.pia)
    newest = _page(pia, address)
    assert "Message 34" in newest
    assert "Message 04" not in newest
    assert "Earlier messages" in newest
    older = _page(pia, f"{address}?page=2")
    assert "Message 04" in older
    assert "Later messages" in older
    assert "hx-trigger" not in older.split("Mark as read")[0] or "every" not in older


@pytest.mark.parametrize("address_of", ["list", "thread"])
def test_the_pages_ask_as_often_of_30_messages_as_of_one(
    world, sign_in, write, address, statements, address_of, clock
):
    stig = sign_in(world.stig)
    page = "/conversations" if address_of == "list" else address
    asked = []
    for count in (1, 29):
        for number in range(count):
            write(world.pia, f"Message {number}")
        stig.get(page)
        statements.clear()
        stig.get(page)
        asked.append(len([one for one in statements if one.startswith("SELECT")]))
    assert asked[0] == asked[1] <= 8


def test_before_somebody_is_in_a_group_the_page_says_so(world, sign_in):
    assert "Nobody is in your groups yet" in _page(sign_in(world.cora), "/conversations")
