"""Strategies and documents of the running group: some ready by day four, some still to be begun."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from jobsearch.coaching.documents.models import Document, DocumentComment, DocumentVersion
from jobsearch.coaching.documents.overviews import list_open_leads
from jobsearch.coaching.documents.rules import DocumentKind, DocumentState, FileForm
from jobsearch.coaching.strategies.models import Strategy
from jobsearch.cohorts.models import Cohort, Enrolment
from jobsearch.core import files
from jobsearch.core.access import Actor
from jobsearch.core.db import db
from jobsearch.core.periods import instant_of
from jobsearch.pdf import blocks
from jobsearch.pdf.page import Document as Paper
from jobsearch.pdf.page import build

_AFTER_THE_MORNING = 150
_CV, _LETTER, _PROFILE = DocumentKind
_DRAFT, _READY = DocumentState.DRAFT, DocumentState.READY


@dataclass(frozen=True, slots=True)
class Aim:
    """What somebody is after: goal, kinds of work, area, own targets."""

    goal: str
    work: str
    area: str
    targets: str = ""


STRATEGIES: dict[str, Aim] = {
    "Aino": Aim(
        "Vakituinen työ leipomosta tai keittiöstä ennen joulua.",
        "Leipomo, suurkeittiö, kahvila. Myös varasto käy.",
        "Pori ja Ulvila, kuljen bussilla ja pyörällä.",
        "Kaksi soittoa joka aamu ennen kymmentä. Yksi käynti viikossa.",
    ),
    "Jari": Aim(
        "Kokoaikainen työ varastolta.", "Varasto ja logistiikka, trukkikortti on.", "Pori, Rauma."
    ),
    "Mira": Aim(
        "Osa-aikainen myyjän työ opintojen rinnalle.",
        "Myymälä, kassa, asiakaspalvelu puhelimessa.",
        "Ulvila ja Pori.",
        "Kolme hakemusta viikossa, jokainen omalla saatteella.",
    ),
    "Linnéa": Aim(
        "Ett jobb på lager eller kontor, gärna på svenska.",
        "Lager, orderhantering, kundtjänst.",
        "Björneborg; distans går också.",
    ),
}


@dataclass(frozen=True, slots=True)
class Kept:
    """One document: whose, how far, and what each of its versions says."""

    name: str
    kind: DocumentKind
    state: DocumentState
    versions: tuple[str, ...] = ()


KEPT = (
    Kept("Aino", _CV, _READY, ("Leipomotyö 2015–2024", "Leipomotyö 2015–2024, hygieniapassi")),
    Kept("Aino", _LETTER, _DRAFT, ("Hei, olen tehnyt leipomotyötä yhdeksän vuotta.",)),
    Kept("Jari", _CV, _DRAFT, ("Trukkikortti, varastotyö 2003–2023",)),
    Kept("Mira", _CV, _READY, ("Myymälätyö 2018–2025",)),
    Kept("Mira", _LETTER, _READY, ("Hei, palvelen asiakkaita mielelläni.",)),
    Kept("Mira", _PROFILE, _READY),
    Kept("Linnéa", _CV, _DRAFT, ("Lagerarbete 2012–2022",)),
    Kept("Petri", _CV, _READY, ("Kuljetustyö 1990–2024, ajokortti CE",)),
)
COMMENTS = (
    ("coach", "Hyvä! Lisää vielä hygieniapassi, leipomo kysyy sitä aina."),
    ("Aino", "Lisäsin sen uuteen versioon."),
)


def keep_documents(
    coach: Actor,
    actors: Mapping[str, Actor],
    cohort: Cohort,
    running: Mapping[str, Enrolment],
    this_day: date,
) -> None:
    """Write rows as they were; `actors` are those of the group who sign in, by first name."""
    days = [day for day in cohort.days if day.on < this_day]
    moments = [instant_of(d.on, d.starts_minute + _AFTER_THE_MORNING, coach.zone) for d in days]
    for name, aim in STRATEGIES.items():
        by = actors.get(name, coach)
        db.session.add(_strategy(running[name], aim, moments[1], by))
    made = {}
    for kept in KEPT:
        by = actors.get(kept.name, coach)
        made[kept.name, kept.kind] = _keep(kept, running[kept.name], by, moments)
    _comment(made["Aino", _CV], {"coach": coach, **actors}, moments)
    _aim(running["Aino"], actors.get("Aino", coach), moments[-1])
    db.session.flush()


def _strategy(enrolment: Enrolment, aim: Aim, at: datetime, by: Actor) -> Strategy:
    return Strategy(
        enrolment_id=enrolment.id,
        person_id=enrolment.person_id,
        goal=aim.goal,
        work=aim.work,
        area=aim.area,
        targets=aim.targets,
        written_at=at,
        written_by_id=by.account_id,
    )


def _keep(kept: Kept, enrolment: Enrolment, by: Actor, moments: list[datetime]) -> Document:
    document = Document(
        person_id=enrolment.person_id,
        enrolment_id=enrolment.id,
        kind=kept.kind,
        state=kept.state,
        state_at=moments[3],
    )
    db.session.add(document)
    db.session.flush()
    for number, words in enumerate(kept.versions, start=1):
        _add_version(document, number, by, moments[number], f"{kept.name}: {words}")
    return document


def _add_version(document: Document, number: int, by: Actor, at: datetime, words: str) -> None:
    db.session.add(
        DocumentVersion(
            document_id=document.id,
            person_id=document.person_id,
            number=number,
            file_id=files.put(_paper(document.kind, words), FileForm.PDF).id,
            name=f"{document.kind}-{number}.pdf",
            uploaded_at=at,
            uploaded_by_id=by.account_id,
        )
    )


def _paper(kind: DocumentKind, words: str) -> bytes:
    """A page of a made-up person."""
    title = {_CV: "CV", _LETTER: "Työhakemus", _PROFILE: "Profiili"}[kind]
    return build(
        Paper(
            title=title,
            author="Demo",
            language="fi",
            story=(*blocks.title(title), *blocks.text(words)),
            running=(title, ""),
            foot="Demo: keksitty henkilö",
            number_page=lambda page, pages: f"{page} / {pages}",
        )
    )


def _comment(document: Document, actors: Mapping[str, Actor], moments: list[datetime]) -> None:
    for at, (name, body) in zip(moments[1:], COMMENTS, strict=False):
        if name in actors:
            db.session.add(
                DocumentComment(
                    document_id=document.id,
                    person_id=document.person_id,
                    writer_id=actors[name].account_id,
                    body=body,
                    written_at=at,
                )
            )


def _aim(enrolment: Enrolment, by: Actor, at: datetime) -> None:
    """A letter for the newest of her open leads, where she has one."""
    for lead in list_open_leads(enrolment.person_id)[:1]:
        letter = Document(
            person_id=enrolment.person_id,
            enrolment_id=enrolment.id,
            lead_id=lead.id,
            kind=_LETTER,
            state=_DRAFT,
            state_at=at,
        )
        db.session.add(letter)
        db.session.flush()
        _add_version(letter, 1, by, at, f"{lead.role_title}, {lead.employer}")
