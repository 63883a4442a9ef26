"""What is kept and until when: for the nightly job, for the manager, for the person."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import and_, func, select
from sqlalchemy.orm import joinedload

from jobsearch.analyses.keeping.models import KeepingRun, KeepingTerms
from jobsearch.analyses.keeping.rules import (
    USUAL,
    ConsentEnd,
    Terms,
    content_goes_on,
    proof_goes_on,
)
from jobsearch.analyses.models import Analysis, Release
from jobsearch.cohorts.models import Cohort, Enrolment
from jobsearch.consents.introductions.models import AskedIntroduction
from jobsearch.consents.models import Consent, ConsentWithdrawal
from jobsearch.consents.rules import ConsentPurpose
from jobsearch.core.access import Actor
from jobsearch.core.clock import HOME
from jobsearch.core.db import db
from jobsearch.core.periods import month_of

PAGE = 25
_MOST_CHANGES = 10


def terms_in_force() -> Terms:
    """The provider's newest decision, or the usual months."""
    found = db.session.scalars(_decisions().limit(1)).first()
    return USUAL if found is None else terms_of(found)


def terms_of(decided: KeepingTerms) -> Terms:
    """The months of one decision."""
    return Terms(decided.analysis_months, decided.unsent_months, decided.proof_months)


def list_decisions() -> list[KeepingTerms]:
    """What the provider decided and when, newest first, with who decided; at most ten."""
    statement = _decisions().options(joinedload(KeepingTerms.set_by)).limit(_MOST_CHANGES)
    return list(db.session.scalars(statement))


def _decisions() -> Any:
    return select(KeepingTerms).order_by(KeepingTerms.set_at.desc(), KeepingTerms.id)


def list_runs(page: int) -> list[KeepingRun]:
    """The receipts, newest first; 25 a page."""
    statement = select(KeepingRun).order_by(KeepingRun.ran_at.desc(), KeepingRun.id)
    return list(db.session.scalars(statement.limit(PAGE).offset((page - 1) * PAGE)))


def count_pages() -> int:
    """How many pages the receipts have, at least one."""
    count = db.session.scalar(select(func.count(KeepingRun.id))) or 0
    return max(1, -(-count // PAGE))


@dataclass(frozen=True, slots=True)
class Going:
    """What goes on which day: keys of analyses, of the consents of introductions, of consents."""

    analyses: dict[str, date]
    introductions: dict[str, date]
    proofs: dict[str, date]

    def due(self, day: date) -> "Going":
        """What goes by the day."""
        kept = (
            {key: on for key, on in each.items() if on <= day}
            for each in (self.analyses, self.introductions, self.proofs)
        )
        return Going(*kept)

    def months(self) -> list[tuple[date, int, int, int]]:
        """By month, the nearest first: how many analyses, introductions and proofs go."""
        counts = [
            Counter(month_of(on).first for on in each.values())
            for each in (self.analyses, self.introductions, self.proofs)
        ]
        analyses, introductions, proofs = counts
        named = sorted({*analyses, *introductions, *proofs})
        return [(one, analyses[one], introductions[one], proofs[one]) for one in named]


def what_goes(terms: Terms) -> Going:
    """Everything that is kept, by the day on which it goes under these terms. Three statements.

    A proof of something that is still there goes on the day of its own, or later with that thing.
    """
    ends = _ends_of_consents()
    analyses = _analyses(terms, ends)
    introductions = _introductions(terms, ends)
    proofs: dict[str, date] = {}
    for consent_id, (purpose, subject_id, end) in ends.items():
        there = analyses.get(subject_id or "") if purpose is ConsentPurpose.ANALYSIS else None
        asked = introductions.get(consent_id)
        proofs[consent_id] = max(filter(None, (proof_goes_on(terms, end), there, asked)))
    return Going(analyses, introductions, proofs)


_Ends = dict[str, tuple[ConsentPurpose, str | None, ConsentEnd]]


def _ends_of_consents() -> _Ends:
    """By consent: what for, of which analysis, and when it ended or will."""
    statement = select(
        Consent.id,
        Consent.purpose,
        Consent.subject_id,
        Consent.valid_to,
        ConsentWithdrawal.withdrawn_at,
    ).outerjoin(ConsentWithdrawal, ConsentWithdrawal.consent_id == Consent.id)
    return {
        key: (purpose, subject_id, ConsentEnd(valid_to, _day(withdrawn_at)))
        for key, purpose, subject_id, valid_to, withdrawn_at in db.session.execute(statement)
    }


def _day(at: datetime | None) -> date | None:
    return None if at is None else at.astimezone(ZoneInfo(HOME)).date()


def _analyses(terms: Terms, ends: _Ends) -> dict[str, date]:
    by_analysis: dict[str, list[ConsentEnd]] = defaultdict(list)
    for purpose, subject_id, end in ends.values():
        if purpose is ConsentPurpose.ANALYSIS and subject_id is not None:
            by_analysis[subject_id].append(end)
    statement = (
        select(Analysis.id, Cohort.ends_on)
        .join(Enrolment, Enrolment.id == Analysis.enrolment_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .where(Analysis.erased_at.is_(None))
    )
    return {
        key: content_goes_on(terms, ends_on, tuple(by_analysis[key]))
        for key, ends_on in db.session.execute(statement)
    }


def _introductions(terms: Terms, ends: _Ends) -> dict[str, date]:
    """By consent, as each introduction has one of its own."""
    group_ends = (
        select(func.max(Cohort.ends_on))
        .join(Enrolment, Enrolment.cohort_id == Cohort.id)
        .where(Enrolment.person_id == AskedIntroduction.person_id)
        .scalar_subquery()
    )
    rows = db.session.execute(select(AskedIntroduction.consent_id, group_ends))
    found: dict[str, date] = {}
    for consent_id, ends_on in rows:
        _purpose, _subject, end = ends[consent_id]
        found[consent_id] = content_goes_on(
            terms, max(filter(None, (ends_on, end.ended_on))), (end,)
        )
    return found


def papers_of(analysis_ids: Iterable[str]) -> list[tuple[str, str]]:
    """The releases of analyses whose bytes are still there: keys of release and file."""
    statement = select(Release.id, Release.file_id).where(
        Release.analysis_id.in_(analysis_ids), Release.file_id.is_not(None)
    )
    return [(release_id, file_id or "") for release_id, file_id in db.session.execute(statement)]


def analyses_of(person_id: str) -> list[str]:
    """The keys of a person's analyses that have not been erased."""
    statement = select(Analysis.id).where(
        Analysis.person_id == person_id, Analysis.erased_at.is_(None)
    )
    return list(db.session.scalars(statement))


def lock_analyses(keys: Iterable[str]) -> list[str]:
    """Hold those of the analyses that are not erased: who agrees to a release of one waits."""
    statement = select(Analysis.id).where(Analysis.id.in_(keys), Analysis.erased_at.is_(None))
    return list(db.session.scalars(statement.order_by(Analysis.id).with_for_update()))


def introductions_of(person_id: str) -> list[str]:
    """The consents on which a person's introductions stand."""
    statement = select(AskedIntroduction.consent_id).where(AskedIntroduction.person_id == person_id)
    return list(db.session.scalars(statement))


def introductions_under(consent_ids: Iterable[str]) -> list[str]:
    """The introductions that stand on these consents."""
    statement = select(AskedIntroduction.id).where(AskedIntroduction.consent_id.in_(consent_ids))
    return list(db.session.scalars(statement.order_by(AskedIntroduction.id)))


def last_day_of(consent_ids: Iterable[str]) -> date | None:
    """The latest of the days to which these consents were given."""
    return db.session.scalar(select(func.max(Consent.valid_to)).where(Consent.id.in_(consent_ids)))


def analyses_under(consent_ids: Iterable[str]) -> list[str]:
    """The analyses that went to somebody under these consents."""
    statement = select(Release.analysis_id).where(Release.consent_id.in_(consent_ids)).distinct()
    return list(db.session.scalars(statement))


def files_under(consent_ids: Iterable[str]) -> list[str]:
    """The files of what went under these consents that are still there."""
    statement = select(Release.file_id).where(
        Release.consent_id.in_(consent_ids), Release.file_id.is_not(None)
    )
    return [file_id for file_id in db.session.scalars(statement) if file_id]


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of one of a person's analyses: until when, and as proof to whom it went."""

    number: str
    goes_on: date
    erased_on: date | None
    proofs: tuple[tuple[str, date], ...]


def list_kept(actor: Actor) -> list[Kept]:
    """Of every analysis of the participant's, newest first. One statement."""
    statement = (
        select(
            Analysis.number,
            Analysis.erased_at,
            Cohort.ends_on,
            Consent.valid_to,
            Consent.recipient_name,
            ConsentWithdrawal.withdrawn_at,
            *(_newest(column) for column in _MONTHS),
        )
        .join(Enrolment, Enrolment.id == Analysis.enrolment_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .outerjoin(
            Consent,
            and_(Consent.subject_id == Analysis.id, Consent.purpose == ConsentPurpose.ANALYSIS),
        )
        .outerjoin(ConsentWithdrawal, ConsentWithdrawal.consent_id == Consent.id)
        .where(Analysis.person_id == actor.person_id)
        .order_by(Analysis.started_at.desc(), Analysis.id, Consent.given_at.desc(), Consent.id)
    )
    rows = db.session.execute(statement).all()
    return [_kept(list(of_one)) for _number, of_one in groupby(rows, key=lambda row: row.number)]


_MONTHS = (KeepingTerms.analysis_months, KeepingTerms.unsent_months, KeepingTerms.proof_months)


def _newest(column: Any) -> Any:
    decided = select(column).where(KeepingTerms.organisation_id == Analysis.organisation_id)
    newest = decided.order_by(KeepingTerms.set_at.desc(), KeepingTerms.id).limit(1)
    return newest.correlate(Analysis).scalar_subquery()


def _kept(rows: list[Any]) -> Kept:
    first = rows[0]
    months = tuple(first[-3:])
    terms = USUAL if months[0] is None else Terms(*months)
    given = [
        (row, ConsentEnd(row.valid_to, _day(row.withdrawn_at))) for row in rows if row.valid_to
    ]
    return Kept(
        number=first.number,
        goes_on=content_goes_on(terms, first.ends_on, tuple(end for _row, end in given)),
        erased_on=_day(first.erased_at),
        proofs=tuple((row.recipient_name, proof_goes_on(terms, end)) for row, end in given),
    )
