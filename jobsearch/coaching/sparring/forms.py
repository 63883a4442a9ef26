"""Forms of sparring."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length

from jobsearch.coaching.sparring.rules import READER_NAMES, Reader
from jobsearch.web.fields import ClockField, DateField, IntegerField, Required
from jobsearch.web.forms import Form


class OfferForm(Form):
    """Times of one day, end to end."""

    on = DateField(
        _l("Day"),
        description=_l("For example 26.11.2026."),
        validators=[Required(_l("Enter the day."))],
    )
    first = ClockField(_l("From"), validators=[Required(_l("Enter when the first talk begins."))])
    until = ClockField(_l("Until"), validators=[Required(_l("Enter when the last talk ends."))])
    minutes = IntegerField(
        _l("Minutes for one talk"),
        default="30",
        validators=[Required(_l("Enter how long one talk is."))],
    )

    def wanted(self: Any) -> tuple[Any, int, int, int]:
        """Day, first and last minute, and length."""
        return self.on.data, self.first.data, self.until.data, self.minutes.data


class NoteForm(Form):
    """A note, and who reads it; the choice is made each time."""

    reader = RadioField(
        _l("Who reads it?"),
        choices=[SelectChoice(reader.value, _l(name)) for reader, name in READER_NAMES.items()],
        validators=[InputRequired(_l("Choose who reads the note."))],
    )
    body = TextAreaField(
        _l("Note"),
        description=_l("Nothing about health. The person can ask to see what is written of her."),
        validators=[Required(_l("Write something first.")), Length(max=4000)],
    )

    def wanted(self) -> tuple[Reader, str]:
        """Reader and text."""
        return Reader(self.reader.data), self.body.data or ""


class StepForm(Form):
    """What she does next."""

    text = StringField(
        _l("What does she do next?"),
        description=_l("For example: call Satakunnan Huolto on Thursday."),
        validators=[Required(_l("Say what she does next.")), Length(max=200)],
    )
    due_on = DateField(_l("By when"))
