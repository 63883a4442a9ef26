"""Erasing: the text goes everywhere, the proof stays readable, and goes in its own time."""

import json
import sqlite3
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from jobsearch.analyses import queries, service
from jobsearch.analyses.drafts.models import SectionDraft
from jobsearch.analyses.keeping import queries as keeping
from jobsearch.analyses.keeping.models import KeepingRun, KeepingTerms
from jobsearch.analyses.keeping.rules import USUAL, Erased, Terms
from jobsearch.analyses.keeping.service import erase_analyses_of, erase_due, set_terms
from jobsearch.analyses.models import Analysis, AnalysisSection, Release
from jobsearch.analyses.releases import queries as inbox
from jobsearch.analyses.releases import service as releases
from jobsearch.analyses.releases.rules import Closed, ReleaseClosed
from jobsearch.analyses.rules import AnalysisState, SectionKey
from jobsearch.audit.keys import find_keys
from jobsearch.audit.models import AccessEntry, AuditEntry
from jobsearch.audit.queries import list_changes
from jobsearch.audit.service import note_looks
from jobsearch.cohorts.models import Cohort
from jobsearch.consents.models import Consent, ConsentWithdrawal, ProofEnd
from jobsearch.core.crypto import open_with
from jobsearch.core.db import Base, db, unit_of_work
from jobsearch.core.errors import Conflict, NotVisible, RuleBroken
from jobsearch.core.files import StoredFile
from jobsearch.core.periods import add_months
from jobsearch.core.scope import Scope
from tests.permitted import write_of_pia
from tests.postgres import ENGINE
from tests.world import NOW, TODAY
from tests.written import CANARY, agree, at_a, begin, consent_like, released, show

pytestmark = pytest.mark.usefixtures("context")
REFUSED = (sa.exc.DatabaseError, Conflict)
AFTER_ALL = date(2027, 9, 1)


def _job(world):
    return unit_of_work(Scope(frozenset({world.a.organisation_id}), "test"))


def _all(model):
    return list(db.session.scalars(sa.select(model)))


def _values() -> list[str]:
    """Every value of every row of the database, decrypted where a column is encrypted."""
    found = []
    for table in Base.metadata.sorted_tables:
        for row in db.session.execute(sa.select(table)):
            found += [str(value) for value in row]
    entries = list(db.session.scalars(sa.select(AuditEntry)))
    keys = find_keys({entry.subject_id for entry in entries if entry.subject_id})
    for entry in entries:
        if entry.sealed and entry.subject_id in keys:
            text = open_with(keys[entry.subject_id], bytes(entry.sealed)).decode()
            found.append(json.dumps(json.loads(text), ensure_ascii=False))
    return found


def _in_the_file(bench) -> bool:
    db.session.remove()
    with sqlite3.connect(bench.folder / "test.db", isolation_level=None) as raw:
        raw.execute("VACUUM")
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    files = [path for path in bench.folder.glob("test.db*") if path.is_file()]
    return any(CANARY.encode() in path.read_bytes() for path in files)


@pytest.fixture
def typed(as_, world) -> tuple[str, str]:
    """A sent analysis that was rewritten since, with a draft typed over one section."""
    analysis_id, release_id = released(as_, world)
    with as_(world.mia):
        note_looks(
            at_a(world, world.mia).actor, [(world.pia.person_id, queries.LOOKED + release_id)]
        )
    with as_(world.stig):
        section = db.session.scalar(
            sa.select(AnalysisSection).where(AnalysisSection.key == SectionKey.WORKED)
        )
        section.text = f"{CANARY} once more"
        db.session.add(
            SectionDraft(
                section_id=section.id,
                person_id=world.pia.person_id,
                writer_id=world.stig.account_id,
                page="page",
                text=f"{CANARY} being typed",
                version=section.version,
                opened="0" * 64,
                typed_at=section.written_at,
            )
        )
    return analysis_id, release_id


def _opens(as_, world, release_id: str) -> Closed | None:
    mia = at_a(world, world.mia)
    with as_(mia):
        try:
            inbox.get_release(mia.actor, release_id)
        except ReleaseClosed as closed:
            return closed.why
    return None


def test_nothing_of_the_text_is_left_anywhere_and_the_proof_can_be_read(
    as_, world, typed, bench
) -> None:
    analysis_id, release_id = typed
    with _job(world):
        assert any(CANARY in value for value in _values()), "it is there before"
        sent = db.session.get(Release, release_id)
        sha256, consent_id = sent.sha256, sent.consent_id
    with _job(world):
        assert erase_analyses_of(world.pia.person_id) == Erased(analyses=1, papers=1)
    with _job(world):
        assert not [value for value in _values() if CANARY in value]
        assert not _all(SectionDraft) and not _all(AnalysisSection) and not _all(StoredFile)
        kept = db.session.get(Release, release_id)
        assert (kept.sha256, kept.edition, kept.recipient_id) == (sha256, 1, world.mia.account_id)
        assert kept.erased_at is not None and kept.released_at is not None
        assert kept.content == ""
        consent = db.session.get(Consent, consent_id)
        assert consent.wording and consent.subject_id == analysis_id
        assert db.session.get(Analysis, analysis_id).figures is None
        [opening] = queries.list_openings(world.pia.person_id)
        assert opening.name == world.mia.actor.name
        [run] = _all(KeepingRun)
        assert (run.analyses, run.papers, run.introductions, run.proofs) == (1, 1, 0, 0)
    if ENGINE == "sqlite":
        assert not _in_the_file(bench)


def test_what_was_open_says_at_the_next_request_that_it_ended(as_, world, typed) -> None:
    _analysis_id, release_id = typed
    assert _opens(as_, world, release_id) is not Closed.ENDED
    with _job(world):
        erase_analyses_of(world.pia.person_id)
    assert _opens(as_, world, release_id) is Closed.ENDED
    mia = at_a(world, world.mia)
    with as_(mia):
        still_open = inbox.open_to(mia.actor, TODAY, Release.id)
        assert db.session.scalars(still_open).all() == []


def test_earlier_texts_cannot_be_read_in_the_trail_and_other_data_of_the_person_can(
    as_, world, typed
) -> None:
    with _job(world):
        sections = [one.id for one in _all(AnalysisSection)]
        of_a = world.a.organisation_id
        before = list_changes(of_a, "analysis_section", sections)
        assert any(CANARY in str(one.values) for one in before)
        others = list_changes(of_a, "person", [world.pia.person_id])
        erase_analyses_of(world.pia.person_id)
    with _job(world):
        after = list_changes(of_a, "analysis_section", sections)
        assert [one.fields for one in after] == [one.fields for one in before]
        assert all(one.is_erased for one in after if "text" in one.fields)
        assert not any(CANARY in str(one.values) for one in after)
        assert list_changes(of_a, "person", [world.pia.person_id]) == others


def test_the_erased_is_nobodys_to_open_and_the_participant_is_told(as_, world, typed) -> None:
    analysis_id, _release_id = typed
    with _job(world):
        erase_analyses_of(world.pia.person_id)
    for member in (world.stig, world.pia):
        with as_(member), pytest.raises(NotVisible):
            queries.get_analysis(member.actor, analysis_id)
    with as_(world.pia):
        assert queries.find_own_analysis(world.pia.actor) is None
        [kept] = keeping.list_kept(world.pia.actor)
        assert kept.erased_on == TODAY
        assert [name for name, _day in kept.proofs] == [world.mia.actor.name]
    with as_(world.stig), pytest.raises(RuleBroken, match="erased"):
        service.start_analysis(world.stig.actor, world.a.enrolment_ids["pia"])


def test_erasing_twice_does_nothing_more(as_, world, typed) -> None:
    with _job(world):
        erase_analyses_of(world.pia.person_id)
    with _job(world):
        assert erase_analyses_of(world.pia.person_id) == Erased()
        assert len(_all(KeepingRun)) == 1


def test_another_persons_analysis_is_left_as_it_is(as_, world, typed) -> None:
    other = begin(as_, world, "otto")
    with _job(world):
        erase_analyses_of(world.pia.person_id)
    with as_(world.stig):
        there = queries.get_analysis(world.stig.actor, other)
        assert any(CANARY in section.text for section in there.sections)
        history = list_changes(
            world.a.organisation_id, "analysis_section", [one.id for one in there.sections]
        )
        assert any(CANARY in str(one.values) for one in history)


# --- by time ----------------------------------------------------------------------------------


def _goes_on(world, key: str) -> date:
    with _job(world):
        return keeping.what_goes(USUAL).analyses[key]


def test_a_sent_text_goes_six_months_after_its_permission_and_not_a_day_before(
    as_, world, typed
) -> None:
    analysis_id, release_id = typed
    goes_on = _goes_on(world, analysis_id)
    with _job(world):
        consent_id = db.session.get(Release, release_id).consent_id
        valid_to = db.session.get(Consent, consent_id).valid_to
        assert goes_on > valid_to + timedelta(days=180)
        assert erase_due(goes_on - timedelta(days=1)) == Erased()
    with _job(world):
        assert erase_due(goes_on) == Erased(analyses=1, papers=1)
        assert _all(Consent), "the proof stays"
    with _job(world):
        assert erase_due(goes_on + timedelta(days=1)) == Erased()


def test_what_was_never_sent_goes_without_a_row(as_, world) -> None:
    key = begin(as_, world)
    show(as_, world, key)
    goes_on = _goes_on(world, key)
    with _job(world):
        assert goes_on in {add_months(one.ends_on, 6) for one in _all(Cohort)}
        assert erase_due(goes_on) == Erased(analyses=1)
        assert _all(Analysis) == []


def test_a_permission_taken_back_brings_the_day_nearer_and_the_text_stays_hers_till_then(
    as_, world, typed
) -> None:
    analysis_id, _release_id = typed
    before = _goes_on(world, analysis_id)
    with as_(world.pia):
        releases.withdraw(world.pia.actor)
    assert _goes_on(world, analysis_id) < before
    with as_(world.pia):
        assert queries.get_own_analysis(world.pia.actor).sections


def test_the_proof_goes_in_its_own_time_with_all_that_names_it(as_, world, typed) -> None:
    _analysis_id, release_id = typed
    with as_(world.pia):
        releases.withdraw(world.pia.actor)
    with _job(world):
        consent_id = db.session.get(Release, release_id).consent_id
        goes_on = keeping.what_goes(USUAL).proofs[consent_id]
        assert erase_due(AFTER_ALL) == Erased(analyses=1, papers=1)
    with _job(world):
        erase_due(goes_on - timedelta(days=1))  # that of another consent, two days before
        assert db.session.get(Consent, consent_id) is not None
        assert erase_due(goes_on) == Erased(proofs=1)
    with _job(world):
        for model in (Consent, ConsentWithdrawal, Release, Analysis):
            assert _all(model) == [], model
        assert max(note.noted_on for note in _all(ProofEnd)) == goes_on
        erased = sa.select(AuditEntry.row_id).where(
            AuditEntry.act == "erase", AuditEntry.table_name == "consent"
        )
        assert consent_id in set(db.session.scalars(erased))
        assert db.session.scalar(sa.select(sa.func.count(AccessEntry.id))), "looks have their time"


def _permitted_again(as_, world, analysis_id: str) -> str:
    """Pia took her permission back and gave another, for a year; the key of its release."""
    with as_(world.pia):
        releases.withdraw(world.pia.actor)
    with _job(world):
        db.session.get(Analysis, analysis_id).state = AnalysisState.SHOWN
    return agree(as_, world.pia, months=12)


def test_the_proof_of_an_earlier_permission_stays_as_long_as_the_text(as_, world, typed) -> None:
    analysis_id, first = typed
    second = _permitted_again(as_, world, analysis_id)
    with _job(world):
        going = keeping.what_goes(Terms(12, 1, 12))
        of = {key: db.session.get(Release, key).consent_id for key in (first, second)}
    assert going.proofs[of[first]] == going.analyses[analysis_id] < going.proofs[of[second]]


def test_a_later_proof_outlives_an_earlier_one_with_the_row_that_it_names(
    as_, world, typed
) -> None:
    analysis_id, first = typed
    second = _permitted_again(as_, world, analysis_id)
    with as_(world.aino):
        set_terms(world.aino.actor, Terms(12, 1, 12))
    with _job(world):
        consent_id = db.session.get(Release, second).consent_id
        goes_on = keeping.what_goes(Terms(12, 1, 12)).analyses[analysis_id]
        assert erase_due(goes_on) == Erased(analyses=1, papers=2, proofs=2)
    with _job(world):
        assert [one.id for one in _all(Consent)] == [consent_id]
        assert [one.id for one in _all(Release)] == [second] and first != second
        assert db.session.get(Analysis, analysis_id).erased_at is not None


def test_a_note_frees_no_proof_beyond_the_last_one_that_goes(as_, world, typed) -> None:
    with _job(world):
        first = db.session.get(Consent, world.consent_id)
        day = first.valid_to + timedelta(days=1)
        assert erase_due(keeping.what_goes(USUAL).proofs[first.id]).proofs == 1
    with _job(world):
        assert [note.ended_before for note in _all(ProofEnd)] == [day]
    with pytest.raises(REFUSED), _job(world):
        db.session.execute(sa.delete(Release))
        db.session.execute(sa.delete(Consent))


def test_the_proof_of_an_introduction_stays_as_long_as_its_text(as_, world) -> None:
    with _job(world):
        key = consent_like(world.consent_id, valid_to=TODAY)
        write_of_pia(world, "words").consent_id = key
        going = keeping.what_goes(Terms(12, 1, 12))
        assert going.proofs[key] == going.introductions[key] > add_months(TODAY, 12)


def test_the_database_lets_go_of_no_proof_before_a_note_says_so(as_, world, typed) -> None:
    for statement in (sa.delete(Consent), sa.update(Consent).values(wording="x")):
        with pytest.raises(REFUSED), _job(world):
            db.session.execute(sa.delete(Release))
            db.session.execute(statement)
    with pytest.raises(REFUSED), _job(world):
        db.session.add(ProofEnd(ended_before=TODAY - timedelta(days=1), noted_on=TODAY))
        db.session.flush()
        db.session.execute(sa.delete(Release))
        db.session.execute(sa.delete(Consent))
    with pytest.raises(REFUSED), _job(world):
        db.session.add(ProofEnd(ended_before=AFTER_ALL, noted_on=TODAY))
        db.session.flush()


def test_an_end_of_proofs_at_one_provider_frees_no_row_of_another(as_, world, typed) -> None:
    with unit_of_work(Scope(frozenset({world.b.organisation_id}), "test")):
        db.session.add(ProofEnd(ended_before=AFTER_ALL, noted_on=date(2030, 1, 1)))
    with pytest.raises(REFUSED), _job(world):
        db.session.execute(sa.delete(Release))
        db.session.execute(sa.delete(Consent))


# --- what the provider decides ----------------------------------------------------------------


def test_the_newest_decision_holds_and_all_are_kept_with_who_decided(as_, world, clock) -> None:
    with as_(world.aino):
        assert keeping.terms_in_force() == USUAL
        set_terms(world.aino.actor, Terms(3, 2, 24))
    clock.shift(timedelta(hours=1))
    with as_(world.aino):
        set_terms(world.aino.actor, Terms(12, 2, 24))
        set_terms(world.aino.actor, Terms(12, 2, 24))
    with as_(world.aino):
        assert keeping.terms_in_force() == Terms(12, 2, 24)
        assert [(one.set_by.name, one.analysis_months) for one in keeping.list_decisions()] == [
            (world.aino.actor.name, 12),
            (world.aino.actor.name, 3),
        ]


def test_a_decision_of_one_provider_is_not_anothers(as_, world) -> None:
    with as_(world.sam):
        set_terms(world.sam.actor, Terms(1, 1, 12))
    with as_(world.aino):
        assert keeping.terms_in_force() == USUAL
        assert keeping.list_decisions() == []


@pytest.mark.parametrize("months", [(0, 6, 36), (6, 25, 36), (6, 6, 5), (24, 6, 12)])
def test_the_database_refuses_months_out_of_bounds(as_, world, months) -> None:
    with pytest.raises(REFUSED), as_(world.aino):
        analysis, unsent, proof = months
        db.session.add(
            KeepingTerms(
                analysis_months=analysis,
                unsent_months=unsent,
                proof_months=proof,
                set_on=TODAY,
                set_at=NOW,
                set_by_id=world.aino.account_id,
            )
        )
        db.session.flush()


def test_shorter_months_bring_the_days_nearer_for_what_is_there(as_, world, typed) -> None:
    analysis_id, _release_id = typed
    usual = _goes_on(world, analysis_id)
    with as_(world.aino):
        set_terms(world.aino.actor, Terms(1, 1, 12))
    with as_(world.aino):
        going = keeping.what_goes(keeping.terms_in_force())
        assert going.analyses[analysis_id] < usual
    with as_(world.pia):
        [kept] = keeping.list_kept(world.pia.actor)
        assert kept.goes_on == going.analyses[analysis_id]
        assert {day for _name, day in kept.proofs} <= set(going.proofs.values())
