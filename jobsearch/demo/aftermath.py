"""What came after for the group in follow-up: outcomes, answers, and analyses on their way."""

import hashlib
from collections.abc import Mapping
from datetime import date, timedelta

from jobsearch.analyses.paper import OFFICE
from jobsearch.analyses.prefill.words import first_words
from jobsearch.analyses.queries import decision_sheet, get_own_analysis
from jobsearch.analyses.releases.service import consent_to_release
from jobsearch.analyses.rules import SectionKey
from jobsearch.analyses.service import (
    records_to_start,
    show_to_participant,
    start_analysis,
    write_sections,
)
from jobsearch.analyses.sheet import Draft
from jobsearch.cohorts.models import Cohort, Enrolment
from jobsearch.consents.service import link_coach
from jobsearch.core.access import Actor
from jobsearch.core.db import db
from jobsearch.demo.accounts import MUNICIPAL
from jobsearch.demo.groups import Office
from jobsearch.outcomes.models import FollowUp, Outcome
from jobsearch.outcomes.rules import Answer, Evidence, FoundThrough, OutcomeKind

_AINO = {
    SectionKey.SITUATION: "Kaupan ja varaston työtä kymmenen vuotta, viimeksi vuosi sitten.",
    SectionKey.STRENGTHS: "Oppii nopeasti uuden järjestelmän. Rauhallinen, pitää sovitusta kiinni.",
    SectionKey.WORKED: "Soittaminen työnantajalle ennen hakemusta tuotti kaksi keskustelua.",
    SectionKey.PROPOSALS: "Trukkikortin uusiminen. Yhteydenotot jatkuvat viikoittain.",
}
_SARI = {
    SectionKey.SITUATION: "Toimistotyötä pienissä yrityksissä, hakee osa-aikaista.",
    SectionKey.STRENGTHS: "Huolellinen kirjoittaja. Osaa kolme taloushallinnon ohjelmaa.",
    SectionKey.DONE: "Teki profiilin valmiiksi ja otti yhteyttä oman alan työnantajiin.",
    SectionKey.WORKED: "Suorat yhteydenotot: neljä haastattelua kolmessa viikossa.",
    SectionKey.NEEDED: "Aikaa hoitaa kotiasiat kuntoon ennen kokoaikaista työtä.",
    SectionKey.PROPOSALS: "Palkkatuettu jakso, jos määräaikainen työ ei jatku.",
}
_TIINA = {
    SectionKey.SITUATION: "Myyjän työtä kahdeksan vuotta. Hakee työtä Ulvilasta ja Porista.",
    SectionKey.STRENGTHS: "Kohtaa asiakkaan rauhallisesti. Tekee mitä lupaa.",
    SectionKey.DONE: "Haki avoimia paikkoja joka viikko ja soitti kolmelletoista työnantajalle.",
    SectionKey.NEEDED: "Kulkeminen iltavuoroihin ratkaistava.",
    SectionKey.PROPOSALS: "Työkokeilu myymälässä, jossa on päivävuoroja.",
}


def follow_up(cohort: Cohort, enrolments: Mapping[str, Enrolment], today: date) -> None:
    """Two found work, one studies, one answered that she has none, one could not be reached."""
    last = cohort.ends_on
    found = (
        ("Sari", OutcomeKind.FIXED_TERM_PART_TIME, 4, FoundThrough.EMPLOYER_CONTACT),
        ("Nadia", OutcomeKind.AGENCY_WORK, 11, FoundThrough.AGENCY),
        ("Mikko", OutcomeKind.STUDIES, 14, FoundThrough.OTHER),
    )
    for name, kind, after, through in found:
        enrolment = enrolments[name]
        db.session.add(
            Outcome(
                enrolment_id=enrolment.id,
                person_id=enrolment.person_id,
                kind=kind,
                began_on=last + timedelta(days=after),
                found_through=through,
                evidence=Evidence.DOCUMENT if name == "Sari" else Evidence.OWN_WORD,
            )
        )
    # in the window of the first question, also when February is in it
    asked_on = min(last + timedelta(days=21), today)
    for name, answer in (("Tiina", Answer.NOT_IN_WORK), ("Kalle", Answer.UNKNOWN)):
        enrolment = enrolments[name]
        db.session.add(
            FollowUp(
                enrolment_id=enrolment.id,
                person_id=enrolment.person_id,
                point=0,
                asked_on=asked_on,
                answer=answer,
            )
        )
    db.session.flush()


def link(office: Office, enrolments: Mapping[str, Enrolment]) -> None:
    """Staff say who is each participant's municipal coach; it shows that coach nothing."""
    for at, enrolment in enumerate(enrolments.values()):
        link_coach(office.coach, enrolment.person_id, MUNICIPAL[at % 2].email)


def _write(coach: Actor, enrolment: Enrolment, texts: Mapping[SectionKey, str]) -> str:
    """Begin an analysis from the records and write these sections; returns its key."""
    language, records = records_to_start(coach, enrolment.id)
    analysis = start_analysis(coach, enrolment.id, first_words(records, language))
    drafts = [
        Draft(one.key, texts[one.key], one.version, "")
        for one in analysis.sections
        if one.key in texts
    ]
    write_sections(coach, analysis.id, drafts)
    return analysis.id


def write_analyses(
    coach: Actor, tiina: Actor, running: Mapping[str, Enrolment], followed: Mapping[str, Enrolment]
) -> None:
    """One analysis begun with Aino, one before Sari for her decision, one that Tiina let go."""
    _write(coach, running["Aino"], _AINO)
    for name, words in (("Sari", _SARI), ("Tiina", _TIINA)):
        show_to_participant(coach, _write(coach, followed[name], words))
    paper = OFFICE.render(decision_sheet(tiina, get_own_analysis(tiina)))
    consent_to_release(tiina, None, hashlib.sha256(paper.pdf).hexdigest(), OFFICE)
