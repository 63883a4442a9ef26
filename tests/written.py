"""A client analysis for tests: Stig writes it for Pia with words that stand nowhere else."""

import hashlib
from dataclasses import replace
from datetime import date

from jobsearch.analyses import queries, service
from jobsearch.analyses.paper import OFFICE
from jobsearch.analyses.prefill.words import first_words
from jobsearch.analyses.releases import service as releases
from jobsearch.analyses.rules import SectionKey
from jobsearch.analyses.sheet import Draft
from jobsearch.consents.models import Consent
from jobsearch.core.clock import today
from jobsearch.core.db import db
from jobsearch.core.periods import add_months
from jobsearch.core.tokens import digest
from tests.world import Member, World

CANARIES = {
    SectionKey.SITUATION: "kanarialintu-situation",
    SectionKey.STRENGTHS: "kanarialintu-strengths",
    SectionKey.WORKED: "kanarialintu-worked",
    SectionKey.NEEDED: "kanarialintu-needed",
    SectionKey.PROPOSALS: "- kanarialintu-first\n- kanarialintu-second",
}
CANARY = "kanarialintu"


def at_a(world: World, member: Member) -> Member:
    """A municipal coach as the door lets her in: her scope are the providers open to her."""
    own = frozenset({world.a.organisation_id})
    return replace(member, actor=replace(member.actor, organisation_ids=own))


def draft(member: Member, analysis_id: str, key: SectionKey, text: str) -> Draft:
    """What the form would send if the member typed this now."""
    analysis = queries.get_analysis(member.actor, analysis_id)
    section = next(one for one in analysis.sections if one.key is key)
    return Draft(key, text, section.version, digest(section.text))


def begin(as_, world: World, who: str = "pia") -> str:
    """Begin an analysis with its canaries; returns its key."""
    stig = world.stig
    with as_(stig):
        enrolment = world.a.enrolment_ids[who]
        language, records = service.records_to_start(stig.actor, enrolment)
        made = service.start_analysis(stig.actor, enrolment, first_words(records, language))
        key = made.id
    write(as_, stig, key, CANARIES)
    return key


def write(as_, member: Member, analysis_id: str, texts: dict[SectionKey, str]) -> None:
    """Write these sections as this member."""
    with as_(member):
        drafts = [draft(member, analysis_id, key, text) for key, text in texts.items()]
        service.write_sections(member.actor, analysis_id, drafts)


def show(as_, world: World, analysis_id: str) -> None:
    """Lay it before the participant."""
    with as_(world.stig):
        service.show_to_participant(world.stig.actor, analysis_id)


def in_months(months: int) -> date:
    """The last day of a permission that is given today for so many months."""
    return add_months(today(), months)


def seen_by(as_, member: Member, months: int = 3) -> bytes:
    """The paper that lies before the participant."""
    with as_(member):
        own = queries.get_own_analysis(member.actor)
        return OFFICE.render(queries.decision_sheet(member.actor, own, in_months(months))).pdf


def agree(as_, member: Member, months: int = 3, seen: bytes | None = None) -> str:
    """She agrees to what she has seen; returns the key of the release."""
    paper = seen_by(as_, member, months) if seen is None else seen
    with as_(member):
        sha = hashlib.sha256(paper).hexdigest()
        return releases.consent_to_release(member.actor, in_months(months), sha, OFFICE).id


def released(as_, world: World) -> tuple[str, str]:
    """Pia's analysis, written, shown and released to Mia: keys of analysis and release."""
    key = begin(as_, world)
    show(as_, world, key)
    return key, agree(as_, world.pia)


def consent_like(consent_id: str, **other: object) -> str:
    """Lay another consent, like this one in everything but what is said; returns its key."""
    of = db.session.get_one(Consent, consent_id)
    kept = {c.key: getattr(of, c.key) for c in Consent.__table__.columns if c.key != "id"}
    made = Consent(**(kept | other))
    db.session.add(made)
    db.session.flush()
    return made.id
