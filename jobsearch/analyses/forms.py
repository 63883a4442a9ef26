"""Forms of the analysis: its sections, her choices and her decision."""

from collections.abc import Iterable
from typing import Any, Protocol

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length
from wtforms.widgets import HiddenInput

from jobsearch.analyses.rules import HINTS, TITLES, SectionKey
from jobsearch.analyses.sheet import Clash, Draft
from jobsearch.core.tokens import digest
from jobsearch.web.fields import IntegerField
from jobsearch.web.forms import Form

MINE, THEIRS = "mine", "theirs"


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

    For every section: `text_…`, `version_…`, `opened_…` (digest of what she opened) and, on the
    page where two texts meet, `keep_…`.
    """

    def part(self, name: str, key: SectionKey) -> Any:
        """One field of one section."""
        return self._fields[f"{name}_{key}"]

    def fill(self, sections: Iterable[Written]) -> "SectionsForm":
        """Lay the sections as they stand into the form; what was typed stays."""
        for section in sections:
            if not self.part("text", section.key).raw_data:
                self.part("text", section.key).data = section.text
                self._opened(section.key, section.text, section.version)
        return self

    def meet(self, clashes: Iterable[Clash]) -> "SectionsForm":
        """Lay what was typed beside what stands there now: it is saved over that, or not."""
        for clash in clashes:
            self.part("text", clash.key).data = clash.mine
            self.part("keep", clash.key).data = MINE
            self._opened(clash.key, clash.theirs, clash.version)
        return self

    def _opened(self, key: SectionKey, text: str, version: int) -> None:
        for name, value in (("version", version), ("opened", digest(text))):
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
            )
            for key in SectionKey
            if self.part("text", key).raw_data and self.part("keep", key).data != THEIRS
        ]


for _key in SectionKey:
    _text = TextAreaField(_l(TITLES[_key]), description=_l(HINTS[_key]))
    setattr(SectionsForm, f"text_{_key}", _text)
    setattr(SectionsForm, f"version_{_key}", IntegerField(widget=HiddenInput()))
    setattr(SectionsForm, f"opened_{_key}", HiddenField(validators=[Length(max=64)]))
    _choices = [
        SelectChoice(MINE, _l("Save my text")),
        SelectChoice(THEIRS, _l("Keep the other text")),
    ]
    _keep = RadioField(_l("Which text stays?"), choices=_choices, validate_choice=False)
    setattr(SectionsForm, f"keep_{_key}", _keep)


class MunicipalCoachForm(Form):
    """The address by which her municipal coach signs in."""

    email = StringField(
        _l("E-mail of the municipal coach"),
        validators=[InputRequired(_l("Enter the e-mail address.")), Length(max=254)],
    )


class DecisionForm(Form):
    """Her consent: for how many months, and the digest of the paper that lay before her."""

    months = IntegerField(widget=HiddenInput())
    seen = HiddenField(validators=[Length(max=64)])


class EmptyForm(Form):
    """A deed without values: only its token."""
