"""Files of every kind for the tests of documents, good and hostile, and documents of Pia's."""

import io
import zipfile

from PIL import Image

from jobsearch.coaching.documents.rules import DocumentKind
from jobsearch.coaching.documents.service import add_version, begin_document, write_comment
from jobsearch.coaching.strategies.rules import StrategyText
from jobsearch.coaching.strategies.service import write_strategy
from jobsearch.core.db import db
from jobsearch.tracker.leads.models import Lead
from jobsearch.tracker.leads.rules import LeadSource, LeadStage
from jobsearch.tracker.models import Employer
from tests.world import NOW, TODAY, World

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_TYPES = f'<Types><Override PartName="/word/document.xml" ContentType="{_WORD}"/></Types>'
_ODT = "application/vnd.oasis.opendocument.text"


def packed(parts: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive of parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def a_pdf(words: str = "CV") -> bytes:
    """The frame of a PDF."""
    body = f"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n% {words}\n"
    return f"{body}trailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n".encode()


def a_docx(**more: str | bytes) -> bytes:
    """A DOCX, with further parts."""
    extra = {name.replace("__", "/"): content for name, content in more.items()}
    return packed({"[Content_Types].xml": _TYPES, "word/document.xml": "<w/>", **extra})


def an_odt(**more: str | bytes) -> bytes:
    """An ODT, with further parts."""
    extra = {name.replace("__", "/"): content for name, content in more.items()}
    return packed({"mimetype": _ODT, "content.xml": "<x/>", **extra}, zipfile.ZIP_STORED)


def a_picture(form: str = "PNG", size: tuple[int, int] = (40, 30)) -> bytes:
    """A picture of one colour."""
    out = io.BytesIO()
    Image.new("RGB", size, (200, 30, 90)).save(out, form)
    return out.getvalue()


GOOD = {
    "cv.pdf": (a_pdf(), "application/pdf"),
    "cv.docx": (
        a_docx(),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    "cv.odt": (an_odt(), _ODT),
    "cv.png": (a_picture(), "image/png"),
    "cv.jpg": (a_picture("JPEG"), "image/jpeg"),
}


def add_lead(world: World, name: str = "pia", employer: str = "Rannikon Leipomo") -> str:
    """An open lead of one of the cast; returns its key."""
    person_id = getattr(world, name).person_id
    shop = Employer(person_id=person_id, name=employer)
    db.session.add(shop)
    db.session.flush()
    lead = Lead(
        person_id=person_id,
        enrolment_id=world.a.enrolment_ids[name],
        cohort_id=world.a.cohort_ids[0 if name == "pia" else 1],
        employer_id=shop.id,
        role_title="Baker",
        source=LeadSource.ADVERT,
        stage=LeadStage.FOUND,
        stage_on=TODAY,
        added_at=NOW,
    )
    db.session.add(lead)
    db.session.flush()
    return lead.id


def furnish_documents(world: World, words: str) -> dict[str, str]:
    """A strategy of Pia's and a CV with a file and a comment; returns their keys."""
    pia = world.pia
    write_strategy(pia.actor, pia.person_id, 0, StrategyText(goal=words, targets=words))
    document = begin_document(pia.actor, pia.person_id, DocumentKind.CV)
    version = add_version(pia.actor, document.id, a_pdf(words), f"{words}.pdf")
    write_comment(pia.actor, document.id, words)
    return {"document_id": document.id, "version_id": version.id}
