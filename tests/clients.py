"""Many clients of Mia: some share something with her, and some nothing any more or nothing yet."""

import json
from datetime import timedelta

from jobsearch.analyses.models import Analysis, Release
from jobsearch.analyses.rules import AnalysisState
from jobsearch.cohorts.models import Enrolment, EnrolmentState
from jobsearch.consents.models import CoachLink, Consent, ConsentPurpose, ConsentWithdrawal
from jobsearch.core import files
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import Scope
from jobsearch.people.models import Person
from jobsearch.recruitment.following.models import FollowAgreement
from jobsearch.recruitment.following.rules import AgreedHow
from jobsearch.recruitment.models import Candidate
from jobsearch.recruitment.referrals.models import Referrer
from jobsearch.recruitment.rules import Channel, Stage
from tests.furnished import CONTENT
from tests.world import NOW, TODAY, World

HIDDEN = "Kanarialintu"
"""In every name and text of whoever shares nothing with Mia today."""


def crowd(world: World, count: int, first: int = 0) -> None:
    """So many people who let Mia follow and read an analysis, in one unit of work."""
    with unit_of_work(Scope(frozenset({world.a.organisation_id}), "test")):
        coach = _referrer(world)
        for n in range(first, first + count):
            person = _person(world, f"Asta{n:03}", "Avoin")
            _follow(world, coach, person)
            _release(world, person)


def those_who_share_nothing(world: World) -> list[str]:
    """One person for each way of not sharing; returns their keys."""
    with unit_of_work(Scope(frozenset({world.a.organisation_id}), "test")):
        coach = _referrer(world)
        people = {
            way: _person(world, f"{HIDDEN}{n}", HIDDEN)
            for n, way in enumerate(("introduced", "withdrew", "took_back", "ran_out", "moved"))
        }
        _candidate(world, people["introduced"])
        _follow(world, coach, people["withdrew"]).withdrawn_at = NOW
        _release(world, people["took_back"], is_back=True)
        _release(world, people["ran_out"], days=-1)
        _release(world, people["moved"], coach=world.nils.account_id)
        return [person.id for person in people.values()]


def _referrer(world: World) -> Referrer:
    known = db.session.query(Referrer).filter_by(email="mia@example.org").first()
    if known is not None:
        return known
    made = Referrer(
        name="Mia Mäki", email="mia@example.org", account_id=world.mia.account_id, made_at=NOW
    )
    db.session.add(made)
    db.session.flush()
    return made


def _person(world: World, given: str, family: str) -> Person:
    person = Person(given_name=given, family_name=family, email=f"{given.lower()}@example.org")
    db.session.add(person)
    db.session.flush()
    return person


def _candidate(world: World, person: Person) -> Candidate:
    candidate = Candidate(
        programme_id=world.a.programme_id,
        person_id=person.id,
        channel=Channel.PERSONAL_LINK,
        stage=Stage.STARTED,
        introduction=HIDDEN,
        referred_on=TODAY,
        started_on=TODAY,
        referred_by_name="Mia",
    )
    db.session.add(candidate)
    db.session.flush()
    return candidate


def _follow(world: World, coach: Referrer, person: Person) -> FollowAgreement:
    agreement = FollowAgreement(
        candidate_id=_candidate(world, person).id,
        person_id=person.id,
        referrer_id=coach.id,
        how=AgreedHow.BY_LINK,
        given_on=TODAY,
        given_at=NOW,
        wording_edition="2026-1",
        wording_language="en",
        wording="I agree.",
    )
    db.session.add(agreement)
    db.session.flush()
    return agreement


def _release(
    world: World, person: Person, *, days: int = 90, is_back: bool = False, coach: str = ""
) -> Release:
    """An analysis that went to Mia under a consent; her municipal coach is Mia, or `coach`."""
    enrolment = Enrolment(
        cohort_id=world.a.cohort_ids[0], person_id=person.id, state=EnrolmentState.STARTED
    )
    link = CoachLink(
        person_id=person.id,
        account_id=coach or world.mia.account_id,
        municipality_id=world.municipality_id,
        valid_from=TODAY - timedelta(days=30),
    )
    db.session.add_all([enrolment, link])
    db.session.flush()
    analysis = Analysis(
        enrolment_id=enrolment.id,
        person_id=person.id,
        number=f"AN-{person.id[:12]}",
        written_by_id=world.stig.account_id,
        started_at=NOW,
        changed_at=NOW,
        shown_at=NOW,
        state=AnalysisState.RELEASED,
        edition=1,
    )
    db.session.add(analysis)
    db.session.flush()
    consent = Consent(
        person_id=person.id,
        recipient_id=world.mia.account_id,
        recipient_name="Mia Mäki",
        recipient_organisation="Town of Pori",
        recipient_address=world.mia.email,
        given_by="code",
        purpose=ConsentPurpose.ANALYSIS,
        subject_id=analysis.id,
        subject_version=1,
        wording_edition="2026-1",
        wording_language="en",
        wording="I agree.",
        given_at=NOW - timedelta(days=20),
        given_on=TODAY - timedelta(days=20),
        valid_to=TODAY + timedelta(days=days),
        sign_in_id="x" * 20,
    )
    db.session.add(consent)
    db.session.flush()
    if is_back:
        db.session.add(
            ConsentWithdrawal(consent_id=consent.id, person_id=person.id, withdrawn_at=NOW)
        )
    paper = files.put(f"%PDF {person.id}".encode(), "application/pdf")
    release = Release(
        analysis_id=analysis.id,
        person_id=person.id,
        consent_id=consent.id,
        recipient_id=world.mia.account_id,
        file_id=paper.id,
        sha256=paper.sha256,
        edition=1,
        content=_content(person),
        released_at=NOW,
    )
    db.session.add(release)
    db.session.flush()
    return release


def _content(person: Person) -> str:
    return json.dumps(CONTENT | {"participant_name": person.full_name, "left_out": 1})
