"""Everything of one's own to take home: the archive is read back, part by part."""

import io
import zipfile
from dataclasses import replace
from datetime import timedelta

import pytest
from flask_babel import force_locale
from openpyxl import load_workbook
from sqlalchemy import select

from jobsearch.audit.models import AccessEntry
from jobsearch.coaching.documents.rules import DocumentKind
from jobsearch.coaching.documents.service import add_version, begin_document, take_away
from jobsearch.coaching.sparring.models import Reader
from jobsearch.coaching.sparring.service import agree_step, drop_step, write_note
from jobsearch.coaching.strategies.rules import StrategyText
from jobsearch.coaching.strategies.service import write_strategy
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import whole_installation
from jobsearch.desk.takeaway.exports import archive_of
from jobsearch.desk.takeaway.rules import archive_name, unique_names
from jobsearch.standup.words.service import write_debrief
from jobsearch.tracker.interviews.models import Interview, InterviewTick
from jobsearch.tracker.interviews.rules import InterviewWay, Preparation
from jobsearch.tracker.models import Action, Employer
from jobsearch.tracker.rules import Activity
from jobsearch.tracker.service import log_action, log_for, set_goal, undo_action
from jobsearch.web.formats import LOCALES
from tests.documented import a_docx, a_pdf, add_lead
from tests.papers import unmarked, words
from tests.world import NOW, TODAY

pytestmark = pytest.mark.usefixtures("context")
EVIL = "=cmd|' /C calc'!A0"


def _live(world, as_) -> None:
    """Something of everything of Pia's, and something of Otto's beside it."""
    pia, seat = world.pia.actor, (world.a.cohort_ids[0], world.a.enrolment_ids["pia"])
    with as_(world.pia):
        private = log_action(
            pia, Activity.EMPLOYER_CONTACT, employer_name="Huolto", note=EVIL, role_title="<b>Clerk"
        )
        db.session.get(Action, private.id).private_at = NOW
        gone = log_action(pia, Activity.INTERVIEW, note="Undone-words")
        undo_action(pia, gone.id)
        set_goal(pia, seat[1], TODAY, Activity.EMPLOYER_CONTACT, 4)
        write_strategy(
            pia, world.pia.person_id, 0, StrategyText("Goal & <i>more", "Bakery", "Pori")
        )
        write_debrief(pia, *seat, "Learned-words", "Next-words")
        _documents(world, add_lead(world))
    with as_(world.stig):
        log_for(world.stig.actor, world.pia.person_id, Activity.ADVERTISED_APPLICATION)
        agree_step(world.stig.actor, seat[1], "Call <b>Huolto", TODAY)
        dropped = agree_step(world.stig.actor, seat[1], "Dropped-words", None)
        drop_step(world.stig.actor, dropped.id)
        write_note(world.stig.actor, seat[1], Reader.SHARED, "Shared-words")
        write_note(world.stig.actor, seat[1], Reader.STAFF, "Private-words")
    with as_(world.otto):
        log_action(world.otto.actor, Activity.EMPLOYER_CONTACT, employer_name="Ottos-shop")
        write_strategy(world.otto.actor, world.otto.person_id, 0, StrategyText("Ottos-goal"))
        add_lead(world, "otto", "Ottos-lead")
        one = begin_document(world.otto.actor, world.otto.person_id, DocumentKind.CV)
        add_version(world.otto.actor, one.id, a_pdf("Ottos-file"), "otto.pdf")


def _documents(world, lead_id: str) -> None:
    """A CV of two versions, a letter whose only file is gone, and a CV for one job."""
    actor, own = world.pia.actor, world.pia.person_id
    general = begin_document(actor, own, DocumentKind.CV)
    add_version(actor, general.id, a_pdf("First-file"), "cv.pdf")
    add_version(actor, general.id, a_pdf("Second-file"), "CV.pdf")
    aimed = begin_document(actor, own, DocumentKind.CV, lead_id)
    add_version(actor, aimed.id, a_docx(), "cv.docx")
    add_version(actor, aimed.id, a_pdf("Aimed-file"), "cv.pdf")
    letter = begin_document(actor, own, DocumentKind.LETTER)
    take_away(actor, add_version(actor, letter.id, a_pdf("Gone-file"), "letter.pdf").id)
    shop = db.session.scalars(select(Employer).filter_by(name="Rannikon Leipomo")).one()
    met = Interview(
        person_id=own,
        enrolment_id=world.a.enrolment_ids["pia"],
        cohort_id=world.a.cohort_ids[0],
        employer_id=shop.id,
        lead_id=lead_id,
        starts_at=NOW,
        way=InterviewWay.PHONE,
        changed_at=NOW,
    )
    db.session.add(met)
    db.session.flush()
    tick = InterviewTick(interview_id=met.id, person_id=own, item=Preparation.QUESTIONS)
    db.session.add(tick)
    db.session.flush()


def _archive(client) -> tuple[zipfile.ZipFile, str]:
    answer = client.get("/my-everything/file")
    assert answer.status_code == 200
    assert answer.mimetype == "application/zip"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    archive = zipfile.ZipFile(io.BytesIO(answer.data))
    assert archive.testzip() is None
    return archive, answer.headers["Content-Disposition"]


def _book(archive, name="Job search.xlsx"):
    return load_workbook(io.BytesIO(archive.read(name)))


def _rows(book, sheet) -> list[tuple]:
    return list(book[sheet].iter_rows(min_row=2, values_only=True))


def _all_words(archive) -> str:
    book = _book(archive)
    cells = " ".join(str(v) for s in book for row in s.iter_rows(values_only=True) for v in row)
    return cells + words(archive.read("Summary.pdf")) + " ".join(archive.namelist())


def test_the_archive_holds_a_workbook_a_summary_and_the_newest_files(world, as_, sign_in) -> None:
    _live(world, as_)
    archive, disposition = _archive(sign_in(world.pia))
    assert 'filename="my-job-search-2026-11-24.zip"' in disposition
    assert disposition.startswith("attachment")
    names = archive.namelist()
    assert names[:2] == ["Job search.xlsx", "Summary.pdf"]
    assert sorted(name.lower() for name in names[2:]) == [
        "documents/cv (2).pdf",
        "documents/cv.pdf",
    ]
    files = {archive.read(name) for name in archive.namelist()[2:]}
    assert files == {a_pdf("Second-file"), a_pdf("Aimed-file")}


def test_every_sheet_holds_what_is_hers_and_no_formula(world, as_, sign_in) -> None:
    _live(world, as_)
    book = _book(_archive(sign_in(world.pia))[0])
    assert book.sheetnames == [
        *("Actions", "Leads", "Interviews", "Employers", "Goals", "Strategy"),
        *("Plans and debriefs", "Agreed steps", "Notes", "Hours", "Documents", "Comments"),
        *("Who has looked", "Sent outside"),
    ]
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds
    by_coach, private = sorted(_rows(book, "Actions"), key=lambda row: row[1])
    assert private[1:5] == ("Employer contact", 1, "Huolto", "<b>Clerk")
    assert (private[9], private[10], private[12]) == (EVIL, "Logged by myself", "Yes")
    assert (by_coach[1], by_coach[10]) == ("Advertised job", "Logged for me by my coach")
    assert _rows(book, "Leads")[0][:2] == ("Rannikon Leipomo", "Baker")
    met = _rows(book, "Interviews")[0]
    assert (met[0].hour, met[2], met[4]) == (10, "Rannikon Leipomo", "By phone")
    assert met[6] == "I have two questions to ask."
    assert [row[:2] for row in _rows(book, "Employers")] == [("Huolto", 1), ("Rannikon Leipomo", 0)]
    assert _rows(book, "Goals")[0][1:] == ("Employer contact", 4, "Set by hand")
    assert _rows(book, "Strategy")[0][:4] == ("Group 7", "Goal & <i>more", "Bakery", "Pori")
    assert _rows(book, "Plans and debriefs")[0][4:6] == ("Learned-words", "Next-words")
    assert [row[0] for row in _rows(book, "Agreed steps")] == ["Call <b>Huolto"]
    assert [row[2] for row in _rows(book, "Notes")] == ["Shared-words"]
    assert _rows(book, "Hours")[0][1:] == ("Present", 3, 3)
    assert len(_rows(book, "Hours")) == 5
    assert [row[3] for row in _rows(book, "Documents") if row[7]] == [1]  # the letter's, gone


def test_nothing_of_others_and_nothing_for_staff_alone_is_in_it(world, as_, sign_in) -> None:
    _live(world, as_)
    archive, _name = _archive(sign_in(world.pia))
    text = _all_words(archive)
    for foreign in ("Otto", "Oksanen", "Private-words", "Undone-words", "Dropped-words", "Gone-"):
        assert foreign not in text
    assert b"Ottos-file" not in b"".join(archive.read(name) for name in archive.namelist())


def test_the_summary_tells_strategy_figures_and_days_and_runs_no_markup(
    world, as_, sign_in
) -> None:
    _live(world, as_)
    content = _archive(sign_in(world.pia))[0].read("Summary.pdf")
    text = words(content)
    for said in (
        "My job search",
        "Pia Pihlaja",
        "Goal & <i>more",
        "Call <b>Huolto",
        "24 November 2026",
        "Employer contacts",
        "Replies to the actions of which a reply can be known: 0 / 2",
        "CV, Baker, Rannikon Leipomo: Draft",
        "Letter of application: Draft",
    ):
        assert said in text, said
    assert unmarked(content) == 0


def _made(world, app, language: str = "en") -> zipfile.ZipFile:
    actor = replace(world.pia.actor, language=language)
    with app.test_request_context(), force_locale(LOCALES[language]):
        return zipfile.ZipFile(io.BytesIO(archive_of(actor)[0]))


def test_the_archive_is_there_after_the_group_has_ended(world, as_, app, clock) -> None:
    _live(world, as_)
    clock.move_to(NOW + timedelta(days=90))
    with as_(world.pia):
        archive = _made(world, app)
    assert len(archive.namelist()) == 4
    assert "Learned-words" in _all_words(archive)


def test_who_has_logged_nothing_takes_home_a_summary_that_says_so(world, sign_in) -> None:
    archive, _name = _archive(sign_in(world.pia))
    assert archive.namelist() == ["Job search.xlsx", "Summary.pdf"]
    assert "Nothing is logged." in words(archive.read("Summary.pdf"))


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_sheets_and_files_have_names_of_their_own_in_each_language(
    world, as_, app, language
) -> None:
    _live(world, as_)
    with as_(world.pia):
        archive = _made(world, app, language)
    assert len(archive.namelist()) == 4
    book = next(one for one in archive.namelist() if one.endswith(".xlsx"))
    assert len(_book(archive, book).sheetnames) == 14


def test_who_has_nothing_of_her_own_here_takes_nothing_home(world, sign_in) -> None:
    for who, status in (("stig", 403), ("aino", 403), ("mia", 403)):
        for path in ("/my-everything", "/my-everything/file"):
            assert sign_in(getattr(world, who)).get(path).status_code == status


def test_the_page_says_what_is_in_it_and_taking_it_leaves_a_trace(world, as_, sign_in) -> None:
    _live(world, as_)
    client = sign_in(world.pia)
    page = client.get("/my-everything").text
    assert "2, 0,1 MB" in page or "2, 0.1 MB" in page
    assert "/my-everything/file" in page
    for path in ("/account", "/my-documents"):
        assert 'href="/my-everything"' in client.get(path).text
    assert "my-everything" not in sign_in(world.stig).get("/account").text
    client = sign_in(world.pia)
    client.get("/my-everything/file")
    with unit_of_work(whole_installation("test")):
        seen = db.session.scalars(select(AccessEntry.what)).all()
        assert seen == ["everything taken home"]


def test_the_archive_asks_as_often_for_much_as_for_little(world, as_, sign_in, statements) -> None:
    counts = []
    for _round in range(2):
        client = sign_in(world.pia)
        for path in ("/my-everything", "/my-everything/file"):
            del statements[:]
            client.get(path)
            counts.append(len([one for one in statements if one.startswith("SELECT")]))
        with as_(world.pia):
            for number in range(30):
                log_action(
                    world.pia.actor, Activity.EMPLOYER_CONTACT, employer_name=f"Shop {number}"
                )
            add_lead(world, employer=f"Lead {_round}")
    assert counts[:2] == counts[2:]
    assert counts[0] <= 5


def test_names_alike_are_told_apart_and_the_archives_name_names_nobody() -> None:
    names = ["cv.pdf", "CV.pdf", "cv (2).pdf", "Åke.pdf", "cv.docx", "cv.pdf"]
    found = unique_names(names)
    assert len({name.casefold() for name in found}) == len(names)
    assert found[:2] == ["cv.pdf", "CV (2).pdf"]
    assert archive_name(TODAY) == "my-job-search-2026-11-24.zip"
