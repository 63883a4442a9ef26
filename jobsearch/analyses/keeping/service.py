"""Use cases of keeping: decide how long, erase what is over, erase what is one person's."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import delete, exists, update

from jobsearch.analyses.keeping import queries
from jobsearch.analyses.keeping.models import KeepingRun, KeepingTerms
from jobsearch.analyses.keeping.rules import Erased, Terms, check_terms
from jobsearch.analyses.models import Analysis, AnalysisSection, Release
from jobsearch.analyses.questions.models import ClientQuestion, QuestionStop
from jobsearch.audit.service import note_erased
from jobsearch.consents.introductions.models import AskedIntroduction
from jobsearch.consents.service import let_proofs_go
from jobsearch.core import files
from jobsearch.core.access import Actor
from jobsearch.core.clock import now, today
from jobsearch.core.db import db

_AT_ONCE = 200


def set_terms(actor: Actor, terms: Terms) -> None:
    """The manager decides how long things are kept; it holds from now on for everything there is.

    Raises RuleBroken for months that are not offered. The same months again change nothing.
    """
    check_terms(terms)
    if terms == queries.terms_in_force():
        return
    db.session.add(
        KeepingTerms(
            analysis_months=terms.analysis_months,
            unsent_months=terms.unsent_months,
            proof_months=terms.proof_months,
            set_on=today(actor.zone),
            set_at=now(),
            set_by_id=actor.account_id,
        )
    )
    db.session.flush()


def erase_due(day: date) -> Erased:
    """Erase what is over by the day, and leave a receipt; run again it does nothing.

    Texts, figures, drafts and issued bytes go. Consent, edition, digest of what was issued,
    recipient and times stay as proof, and go in their turn. What is due is asked again under the
    lock: a permission given meanwhile keeps its analysis.
    """
    terms = queries.terms_in_force()
    held = _hold(sorted(queries.what_goes(terms).due(day).analyses))
    due = queries.what_goes(terms).due(day)
    gone = _erase_analyses(sorted(held & due.analyses.keys()))
    gone += _erase_introductions(sorted(due.introductions))
    return _note(gone + _let_proofs_go(sorted(due.proofs), day))


def erase_analyses_of(person_id: str) -> Erased:
    """Erase every text of a person's analyses now (GDPR art. 17), and all about questions.

    The proof of consent stays without the content; what was open closes at the next request.
    """
    for model in (ClientQuestion, QuestionStop):
        db.session.execute(delete(model).where(model.person_id == person_id))
    gone = _erase_analyses(sorted(_hold(sorted(queries.analyses_of(person_id)))))
    return _note(gone + _erase_introductions(queries.introductions_of(person_id)))


def _note(gone: Erased) -> Erased:
    if gone.is_something:
        db.session.add(
            KeepingRun(
                ran_at=now(),
                analyses=gone.analyses,
                papers=gone.papers,
                introductions=gone.introductions,
                proofs=gone.proofs,
            )
        )
        db.session.flush()
    return gone


def _hold(keys: Sequence[str]) -> set[str]:
    """Lock analyses in the order of their keys; those of them that are still to be erased."""
    held: set[str] = set()
    for at in range(0, len(keys), _AT_ONCE):
        held.update(queries.lock_analyses(keys[at : at + _AT_ONCE]))
    return held


def _erase_analyses(keys: Sequence[str]) -> Erased:
    papers = 0
    for at in range(0, len(keys), _AT_ONCE):
        papers += _erase_some(keys[at : at + _AT_ONCE])
    return Erased(analyses=len(keys), papers=papers)


def _erase_some(keys: Sequence[str]) -> int:
    """Erase analyses; one that never went to anybody leaves no row at all."""
    at, papers = now(), queries.papers_of(keys)
    gone = {"erased_at": at, "file_id": None, "content": ""}
    db.session.execute(
        update(Release).where(Release.id.in_([key for key, _file in papers])).values(**gone)
    )
    for _key, file_id in papers:
        files.forget(file_id)
    # drafts go with their section by the database's own rule
    db.session.execute(delete(AnalysisSection).where(AnalysisSection.analysis_id.in_(keys)))
    db.session.execute(
        update(Analysis)
        .where(Analysis.id.in_(keys))
        .values(figures=None, erased_at=at, version=Analysis.version + 1)
    )
    _forget_unsent(keys)
    # earlier texts in the audit trail are sealed under a key of each analysis, which goes here
    note_erased("analysis", keys, subjects=keys)
    note_erased("release", [key for key, _file in papers])
    return len(papers)


def _forget_unsent(keys: Sequence[str]) -> None:
    was_sent = exists().where(Release.analysis_id == Analysis.id)
    db.session.execute(delete(Analysis).where(Analysis.id.in_(keys), ~was_sent))


def _erase_introductions(consent_ids: Sequence[str]) -> Erased:
    keys = queries.introductions_under(consent_ids)
    db.session.execute(delete(AskedIntroduction).where(AskedIntroduction.id.in_(keys)))
    note_erased("asked_introduction", keys)
    return Erased(introductions=len(keys))


def _let_proofs_go(consent_ids: Sequence[str], day: date) -> Erased:
    """The rows that say that something went, then the consents that it went under."""
    last = queries.last_day_of(consent_ids)
    if last is None:
        return Erased()
    keys, left = queries.analyses_under(consent_ids), queries.files_under(consent_ids)
    db.session.execute(delete(Release).where(Release.consent_id.in_(consent_ids)))
    for file_id in left:
        files.forget(file_id)
    let_proofs_go(consent_ids, last + timedelta(days=1), day)
    was_erased = Analysis.erased_at.is_not(None)
    was_sent = exists().where(Release.analysis_id == Analysis.id)
    db.session.execute(delete(Analysis).where(Analysis.id.in_(keys), was_erased, ~was_sent))
    return Erased(papers=len(left), proofs=len(consent_ids))
