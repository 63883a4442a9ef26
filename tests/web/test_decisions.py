"""The participant's decision on her page: the very paper, until when, yes, no or later."""

import hashlib
import re

import pytest
from lxml import html
from sqlalchemy import select

from jobsearch.analyses.models import Release
from jobsearch.analyses.rules import SectionKey
from jobsearch.consents.models import Consent
from jobsearch.consents.rules import ConsentPurpose
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import whole_installation
from jobsearch.notices.models import Message
from tests.written import CANARY, begin, released, show, write

pytestmark = pytest.mark.usefixtures("context")
DECIDE = "/my-analysis/decide"
CONSENT = "/my-analysis/consent"


def _all(model, *where):
    with unit_of_work(whole_installation("test"), read_only=True):
        return db.session.scalars(select(model).where(*where)).all()


def _text(page: str) -> str:
    """What stands on the page, every gap one space."""
    return " ".join(html.document_fromstring(page).xpath("string(//main)").split())


def _fields(page: str, action: str) -> dict[str, str]:
    (form,) = html.document_fromstring(page).xpath(f"//form[@action='{action}']")
    values = {i.get("name"): i.get("value") or "" for i in form.xpath(".//input[@name]")}
    return {name: value for name, value in values.items() if name not in ("csrf_token", "_once")}


@pytest.fixture
def shown(as_, world) -> str:
    """An analysis that lies before Pia; its key."""
    key = begin(as_, world)
    show(as_, world, key)
    return key


def test_the_pdf_of_the_page_opens_in_the_browser_and_is_what_goes(sign_in, world, shown):
    client = sign_in(world.pia)
    tree = html.document_fromstring(client.get(DECIDE).text)
    (path,) = tree.xpath("//a[contains(@href, 'paper.pdf')]/@href")
    seen = _fields(client.get(DECIDE).text, CONSENT)["seen"]
    answer = client.get(path)
    assert answer.headers["Content-Disposition"].startswith("inline")
    assert hashlib.sha256(answer.data).hexdigest() == seen and seen in path
    client.send(CONSENT, **_fields(client.get(DECIDE).text, CONSENT))
    (release,) = _all(Release)
    assert release.sha256 == seen


def test_a_pdf_that_is_not_that_of_the_page_is_not_shown(sign_in, world, as_, shown):
    client = sign_in(world.pia)
    tree = html.document_fromstring(client.get(DECIDE).text)
    (path,) = tree.xpath("//a[contains(@href, 'paper.pdf')]/@href")
    client.send("/my-analysis/leave-out/worked")
    assert client.get(path).status_code == 409


def test_she_says_who_may_read_it_what_for_and_until_when(sign_in, world, shown):
    text = _text(sign_in(world.pia).get(DECIDE).text)
    for words in ("Mia Mäki", "mia@example.org", "To plan your services", "24 February 2027"):
        assert words in text
    assert "never a condition" in text


def test_a_last_day_of_her_own_stands_in_the_paper_and_in_the_consent(sign_in, world, shown):
    client = sign_in(world.pia)
    page = client.get(DECIDE, query_string={"until": "10.1.2027"}).text
    assert "10 January 2027" in _text(page)
    assert client.send(CONSENT, **_fields(page, CONSENT)).status_code == 303
    given = _all(Consent, Consent.purpose == ConsentPurpose.ANALYSIS)
    assert [str(one.valid_to) for one in given] == ["2027-01-10"]
    assert [(one.recipient_address, one.given_by) for one in given] == [("mia@example.org", "code")]


@pytest.mark.parametrize(
    ("until", "why"), [("23.11.2026", "in the past"), ("25.11.2027", "at most 12 months")]
)
def test_a_day_that_cannot_be_is_refused_before_a_paper_lies_there(
    sign_in, world, shown, until, why
):
    client = sign_in(world.pia)
    page = client.get(DECIDE, query_string={"until": until})
    assert page.status_code == 422 and why in _text(page.text)
    assert _fields(page.text, CONSENT)["until"] == "2027-02-24", "the usual day lies there"
    paper = client.get("/my-analysis/paper.pdf", query_string={"until": until})
    assert paper.status_code >= 400 and b"%PDF" not in paper.data


def test_yes_no_and_later_weigh_the_same_and_nothing_is_chosen(sign_in, world, shown):
    tree = html.document_fromstring(sign_in(world.pia).get(DECIDE).text)
    words = ("I give my permission", "I do not give it", "I decide later")
    buttons = [
        tree.xpath(f"//main//*[self::a or self::button][contains(., '{one}')]")[0] for one in words
    ]
    assert len({button.get("class") for button in buttons}) == 1
    rows = {button.xpath("ancestor::div[contains(@class, 'row')][1]")[0] for button in buttons}
    assert len(rows) == 1
    assert not tree.xpath("//main//input[@checked]") and not tree.xpath("//main//*[@autofocus]")


def test_later_changes_nothing(sign_in, world, shown):
    client = sign_in(world.pia)
    tree = html.document_fromstring(client.get(DECIDE).text)
    (later,) = tree.xpath("//a[contains(., 'I decide later')]/@href")
    assert client.get(later).status_code == 200
    assert client.get(DECIDE).status_code == 200 and not _all(Release)


def test_a_section_is_left_out_on_the_spot_and_taken_in_again(sign_in, world, shown):
    client = sign_in(world.pia)
    page = client.get(DECIDE, query_string={"until": "10.1.2027"}).text
    out = "/my-analysis/leave-out/worked"
    answer = client.send(out, **_fields(page, out))
    assert answer.location == f"{DECIDE}?until=2027-01-10#sections"
    page = client.get(answer.location).text
    assert f"{CANARY}-worked" not in page and "You have left out" in page
    back = "/my-analysis/take-in/worked"
    answer = client.send(back, **_fields(page, back))
    assert f"{CANARY}-worked" in client.get(answer.location).text


def test_words_that_may_not_belong_in_it_are_pointed_out_and_nothing_is_blocked(
    sign_in, world, as_, shown
):
    write(as_, world.stig, shown, {SectionKey.WORKED: f"{CANARY}-worked, sairausloma"})
    show(as_, world, shown)
    client = sign_in(world.pia)
    page = client.get(DECIDE).text
    warned = html.document_fromstring(page).xpath("string(//*[contains(@class,'flash warn')])")
    assert "sairausloma" in warned and "Nothing is blocked" in warned
    assert client.send(CONSENT, **_fields(page, CONSENT)).status_code == 303


def test_who_has_declined_may_still_say_yes(sign_in, world, shown):
    client = sign_in(world.pia)
    client.send("/my-analysis/decline")
    page = client.get(DECIDE).text
    assert client.send(CONSENT, **_fields(page, CONSENT)).status_code == 303


# --- no --------------------------------------------------------------------------------------


def _bare(text: str) -> str:
    return re.sub(r'(value|nonce)="[^"]*"', "", text)


def test_a_no_leaves_no_trace_for_the_recipient(sign_in, world, shown):
    mia, pia = sign_in(world.mia), sign_in(world.pia)
    pages = _pages_of_mia(mia)
    before, sent = [_bare(mia.get(path).text) for path in pages], _sent()
    assert len(pages) >= 4
    assert pia.send("/my-analysis/decline").status_code == 303
    assert [_bare(mia.get(path).text) for path in pages] == before
    assert _sent() == sent, "nobody gets a message, the participant neither"
    assert mia.get("/inbox").text.count("Pihlaja") == 0


def _pages_of_mia(client) -> list[str]:
    """Every page without a key that is hers to open."""
    app = client.application
    found = []
    for rule in app.url_map.iter_rules():
        if "GET" in rule.methods and not rule.arguments and rule.endpoint != "static":
            path = rule.rule
            if client.get(path).status_code == 200 and not path.startswith(("/health", "/metrics")):
                found.append(path)
    return found


def _sent() -> list[str]:
    return sorted(message.id for message in _all(Message))


def test_a_no_asks_no_question(sign_in, world, shown):
    client = sign_in(world.pia)
    page = client.get(DECIDE).text
    assert _fields(page, "/my-analysis/decline") == {}
    client.send("/my-analysis/decline")
    assert "why" not in _text(client.get("/my-analysis").text).lower()


# --- taking back ------------------------------------------------------------------------------


def test_the_receipt_names_the_bytes_and_until_when(sign_in, world, as_):
    released(as_, world)
    (release,) = _all(Release)
    page = sign_in(world.pia).get("/my-analysis").text
    assert f"{release.sha256[:8]} {release.sha256[8:16]}" in _text(page)
    assert "mia@example.org" in _text(page) and "24 February 2027" in _text(page)


def test_after_taking_back_she_is_told_what_had_been_seen(sign_in, world, as_):
    _key, release = released(as_, world)
    mia, pia = sign_in(world.mia), sign_in(world.pia)
    mia.get(f"/inbox/{release}")
    mia.get(f"/inbox/{release}/analysis.pdf")
    pia.send("/my-analysis/withdraw")
    page = pia.get("/my-analysis").text
    assert "Mia Mäki read it" in page and "Mia Mäki saved the PDF" in page
    (receipt,) = _all(Message, Message.kind == "analyses.withdrawn")
    assert "opened 2 times, the last time on 24.11.2026" in receipt.body


def test_after_taking_back_what_nobody_opened_she_is_told_that(sign_in, world, as_):
    released(as_, world)
    pia = sign_in(world.pia)
    pia.send("/my-analysis/withdraw")
    assert "Nobody had opened it" in pia.get("/my-analysis").text
    (receipt,) = _all(Message, Message.kind == "analyses.withdrawn")
    assert "Nobody had opened what was sent." in receipt.body


def test_without_permission_she_takes_the_paper_home_herself(sign_in, world, shown):
    client = sign_in(world.pia)
    client.send("/my-analysis/decline")
    answer = client.get("/my-analysis/copy.pdf")
    assert answer.status_code == 200 and answer.data.startswith(b"%PDF")


def _permission_again(pia) -> None:
    page = pia.get(DECIDE).text
    assert pia.send("/my-analysis/consent", **_fields(page, "/my-analysis/consent")).location


def _panel(page: str, name: str) -> str:
    found = html.document_fromstring(page).xpath(f"//section[@aria-labelledby='{name}']")
    return " ".join(" ".join(one.text_content().split()) for one in found)


def test_what_was_opened_under_an_earlier_permission_is_not_told_of_the_one_that_lives(
    sign_in, world, as_
):
    _key, first = released(as_, world)
    mia, pia = sign_in(world.mia), sign_in(world.pia)
    mia.get(f"/inbox/{first}")
    pia.send("/my-analysis/withdraw")
    _permission_again(pia)
    page = pia.get("/my-analysis").text
    assert "Nobody has opened it" in _panel(page, "given")
    assert "Mia Mäki read it" in _panel(page, "looks")
    pia.send("/my-analysis/withdraw")
    receipts = [one.body for one in _all(Message, Message.kind == "analyses.withdrawn")]
    assert sorted("opened once, on 24.11.2026" in body for body in receipts) == [False, True]
    assert sorted("Nobody had opened" in body for body in receipts) == [False, True]


def test_a_receipt_counts_every_opening_also_when_they_are_more_than_a_page_lists(
    sign_in, world, as_
):
    _key, release = released(as_, world)
    mia, pia = sign_in(world.mia), sign_in(world.pia)
    for _ in range(23):
        mia.get(f"/inbox/{release}/analysis.pdf")
    assert _panel(pia.get("/my-analysis").text, "given").count("Mia Mäki saved the PDF") == 20
    pia.send("/my-analysis/withdraw")
    (receipt,) = _all(Message, Message.kind == "analyses.withdrawn")
    assert "opened 23 times" in receipt.body


def test_two_papers_of_different_content_are_two_versions(sign_in, world, as_):
    released(as_, world)
    pia = sign_in(world.pia)
    pia.send("/my-analysis/withdraw")
    for act in ("leave-out", "leave-out", "take-in", "leave-out"):
        assert pia.send(f"/my-analysis/{act}/needed").status_code == 303
    _permission_again(pia)
    first, second = sorted(_all(Release), key=lambda one: one.released_at)
    assert f"{CANARY}-needed" in first.content and f"{CANARY}-needed" not in second.content
    assert (first.edition, second.edition) == (1, 2)


def test_the_same_paper_agreed_to_again_is_the_same_version(sign_in, world, as_):
    released(as_, world)
    pia = sign_in(world.pia)
    pia.send("/my-analysis/withdraw")
    assert pia.send("/my-analysis/take-in/needed").status_code == 303
    _permission_again(pia)
    assert [one.edition for one in _all(Release)] == [1, 1]
