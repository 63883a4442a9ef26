"""Pages of the client analysis: its writers, the participant, the municipal coach, strangers."""

import hashlib
import io
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier, Event

import pytest
from lxml import html
from pypdf import PdfReader
from sqlalchemy import func, select

from jobsearch.accounts.models import SignIn
from jobsearch.analyses.models import Analysis, Release
from jobsearch.analyses.queries import DOWNLOADED, LOOKED
from jobsearch.analyses.rules import SectionKey
from jobsearch.audit.models import AccessEntry
from jobsearch.cohorts.models import Enrolment
from jobsearch.consents.models import CoachLink, Consent
from jobsearch.consents.rules import ConsentPurpose
from jobsearch.consents.service import give_consent
from jobsearch.core.clock import now
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import whole_installation
from tests.world import NOW, TODAY, make_person
from tests.written import CANARIES, CANARY, begin, released, seen_by, show, write

pytestmark = pytest.mark.usefixtures("context")
STRANGERS = ("nils", "otto", "sam", "bo", "aino", "paula", "olga")


def _fields(page: str, action: str) -> dict[str, str]:
    """The values of the form with this address, as a browser would send them."""
    (form,) = html.document_fromstring(page).xpath(f"//form[@action='{action}']")
    values = {i.get("name"): i.get("value") or "" for i in form.xpath(".//input[@name]")}
    values |= {t.get("name"): t.text or "" for t in form.xpath(".//textarea[@name]")}
    return {name: value for name, value in values.items() if name not in ("csrf_token", "_once")}


def _count(as_, member, model):
    with as_(member):
        return db.session.scalar(select(func.count()).select_from(model))


def _flashed(page: str) -> str:
    tree = html.document_fromstring(page)
    return " ".join(e.text_content() for e in tree.xpath("//*[contains(@class,'flash')]"))


def _errors(page: str) -> str:
    tree = html.document_fromstring(page)
    return " ".join(e.text_content() for e in tree.xpath("//*[contains(@class,'errors')]"))


# --- the coach --------------------------------------------------------------------------------


def test_a_coach_begins_writes_and_shows(sign_in, world, as_):
    client = sign_in(world.stig)
    assert "Begin" in client.get("/analyses").text
    answer = client.send(f"/analyses/of/{world.a.enrolment_ids['pia']}")
    page = client.get(answer.location)
    save = f"{answer.location}/sections"
    fields = _fields(page.text, save)
    fields |= {"text_situation": f"{CANARY}-one", "text_worked": f"{CANARY}-two"}
    assert client.send(save, **fields).status_code == 303
    page = client.get(answer.location)
    assert f"{CANARY}-one" in page.text and f"{CANARY}-two" in page.text
    assert client.send(f"{answer.location}/show").status_code == 303
    assert "Waits for Pia" in client.get("/analyses").text
    assert f"{CANARY}-one" in sign_in(world.pia).get("/my-analysis").text


def test_a_text_too_long_comes_back_whole_with_the_reason(sign_in, world, as_):
    key = begin(as_, world)
    client = sign_in(world.stig)
    save = f"/analyses/{key}/sections"
    fields = _fields(client.get(f"/analyses/{key}").text, save)
    fields["text_worked"] = long = "a" * 20_001
    answer = client.send(save, **fields)
    assert answer.status_code == 422
    assert "20001 characters" in _errors(answer.text) and long in answer.text
    assert "<title>Error:" in answer.text


def test_an_identity_code_is_refused_where_it_stands(sign_in, world, as_):
    key = begin(as_, world)
    client = sign_in(world.stig)
    save = f"/analyses/{key}/sections"
    fields = _fields(client.get(f"/analyses/{key}").text, save)
    answer = client.send(save, **fields | {"text_needed": "131052-308T"})
    assert answer.status_code == 422
    assert "identity code" in _errors(answer.text)


def test_words_of_health_are_kept_and_pointed_out(sign_in, world, as_):
    key = begin(as_, world)
    client = sign_in(world.stig)
    save = f"/analyses/{key}/sections"
    fields = _fields(client.get(f"/analyses/{key}").text, save)
    client.send(save, **fields | {"text_needed": "Pitkä sairausloma"})
    page = client.get(f"/analyses/{key}").text
    assert "sairausloma" in _flashed(page) and "Pitkä sairausloma" in page


def test_two_writers_see_both_texts_and_choose(sign_in, world, as_):
    key = begin(as_, world)
    save, page = f"/analyses/{key}/sections", f"/analyses/{key}"
    client = sign_in(world.stig)
    fields = _fields(client.get(page).text, save)
    write(as_, world.pia, key, {SectionKey.WORKED: f"{CANARY}-by-pia"})
    fields |= {"text_worked": f"{CANARY}-by-stig", "text_needed": f"{CANARY}-calm"}
    answer = client.send(save, **fields)
    assert answer.status_code == 409
    assert f"{CANARY}-by-pia" in answer.text and f"{CANARY}-by-stig" in answer.text
    assert "Pia Pihlaja" in answer.text
    assert f"{CANARY}-calm" in client.get(page).text, "what nobody else touched is kept"
    chosen = _fields(answer.text, save)
    again = client.send(save, **chosen | {"keep_worked": "mine"})
    assert again.status_code == 303
    assert f"{CANARY}-by-stig" in client.get(page).text


def test_a_writer_may_keep_the_other_text(sign_in, world, as_):
    key = begin(as_, world)
    save, page = f"/analyses/{key}/sections", f"/analyses/{key}"
    client = sign_in(world.stig)
    fields = _fields(client.get(page).text, save)
    write(as_, world.pia, key, {SectionKey.WORKED: f"{CANARY}-by-pia"})
    answer = client.send(save, **fields | {"text_worked": f"{CANARY}-by-stig"})
    client.send(save, **_fields(answer.text, save) | {"keep_worked": "theirs"})
    text = client.get(page).text
    assert f"{CANARY}-by-pia" in text and f"{CANARY}-by-stig" not in text


def test_saving_what_was_not_touched_changes_nothing(sign_in, world, as_):
    key = begin(as_, world)
    show(as_, world, key)
    client = sign_in(world.stig)
    save = f"/analyses/{key}/sections"
    client.send(save, **_fields(client.get(f"/analyses/{key}").text, save))
    assert "Nothing had changed" in _flashed(client.get(f"/analyses/{key}").text)
    assert "Waits for Pia" in client.get("/analyses").text


def test_sending_without_permission_is_refused_in_words(sign_in, world, as_):
    key = begin(as_, world)
    show(as_, world, key)
    answer = sign_in(world.stig).send(f"/analyses/{key}/send")
    assert answer.status_code == 422
    assert "has not given permission" in _errors(answer.text)
    assert _count(as_, world.stig, Release) == 0


def test_a_coach_names_the_municipal_coach(sign_in, world, as_):
    key = begin(as_, world, "otto")
    client = sign_in(world.stig)
    url = f"/analyses/{key}/municipal-coach"
    wrong = client.send(url, email="nobody@example.org")
    assert wrong.status_code == 422 and "No municipal coach" in _errors(wrong.text)
    assert client.send(url, email="nils@example.org").status_code == 303
    assert "Nils Nurmi" in client.get(f"/analyses/{key}").text
    assert "Otto" not in sign_in(world.nils).get("/inbox").text


def test_the_coachs_preview_says_that_it_is_not_sent(sign_in, world, as_):
    key = begin(as_, world)
    answer = sign_in(world.stig).get(f"/analyses/{key}/preview.pdf")
    assert answer.mimetype == "application/pdf"
    text = _text(answer.data)
    assert _is_preview(text) and f"{CANARY}-worked" in text


def _is_preview(text: str) -> bool:
    """Whether the paper says in its own language that it was not sent."""
    return "Preview" in text or "Esikatselu" in text


def _text(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_a_manager_sees_who_and_when_and_never_a_text(sign_in, world, as_):
    key, _release = released(as_, world)
    client = sign_in(world.aino)
    page = client.get("/analyses")
    assert "Pia Pihlaja" in page.text and "Mia Mäki" in page.text
    assert CANARY not in page.text and "/analyses/" + key not in page.text
    for path in (f"/analyses/{key}", f"/analyses/{key}/preview.pdf"):
        answer = client.get(path)
        assert answer.status_code == 403
        assert CANARY.encode() not in answer.data


def test_a_manager_does_not_learn_who_declined(sign_in, world, as_, clock):
    key = begin(as_, world)
    show(as_, world, key)
    before = sign_in(world.aino).get("/analyses").text
    clock.shift(20 * 60)
    sign_in(world.pia).send("/my-analysis/decline")
    after = sign_in(world.aino).get("/analyses").text
    strip = re.compile(r'value="[^"]*"')
    assert strip.sub("", before) == strip.sub("", after)


# --- the participant --------------------------------------------------------------------------


def test_before_anything_is_written_the_page_says_what_will_be(sign_in, world):
    assert "Nothing here yet" in sign_in(world.pia).get("/my-analysis").text


def test_she_reads_leaves_out_writes_and_decides(sign_in, world, as_):
    key = begin(as_, world)
    show(as_, world, key)
    client = sign_in(world.pia)
    page = client.get("/my-analysis").text
    assert "never a condition" in page and f"{CANARY}-worked" in page
    assert client.send("/my-analysis/leave-out/needed").status_code == 303
    assert client.send("/my-analysis/leave-out/strengths").status_code == 303
    assert client.send("/my-analysis/take-in/strengths").status_code == 303
    own = "/my-analysis/write/own_words"
    fields = _fields(client.get(own).text, own)
    assert client.send(own, **fields | {"text_own_words": f"{CANARY}-own"}).status_code == 303
    page = client.get("/my-analysis/decide").text
    assert f"{CANARY}-own" in page and f"{CANARY}-needed" not in page
    assert "Mia Mäki" in page and "never a condition" in page
    assert client.send("/my-analysis/consent", **_fields(page, "/my-analysis/consent")).location
    page = client.get("/my-analysis").text
    assert "You have given your permission" in page and "Nobody has opened it" in page


def test_what_she_downloads_before_is_what_the_municipal_coach_downloads_after(
    sign_in, world, as_, clock
):
    key = begin(as_, world)
    show(as_, world, key)
    client = sign_in(world.pia)
    page = client.get("/my-analysis/decide?until=2027-05-24").text
    before = client.get("/my-analysis/paper.pdf?until=2027-05-24").data
    clock.shift(7 * 60)  # she takes her time
    client.send("/my-analysis/consent", **_fields(page, "/my-analysis/consent"))
    mia = sign_in(world.mia)
    (link,) = re.findall(r'href="(/inbox/[a-z2-7]{20})"', mia.get("/inbox").text)
    after = mia.get(f"{link}/analysis.pdf")
    assert hashlib.sha256(after.data).digest() == hashlib.sha256(before).digest()
    assert after.headers["Content-Disposition"].startswith("attachment")
    assert client.get("/my-analysis/copy.pdf").data == before
    text = _text(after.data)
    assert all(word in text for word in CANARIES[SectionKey.WORKED].split())
    assert "24 May 2027" in text or "24.5.2027" in text


def test_two_clicks_on_yes_give_one_consent_and_one_release(sign_in, world, as_):
    key = begin(as_, world)
    show(as_, world, key)
    client = sign_in(world.pia)
    fields = _fields(client.get("/my-analysis/decide").text, "/my-analysis/consent")
    first = client.send("/my-analysis/consent", _once="same-key", **fields)
    again = client.send("/my-analysis/consent", _once="same-key", **fields)
    assert first.status_code == again.status_code == 303
    assert first.location == again.location
    other_tab = client.send("/my-analysis/consent", **fields)
    assert other_tab.status_code == 422 and "already" in _errors(other_tab.text)
    assert _count(as_, world.pia, Release) == 1
    assert _count(as_, world.pia, Consent) == 2  # with the introduction of the cast


def test_a_text_that_changed_while_she_read_is_shown_again(sign_in, world, as_):
    key = begin(as_, world)
    show(as_, world, key)
    client = sign_in(world.pia)
    fields = _fields(client.get("/my-analysis/decide").text, "/my-analysis/consent")
    write(as_, world.stig, key, {SectionKey.WORKED: f"{CANARY}-slipped-in"})
    answer = client.send("/my-analysis/consent", **fields)
    assert answer.status_code == 422 and "text has changed" in _errors(answer.text)
    show(as_, world, key)
    answer = client.send("/my-analysis/consent", **fields)
    assert answer.status_code == 422 and "Look at it again" in _errors(answer.text)
    assert _count(as_, world.pia, Release) == 0


@pytest.mark.parametrize(
    "fields", [{}, {"until": "2027-02-24"}, {"until": "2027-02-24", "seen": "0" * 64}]
)
def test_a_yes_without_having_looked_is_no_yes(sign_in, world, as_, fields):
    key = begin(as_, world)
    show(as_, world, key)
    assert sign_in(world.pia).send("/my-analysis/consent", **fields).status_code == 422
    assert _count(as_, world.pia, Release) == 0


@pytest.mark.parametrize("until", ["23.11.2026", "2027-11-25", "tomorrow", "31.2.2027", "9" * 99])
def test_a_day_that_cannot_be_the_last_is_refused_where_it_was_typed(sign_in, world, as_, until):
    key = begin(as_, world)
    show(as_, world, key)
    client = sign_in(world.pia)
    answer = client.get("/my-analysis/decide", query_string={"until": until})
    assert answer.status_code == 422 and _errors(answer.text)
    assert client.send("/my-analysis/consent", until=until, seen="0" * 64).status_code == 422
    assert _count(as_, world.pia, Release) == 0


def test_a_draft_is_not_decided_on(sign_in, world, as_):
    begin(as_, world)
    client = sign_in(world.pia)
    assert client.get("/my-analysis/decide").status_code == 303
    assert client.get("/my-analysis/paper.pdf").status_code == 404
    assert _is_preview(_text(client.get("/my-analysis/copy.pdf").data))


def test_nothing_is_decided_by_get(sign_in, world, as_):
    key = begin(as_, world)
    show(as_, world, key)
    client = sign_in(world.pia)
    for path in ("consent", "decline", "withdraw", "leave-out/worked", "take-in/worked"):
        assert client.get(f"/my-analysis/{path}").status_code == 405


def test_she_sees_who_has_opened_it(sign_in, world, as_):
    _key, release = released(as_, world)
    mia = sign_in(world.mia)
    mia.get(f"/inbox/{release}")
    mia.get(f"/inbox/{release}/analysis.pdf")
    page = sign_in(world.pia).get("/my-analysis").text
    assert "Mia Mäki read it" in page and "Mia Mäki saved the PDF" in page
    with as_(world.pia):
        looks = set(db.session.scalars(select(AccessEntry.what)))
        assert {LOOKED + release, DOWNLOADED + release} <= looks


# --- the municipal coach ----------------------------------------------------------------------


def test_the_inbox_shows_what_was_released_and_whether_it_is_new(sign_in, world, as_):
    _key, release = released(as_, world)
    client = sign_in(world.mia)
    assert "Not opened yet" in client.get("/inbox").text
    page = client.get(f"/inbox/{release}")
    assert f"{CANARY}-worked" in page.text
    assert html.document_fromstring(page.text).xpath("string(//h1)") == "Pia Pihlaja"
    assert "Not opened yet" not in client.get("/inbox").text


def test_withdrawing_closes_list_page_and_paper_on_the_next_request(sign_in, world, as_):
    _key, release = released(as_, world)
    client, mia = sign_in(world.pia), sign_in(world.mia)
    assert mia.get(f"/inbox/{release}").status_code == 200
    assert client.send("/my-analysis/withdraw").status_code == 303
    assert "Pihlaja" not in mia.get("/inbox").text
    for path in (f"/inbox/{release}", f"/inbox/{release}/analysis.pdf"):
        answer = mia.get(path)
        assert answer.status_code == 404 and "permission has ended" in answer.text
        assert CANARY not in answer.text and "Pihlaja" not in answer.text
    assert "Mia Mäki read it" in client.get("/my-analysis").text, "she is told what was seen"
    assert client.send("/my-analysis/withdraw").status_code == 422


def _still_signed_in(member) -> None:
    """As if she had signed in a minute ago."""
    with unit_of_work(whole_installation("signed in anew")):
        row = db.session.get(SignIn, member.actor.sign_in_id)
        row.started_at = row.last_seen_at = now() - timedelta(minutes=1)


def test_a_permission_that_ran_out_closes_it_too(sign_in, world, as_, clock):
    _key, release = released(as_, world)
    clock.shift(timedelta(days=93))
    _still_signed_in(world.mia)
    mia = sign_in(world.mia)
    assert "Pihlaja" not in mia.get("/inbox").text
    for path in (f"/inbox/{release}", f"/inbox/{release}/analysis.pdf"):
        answer = mia.get(path)
        assert answer.status_code == 404 and "permission has ended" in answer.text
        assert CANARY.encode() not in answer.data


def test_a_permission_that_ends_within_a_week_is_said(sign_in, world, as_, clock):
    released(as_, world)
    assert "Ends in" not in sign_in(world.mia).get("/inbox").text
    clock.shift(timedelta(days=86))
    _still_signed_in(world.mia)
    page = sign_in(world.mia).get("/inbox").text
    assert "Ends in" in page and "Pihlaja" in page


def test_the_released_pdf_holds_no_identity_code_or_pay(sign_in, world, as_):
    _key, release = released(as_, world)
    data = sign_in(world.mia).get(f"/inbox/{release}/analysis.pdf").data
    text = _text(data) + str(PdfReader(io.BytesIO(data)).metadata)
    assert not re.search(r"\d{6}[-+A-Y]\d{3}[0-9A-Y]", text)
    assert "€" not in text and "FI" not in re.findall(r"FI\d", text)


# --- strangers --------------------------------------------------------------------------------


@pytest.mark.parametrize("who", [*STRANGERS, None])
def test_strangers_open_nothing_and_read_no_word_of_it(sign_in, world, as_, who):
    key, release = released(as_, world)
    paths = (
        f"/analyses/{key}",
        f"/analyses/{key}/preview.pdf",
        f"/inbox/{release}",
        f"/inbox/{release}/analysis.pdf",
    )
    client = sign_in(getattr(world, who) if who else None)
    for path in paths:
        answer = client.get(path)
        assert answer.status_code in ((303,) if who is None else (403, 404)), path
        assert CANARY.encode() not in answer.data and b"Pihlaja" not in answer.data, path
    for path in ("/analyses", "/inbox", "/my-analysis", "/my-analysis/copy.pdf"):
        assert CANARY.encode() not in client.get(path).data


@pytest.mark.parametrize("who", [*STRANGERS, "mia", None])
def test_strangers_change_nothing(sign_in, world, as_, who):
    key = begin(as_, world)
    show(as_, world, key)
    seen = hashlib.sha256(seen_by(as_, world.pia)).hexdigest()
    client = sign_in(getattr(world, who) if who else None)
    sent = {
        f"/analyses/{key}/sections": {"text_worked": "x", "version_worked": "1"},
        f"/analyses/{key}/show": {},
        f"/analyses/{key}/send": {},
        f"/analyses/{key}/municipal-coach": {"email": "nils@example.org"},
        "/my-analysis/consent": {"until": "2027-02-24", "seen": seen},
        "/my-analysis/decline": {},
        "/my-analysis/withdraw": {},
        "/my-analysis/leave-out/worked": {},
    }
    for path, data in sent.items():
        answer = client.send(path, **data)
        assert answer.status_code in (401, 403, 404), path
        assert CANARY.encode() not in answer.data
    with as_(world.stig):
        analysis = db.session.get(Analysis, key)
        assert (analysis.state, analysis.edition) == ("shown", 1)


def test_a_coach_decides_nothing_for_her(sign_in, world, as_):
    key = begin(as_, world)
    show(as_, world, key)
    client = sign_in(world.stig)
    for path in ("consent", "decline", "withdraw", "leave-out/worked"):
        assert client.send(f"/my-analysis/{path}").status_code == 403


@pytest.mark.parametrize("section", ["nothing", "WORKED", "worked%00", "../../x"])
def test_a_section_that_is_none_is_no_page(sign_in, world, as_, section):
    begin(as_, world)
    assert sign_in(world.pia).get(f"/my-analysis/write/{section}").status_code == 404


def test_a_coach_whom_she_lets_know_of_her_still_reads_no_analysis_of_another(sign_in, world, as_):
    _key, release = released(as_, world)
    with as_(world.pia):
        give_consent(
            world.pia.actor,
            purpose=ConsentPurpose.INTRODUCTION,
            recipient_id=world.nils.account_id,
            valid_to=TODAY + timedelta(days=30),
            wording="Nils may know of me.",
            language="en",
        )
    nils = sign_in(world.nils)
    assert "Pihlaja" not in nils.get("/inbox").text
    for path in (f"/inbox/{release}", f"/inbox/{release}/analysis.pdf"):
        answer = nils.get(path)
        assert answer.status_code == 404 and CANARY.encode() not in answer.data
        assert b"permission has ended" not in answer.data


# --- sizes ------------------------------------------------------------------------------------


def _crowd(world, release_id: str, count: int) -> None:
    """More people of Group 7, each with an analysis that is released to Mia."""
    with unit_of_work(whole_installation("a crowd")):
        first = db.session.get(Release, release_id)
        consent = db.session.get(Consent, first.consent_id)
        own = {"organisation_id": world.a.organisation_id}
        for n in range(count):
            person = make_person(world.a.organisation_id, f"P{n}", "Crowd", f"+3584000005{n:02d}")
            enrolment = Enrolment(
                cohort_id=world.a.cohort_ids[0], person_id=person.id, state="started", **own
            )
            db.session.add(enrolment)
            db.session.flush()
            analysis = Analysis(
                enrolment_id=enrolment.id,
                person_id=person.id,
                number=f"AN-{n}",
                state="released",
                edition=1,
                written_by_id=world.stig.account_id,
                started_at=NOW,
                changed_at=NOW,
                **own,
            )
            db.session.add(analysis)
            db.session.flush()
            given = {
                name: getattr(consent, name)
                for name in Consent.__table__.columns.keys()  # noqa: SIM118
                if name != "id"
            }
            given |= {"person_id": person.id, "subject_id": analysis.id}
            db.session.add(
                CoachLink(
                    person_id=person.id,
                    account_id=world.mia.account_id,
                    municipality_id=world.municipality_id,
                    valid_from=TODAY,
                    **own,
                )
            )
            copied = Consent(**given)
            db.session.add(copied)
            db.session.flush()
            db.session.add(
                Release(
                    analysis_id=analysis.id,
                    person_id=person.id,
                    consent_id=copied.id,
                    recipient_id=world.mia.account_id,
                    file_id=first.file_id,
                    sha256=first.sha256,
                    edition=1,
                    content=first.content,
                    released_at=NOW,
                    **own,
                )
            )


@pytest.mark.parametrize(
    ("who", "path"),
    [
        ("mia", "/inbox"),
        ("mia", "/inbox/{release}"),
        ("stig", "/analyses"),
        ("aino", "/analyses"),
        ("stig", "/analyses/{key}"),
        ("pia", "/my-analysis"),
        ("pia", "/my-analysis/copy.pdf"),
    ],
)
def test_a_page_asks_as_little_of_thirty_as_of_one(sign_in, world, as_, statements, who, path):
    key, release = released(as_, world)
    client = sign_in(getattr(world, who))
    url = path.format(key=key, release=release)
    client.get(url)
    statements.clear()
    client.get(url)
    one = len(statements)
    _crowd(world, release, 30)
    statements.clear()
    answer = client.get(url)
    assert len(statements) == one
    assert one <= (8 if path == "/my-analysis" else 10)
    if path in ("/inbox", "/analyses"):
        assert answer.text.count("Crowd") >= 24


def test_the_inbox_of_thirty_opens_each_to_its_own_reader_only(sign_in, world, as_):
    _key, release = released(as_, world)
    _crowd(world, release, 30)
    mia = sign_in(world.mia)
    pages = mia.get("/inbox").text + mia.get("/inbox?page=2").text
    assert len(set(re.findall(r"/inbox/[a-z2-7]{20}", pages))) == 31
    assert not re.findall(r"/inbox/[a-z2-7]{20}", sign_in(world.nils).get("/inbox").text)


def test_the_list_of_many_has_pages(sign_in, world, as_):
    _key, release = released(as_, world)
    _crowd(world, release, 40)
    client = sign_in(world.stig)
    assert "Page 1 of 2" in client.get("/analyses").text
    assert client.get("/analyses?page=2").status_code == 200
    assert client.get("/analyses?page=99999999999999999999").status_code == 200


def test_four_yeses_at_the_same_moment_send_it_once(sign_in, world, as_):
    key = begin(as_, world)
    show(as_, world, key)
    clients = [sign_in(world.pia) for _ in range(4)]
    fields = _fields(clients[0].get("/my-analysis/decide").text, "/my-analysis/consent")
    start = Barrier(len(clients))

    def agree_now(client) -> int:
        start.wait()
        return client.send("/my-analysis/consent", **fields).status_code

    with ThreadPoolExecutor(len(clients)) as pool:
        codes = sorted(pool.map(agree_now, clients))
    assert codes[0] == 303 and set(codes[1:]) <= {409, 422}
    assert _count(as_, world.pia, Release) == 1
    assert _count(as_, world.pia, Consent) == 2  # with the introduction of the cast


def test_every_request_after_the_withdrawal_is_refused(sign_in, world, as_):
    _key, release = released(as_, world)
    readers = [sign_in(world.mia) for _ in range(3)]
    pia, withdrawn = sign_in(world.pia), Event()

    def read(client) -> list[tuple[bool, int]]:
        seen = []
        while len(seen) < 40 and not (seen and seen[-1][0]):
            after = withdrawn.is_set()  # known before the request begins
            seen.append((after, client.get(f"/inbox/{release}/analysis.pdf").status_code))
        return seen

    with ThreadPoolExecutor(len(readers)) as pool:
        running = [pool.submit(read, client) for client in readers]
        assert pia.send("/my-analysis/withdraw").status_code == 303
        withdrawn.set()
        answers = [one for future in running for one in future.result()]
    assert {code for after, code in answers if after} == {404}
    assert {code for after, code in answers if not after} <= {200, 404}
