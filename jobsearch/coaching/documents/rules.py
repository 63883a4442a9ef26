"""Kinds and states of a person's documents."""

from enum import StrEnum

from jobsearch.core.text import mark as N_


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
READY_BY_DAY = 4
"""The programme day by which CV, letter and profile are meant to be ready (mission)."""
