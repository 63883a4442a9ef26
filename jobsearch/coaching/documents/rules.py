"""Kinds, states and names of a person's documents, and which files they may be."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from jobsearch.core.errors import RuleBroken
from jobsearch.core.text import clean
from jobsearch.core.text import mark as N_

MOST_BYTES = 10 * 1024**2
MOST_TOGETHER = 60 * 1024**2
"""All files of one person; so everything that she takes home fits into one answer."""
MOST_FILES = 200
MOST_VERSIONS = 50
MOST_NAME = 120
MOST_COMMENT = 2000
READY_BY_DAY = 4
"""The programme day by which CV, letter and profile are meant to be ready (mission)."""


class DocumentKind(StrEnum):
    """What a document of job search is."""

    CV = "cv"
    LETTER = "letter"
    PROFILE = "profile"


KIND_NAMES: dict[DocumentKind, str] = {
    DocumentKind.CV: N_("CV"),
    DocumentKind.LETTER: N_("Letter of application"),
    DocumentKind.PROFILE: N_("Profile"),
}
KIND_NOTES: dict[DocumentKind, str] = {
    DocumentKind.CV: N_("What you have done and what you can do, on one or two pages."),
    DocumentKind.LETTER: N_("Why you, and why this work: half a page that you can change."),
    DocumentKind.PROFILE: N_("A few sentences about you for Job Market Finland or LinkedIn."),
}


class DocumentState(StrEnum):
    """How far a document is."""

    NOT_STARTED = "not_started"
    DRAFT = "draft"
    READY = "ready"


STATE_NAMES: dict[DocumentState, str] = {
    DocumentState.NOT_STARTED: N_("Not started"),
    DocumentState.DRAFT: N_("Draft"),
    DocumentState.READY: N_("Ready"),
}


class FileForm(StrEnum):
    """The forms of files that a document may have, each by its media type."""

    PDF = "application/pdf"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    ODT = "application/vnd.oasis.opendocument.text"
    JPEG = "image/jpeg"
    PNG = "image/png"


ENDINGS: dict[FileForm, str] = {
    FileForm.PDF: ".pdf",
    FileForm.DOCX: ".docx",
    FileForm.ODT: ".odt",
    FileForm.JPEG: ".jpg",
    FileForm.PNG: ".png",
}
_FORBIDDEN = re.compile(r'[<>:"|?*\x00-\x1f\x7f/\\]+')
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)


def safe_name(name: str, form: FileForm, otherwise: str) -> str:
    """A file's name as it may be saved anywhere: without folders and signs that mean something.

    Its ending is that of what the file is, whatever it was called; `otherwise` is the name of a
    file that has none.
    """
    ending = ENDINGS[form]
    last = re.split(r"[/\\]", clean(name).replace("\n", " "))[-1]
    endings = (ending, ".jpeg") if form is FileForm.JPEG else (ending,)
    known = next((one for one in endings if last.lower().endswith(one)), "")
    stem = last[: len(last) - len(known)] if known else last.rpartition(".")[0] or last
    stem = re.sub(r"\s+", " ", _FORBIDDEN.sub("_", stem)).strip(" ._")
    if _RESERVED.fullmatch(stem):
        stem = f"_{stem}"
    return (stem or otherwise)[: MOST_NAME - len(ending)].rstrip(" .") + ending


@dataclass(frozen=True, slots=True)
class Held:
    """What there is already: bytes and files of the person, versions of the document."""

    size_bytes: int
    files: int
    versions: int


def check_room(held: Held, new_bytes: int) -> None:
    """Whether one more version fits. Raises RuleBroken on `file`."""
    if held.versions >= MOST_VERSIONS:
        raise RuleBroken(
            N_("A document has at most %(most)d versions."), field="file", most=MOST_VERSIONS
        )
    if held.files >= MOST_FILES:
        raise RuleBroken(
            N_("There are at most %(most)d files. Take an old version away first."),
            field="file",
            most=MOST_FILES,
        )
    if held.size_bytes + new_bytes > MOST_TOGETHER:
        raise RuleBroken(
            N_("All files together may be %(most)d MB. Take an old version away first."),
            field="file",
            most=MOST_TOGETHER // 1024**2,
        )


def check_comment(body: str) -> None:
    """A comment says something, and not too much. Raises RuleBroken on `body`."""
    if not body:
        raise RuleBroken(N_("Write something first."), field="body")
    if len(body) > MOST_COMMENT:
        raise RuleBroken(
            N_("At most %(most)d characters fit here."), field="body", most=MOST_COMMENT
        )


def how_many_ready(states: Collection[DocumentState]) -> int:
    """How many of these documents are ready."""
    return sum(state is DocumentState.READY for state in states)
