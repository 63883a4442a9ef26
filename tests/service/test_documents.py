"""Documents and strategies: by the person and her coach, and by nobody else."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import select

from jobsearch.audit.models import AuditEntry
from jobsearch.coaching.documents import overviews, queries, service
from jobsearch.coaching.documents.models import Document, DocumentVersion
from jobsearch.coaching.documents.rules import MOST_TOGETHER, DocumentKind, DocumentState, Held
from jobsearch.coaching.sparring.service import agree_step, drop_step
from jobsearch.coaching.strategies.models import Strategy
from jobsearch.coaching.strategies.queries import get_strategy
from jobsearch.coaching.strategies.rules import StrategyText
from jobsearch.coaching.strategies.service import write_strategy
from jobsearch.cohorts.models import Cohort, CohortDay, Enrolment, EnrolmentState
from jobsearch.core import files
from jobsearch.core.db import connection, db, unit_of_work
from jobsearch.core.errors import Conflict, NotVisible, RuleBroken
from jobsearch.core.files import StoredFile
from jobsearch.core.scope import Scope, whole_installation
from jobsearch.tracker.leads.models import Lead
from jobsearch.tracker.leads.rules import LeadStage
from tests.documented import a_pdf, add_lead
from tests.world import NOW, TODAY

pytestmark = pytest.mark.usefixtures("context")
CV, LETTER = DocumentKind.CV, DocumentKind.LETTER
READY, DRAFT, NONE = DocumentState.READY, DocumentState.DRAFT, DocumentState.NOT_STARTED


def _begin(world, as_, who="pia", **more):
    member = getattr(world, who)
    with as_(member):
        return service.begin_document(member.actor, world.pia.person_id, CV, **more).id


def _add(world, as_, document_id, who="pia", content=None, name="cv.pdf"):
    member = getattr(world, who)
    with as_(member):
        return service.add_version(member.actor, document_id, content or a_pdf(), name).id


def test_a_document_is_begun_once_by_whoever_comes_first(world, as_) -> None:
    first = _begin(world, as_)
    assert _begin(world, as_, "stig", state=DRAFT) == first
    with as_(world.pia):
        mine = overviews.get_documents(world.pia.actor, world.pia.person_id)
        assert [line.state for line in mine.three] == [DRAFT, NONE, NONE]
        assert [line.id for line in mine.three] == [first, None, None]
        assert mine.ready == 0


def test_of_two_who_begin_the_same_document_at_once_one_makes_it(app, world) -> None:
    gate, said = threading.Barrier(2), []

    def begin(member):
        with app.app_context():
            gate.wait()
            with unit_of_work(Scope(member.actor.organisation_ids, "test"), member.actor):
                one = service.begin_document(member.actor, world.pia.person_id, CV)
                said.append(one.id)

    threads = [threading.Thread(target=begin, args=(m,)) for m in (world.pia, world.stig)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(said) == 2 and len(set(said)) == 1


def test_a_state_is_a_tap_and_says_since_when(world, as_, clock) -> None:
    key = _begin(world, as_)
    clock.shift(timedelta(hours=1))
    for who, state in (("pia", READY), ("stig", READY), ("stig", DRAFT)):
        with as_(getattr(world, who)):
            document = service.mark_state(getattr(world, who).actor, key, state)
            assert document.state is state
            assert document.state_at == NOW + timedelta(hours=1)


def test_versions_count_up_and_a_file_makes_a_draft(world, as_) -> None:
    key = _begin(world, as_)
    first = _add(world, as_, key, content=a_pdf("one"), name="a/My CV.PDF")
    _add(world, as_, key, "stig", a_pdf("two"))
    with as_(world.pia):
        service.take_away(world.pia.actor, first)
        whole = queries.get_whole(world.pia.actor, key)
        assert whole.document.state is DRAFT
        assert [(v.number, v.name, v.by) for v in whole.versions] == [
            (2, "cv.pdf", "Stig Strand"),
            (1, "My CV.pdf", "Pia Pihlaja"),
        ]
    _add(world, as_, key)
    with as_(world.pia):
        numbers = [v.number for v in queries.get_whole(world.pia.actor, key).versions]
        assert numbers == [3, 2, 1]  # a number that was taken away never comes again


def test_a_file_lies_encrypted_and_comes_back_as_it_was(world, as_) -> None:
    content = a_pdf("Secret-of-Pia")
    version_id = _add(world, as_, _begin(world, as_), content=content)
    with as_(world.pia):
        file_id = queries.get_version(world.pia.actor, version_id).file_id
        assert files.get(file_id).content == content
        raw = connection().exec_driver_sql("SELECT content FROM stored_file").scalars().all()
        assert raw and all(b"Secret-of-Pia" not in bytes(one) for one in raw)


def test_what_is_taken_away_is_erased_and_its_row_says_so(world, as_) -> None:
    version_id = _add(world, as_, _begin(world, as_))
    with as_(world.pia):
        service.take_away(world.pia.actor, version_id)
    with as_(world.pia):
        assert db.session.scalars(select(StoredFile)).all() == []
        row = db.session.get(DocumentVersion, version_id)
        assert (row.file_id, row.taken_away_at, row.number) == (None, NOW, 1)
        with pytest.raises(NotVisible):
            queries.get_version(world.pia.actor, version_id)
    with unit_of_work(whole_installation("test")):
        acts = db.session.scalars(select(AuditEntry.act).filter_by(table_name="stored_file")).all()
        assert sorted(acts) == ["delete", "insert"]


def test_a_coach_takes_away_only_what_she_brought_herself(world, as_) -> None:
    key = _begin(world, as_)
    hers, mine = _add(world, as_, key), _add(world, as_, key, "stig")
    with as_(world.stig):
        with pytest.raises(NotVisible):
            service.take_away(world.stig.actor, hers)
        service.take_away(world.stig.actor, mine)


@pytest.mark.parametrize("who", ["otto", "bo", "cora", "sam"])
def test_nobody_elses_document_is_found(world, as_, who) -> None:
    key = _begin(world, as_)
    version_id, actor = _add(world, as_, key), getattr(world, who).actor
    with as_(getattr(world, who)):
        for deed in (
            lambda: queries.get_whole(actor, key),
            lambda: queries.get_version(actor, version_id),
            lambda: service.mark_state(actor, key, READY),
            lambda: service.add_version(actor, key, a_pdf(), "x.pdf"),
            lambda: service.write_comment(actor, key, "x"),
            lambda: service.take_away(actor, version_id),
            lambda: service.begin_document(actor, world.pia.person_id, LETTER),
            lambda: overviews.get_documents(actor, world.pia.person_id),
            lambda: get_strategy(actor, world.pia.person_id),
            lambda: write_strategy(actor, world.pia.person_id, 0, StrategyText(goal="x")),
        ):
            with pytest.raises(NotVisible):
                deed()


def test_a_document_is_aimed_at_an_open_lead_of_hers_and_at_no_other(world, as_) -> None:
    with as_(world.pia):
        hers = add_lead(world)
        closed = add_lead(world, employer="Huolto")
        db.session.get(Lead, closed).stage = LeadStage.REJECTED
    with as_(world.otto):
        ottos = add_lead(world, "otto")
    one = _begin(world, as_, lead_id=hers)
    assert _begin(world, as_, lead_id=hers) == one != _begin(world, as_)
    with as_(world.pia):
        mine = overviews.get_documents(world.pia.actor, world.pia.person_id)
        assert [(x.lead, x.employer) for x in mine.others] == [("Baker", "Rannikon Leipomo")]
        assert [x.id for x in mine.leads] == [hers]
    for other in (closed, ottos, "-"):
        with pytest.raises(RuleBroken), as_(world.pia):
            service.begin_document(world.pia.actor, world.pia.person_id, CV, other)


def test_a_file_that_does_not_fit_beside_the_others_is_refused(world, as_, monkeypatch) -> None:
    key = _begin(world, as_)
    monkeypatch.setattr(queries, "room_taken", lambda *_: (Held(MOST_TOGETHER, 1, 1), 1))
    with pytest.raises(RuleBroken), as_(world.pia):
        service.add_version(world.pia.actor, key, a_pdf(), "cv.pdf")
    with as_(world.pia):
        assert db.session.scalars(select(StoredFile)).all() == []


def test_what_is_taken_counts_bytes_of_all_her_documents_and_versions_of_one(world, as_) -> None:
    key = _begin(world, as_)
    size = len(a_pdf())
    gone = _add(world, as_, key)
    _add(world, as_, key)
    with as_(world.pia):
        service.take_away(world.pia.actor, gone)
        letter = service.begin_document(world.pia.actor, world.pia.person_id, LETTER).id
    _add(world, as_, letter)
    with as_(world.pia):
        assert queries.room_taken(world.pia.person_id, key) == (Held(2 * size, 2, 1), 2)
        assert queries.room_taken(world.otto.person_id, "x") == (Held(0, 0, 0), 0)


def test_day_four_is_the_day_that_stands_in_the_calendar_now(world, as_) -> None:
    cohort_id = world.a.cohort_ids[0]
    with as_(world.aino):
        days = db.session.query(CohortDay).filter_by(cohort_id=cohort_id)
        fourth, fifth = (days.filter_by(position=n).one() for n in (4, 5))
        assert overviews.ready_by(cohort_id) == fourth.on
        fourth.on += timedelta(days=1)
        db.session.flush()
        assert overviews.ready_by(cohort_id) == fourth.on
        fourth.cancelled_at = NOW
        db.session.flush()
        assert overviews.ready_by(cohort_id) == fifth.on


def test_a_group_shows_everyone_with_a_seat_and_counts_what_is_ready(world, as_) -> None:
    _begin(world, as_, state=READY)
    with as_(world.stig):
        group = overviews.get_group_documents(world.a.cohort_ids[0])
        assert [(one.name, one.states) for one in group.people] == [
            ("Pia Pihlaja", (READY, NONE, NONE))
        ]
        assert group.ready == (1, 0, 0)
        seat = db.session.get(Enrolment, world.a.enrolment_ids["pia"])
        seat.state = EnrolmentState.WITHDREW
        db.session.flush()
        empty = overviews.get_group_documents(world.a.cohort_ids[0])
        assert (empty.people, empty.ready) == ((), (0, 0, 0))
        with pytest.raises(NotVisible):
            overviews.get_group_documents(world.b.cohort_ids[0])


def test_after_the_group_has_ended_everything_is_still_there(world, as_, clock) -> None:
    key = _begin(world, as_, state=READY)
    clock.move_to(NOW + timedelta(days=60))
    with as_(world.pia):
        mine = overviews.get_documents(world.pia.actor, world.pia.person_id)
        assert mine.three[0].id == key and mine.ready == 1


def test_who_is_in_no_group_has_no_documents_yet(world, as_) -> None:
    with as_(world.aino):
        seat = db.session.get(Enrolment, world.a.enrolment_ids["pia"])
        seat.state = EnrolmentState.WITHDREW
    with as_(world.pia):
        for deed in (overviews.get_documents, get_strategy):
            with pytest.raises(NotVisible):
                deed(world.pia.actor, world.pia.person_id)


def test_comments_lie_encrypted_and_are_read_newest_first(world, as_, clock) -> None:
    key = _begin(world, as_)
    for who, words in (("stig", "Shorter, please"), ("pia", "Done so")):
        clock.shift(timedelta(minutes=1))
        with as_(getattr(world, who)):
            service.write_comment(getattr(world, who).actor, key, words)
    with as_(world.pia):
        said = [(c.writer, c.body) for c in queries.get_whole(world.pia.actor, key).comments]
        assert said == [("Pia Pihlaja", "Done so"), ("Stig Strand", "Shorter, please")]
        raw = connection().exec_driver_sql("SELECT body FROM document_comment").scalars().all()
        assert all(b"Shorter" not in bytes(one) for one in raw)


def test_both_write_the_strategy_and_the_last_one_is_named(world, as_, clock) -> None:
    for seen, (who, goal) in enumerate((("pia", "A job"), ("stig", "A job by Christmas"))):
        clock.shift(timedelta(minutes=5))
        with as_(getattr(world, who)):
            actor = getattr(world, who).actor
            write_strategy(actor, world.pia.person_id, seen, StrategyText(goal=goal))
    with as_(world.pia):
        mine = get_strategy(world.pia.actor, world.pia.person_id)
        assert (mine.text.goal, mine.version) == ("A job by Christmas", 2)
        assert (mine.written_by, mine.written_at) == ("Stig Strand", NOW + timedelta(minutes=10))
        assert db.session.query(Strategy).count() == 1


def test_of_two_who_write_at_once_one_is_told_to_look(app, world, as_) -> None:
    gate, said = threading.Barrier(2), []

    def write(member):
        with app.app_context():
            gate.wait()
            try:
                with unit_of_work(Scope(member.actor.organisation_ids, "test"), member.actor):
                    text = StrategyText(goal=member.actor.name)
                    write_strategy(member.actor, world.pia.person_id, 0, text)
                said.append("wrote")
            except (RuleBroken, Conflict):
                said.append("looked")

    threads = [threading.Thread(target=write, args=(m,)) for m in (world.pia, world.stig)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(said) == ["looked", "wrote"]


def test_steps_are_those_of_the_talks(world, as_) -> None:
    with as_(world.stig):
        seat = world.a.enrolment_ids["pia"]
        agree_step(world.stig.actor, seat, "Call Huolto", TODAY)
        dropped = agree_step(world.stig.actor, seat, "Write", None)
        drop_step(world.stig.actor, dropped.id)
        mine = get_strategy(world.stig.actor, world.pia.person_id)
        assert [step.text for step in mine.steps] == ["Call Huolto"]
        assert mine.agrees
    with as_(world.pia):
        assert not get_strategy(world.pia.actor, world.pia.person_id).agrees


def test_a_document_of_an_earlier_group_stands_beside_the_three(world, as_) -> None:
    key = _begin(world, as_, state=READY)
    with as_(world.aino):
        row = db.session.get(Document, key)
        earlier = Enrolment(
            cohort_id=world.a.cohort_ids[1],
            person_id=world.pia.person_id,
            state=EnrolmentState.STARTED,
        )
        db.session.get(Cohort, world.a.cohort_ids[1]).starts_on -= timedelta(days=60)
        db.session.add(earlier)
        db.session.flush()
        row.enrolment_id = earlier.id
    with as_(world.pia):
        mine = overviews.get_documents(world.pia.actor, world.pia.person_id)
        assert [line.state for line in mine.three] == [NONE, NONE, NONE]
        assert [(x.id, x.group) for x in mine.others] == [(key, "Group 8")]
