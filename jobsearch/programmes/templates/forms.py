"""Forms of templates: a day, a block, a link, a file, a copy."""

from datetime import date
from typing import Any, Self

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import HiddenField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Length

from jobsearch.core.text import LANGUAGES, Words
from jobsearch.programmes.rules import AIM_NAMES, KIND_NAMES, Aim, BlockKind, BlockPlan, DayPlan
from jobsearch.programmes.templates.rules import BlockDraft, DayDraft
from jobsearch.web.fields import ClockField, DateField, HoursField, IntegerField, Required
from jobsearch.web.forms import Form

_TITLE = Length(max=120)
_TEXT = Length(max=2000)


def _words(form: Any, name: str) -> Words:
    found = {code: form[f"{name}_{code}"].data or "" for code in LANGUAGES}
    return Words({code: text for code, text in found.items() if text})


class _Seen(Form):
    """A form that was filled in on a version of its template."""

    seen = HiddenField()

    def version(self) -> int:
        """That version; a bad one is none that there ever was."""
        typed = self.seen.data or ""
        return int(typed) if typed.isdecimal() and len(typed) < 9 else -1


class DayForm(_Seen):
    """A day's title in three languages, when it begins and how long it is paid."""

    title_fi = StringField(_l("Title in Finnish"), validators=[_TITLE])
    title_sv = StringField(_l("Title in Swedish"), validators=[_TITLE])
    title_en = StringField(_l("Title in English"), validators=[_TITLE])
    starts = ClockField(
        _l("Begins at"),
        description=_l("For example 9.00."),
        validators=[Required(_l("Enter when the day begins."))],
    )
    paid = HoursField(
        _l("Paid hours"),
        description=_l("For example 4,5."),
        validators=[Required(_l("Enter the paid hours."))],
    )

    @classmethod
    def of(cls, day: DayPlan, version: int) -> Self:
        """The form, filled in with a day as it stands."""
        form: Any = cls(formdata=None)
        for code in LANGUAGES:
            form[f"title_{code}"].data = day.title.get(code, "")
        form.starts.data, form.paid.data = day.starts_minute, day.paid_minutes
        form.seen.data = str(version)
        filled: Self = form
        return filled

    def draft(self) -> DayDraft:
        """The day as typed."""
        starts: Any = self.starts.data
        paid: Any = self.paid.data
        return DayDraft(_words(self, "title"), starts or 0, paid or 0)


class BlockForm(_Seen):
    """A block: what it is, how long, for what, and its words in three languages."""

    kind = SelectField(_l("Kind"), choices=[])
    minutes = IntegerField(
        _l("Minutes"), validators=[Required(_l("Enter how many minutes the block takes."))]
    )
    aim = SelectField(
        _l("Works on"),
        choices=[],
        description=_l("A day needs both: neither works alone (research)."),
    )
    title_fi = StringField(_l("Title in Finnish"), validators=[_TITLE])
    text_fi = TextAreaField(_l("What participants read, in Finnish"), validators=[_TEXT])
    title_sv = StringField(_l("Title in Swedish"), validators=[_TITLE])
    text_sv = TextAreaField(_l("What participants read, in Swedish"), validators=[_TEXT])
    title_en = StringField(_l("Title in English"), validators=[_TITLE])
    text_en = TextAreaField(_l("What participants read, in English"), validators=[_TEXT])
    notes = TextAreaField(
        _l("Notes for the coach"),
        description=_l("Participants do not see them."),
        validators=[_TEXT],
    )

    def offer(self) -> None:
        """Offer kinds and aims in the reader's language."""
        self.kind.choices = [SelectChoice(kind.value, _(name)) for kind, name in KIND_NAMES.items()]
        named = [SelectChoice(aim.value, _(name)) for aim, name in AIM_NAMES.items()]
        self.aim.choices = [SelectChoice("", _("Neither")), *named]

    def show(self: Any, block: BlockPlan, version: int) -> None:
        """Fill it in with a block as it stands."""
        self.kind.data, self.minutes.data = block.kind.value, block.minutes
        self.aim.data, self.notes.data = block.aim.value if block.aim else "", block.notes
        for code in LANGUAGES:
            title, _newline, text = block.text.get(code, "").partition("\n")
            self[f"title_{code}"].data, self[f"text_{code}"].data = title, text
        self.seen.data = str(version)

    def draft(self) -> BlockDraft:
        """The block as typed."""
        minutes: Any = self.minutes.data
        return BlockDraft(
            kind=BlockKind(self.kind.data),
            minutes=minutes or 0,
            titles=_words(self, "title"),
            texts=_words(self, "text"),
            aim=Aim(self.aim.data) if self.aim.data else None,
            notes=self.notes.data or "",
        )


class LinkForm(Form):
    """A link beside a block."""

    title = StringField(
        _l("What it is"), validators=[Required(_l("Say what the link is.")), _TITLE]
    )
    url = StringField(
        _l("Address"),
        description=_l("For example https://www.tyomarkkinatori.fi."),
        validators=[Required(_l("Enter the address.")), Length(max=400)],
    )


class FileForm(Form):
    """A PDF beside a block."""

    title = StringField(
        _l("What it is"), validators=[Required(_l("Say what the file is.")), _TITLE]
    )
    file = FileField(_l("PDF file"), validators=[Required(_l("Choose a PDF file."))])

    def content(self) -> bytes:
        """The bytes that were sent."""
        sent: Any = self.file.data
        content: bytes = sent.read() if sent else b""
        return content


class CopyForm(Form):
    """The name of a copy; the same name makes the next edition."""

    name = StringField(
        _l("Name of the copy"),
        description=_l("With the same name it is the next edition."),
        validators=[Required(_l("Enter a name for the copy.")), Length(max=80)],
    )


class PlaceForm(Form):
    """Where a further day stands."""

    week = SelectField(_l("Week"), choices=[SelectChoice(n, n) for n in ("1", "2", "3")])
    weekday = SelectField(_l("Weekday"), choices=[])

    def offer(self, names: list[str]) -> None:
        """Offer the weekdays by name."""
        self.weekday.choices = [SelectChoice(str(n), name) for n, name in enumerate(names)]


class HostJobForm(Form):
    """The dates of a wage-subsidised job, to find the places of the block inside it."""

    first = DateField(
        _l("The job begins"), validators=[Required(_l("Enter the first day of the job."))]
    )
    last = DateField(
        _l("The job ends"), validators=[Required(_l("Enter the last day of the job."))]
    )

    def span(self: Any) -> tuple[date, date]:
        """First and last day, once they are valid."""
        return self.first.data, self.last.data
