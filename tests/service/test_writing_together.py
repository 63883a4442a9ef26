"""Drafts, earlier texts, words from the records and the language, on a real database."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import select

from jobsearch.analyses import queries, service
from jobsearch.analyses.checks.queries import warnings_of_analysis
from jobsearch.analyses.checks.rules import Doubt
from jobsearch.analyses.drafts.models import SectionDraft
from jobsearch.analyses.drafts.queries import list_drafts
from jobsearch.analyses.drafts.rules import MOST_DRAFTS, MOST_TYPED, Typed
from jobsearch.analyses.drafts.service import forget_old, keep_draft, throw_away
from jobsearch.analyses.history.queries import get_earlier, get_story
from jobsearch.analyses.models import Analysis
from jobsearch.analyses.prefill.records import Records
from jobsearch.analyses.prefill.service import choose_language, refill_section
from jobsearch.analyses.prefill.words import first_words
from jobsearch.analyses.rules import AnalysisState, SectionKey, Written
from jobsearch.analyses.sheet import Draft
from jobsearch.analyses.writing.queries import list_news
from jobsearch.audit.models import AuditEntry
from jobsearch.coaching.documents.rules import DocumentKind, DocumentState
from jobsearch.coaching.documents.service import begin_document
from jobsearch.coaching.sparring.models import NextStep
from jobsearch.coaching.sparring.service import agree_step
from jobsearch.coaching.strategies.models import Strategy
from jobsearch.cohorts.models import Enrolment
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.errors import Conflict, NotVisible, RuleBroken
from jobsearch.core.scope import Scope, whole_installation
from jobsearch.core.tokens import digest
from jobsearch.tracker.interviews.models import Interview
from jobsearch.tracker.interviews.rules import InterviewWay
from jobsearch.tracker.interviews.service import When, add_interview
from jobsearch.tracker.leads.models import Lead
from jobsearch.tracker.leads.rules import LeadDetails, LeadStage
from jobsearch.tracker.leads.service import add_lead
from jobsearch.tracker.models import Action
from jobsearch.tracker.rules import Activity, Channel, Reply
from tests.searched import make_action
from tests.world import NOW, TODAY
from tests.written import CANARIES, begin, draft, show, write

pytestmark = pytest.mark.usefixtures("context")
WORKED, NEEDED = SectionKey.WORKED, SectionKey.NEEDED


def _typed(text: str, key: SectionKey = WORKED, page: str = "p1", version: int = 2) -> Typed:
    return Typed(key, text, version, digest(CANARIES[key]), page)


def _section(member, analysis_id, key):
    sections = queries.get_analysis(member.actor, analysis_id).sections
    return next(one for one in sections if one.key is key)


def _texts(as_, member, analysis_id):
    with as_(member):
        return [one.text for one in list_drafts(member.actor, analysis_id)]


# --- drafts -----------------------------------------------------------------------------------


def test_a_draft_is_kept_for_its_writer_alone_and_its_words_are_not_in_the_trail(as_, world):
    key = begin(as_, world)
    with as_(world.stig):
        assert keep_draft(world.stig.actor, key, _typed("luonnossana")) == NOW
    assert _texts(as_, world.stig, key) == ["luonnossana"]
    assert _texts(as_, world.pia, key) == []
    with unit_of_work(whole_installation("test"), read_only=True):
        (row,) = db.session.scalars(select(SectionDraft))
        raw = db.session.connection().exec_driver_sql("SELECT text FROM section_draft").scalar()
        assert b"luonnossana" not in bytes(raw)
        entries = db.session.scalars(
            select(AuditEntry).where(AuditEntry.table_name == "section_draft")
        ).all()
        assert [one.act for one in entries] == ["insert"]
        assert all("text" not in one.fields and one.sealed is None for one in entries)
        assert row.person_id == world.pia.person_id


def test_typing_on_changes_the_draft_of_the_page_and_another_page_has_its_own(as_, world):
    key = begin(as_, world)
    for text, page in (("yksi", "p1"), ("yksi kaksi", "p1"), ("toinen laite", "p2")):
        with as_(world.stig):
            keep_draft(world.stig.actor, key, _typed(text, page=page))
    assert sorted(_texts(as_, world.stig, key)) == ["toinen laite", "yksi kaksi"]


def test_typing_back_to_what_is_saved_leaves_no_draft(as_, world):
    key = begin(as_, world)
    for text in ("muutos", CANARIES[WORKED]):
        with as_(world.stig):
            keep_draft(world.stig.actor, key, _typed(text))
    assert _texts(as_, world.stig, key) == []


def test_saving_removes_the_draft_of_its_page_and_no_other(as_, world):
    key = begin(as_, world)
    for page in ("p1", "p2"):
        with as_(world.stig):
            keep_draft(world.stig.actor, key, _typed(f"teksti {page}", page=page))
    with as_(world.stig):
        section = _section(world.stig, key, WORKED)
        sent = Draft(WORKED, "teksti p1 ja loppu", section.version, digest(section.text), "p1")
        service.write_sections(world.stig.actor, key, [sent])
    assert _texts(as_, world.stig, key) == ["teksti p2"]


def test_a_text_that_meets_anothers_stays_as_a_draft_until_it_is_chosen(as_, world):
    key = begin(as_, world)
    with as_(world.stig):
        opened = draft(world.stig, key, WORKED, "valmentajan")
        mine = Draft(WORKED, opened.text, opened.version, opened.opened, "p1")
    write(as_, world.pia, key, {WORKED: "työnhakijan"})
    with as_(world.stig):
        (clash,) = service.write_sections(world.stig.actor, key, [mine]).clashes
    assert _texts(as_, world.stig, key) == ["valmentajan"]
    with as_(world.stig):
        (kept,) = list_drafts(world.stig.actor, key)
        assert kept.version == opened.version, "gone on with later, it asks again"
        both = Draft(WORKED, clash.mine, clash.version, digest(clash.theirs), "p1", joins=True)
        service.write_sections(world.stig.actor, key, [both])
    with as_(world.stig):
        assert _section(world.stig, key, WORKED).text == "työnhakijan\n\nvalmentajan"
    assert _texts(as_, world.stig, key) == []


def test_both_are_chosen_of_what_was_read_and_a_third_text_is_asked_about_again(as_, world):
    key = begin(as_, world)
    with as_(world.stig):
        base = draft(world.stig, key, WORKED, "valmentajan")
    write(as_, world.pia, key, {WORKED: "työnhakijan uusi"})
    with as_(world.stig):
        both = Draft(WORKED, base.text, base.version, base.opened, "p1", joins=True)
        (clash,) = service.write_sections(world.stig.actor, key, [both]).clashes
    assert (clash.mine, clash.theirs) == ("valmentajan", "työnhakijan uusi")
    assert _texts(as_, world.stig, key) == ["valmentajan"]


def test_a_text_that_is_given_up_for_anothers_leaves_no_draft(as_, world):
    key = begin(as_, world)
    with as_(world.stig):
        keep_draft(world.stig.actor, key, _typed("oma"))
    with as_(world.stig):
        service.write_sections(world.stig.actor, key, [], given_up=["p1"])
    assert _texts(as_, world.stig, key) == []


def test_a_page_that_one_gives_up_takes_no_draft_of_another_along(as_, world):
    key = begin(as_, world)
    with as_(world.stig):
        keep_draft(world.stig.actor, key, _typed("luonnossana", page="p1"))
    with as_(world.pia):
        service.write_sections(world.pia.actor, key, [], ["p1"])
    assert _texts(as_, world.stig, key) == ["luonnossana"]


def test_a_draft_is_thrown_away_by_its_writer_only(as_, world):
    key = begin(as_, world)
    with as_(world.stig):
        keep_draft(world.stig.actor, key, _typed("oma"))
        (kept,) = list_drafts(world.stig.actor, key)
    with as_(world.pia):
        throw_away(world.pia.actor, kept.id)
    assert _texts(as_, world.stig, key) == ["oma"]
    with as_(world.stig):
        throw_away(world.stig.actor, kept.id)
    assert _texts(as_, world.stig, key) == []


def test_a_draft_older_than_30_days_is_neither_offered_nor_kept(as_, world, clock):
    key = begin(as_, world)
    with as_(world.stig):
        keep_draft(world.stig.actor, key, _typed("vanha"))
    clock.move_to(NOW + timedelta(days=30, minutes=1))
    with as_(world.stig):
        assert list_drafts(world.stig.actor, key) == []
    with unit_of_work(whole_installation("test")):
        assert forget_old(NOW + timedelta(days=30)) == 0
        assert forget_old(NOW + timedelta(days=30, minutes=1)) == 1


def test_drafts_have_limits_and_strangers_keep_none(as_, world):
    key = begin(as_, world)
    with pytest.raises(RuleBroken), as_(world.stig):
        keep_draft(world.stig.actor, key, _typed("x" * (MOST_TYPED + 1)))
    with pytest.raises(RuleBroken), as_(world.stig):
        keep_draft(world.stig.actor, key, Typed(SectionKey.OWN_WORDS, "x", 1, "", "p1"))
    for who in ("otto", "sam", "bo"):
        member = getattr(world, who)
        with pytest.raises((NotVisible, RuleBroken)), as_(member):
            keep_draft(member.actor, key, _typed("x"))
    for at in range(MOST_DRAFTS + 2):
        with as_(world.stig):
            keep_draft(world.stig.actor, key, _typed(f"teksti {at}", page=f"p{at}"))
    assert len(_texts(as_, world.stig, key)) == MOST_DRAFTS


# --- two at once ------------------------------------------------------------------------------


def test_whatever_two_type_at_the_same_moment_is_saved_or_kept(app, as_, world):
    key = begin(as_, world)
    with as_(world.stig):
        base = draft(world.stig, key, WORKED, "")
    start = Barrier(4)

    def one(at: int) -> str:
        member = (world.stig, world.pia)[at % 2]
        text = f"kirjoittaja {at}"
        mine = Draft(WORKED, text, base.version, base.opened, f"page{at}")
        scope = Scope(frozenset({world.a.organisation_id}), "test")
        with app.app_context():
            start.wait()
            for _try in range(20):
                try:
                    with unit_of_work(scope, member.actor):
                        service.write_sections(member.actor, key, [mine])
                    return text
                except Conflict:
                    continue
        raise AssertionError("never got through")

    with ThreadPoolExecutor(4) as pool:
        written = set(pool.map(one, range(4)))
    with as_(world.stig):
        saved = {_section(world.stig, key, WORKED).text}
    kept = set(_texts(as_, world.stig, key)) | set(_texts(as_, world.pia, key))
    assert len(saved & written) == 1, "one of them is saved"
    assert written <= saved | kept, "and every other is its writer's draft"


def test_two_who_write_different_sections_at_the_same_moment_save_both(app, as_, world):
    key = begin(as_, world)
    with as_(world.stig):
        drafts = {one: draft(world.stig, key, one, f"uusi {one}") for one in (WORKED, NEEDED)}
    start = Barrier(2)

    def one(section: SectionKey) -> None:
        member = world.stig if section is WORKED else world.pia
        scope = Scope(frozenset({world.a.organisation_id}), "test")
        with app.app_context():
            start.wait()
            with unit_of_work(scope, member.actor):
                assert service.write_sections(member.actor, key, [drafts[section]]).kept == 1

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(one, (WORKED, NEEDED)))
    with as_(world.stig):
        assert _section(world.stig, key, WORKED).text == f"uusi {WORKED}"
        assert _section(world.stig, key, NEEDED).text == f"uusi {NEEDED}"


def test_the_other_writer_is_told_of_what_was_saved_meanwhile(as_, world, clock):
    key = begin(as_, world)
    clock.move_to(NOW + timedelta(minutes=5))
    write(as_, world.pia, key, {WORKED: "uutta"})
    with as_(world.stig):
        (news,) = list_news(world.stig.actor, key, NOW)
        assert (news.key, news.name) == (WORKED, "Pia Pihlaja")
        assert list_news(world.stig.actor, key, news.at) == []
    with as_(world.pia):
        assert list_news(world.pia.actor, key, NOW) == [], "her own saving is no news to her"


# --- earlier texts ----------------------------------------------------------------------------


def test_earlier_texts_tell_who_wrote_them_and_one_is_taken_back(as_, world, clock):
    key = begin(as_, world)
    clock.move_to(NOW + timedelta(minutes=5))
    write(as_, world.pia, key, {WORKED: "työnhakijan teksti"})
    for member in (world.stig, world.pia):
        with as_(member):
            texts = get_story(member.actor, key, WORKED).texts
            assert [(one.text, one.name, one.is_now) for one in texts] == [
                ("työnhakijan teksti", "Pia Pihlaja", True),
                (CANARIES[WORKED], "Stig Strand", False),
            ]
    with as_(world.stig):
        earlier = get_earlier(world.stig.actor, key, WORKED, texts[1].number)
    write(as_, world.stig, key, {WORKED: earlier})
    with as_(world.pia):
        texts = get_story(world.pia.actor, key, WORKED).texts
        assert len(texts) == 3 and texts[0].text == CANARIES[WORKED]


def test_what_the_records_filled_is_nobodys_text(as_, world):
    key = begin(as_, world)
    with as_(world.stig):
        (only,) = get_story(world.stig.actor, key, SectionKey.DONE).texts
        assert (only.name, only.is_now) == ("", True)


def test_earlier_own_words_are_hers_alone_and_strangers_find_nothing(as_, world):
    key = begin(as_, world)
    write(as_, world.pia, key, {SectionKey.OWN_WORDS: "otin pois"})
    with as_(world.pia):
        assert get_story(world.pia.actor, key, SectionKey.OWN_WORDS).texts
    for who, section in (("stig", SectionKey.OWN_WORDS), ("otto", WORKED), ("sam", WORKED)):
        member = getattr(world, who)
        with pytest.raises(NotVisible), as_(member):
            get_story(member.actor, key, section)


# --- from the records -------------------------------------------------------------------------


def _recorded(as_, world) -> None:
    enrolment_id = world.a.enrolment_ids["pia"]
    with as_(world.stig):
        db.session.add(
            Strategy(
                enrolment_id=enrolment_id,
                person_id=world.pia.person_id,
                goal="Myyjä Porissa",
                work="Kauppa",
                written_at=NOW,
            )
        )
        agree_step(world.stig.actor, enrolment_id, "Päivittää CV:n", None)
    with as_(world.pia):
        details = LeadDetails(role_title="Myyjä", employer_name="Satakunnan Kauppa Oy")
        add_lead(world.pia.actor, details)


def test_an_analysis_begins_with_what_the_records_say_in_its_language(as_, world):
    _recorded(as_, world)
    key = begin(as_, world)
    with as_(world.stig):
        sections = {one.key: one for one in queries.get_analysis(world.stig.actor, key).sections}
        assert sections[SectionKey.DONE].standing is Written.FROM_RECORDS
        assert sections[WORKED].standing is Written.WRITTEN
        assert sections[SectionKey.OWN_WORDS].standing is Written.EMPTY
    for section in (SectionKey.SITUATION, NEEDED):
        write(as_, world.stig, key, {section: ""})
        with as_(world.stig):
            refill_section(world.stig.actor, key, section, first_words)
    with as_(world.stig):
        situation, needed = (_section(world.stig, key, s) for s in (SectionKey.SITUATION, NEEDED))
        assert "Tavoite: Myyjä Porissa" in situation.text
        assert situation.standing is Written.FROM_RECORDS and situation.written_by_id is None
        assert "Satakunnan Kauppa Oy" in needed.text and "Päivittää CV:n" in needed.text


def _records(as_, world) -> Records:
    with as_(world.stig):
        return service.records_to_start(world.stig.actor, world.a.enrolment_ids["pia"])[1]


def test_what_is_undone_dropped_cancelled_or_decided_leaves_the_records(as_, world):
    _recorded(as_, world)
    pia, enrolment_id = world.pia, world.a.enrolment_ids["pia"]
    with as_(pia):
        when = When(TODAY + timedelta(days=1), 12 * 60, 30, InterviewWay.PHONE)
        met = add_interview(pia.actor, pia.person_id, when, employer_name="Kauppa Oy")
        details = {"employer_id": met.employer_id, "channel": Channel.PHONE}
        make_action(enrolment_id, Activity.EMPLOYER_CONTACT, reply=Reply.INTERESTED, **details)
        begin_document(pia.actor, pia.person_id, DocumentKind.CV).state = DocumentState.READY
        begin_document(pia.actor, pia.person_id, DocumentKind.LETTER)
    there = _records(as_, world)
    assert (there.ways, there.interested) == (((Channel.PHONE, 1),), 1)
    assert there.ready == (DocumentKind.CV,), "the other is not ready yet"
    assert len(there.steps) == len(there.leads) == 1
    with as_(world.stig):
        db.session.scalars(select(NextStep)).one().dropped_at = NOW
        db.session.scalars(select(Lead)).one().stage = LeadStage.REJECTED
        db.session.scalars(select(Interview)).one().cancelled_at = NOW
    left = _records(as_, world)
    assert (left.steps, left.leads, left.ways, left.interested) == ((), (), (), 1)
    with as_(world.stig):
        db.session.scalars(select(Interview)).one().cancelled_at = None
        for action in db.session.scalars(select(Action)):
            action.undone_at = NOW
        step = db.session.scalars(select(NextStep)).one()
        step.dropped_at, step.done_at = None, NOW
    left = _records(as_, world)
    assert (left.steps, left.ways, left.interested) == ((), (), 0)


def test_what_is_filled_becomes_written_when_somebody_changes_it(as_, world):
    key = begin(as_, world)
    write(as_, world.pia, key, {SectionKey.DONE: "Omin sanoin."})
    with as_(world.stig):
        section = _section(world.stig, key, SectionKey.DONE)
        assert section.standing is Written.WRITTEN and section.filled_at is None


def test_a_section_with_text_is_not_filled_over(as_, world):
    key = begin(as_, world)
    with pytest.raises(RuleBroken), as_(world.stig):
        refill_section(world.stig.actor, key, WORKED, first_words)
    with pytest.raises(RuleBroken), as_(world.stig):
        refill_section(world.stig.actor, key, SectionKey.OWN_WORDS, first_words)


def test_the_language_of_the_paper_is_chosen_and_what_is_from_the_records_follows(as_, world):
    key = begin(as_, world)
    with as_(world.stig):
        assert queries.get_analysis(world.stig.actor, key).language == "fi"
        choose_language(world.stig.actor, key, "sv", first_words)
    with as_(world.stig):
        analysis = queries.get_analysis(world.stig.actor, key)
        assert queries.sheet_of(world.stig.actor, analysis).language == "sv"
        assert "arbetsdagar" in _section(world.stig, key, SectionKey.DONE).text
        assert _section(world.stig, key, WORKED).text == CANARIES[WORKED]
    with pytest.raises(RuleBroken), as_(world.pia):
        choose_language(world.pia.actor, key, "de", first_words)


def test_a_paper_in_another_language_is_shown_again(as_, world):
    key = begin(as_, world)
    show(as_, world, key)
    with as_(world.pia):
        choose_language(world.pia.actor, key, "en", first_words)
    with as_(world.stig):
        assert queries.get_analysis(world.stig.actor, key).state is AnalysisState.DRAFT


def test_a_new_analysis_has_the_language_of_its_person(as_, world):
    with as_(world.stig):
        enrolment = db.session.get(Enrolment, world.a.enrolment_ids["pia"])
        assert enrolment is not None
        person = queries.get_enrolment(world.stig.actor, enrolment.id).person
        person.language = "sv"
    key = begin(as_, world)
    with as_(world.stig):
        assert db.session.get(Analysis, key).language == "sv"


# --- what is asked about ----------------------------------------------------------------------


def test_names_of_her_group_and_of_her_coach_are_asked_about(as_, world):
    key = begin(as_, world)
    write(as_, world.pia, key, {WORKED: "Kiitos: Stig Strand neuvoi. Soita 050 765 4321."})
    with as_(world.stig):
        analysis = queries.get_analysis(world.stig.actor, key)
        (only,) = warnings_of_analysis(analysis)
        assert only.key is WORKED
        assert [(one.doubt, one.words) for one in only.findings] == [
            (Doubt.NAME, ("Stig Strand",)),
            (Doubt.PHONE, ("050 765 4321",)),
        ]


def test_her_own_name_is_not_asked_about(as_, world):
    key = begin(as_, world)
    write(as_, world.stig, key, {NEEDED: "Pihlaja soittaa. Pia Pihlaja osaa myydä."})
    with as_(world.pia):
        assert warnings_of_analysis(queries.get_analysis(world.pia.actor, key)) == ()


def test_what_she_leaves_out_is_not_asked_about_for_the_paper(as_, world):
    key = begin(as_, world)
    write(as_, world.pia, key, {WORKED: "Soita 050 765 4321."})
    show(as_, world, key)
    with as_(world.pia):
        service.leave_out_section(world.pia.actor, WORKED)
    with as_(world.pia):
        analysis = queries.get_analysis(world.pia.actor, key)
        assert warnings_of_analysis(analysis, of_paper=True) == ()
        assert len(warnings_of_analysis(analysis)) == 1
