"""Pages of strategies and documents, for the person, her coach, and nobody else."""

import io
import re
from datetime import timedelta
from urllib.parse import unquote

import pytest
from sqlalchemy import select, update

from jobsearch.audit.models import AccessEntry
from jobsearch.coaching.documents.models import Document, DocumentVersion
from jobsearch.coaching.documents.rules import DocumentKind, DocumentState
from jobsearch.coaching.documents.service import begin_document, write_comment
from jobsearch.coaching.sparring.models import NextStep
from jobsearch.coaching.sparring.service import agree_step
from jobsearch.coaching.strategies.models import Strategy
from jobsearch.cohorts.models import Cohort, Enrolment, EnrolmentState
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import whole_installation
from tests.documented import GOOD, a_docx, a_pdf, add_lead
from tests.pulsed import seat_people

pytestmark = pytest.mark.usefixtures("context")


def _rows(model, **which):
    with unit_of_work(whole_installation("test")):
        return db.session.query(model).filter_by(**which).order_by(model.id).all()


def _text(answer) -> str:
    """A page's words, blanks that do not break as blanks."""
    return answer.text.replace("\u00a0", " ")


def _key(answer) -> str:
    return answer.headers["Location"].rsplit("/", 1)[-1]


@pytest.fixture
def cv(sign_in, world) -> str:
    """The key of Pia's CV, begun by herself."""
    return _key(sign_in(world.pia).send("/my-documents", kind="cv"))


def _upload(client, key, content, name="cv.pdf", mimetype="application/pdf"):
    file = (io.BytesIO(content), name, mimetype)
    return client.send(f"/documents/{key}/versions", file=file)


def _upload_much(client, key, size):
    """A PDF of so many bytes; put together here, as the client lets go of no large body."""
    url, head = f"/documents/{key}/versions", client.token()
    parts = [f'--x\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n' for k, v in head]
    disposition = 'Content-Disposition: form-data; name="file"; filename="cv.pdf"'
    body = "".join(parts).encode() + f"--x\r\n{disposition}\r\n\r\n".encode()
    body += a_pdf("x" * (size - len(a_pdf("")))) + b"\r\n--x--\r\n"
    return client.post(url, data=body, content_type="multipart/form-data; boundary=x")


# Documents


def test_the_page_names_three_documents_their_states_and_day_four(sign_in, world) -> None:
    page = _text(sign_in(world.pia).get("/my-documents"))
    for words in ("CV", "Letter of application", "Profile", "by day 4, Thursday 19 November"):
        assert words in page
    assert "Ready: 0 / 3" in page
    assert page.count("Not started") >= 3


def test_one_tap_says_how_far_a_document_is_also_before_it_is_begun(sign_in, world) -> None:
    client = sign_in(world.pia)
    answer = client.send("/my-documents", kind="letter", state="ready")
    assert answer.headers["Location"] == "/my-documents"
    (letter,) = _rows(Document)
    assert (letter.kind, letter.state) == (DocumentKind.LETTER, DocumentState.READY)
    assert "Ready: 1 / 3" in _text(client.get("/my-documents"))
    answer = client.send(f"/documents/{letter.id}/state", state="draft", listed="1")
    assert answer.headers["Location"] == "/my-documents"
    coach = sign_in(world.stig)
    answer = coach.send(f"/documents/{letter.id}/state", state="ready", listed="1")
    assert answer.headers["Location"] == f"/people/{world.pia.person_id}/documents"
    assert coach.send(f"/documents/{letter.id}/state", state="best").status_code == 404
    assert coach.send("/my-documents", kind="poem").status_code == 403
    assert sign_in(world.pia).send("/my-documents", kind="poem").status_code == 404


@pytest.mark.parametrize("name", GOOD)
def test_a_file_goes_in_and_comes_out_as_an_attachment_of_its_own_type(
    sign_in, world, cv, name
) -> None:
    content, media_type = GOOD[name]
    client = sign_in(world.pia)
    # whatever the browser says of it
    assert _upload(client, cv, content, name, "text/html").status_code == 303
    (version,) = _rows(DocumentVersion)
    page = client.get(f"/documents/{cv}").text
    assert "Version 1" in page and name in page and "Pia Pihlaja" in page
    answer = client.get(f"/documents/versions/{version.id}/file")
    assert answer.data == content
    assert answer.headers["Content-Type"] == media_type
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"<!DOCTYPE html><script>alert(1)</script>", "not a PDF, DOCX"),
        (b"MZ\x90\x00", "not a PDF, DOCX"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not a PDF, DOCX"),
        (a_docx(**{"word__vbaProject.bin": b"x"}), "macros"),
        (b"\0\0\0\x18ftypheic" + b"\0" * 20, "Most Compatible"),
        (a_pdf()[:-10], "only a part of it came"),
        (a_pdf() + a_docx(), "hidden inside"),
        (b"", "empty"),
    ],
)
def test_what_is_refused_is_told_on_the_field_and_nothing_is_kept(
    sign_in, world, cv, content, words
) -> None:
    answer = _upload(sign_in(world.pia), cv, content)
    assert answer.status_code == 422
    message = re.search(r'id="file-error".*?</p>', answer.text, re.DOTALL)
    assert message and words in message[0]
    assert "<title>Error:" in answer.text
    assert _rows(DocumentVersion) == []


def test_without_a_file_it_is_said_so(sign_in, world, cv) -> None:
    answer = sign_in(world.pia).send(f"/documents/{cv}/versions")
    assert (answer.status_code, "Choose a file first." in answer.text) == (422, True)


def test_ten_megabytes_are_kept_and_more_is_told(sign_in, world, cv) -> None:
    client, most = sign_in(world.pia), 10 * 1024**2
    assert _upload_much(client, cv, most).status_code == 303
    (version,) = _rows(DocumentVersion)
    assert len(client.get(f"/documents/versions/{version.id}/file").data) == most
    answer = _upload_much(client, cv, most + 1)
    assert (answer.status_code, "larger than 10 MB" in answer.text) == (422, True)
    answer = _upload_much(client, cv, 13 * 1024**2)
    assert (answer.status_code, "The file is too large" in answer.text) == (413, True)
    assert len(_rows(DocumentVersion)) == 1


def test_a_name_cannot_write_a_header_or_a_folder(sign_in, world, cv) -> None:
    client = sign_in(world.pia)
    _upload(client, cv, a_pdf(), "../../Päivän <cv>.exe")
    (version,) = _rows(DocumentVersion)
    said = client.get(f"/documents/versions/{version.id}/file").headers["Content-Disposition"]
    assert "\n" not in said and ".." not in said
    assert unquote(said).endswith("filename*=UTF-8''Päivän _cv.pdf")


def test_the_coach_comments_and_the_person_answers(sign_in, world, cv, clock) -> None:
    coach = sign_in(world.stig)
    assert coach.send(f"/documents/{cv}/comments", body="Shorter, <b>please").status_code == 303
    assert coach.send(f"/documents/{cv}/comments", body=" ").status_code == 422
    clock.shift(timedelta(minutes=1))
    client = sign_in(world.pia)
    assert "Shorter, &lt;b&gt;please" in client.get(f"/documents/{cv}").text
    client.send(f"/documents/{cv}/comments", body="Done so")
    page = sign_in(world.stig).get(f"/documents/{cv}").text
    assert page.index("Done so") < page.index("Shorter")
    assert "2 comments" in sign_in(world.pia).get("/my-documents").text


def test_a_version_is_taken_away_by_whose_it_is(sign_in, world, cv) -> None:
    _upload(sign_in(world.pia), cv, a_pdf())
    (version,) = _rows(DocumentVersion)
    url = f"/documents/versions/{version.id}"
    coach = sign_in(world.stig)
    assert f"{url}/take-away" not in coach.get(f"/documents/{cv}").text
    assert coach.send(f"{url}/take-away").status_code == 404
    client = sign_in(world.pia)
    assert f"{url}/take-away" in client.get(f"/documents/{cv}").text
    assert client.send(f"{url}/take-away").status_code == 303
    assert "Taken away" in client.get(f"/documents/{cv}").text
    assert client.get(f"{url}/file").status_code == 404
    assert client.send(f"{url}/take-away").status_code == 404


def test_a_document_is_made_for_one_lead(sign_in, world, as_) -> None:
    page = sign_in(world.pia).get("/my-documents").text
    assert "Add a lead first" in page
    with as_(world.pia):
        lead = add_lead(world)
    client = sign_in(world.pia)
    assert "Baker, Rannikon Leipomo" in client.get("/my-documents").text
    answer = client.send("/my-documents/aimed", lead_id=lead, kind="letter")
    assert (
        "Letter of application: Baker, Rannikon Leipomo"
        in client.get(answer.headers["Location"]).text
    )
    for wrong in ({"kind": "letter"}, {"lead_id": lead}, {"lead_id": "x" * 20, "kind": "cv"}):
        assert client.send("/my-documents/aimed", **wrong).status_code == 422
    url = f"/people/{world.pia.person_id}/documents"
    coach = sign_in(world.stig)
    assert "Letter of application: Baker" in coach.get(url).text
    assert coach.send(f"{url}/aimed", lead_id=lead, kind="cv").status_code == 303


def test_a_group_shows_three_documents_of_each_and_how_many_are_ready(sign_in, world) -> None:
    sign_in(world.pia).send("/my-documents", kind="cv", state="ready")
    with unit_of_work(whole_installation("test")):
        seat_people(world, 5)
    url = f"/cohorts/{world.a.cohort_ids[0]}/documents"
    page = _text(sign_in(world.stig).get(url))
    assert page.count('<th scope="row" class="stick"><a ') == 6
    assert page.count(" / 6") == 3 and "1 / 6" in page
    assert "by day 4, Thursday 19 November" in page
    for who, status in (("aino", 403), ("pia", 403), ("cora", 404)):
        assert sign_in(getattr(world, who)).get(url).status_code == status


@pytest.mark.parametrize("who", ["otto", "cora"])
def test_a_stranger_finds_no_document_no_file_and_no_strategy(sign_in, world, cv, who) -> None:
    _upload(sign_in(world.pia), cv, a_pdf("Secret"))
    (version,) = _rows(DocumentVersion)
    client = sign_in(getattr(world, who))
    paths = [f"/documents/{cv}", f"/documents/versions/{version.id}/file"]
    if who == "cora":
        paths += [f"/people/{world.pia.person_id}/{page}" for page in ("documents", "strategy")]
    for path in paths:
        assert client.get(path).status_code == 404, path
    posts = [f"/documents/{cv}/{deed}" for deed in ("state", "comments", "versions")]
    for path in (*posts, f"/documents/versions/{version.id}/take-away"):
        answer = client.send(path, state="ready", body="x")
        assert answer.status_code == 404, path
    assert _rows(DocumentVersion)[0].file_id is not None


def test_a_coachs_look_leaves_a_trace_and_ones_own_page_none(sign_in, world, cv) -> None:
    _upload(sign_in(world.pia), cv, a_pdf())
    (version,) = _rows(DocumentVersion)
    for path in ("/my-documents", "/my-strategy", f"/documents/{cv}"):
        sign_in(world.pia).get(path)
    assert _rows(AccessEntry) == []
    coach, url = sign_in(world.stig), f"/people/{world.pia.person_id}"
    for path in (
        f"{url}/documents",
        f"{url}/strategy",
        f"/documents/{cv}",
        f"/documents/versions/{version.id}/file",
    ):
        assert coach.get(path).status_code == 200
    with unit_of_work(whole_installation("test")):
        seen = db.session.execute(select(AccessEntry.person_id, AccessEntry.what)).all()
    assert {what for _person, what in seen} == {
        *("documents", "strategy", "document", "document file")
    }
    assert {person for person, _what in seen} == {world.pia.person_id}


def test_who_is_in_no_group_is_told_kindly(sign_in, world) -> None:
    with unit_of_work(whole_installation("test")):
        db.session.execute(update(Enrolment).values(state=EnrolmentState.WITHDREW))
    client = sign_in(world.pia)
    for path in ("/my-documents", "/my-strategy"):
        assert "You are in no group yet" in client.get(path).text
    assert client.send("/my-documents", kind="cv").status_code == 404
    assert client.send("/my-strategy", goal="x", seen="0").status_code == 404


# Strategy


def test_the_empty_page_says_what_to_do(sign_in, world) -> None:
    page = sign_in(world.pia).get("/my-strategy").text
    assert "Start with the goal, in one sentence" in page
    assert "For example: a job of 30 hours a week" in page


def test_both_write_and_each_sees_who_wrote_last(sign_in, world) -> None:
    client, url = sign_in(world.pia), f"/people/{world.pia.person_id}/strategy"
    text = {"goal": "A job", "work": "Bakery", "area": "Pori", "targets": "Two calls"}
    assert client.send("/my-strategy", seen="0", **text).status_code == 303
    coach = sign_in(world.stig)
    page = coach.get(url).text
    assert "Last written" in page and "Pia Pihlaja" in page and "Two calls" in page
    assert 'name="seen" type="hidden" value="1"' in page
    assert coach.send(url, seen="1", **{**text, "goal": "A good job"}).status_code == 303
    page = sign_in(world.pia).get("/my-strategy").text
    assert "A good job" in page and "Stig Strand" in page


def test_the_loser_of_a_race_sees_both_texts_and_keeps_hers(sign_in, world) -> None:
    sign_in(world.pia).send("/my-strategy", seen="0", goal="Hers")
    coach, url = sign_in(world.stig), f"/people/{world.pia.person_id}/strategy"
    answer = coach.send(url, seen="0", goal="The coach's", area="Pori")
    assert answer.status_code == 422
    assert "Somebody else has written here meanwhile" in answer.text
    assert "Hers" in answer.text and "The coach&#39;s" in answer.text
    assert 'name="seen" type="hidden" value="1"' in answer.text
    assert _rows(Strategy)[0].goal == "Hers"
    assert coach.send(url, seen="1", goal="Both", area="Pori").status_code == 303
    for strange in ("", "x", "-1", "9" * 30):
        assert coach.send(url, seen=strange, goal="x").status_code == 422
    assert _rows(Strategy)[0].goal == "Both"


def test_words_of_health_are_refused_unless_they_are_of_work(sign_in, world) -> None:
    client = sign_in(world.pia)
    words = {"seen": "0", "goal": "A job", "work": "Sairaala-apulainen"}
    answer = client.send("/my-strategy", **words)
    assert (answer.status_code, "someone&#39;s health" in answer.text) == (422, True)
    assert "Sairaala-apulainen" in answer.text and _rows(Strategy) == []
    assert client.send("/my-strategy", **words, about_work="y").status_code == 303
    assert client.send("/my-strategy", seen="1").status_code == 422


def test_steps_are_agreed_and_finished_here_and_stand_on_the_day(sign_in, world) -> None:
    coach, url = sign_in(world.stig), f"/people/{world.pia.person_id}/strategy"
    assert coach.send(f"{url}/steps", text="Call Huolto", due_on="26.11.").status_code == 303
    wrong = coach.send(f"{url}/steps", text="Too late", due_on="1.11.2026")
    assert (wrong.status_code, "in the past" in wrong.text) == (422, True)
    (step,) = _rows(NextStep)
    client = sign_in(world.pia)
    assert "Call Huolto" in client.get("/my-strategy").text
    assert "Call Huolto" in client.get("/today").text
    assert sign_in(world.otto).send(f"/my-strategy/steps/{step.id}/done").status_code == 404
    client = sign_in(world.pia)
    answer = client.send(f"/my-strategy/steps/{step.id}/done")
    assert answer.headers["Location"] == "/my-strategy"
    assert "Done" in client.get("/my-strategy").text
    coach = sign_in(world.stig)
    assert coach.send(f"{url}/steps/{step.id}/not-done").status_code == 303
    assert _rows(NextStep)[0].done_at is None


def test_a_coach_of_another_group_reads_but_agrees_on_no_step(sign_in, world, as_) -> None:
    with as_(world.stig):
        step = agree_step(world.stig.actor, world.a.enrolment_ids["pia"], "Call", None)
    with unit_of_work(whole_installation("test")):
        db.session.execute(update(Cohort).values(coach_id=world.aino.account_id))
    coach, url = sign_in(world.stig), f"/people/{world.pia.person_id}/strategy"
    page = coach.get(url).text
    assert "Call" in page and f"{url}/steps" not in page
    assert coach.send(f"{url}/steps", text="x").status_code == 404
    assert coach.send(f"{url}/steps/{step.id}/done").status_code == 404


def test_nobody_writes_for_whom_she_may_not(sign_in, world) -> None:
    url = f"/people/{world.pia.person_id}"
    for who, status in (("aino", 403), ("paula", 403), ("otto", 403), ("mia", 403), ("cora", 404)):
        client = sign_in(getattr(world, who))
        assert client.get(f"{url}/strategy").status_code == status
        assert client.send(f"{url}/strategy", seen="0", goal="x").status_code == status
        assert client.send(f"{url}/documents", kind="cv").status_code == status
    assert _rows(Strategy) == _rows(Document) == []


# How much is asked


def test_pages_ask_as_often_for_thirty_as_for_one(sign_in, world, as_, statements, cv) -> None:
    person, group = world.pia.person_id, world.a.cohort_ids[0]
    pages = [
        (world.pia, "/my-documents"),
        (world.pia, "/my-strategy"),
        (world.pia, f"/documents/{cv}"),
        (world.stig, f"/people/{person}/documents"),
        (world.stig, f"/people/{person}/strategy"),
        (world.stig, f"/cohorts/{group}/documents"),
    ]
    counts = []
    for _round in range(2):
        for who, path in pages:
            client = sign_in(who)
            del statements[:]
            assert client.get(path).status_code == 200
            counts.append(len([one for one in statements if one.startswith("SELECT")]))
        with as_(world.stig):
            for number in range(30):
                lead = add_lead(world, employer=f"Shop {_round} {number}")
                begin_document(world.stig.actor, person, DocumentKind.CV, lead)
                write_comment(world.stig.actor, cv, "x")
                agree_step(world.stig.actor, world.a.enrolment_ids["pia"], "x", None)
        with unit_of_work(whole_installation("test")):
            seat_people(world, 30)
    assert counts[:6] == counts[6:]
    assert max(counts) <= 8
