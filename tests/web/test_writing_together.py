"""Pages on which two write one analysis: sections, drafts, news, earlier texts, language."""

import pytest
from lxml import html
from sqlalchemy import func, select

from jobsearch.analyses.drafts.models import SectionDraft
from jobsearch.analyses.rules import SectionKey
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import whole_installation
from jobsearch.core.tokens import digest
from jobsearch.web.waiting import waits_for
from tests.written import CANARIES, CANARY, begin, write

pytestmark = pytest.mark.usefixtures("context")


def _fields(page: str, action: str) -> dict[str, str]:
    (form,) = html.document_fromstring(page).xpath(f"//form[@action='{action}']")
    values = {i.get("name"): i.get("value") or "" for i in form.xpath(".//input[@name]")}
    values |= {
        t.get("name"): (t.text or "").removeprefix("\n") for t in form.xpath(".//textarea[@name]")
    }
    return {name: value for name, value in values.items() if name not in ("csrf_token", "_once")}


def _text(page: str) -> str:
    return " ".join(html.document_fromstring(page).text_content().split())


def _count_drafts() -> int:
    with unit_of_work(whole_installation("test"), read_only=True):
        return db.session.scalar(select(func.count(SectionDraft.id))) or 0


def _typed(member, text: str, **more) -> dict[str, object]:
    return {
        "who": waits_for(member.actor),
        "key": "worked",
        "text": text,
        "version": 2,
        "opened": digest(CANARIES[SectionKey.WORKED]),
        "page": "p1",
    } | more


def test_the_page_says_how_far_each_section_is(sign_in, world, as_):
    key = begin(as_, world)
    page = sign_in(world.stig).get(f"/analyses/{key}").text
    (nav,) = html.document_fromstring(page).xpath("//nav[@aria-label='Sections']")
    lines = [" ".join(li.text_content().split()) for li in nav.xpath(".//li")]
    assert lines[0] == "1. Situation and goal Written"
    assert lines[2].endswith("From the records") and lines[6].endswith("Empty")


def test_a_draft_is_kept_offered_gone_on_with_and_saved(sign_in, world, as_):
    key = begin(as_, world)
    client, page, save = sign_in(world.stig), f"/analyses/{key}", f"/analyses/{key}/sections"
    kept = client.send(f"{page}/drafts", **_typed(world.stig, f"{CANARY}-half"))
    assert kept.status_code == 200 and kept.json == {"said": "Saved as a draft 10:00"}
    shown = client.get(page).text
    assert "You have unsaved text from" in _text(shown) and f"{CANARY}-half" in shown
    assert f"{CANARY}-half" not in sign_in(world.pia).get("/my-analysis/write/worked").text
    (button,) = html.document_fromstring(shown).xpath("//button[@name='on']")
    on = client.send(save, **_fields(shown, save), on=button.get("value"))
    assert on.status_code == 303 and on.location.endswith("#s-worked")
    shown = client.get(on.location).text
    fields = _fields(shown, save)
    assert fields["text_worked"] == f"{CANARY}-half" and fields["page_worked"] == "p1"
    assert client.send(save, **fields).status_code == 303
    assert f"{CANARY}-half" in sign_in(world.pia).get("/my-analysis").text
    assert _count_drafts() == 0


def test_a_draft_is_thrown_away(sign_in, world, as_):
    begin(as_, world)
    client, save = sign_in(world.pia), "/my-analysis/write/worked"
    client.send("/my-analysis/drafts", **_typed(world.pia, f"{CANARY}-half"))
    shown = client.get(save).text
    (button,) = html.document_fromstring(shown).xpath("//button[@name='drop']")
    answer = client.send(save, **_fields(shown, save), drop=button.get("value"))
    assert answer.location.split("#")[0].endswith(save)
    assert "unsaved text" not in _text(client.get(save).text).replace("Your unsaved text was", "")
    assert _count_drafts() == 0


@pytest.mark.parametrize(
    ("more", "status"),
    [({"who": "another"}, 409), ({"key": "nothing"}, 404), ({"page": ""}, 422), ({}, 200)],
)
def test_a_draft_is_taken_from_its_writer_for_a_section_that_is_one(
    sign_in, world, as_, more, status
):
    key = begin(as_, world)
    answer = sign_in(world.stig).send(
        f"/analyses/{key}/drafts", **_typed(world.stig, "teksti", **more)
    )
    assert answer.status_code == status
    assert _count_drafts() == (1 if status == 200 else 0)


def test_both_texts_are_kept_one_after_the_other(sign_in, world, as_):
    key = begin(as_, world)
    client, page, save = sign_in(world.stig), f"/analyses/{key}", f"/analyses/{key}/sections"
    fields = _fields(client.get(page).text, save)
    write(as_, world.pia, key, {SectionKey.WORKED: f"{CANARY}-by-pia"})
    answer = client.send(save, **fields | {"text_worked": f"{CANARY}-by-stig"})
    assert answer.status_code == 409 and _count_drafts() == 1
    chosen = _fields(answer.text, save) | {"keep_worked": "both"}
    assert client.send(save, **chosen).status_code == 303
    fields = _fields(client.get(page).text, save)
    assert fields["text_worked"] == f"{CANARY}-by-pia\n\n{CANARY}-by-stig"
    assert _count_drafts() == 0


def test_the_page_tells_when_another_has_saved_since(sign_in, world, as_, clock):
    key = begin(as_, world)
    client = sign_in(world.stig)
    (poll,) = html.document_fromstring(client.get(f"/analyses/{key}").text).xpath("//*[@data-poll]")
    asked = poll.get("hx-get")
    quiet = client.get(asked, headers={"HX-Request": "true"})
    assert "saved" not in quiet.text
    same = {"HX-Request": "true", "If-None-Match": quiet.headers["ETag"]}
    assert client.get(asked, headers=same).status_code == 304
    clock.shift(60)
    write(as_, world.pia, key, {SectionKey.WORKED: f"{CANARY}-by-pia"})
    news = client.get(asked, headers=same)
    assert "Pia Pihlaja saved “What worked”" in _text(news.text)
    assert CANARY not in news.text
    assert client.get(asked).status_code == 303, "without htmx it leads to the page"


def test_an_earlier_text_is_taken_back_by_either_writer(sign_in, world, as_, clock):
    key = begin(as_, world)
    clock.shift(60)
    write(as_, world.pia, key, {SectionKey.WORKED: f"{CANARY}-new"})
    address = f"/analyses/{key}/sections/worked/earlier"
    client = sign_in(world.stig)
    shown = client.get(address)
    assert f"{CANARY}-worked" in shown.text and "Pia Pihlaja" in shown.text
    answer = client.send(address, **_fields(shown.text, address))
    assert answer.status_code == 303
    fields = _fields(client.get(f"/analyses/{key}").text, f"/analyses/{key}/sections")
    assert fields["text_worked"] == f"{CANARY}-worked"
    mine = "/my-analysis/write/worked/earlier"
    hers = sign_in(world.pia)
    page = html.document_fromstring(hers.get(mine).text)
    assert len(page.xpath("//form[contains(@action, 'earlier')]")) == 2


def test_an_earlier_text_meets_what_another_wrote_meanwhile(sign_in, world, as_, clock):
    key = begin(as_, world)
    address = f"/analyses/{key}/sections/worked/earlier"
    client = sign_in(world.stig)
    write(as_, world.stig, key, {SectionKey.WORKED: f"{CANARY}-second"})
    fields = _fields(client.get(address).text, address)
    clock.shift(60)
    write(as_, world.pia, key, {SectionKey.WORKED: f"{CANARY}-by-pia"})
    answer = client.send(address, **fields)
    assert answer.status_code == 409
    assert f"{CANARY}-worked" in answer.text and f"{CANARY}-by-pia" in answer.text


def test_an_emptied_section_is_filled_again_from_the_records(sign_in, world, as_):
    key = begin(as_, world)
    client, page, save = sign_in(world.stig), f"/analyses/{key}", f"/analyses/{key}/sections"
    fields = _fields(client.get(page).text, save) | {"text_done": "", "text_needed": "uutta"}
    answer = client.send(save, **fields, refill="done")
    assert answer.status_code == 303
    fields = _fields(client.get(page).text, save)
    assert "Osallistui" in fields["text_done"] and fields["text_needed"] == "uutta"
    refused = client.send(save, **fields, refill="needed")
    assert refused.status_code == 422 and "text here already" in _text(refused.text)


def test_either_writer_chooses_the_language_of_the_paper(sign_in, world, as_):
    key = begin(as_, world)
    coach, pia = sign_in(world.stig), sign_in(world.pia)
    assert coach.send(f"/analyses/{key}/language", language="sv").status_code == 303
    assert "Svenska" in _text(pia.get("/my-analysis").text)
    assert "arbetsdagar" in pia.get("/my-analysis").text
    assert pia.send("/my-analysis/language", language="en").status_code == 303
    assert "working days" in pia.get("/my-analysis").text
    assert pia.send("/my-analysis/language", language="de").status_code == 422


def test_warnings_stand_by_section_and_block_nothing(sign_in, world, as_):
    key = begin(as_, world)
    client, page, save = sign_in(world.stig), f"/analyses/{key}", f"/analyses/{key}/sections"
    fields = _fields(client.get(page).text, save)
    client.send(save, **fields | {"text_needed": "Soita 050 765 4321"})
    shown = client.get(page).text
    assert "Look at these words again" in _text(shown) and "050 765 4321" in _text(shown)
    assert client.send(f"{page}/show").status_code == 303


def test_a_long_section_is_kept_with_a_kind_word(sign_in, world, as_):
    key = begin(as_, world)
    client, page, save = sign_in(world.stig), f"/analyses/{key}", f"/analyses/{key}/sections"
    fields = _fields(client.get(page).text, save) | {"text_needed": "å" * 20_000}
    assert client.send(save, **fields).status_code == 303
    assert "This section has 20000 characters" in _text(client.get(page).text)


@pytest.mark.parametrize("who", ["pia-/my-analysis/write/worked", "stig-/analyses/{key}"])
def test_a_page_of_writing_asks_the_same_of_one_draft_and_of_twenty(
    sign_in, world, as_, statements, who
):
    key = begin(as_, world)
    name, address = who.split("-", 1)
    member, address = getattr(world, name), address.format(key=key)
    drafts = "/my-analysis/drafts" if name == "pia" else f"/analyses/{key}/drafts"
    client = sign_in(member)
    counted = []
    for pages in (range(1), range(1, 20)):
        for page in pages:
            client.send(drafts, **_typed(member, f"teksti {page}", page=f"p{page}"))
        statements.clear()
        assert client.get(address).status_code == 200
        counted.append(len(statements))
    assert counted[0] == counted[1], counted


@pytest.mark.parametrize("since", ["2026-01-01", "2026-01-01T08:00:00", "then", ""])
def test_an_instant_without_its_zone_asks_for_no_news(sign_in, world, as_, since):
    key = begin(as_, world)
    client = sign_in(world.stig)
    asked = client.get(
        f"/analyses/{key}/news", query_string={"since": since}, headers={"HX-Request": "true"}
    )
    assert asked.status_code == 404
