"""Forms of the analysis: its sections, her choices and her decision."""

from collections.abc import Iterable
from typing import Any, Protocol

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length
from wtforms.widgets import HiddenInput

from jobsearch.analyses.drafts.rules import KeptDraft
from jobsearch.analyses.rules import HINTS, TITLES, SectionKey
from jobsearch.analyses.sheet import Clash, Draft
from jobsearch.core.tokens import digest, new_key
from jobsearch.web.fields import IntegerField
from jobsearch.web.forms import Form

MINE, THEIRS, BOTH = "mine", "theirs", "both"


class Written(Protocol):
    """A section as it stands."""

    @property
    def key(self) -> SectionKey:
        """Which one."""

    @property
    def text(self) -> str:
        """What it says."""

    @property
    def version(self) -> int:
        """How often it was written."""


class SectionsForm(Form):
    """Texts of sections, each with the version that the writer opened.

    For every section: `text_…`, `version_…`, `opened_…` (digest of what she opened), `page_…` (the
    mark under which her typing is kept) and, where two texts meet, `keep_…`. Beside saving, a
    button goes on with a draft (`on`: its section, a dot, its key), throws one away (`drop`) or
    fills a section again (`refill`).
    """

    at = HiddenField(validators=[Length(max=20)])
    on = HiddenField(validators=[Length(max=50)])
    drop = HiddenField(validators=[Length(max=50)])
    refill = HiddenField(validators=[Length(max=20)])

    def part(self, name: str, key: SectionKey) -> Any:
        """One field of one section."""
        return self._fields[f"{name}_{key}"]

    def fill(
        self, sections: Iterable[Written], gone_on: Iterable[KeptDraft] = ()
    ) -> "SectionsForm":
        """Lay the sections as they stand, or drafts that are gone on with; what was typed stays."""
        drafts = {draft.key: draft for draft in gone_on}
        for section in sections:
            if not self.part("text", section.key).raw_data:
                draft = drafts.get(section.key)
                self.part("text", section.key).data = draft.text if draft else section.text
                opened = (draft.version, draft.opened) if draft else _as_it_stands(section)
                self._opened(section.key, *opened, draft.page if draft else new_key())
        return self

    def meet(self, clashes: Iterable[Clash]) -> "SectionsForm":
        """Lay what was typed beside what stands there now: it is saved over that, or not."""
        for clash in clashes:
            self.part("text", clash.key).data = clash.mine
            self.part("keep", clash.key).data = BOTH
            self._opened(clash.key, clash.version, digest(clash.theirs), clash.page or new_key())
        return self

    def _opened(self, key: SectionKey, version: int, opened: str, page: str) -> None:
        for name, value in (("version", version), ("opened", opened), ("page", page)):
            field = self.part(name, key)
            field.raw_data, field.data = None, value

    def drafts(self) -> list[Draft]:
        """The sections that were sent."""
        return [
            Draft(
                key=key,
                text=self.part("text", key).data or "",
                version=self.part("version", key).data or 0,
                opened=self.part("opened", key).data or "",
                page=self.part("page", key).data or "",
                joins=self.part("keep", key).data == BOTH,
            )
            for key in SectionKey
            if self.part("text", key).raw_data and self.part("keep", key).data != THEIRS
        ]

    def given_up(self) -> list[str]:
        """The pages whose text its writer gave up for another's."""
        return [
            self.part("page", key).data
            for key in SectionKey
            if self.part("keep", key).data == THEIRS and self.part("page", key).data
        ]

    @property
    def place(self) -> str:
        """The section at whose button somebody was."""
        said = self.at.data or self.refill.data or self.on.data or self.drop.data or ""
        return str(said).partition(".")[0]

    def pages(self) -> set[str]:
        """The marks of what lies open on this page."""
        return {self.part("page", key).data for key in SectionKey} - {None, ""}


def _as_it_stands(section: Written) -> tuple[int, str]:
    return section.version, digest(section.text)


for _key in SectionKey:
    _text = TextAreaField(_l(TITLES[_key]), description=_l(HINTS[_key]))
    setattr(SectionsForm, f"text_{_key}", _text)
    setattr(SectionsForm, f"version_{_key}", IntegerField(widget=HiddenInput()))
    setattr(SectionsForm, f"opened_{_key}", HiddenField(validators=[Length(max=64)]))
    setattr(SectionsForm, f"page_{_key}", HiddenField(validators=[Length(max=20)]))
    _choices = [
        SelectChoice(BOTH, _l("Both: the other text first, then mine")),
        SelectChoice(MINE, _l("Save my text")),
        SelectChoice(THEIRS, _l("Keep the other text")),
    ]
    _keep = RadioField(_l("Which text stays?"), choices=_choices, validate_choice=False)
    setattr(SectionsForm, f"keep_{_key}", _keep)


class TypedForm(Form):
    """What stands in one section of an opened page while somebody types."""

    key = StringField(validators=[InputRequired()])
    text = TextAreaField()
    version = IntegerField()
    opened = StringField(validators=[Length(max=64)])
    page = StringField(validators=[Length(max=20)])


class LanguageForm(Form):
    """The language of the paper."""

    language = RadioField(
        _l("Language of the paper"),
        description=_l("The municipal coach reads it. It is written in one language all through."),
        choices=[
            SelectChoice("fi", "Suomi"),
            SelectChoice("sv", "Svenska"),
            SelectChoice("en", "English"),
        ],
    )


class TakeBackForm(Form):
    """An earlier text that is to stand there again, over the version that was looked at."""

    number = IntegerField(widget=HiddenInput())
    version = IntegerField(widget=HiddenInput())


class MunicipalCoachForm(Form):
    """The address by which her municipal coach signs in."""

    email = StringField(
        _l("E-mail of the municipal coach"),
        validators=[InputRequired(_l("Enter the e-mail address.")), Length(max=254)],
    )


class EmptyForm(Form):
    """A deed without values: only its token."""
