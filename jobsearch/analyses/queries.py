"""What is asked of analyses by those who write them and by the participant."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import joinedload, selectinload

from jobsearch.accounts.models import Account
from jobsearch.analyses.figures import figures_of
from jobsearch.analyses.models import Analysis, AnalysisSection, Release
from jobsearch.analyses.rules import AnalysisState, may_decide, standing
from jobsearch.analyses.sheet import Figures, Opening, Recipient, Seen, Sheet, Terms
from jobsearch.audit.models import AccessEntry
from jobsearch.cohorts.models import Cohort, Enrolment
from jobsearch.consents.links.queries import coaches_since_consent
from jobsearch.consents.models import CoachLink, Consent
from jobsearch.consents.queries import link_of_day, live_on, visible_participants
from jobsearch.consents.rules import (
    ConsentPurpose,
    check_validity,
    validities,
    wording_in_use,
)
from jobsearch.consents.wordings import shipped_wordings
from jobsearch.core.access import Actor
from jobsearch.core.clock import today
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.core.looks import Look
from jobsearch.core.periods import Span
from jobsearch.organisations.models import Organisation
from jobsearch.organisations.queries import get_organisation

LOOKED = f"{Look.RELEASE}:"
DOWNLOADED = f"{Look.RELEASE_FILE}:"


def _whole() -> Select[Analysis]:
    return select(Analysis).options(
        joinedload(Analysis.person),
        joinedload(Analysis.written_by),
        joinedload(Analysis.enrolment).joinedload(Enrolment.cohort).joinedload(Cohort.programme),
        selectinload(Analysis.sections).joinedload(AnalysisSection.written_by),
    )


def get_analysis(actor: Actor, analysis_id: str) -> Analysis:
    """The analysis with its person, cohort, sections and their writers. Raises NotVisible."""
    return _one(actor, _whole().where(Analysis.id == analysis_id))


def find_own_analysis(actor: Actor) -> Analysis | None:
    """The participant's newest analysis, loaded as above."""
    statement = _whole().where(Analysis.person_id == actor.person_id, Analysis.erased_at.is_(None))
    return db.session.scalars(statement.order_by(Analysis.started_at.desc(), Analysis.id)).first()


def get_own_analysis(actor: Actor) -> Analysis:
    """The participant's newest analysis. Raises NotVisible when she has none."""
    found = find_own_analysis(actor)
    if found is None:
        raise NotVisible
    return found


def lock_analysis(actor: Actor, analysis_id: str) -> Analysis:
    """The analysis to change: whoever else changes it waits. Raises NotVisible."""
    db.session.scalar(select(Analysis.id).where(Analysis.id == analysis_id).with_for_update())
    fresh = _whole().where(Analysis.id == analysis_id).execution_options(populate_existing=True)
    return _one(actor, fresh)


def _one(actor: Actor, statement: Select[Analysis]) -> Analysis:
    seen = visible_participants(actor, today(actor.zone))
    there = (Analysis.person_id.in_(seen), Analysis.erased_at.is_(None))
    found = db.session.scalar(statement.where(*there))
    if found is None:
        raise NotVisible
    return found


def get_enrolment(actor: Actor, enrolment_id: str) -> Enrolment:
    """The enrolment of someone who has started, with person and cohort. Raises NotVisible."""
    seen = visible_participants(actor, today(actor.zone))
    statement = (
        select(Enrolment)
        .options(joinedload(Enrolment.person), joinedload(Enrolment.cohort))
        .where(Enrolment.id == enrolment_id, Enrolment.person_id.in_(seen))
    )
    found = db.session.scalar(statement)
    if found is None:
        raise NotVisible
    return found


def find_analysis_of(enrolment_id: str) -> Analysis | None:
    """The analysis of an enrolment, if it was begun."""
    return db.session.scalar(select(Analysis).where(Analysis.enrolment_id == enrolment_id))


def find_live_release(analysis_id: str, day: date) -> Release | None:
    """What is open to a recipient now, with its consent and recipient.

    What went to somebody who is no longer her municipal coach opens to nobody.
    """
    hers = coaches_since_consent(Release.person_id, Release.recipient_id, day)
    return db.session.scalars(_live_releases(analysis_id, day).where(hers)).first()


def list_live_releases(analysis_id: str, day: date) -> list[Release]:
    """Every release under a consent that lives, to whomever it went, newest first."""
    return list(db.session.scalars(_live_releases(analysis_id, day)))


def _live_releases(analysis_id: str, day: date) -> Select[Release]:
    return (
        select(Release)
        .join(Consent, Consent.id == Release.consent_id)
        .options(joinedload(Release.consent).joinedload(Consent.recipient))
        .where(Release.analysis_id == analysis_id, *live_on(day))
        .where(Release.erased_at.is_(None))
        .where(Consent.purpose == ConsentPurpose.ANALYSIS)
        .order_by(Release.released_at.desc(), Release.id)
    )


def is_issued(analysis: Analysis) -> bool:
    """Whether a paper of the edition as it stands has ever gone to anybody."""
    there = (Release.analysis_id == analysis.id, Release.edition == analysis.edition)
    return db.session.scalar(select(Release.id).where(*there).limit(1)) is not None


def _looks_at(release_ids: Iterable[str]) -> ColumnElement[bool]:
    return AccessEntry.what.in_(
        [kind + key for key in release_ids for kind in (LOOKED, DOWNLOADED)]
    )


def list_openings(person_id: str, live_id: str = "", limit: int = 20) -> list[Opening]:
    """Who has opened what was sent of this person, newest first.

    At most `limit` of the release that lives now, and as many of all others.
    """
    place = func.row_number().over(
        partition_by=case((_looks_at([live_id]), 1), else_=0), order_by=AccessEntry.id.desc()
    )
    looks = (
        select(AccessEntry.id, AccessEntry.at, Account.name, AccessEntry.what, place.label("place"))
        .join(Account, Account.id == AccessEntry.account_id)
        .where(AccessEntry.person_id == person_id, AccessEntry.refused.is_(False))
        .where(AccessEntry.what.startswith(LOOKED) | AccessEntry.what.startswith(DOWNLOADED))
        .subquery()
    )
    statement = select(looks.c.at, looks.c.name, looks.c.what).where(looks.c.place <= limit)
    rows = db.session.execute(statement.order_by(looks.c.id.desc()))
    split = [(at, name, what.partition(":")) for at, name, what in rows]
    return [Opening(at, name, kind, key) for at, name, (kind, _colon, key) in split]


def count_openings(person_id: str, release_ids: Iterable[str]) -> Seen:
    """How often these releases of a person were opened, and when the last time."""
    statement = select(func.count(), func.max(AccessEntry.at)).where(
        AccessEntry.person_id == person_id,
        AccessEntry.refused.is_(False),
        _looks_at(release_ids),
    )
    return Seen(*db.session.execute(statement).one())


def find_recipient(person_id: str, day: date) -> Recipient | None:
    """The person's municipal coach of the day, with her organisation and address."""
    statement = (
        link_of_day(person_id, day)
        .join(Account, Account.id == CoachLink.account_id)
        .join(Organisation, Organisation.id == CoachLink.municipality_id)
        .with_only_columns(
            Account.id, Account.name, Organisation.name, Account.email, Account.language
        )
    )
    row = db.session.execute(statement).first()
    return None if row is None else Recipient(*row)


def terms_of(actor: Actor, until: date | None = None) -> Terms:
    """The terms of a consent given today until a day, the usual one if none is chosen.

    Raises RuleBroken for a day in the past or beyond the longest time.
    """
    day = today(actor.zone)
    words = wording_in_use(shipped_wordings(), ConsentPurpose.ANALYSIS, day)
    valid_to = until or dict(validities(words, day))[words.months]
    check_validity(words, day, valid_to)
    return Terms(day, valid_to)


def offered_terms(actor: Actor) -> tuple[tuple[int, date], ...]:
    """The times that are offered: months, each with its last day."""
    day = today(actor.zone)
    words = wording_in_use(shipped_wordings(), ConsentPurpose.ANALYSIS, day)
    return validities(words, day)


def figures_now(analysis: Analysis) -> Figures:
    """The figures of the edition, or of this moment while it is a draft."""
    if analysis.state is AnalysisState.DRAFT or analysis.figures is None:
        return figures_of(analysis.enrolment)
    return Figures.load(analysis.figures)


@dataclass(frozen=True, slots=True)
class Shown:
    """What the coach's and the participant's page show of one analysis."""

    analysis: Analysis
    state: AnalysisState
    release: Release | None
    recipient: Recipient | None
    figures: Figures
    openings: list[Opening]
    earlier: list[Opening]


def show(actor: Actor, analysis: Analysis) -> Shown:
    """The analysis with where it stands today, what is open of it and who has opened it."""
    day = today(actor.zone)
    live = find_live_release(analysis.id, day)
    live_id = live.id if live is not None else ""
    looks = list_openings(analysis.person_id, live_id) if analysis.decided_at else []
    return Shown(
        analysis=analysis,
        state=standing(analysis.state, live is not None),
        release=live,
        recipient=find_recipient(analysis.person_id, day),
        figures=figures_now(analysis),
        openings=[look for look in looks if look.release_id == live_id],
        earlier=[look for look in looks if look.release_id != live_id],
    )


def sheet_of(actor: Actor, analysis: Analysis) -> Sheet:
    """What the paper is made of today, without a permission."""
    day = today(actor.zone)
    cohort, person = analysis.enrolment.cohort, analysis.person
    provider = get_organisation(analysis.organisation_id)
    written = [s for s in analysis.sections if s.text or s.key == "done"]
    writers = [s.written_by.name for s in written if s.written_by and s.text]
    authors = dict.fromkeys((person.full_name, analysis.written_by.name, *writers))
    return Sheet(
        analysis_id=analysis.id,
        person_id=person.id,
        edition=analysis.edition,
        number=analysis.number,
        language=analysis.language,
        dated=day,
        provider_name=provider.name,
        programme_name=cohort.programme.name,
        cohort_name=cohort.name,
        participant_name=person.full_name,
        period=Span(cohort.starts_on, cohort.ends_on),
        figures=figures_now(analysis),
        recipient=find_recipient(person.id, day),
        authors=tuple(authors),
        sections=tuple((s.key, s.text) for s in written if s.left_out_at is None),
        left_out=sum(1 for s in written if s.left_out_at is not None),
        terms=None,
        zone=provider.zone,
        is_demo=provider.demo_since is not None,
    )


def decision_sheet(actor: Actor, analysis: Analysis, until: date | None = None) -> Sheet:
    """The sheet as it would be issued if she agreed today; without a recipient, as a preview.

    Raises NotVisible while there is nothing to decide, RuleBroken as `terms_of`.
    """
    terms = terms_of(actor, until)
    is_live = find_live_release(analysis.id, terms.given_on) is not None
    if not may_decide(standing(analysis.state, is_live)):
        raise NotVisible
    sheet = sheet_of(actor, analysis)
    return sheet if sheet.recipient is None else replace(sheet, terms=terms)
