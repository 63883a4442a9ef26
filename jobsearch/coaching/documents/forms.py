"""Forms of documents."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField, RadioField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired

from jobsearch.coaching.documents.rules import (
    ENDINGS,
    KIND_NAMES,
    MOST_BYTES,
    STATE_NAMES,
    DocumentKind,
    DocumentState,
    FileForm,
)
from jobsearch.web.fields import Required
from jobsearch.web.forms import Form, sent_file

# a phone that is told so makes a JPG of its own photos by itself
ACCEPTED = ",".join([*ENDINGS.values(), ".jpeg", *(form.value for form in FileForm)])


class BeginForm(Form):
    """Which document; with a state, how far it is."""

    kind = RadioField(
        _l("Which document?"),
        choices=[SelectChoice(kind.value, _l(name)) for kind, name in KIND_NAMES.items()],
        validators=[InputRequired(_l("Choose which document."))],
    )
    state = HiddenField()

    def lead(self) -> str | None:
        """The lead that it is aimed at: none."""
        return None

    def wanted(self) -> tuple[DocumentKind, str | None, DocumentState | None]:
        """Kind, lead and state; a state that there is not is none."""
        state = self.state.data or ""
        known = DocumentState(state) if state in tuple(DocumentState) else None
        return DocumentKind(self.kind.data), self.lead(), known


class AimedForm(BeginForm):
    """A document for one of the open leads."""

    lead_id = SelectField(_l("For which lead?"), choices=[], validate_choice=False)

    def offer(self, leads: list[tuple[str, str]]) -> None:
        """Offer the open leads by their names."""
        self.lead_id.choices = [SelectChoice(key, name) for key, name in leads]

    def lead(self) -> str | None:
        """The lead that was chosen; none of them is a key that nobody has."""
        return str(self.lead_id.data or "-")


class StateForm(Form):
    """How far a document is; `listed` when it was said on the list."""

    state = RadioField(
        choices=[SelectChoice(state.value, _l(name)) for state, name in STATE_NAMES.items()],
        validators=[InputRequired()],
    )
    listed = HiddenField()

    def wanted(self) -> DocumentState:
        """The state."""
        return DocumentState(self.state.data)


class VersionForm(Form):
    """A new version."""

    file = FileField(
        _l("File"),
        description=_l("PDF, DOCX, ODT, JPG or PNG, at most %(most)d MB.", most=MOST_BYTES >> 20),
        validators=[FileRequired(_l("Choose a file first."))],
    )

    def content(self) -> tuple[bytes, str]:
        """The file's bytes and its name."""
        return sent_file(self.file, MOST_BYTES)


class CommentForm(Form):
    """What is said of a document."""

    body = TextAreaField(
        _l("Comment"),
        description=_l("Nothing about health."),
        validators=[Required(_l("Write something first."))],
    )
