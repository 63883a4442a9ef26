"""Erasing while something else goes on: consents, proofs, questions and introductions."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from jobsearch.analyses import queries
from jobsearch.analyses.keeping import queries as keeping
from jobsearch.analyses.keeping.queries import Going
from jobsearch.analyses.keeping.rules import USUAL, Erased
from jobsearch.analyses.keeping.service import erase_analyses_of, erase_due
from jobsearch.analyses.models import Analysis, Release
from jobsearch.analyses.questions.jobs import forget_questions
from jobsearch.analyses.questions.models import ClientQuestion, QuestionStop
from jobsearch.analyses.releases import queries as inbox
from jobsearch.analyses.releases.rules import Closed, ReleaseClosed
from jobsearch.audit.keys import find_keys
from jobsearch.audit.models import AuditEntry
from jobsearch.consents.introductions.models import AskedIntroduction
from jobsearch.consents.models import Consent
from jobsearch.core.crypto import open_with
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.errors import NotVisible
from jobsearch.core.files import StoredFile
from jobsearch.core.scope import Scope
from tests.asked import furnish_questions
from tests.permitted import write_of_pia
from tests.world import TODAY
from tests.written import CANARY, agree, at_a, begin, released, seen_by, show

pytestmark = pytest.mark.usefixtures("context")


def _job(world):
    return unit_of_work(Scope(frozenset({world.a.organisation_id}), "test"))


def _count(model) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(model))


@pytest.fixture
def locked():
    """The tables that were locked, each with whether it was in an order, as they were."""
    found = []

    def note(state) -> None:
        if state.is_select and state.statement._for_update_arg is not None:
            ordered = bool(state.statement._order_by_clauses)
            found.append((state.statement.get_final_froms()[0].name, ordered))

    sa.event.listen(db.session, "do_orm_execute", note)
    yield found
    sa.event.remove(db.session, "do_orm_execute", note)


def test_what_is_permitted_anew_before_the_lock_is_not_erased(
    as_, world, monkeypatch, locked
) -> None:
    analysis_id, _release_id = released(as_, world)
    truly, asked = keeping.what_goes, []

    def stale_at_first(terms):
        asked.append(list(locked))
        return Going({analysis_id: TODAY}, {}, {}) if len(asked) == 1 else truly(terms)

    monkeypatch.setattr(keeping, "what_goes", stale_at_first)
    locked.clear()
    with _job(world):
        assert erase_due(TODAY) == Erased()
        assert db.session.get(Analysis, analysis_id).erased_at is None
    assert asked == [[], [("analysis", True)]], "computed again under the lock"


def test_a_persons_analyses_are_locked_before_they_are_erased(as_, world, locked) -> None:
    released(as_, world)
    locked.clear()
    with _job(world):
        assert erase_analyses_of(world.pia.person_id) == Erased(analyses=1, papers=1)
    assert ("analysis", True) in locked


def test_an_agreement_that_waited_for_the_erasure_is_refused(as_, world, monkeypatch) -> None:
    key = begin(as_, world)
    show(as_, world, key)
    seen, find = seen_by(as_, world.pia), queries.get_own_analysis

    def erased_meanwhile(actor):
        own = find(actor)
        gone = sa.update(Analysis).where(Analysis.id == key).values(erased_at=own.shown_at)
        db.session.execute(gone, execution_options={"synchronize_session": False})
        return own

    monkeypatch.setattr(queries, "get_own_analysis", erased_meanwhile)
    with pytest.raises(NotVisible):
        agree(as_, world.pia, seen=seen)
    with _job(world):
        assert _count(Release) == 0


def test_a_release_of_an_erased_analysis_opens_to_nobody(as_, world) -> None:
    analysis_id, release_id = released(as_, world)
    with _job(world):
        sent = db.session.get(Release, release_id)
        db.session.get(Analysis, analysis_id).erased_at = sent.released_at
    mia = at_a(world, world.mia)
    with as_(mia):
        assert db.session.scalars(inbox.open_to(mia.actor, TODAY, Release.id)).all() == []
        with pytest.raises(ReleaseClosed) as closed:
            inbox.get_release(mia.actor, release_id)
    assert closed.value.why is Closed.ENDED


def test_a_proof_that_goes_takes_the_paper_that_is_still_there(as_, world, monkeypatch) -> None:
    _analysis_id, release_id = released(as_, world)
    with _job(world):
        consent_id = db.session.get(Release, release_id).consent_id
        goes_on = keeping.what_goes(USUAL).proofs[consent_id]
        assert _count(StoredFile) == 1
    only = Going({}, {}, {consent_id: goes_on})
    monkeypatch.setattr(keeping, "what_goes", lambda _terms: only)
    with _job(world):
        assert erase_due(goes_on) == Erased(papers=1, proofs=1)
    with _job(world):
        assert _count(Release) == 0 and _count(StoredFile) == 0


# --- questions and introductions --------------------------------------------------------------


def _trail() -> str:
    entries = list(db.session.scalars(sa.select(AuditEntry)))
    keys = find_keys({entry.subject_id for entry in entries if entry.subject_id})
    opened = [
        open_with(keys[entry.subject_id], bytes(entry.sealed)).decode()
        for entry in entries
        if entry.sealed and entry.subject_id in keys
    ]
    return " ".join([*opened, *(str(entry.plain) for entry in entries)])


def test_the_words_of_a_question_are_never_in_the_trail(world, clock) -> None:
    with _job(world):
        furnish_questions(world, CANARY)
    with _job(world):
        assert _count(ClientQuestion) == 1
        assert CANARY not in _trail()
    clock.shift(timedelta(days=40))
    forget_questions()
    with _job(world):
        assert _count(ClientQuestion) == 0
        assert CANARY not in _trail()


def test_erasing_takes_the_questions_and_from_whom_she_wanted_none(as_, world) -> None:
    with _job(world):
        furnish_questions(world, CANARY)
    with _job(world):
        erase_analyses_of(world.pia.person_id)
    with _job(world):
        assert _count(ClientQuestion) == 0 and _count(QuestionStop) == 0


def test_erasing_one_leaves_the_questions_and_introductions_of_others(as_, world) -> None:
    with _job(world):
        furnish_questions(world, CANARY)
        key = write_of_pia(world, CANARY).id
    with _job(world):
        assert erase_analyses_of(world.otto.person_id) == Erased()
    with _job(world):
        assert _count(ClientQuestion) == 1 and _count(QuestionStop) == 1
        assert db.session.get(AskedIntroduction, key).text == CANARY


def test_an_introduction_goes_in_its_own_time_and_not_a_day_before(as_, world) -> None:
    with _job(world):
        write_of_pia(world, CANARY)
        goes_on = keeping.what_goes(USUAL).introductions[world.consent_id]
    with _job(world):
        assert erase_due(goes_on - timedelta(days=1)) == Erased()
    with _job(world):
        assert erase_due(goes_on) == Erased(introductions=1)
    with _job(world):
        assert _count(AskedIntroduction) == 0 and _count(Consent) == 1, "the proof stays"


def test_an_erased_introduction_is_noted_by_its_own_key(as_, world) -> None:
    with _job(world):
        key = write_of_pia(world, CANARY).id
    with _job(world):
        assert erase_analyses_of(world.pia.person_id) == Erased(introductions=1)
    with _job(world):
        assert _count(AskedIntroduction) == 0
        noted = sa.select(AuditEntry.row_id).where(
            AuditEntry.act == "erase", AuditEntry.table_name == "asked_introduction"
        )
        assert list(db.session.scalars(noted)) == [key]
