"""Forms of own figures."""

from contextlib import suppress
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Length, ValidationError

from jobsearch.core.periods import Span
from jobsearch.rates.own.rules import Figure, unit_of
from jobsearch.rates.rules import CONFIDENCE_WORDS, RATE_NAMES, Confidence, RateKey, Unit
from jobsearch.web.fields import DateField, HundredthsField, Required
from jobsearch.web.forms import Form

_AT_MOST_200 = Length(max=200, message=_l("At most 200 characters."))
_SIGNS = {Unit.PCT: "%", Unit.EUR: "€"}


class FigureForm(Form):
    """One dated figure with its source."""

    key = SelectField(_l("Which figure"))
    value = HundredthsField(
        _l("Value"),
        description=_l("Per cent or euros, as the figure is: for example 7,30."),
        validators=[Required(_l("Enter the value."))],
    )
    valid_from = DateField(_l("From"), validators=[Required(_l("Enter the first day."))])
    valid_to = DateField(
        _l("Until"), description=_l("Left empty: until another figure takes its place.")
    )
    source = StringField(
        _l("Source"),
        description=_l("Where the figure stands, so that another person can look it up."),
        validators=[Required(_l("Enter the source.")), _AT_MOST_200],
    )
    confidence = SelectField(
        _l("How well known"),
        choices=[SelectChoice(grade.value, _l(words)) for grade, words in CONFIDENCE_WORDS.items()],
    )

    def validate_valid_to(self, field: Any) -> None:
        """Raises ValidationError for days in the wrong order."""
        first: Any = self.valid_from.data
        if first is not None and field.data is not None and field.data < first:
            raise ValidationError(_("The last day is before the first one."))

    def offer(self) -> "FigureForm":
        """The figures to choose from, each with its unit."""
        self.key.choices = [
            SelectChoice(key.value, f"{_(name)} ({_SIGNS[unit_of(key)]})")
            for key, name in RATE_NAMES.items()
        ]
        return self

    def begin_on(self, day: str) -> None:
        """The first day, as an address names it; what is no day is left out."""
        with suppress(ValueError):
            self.valid_from.process_formdata([day])

    def figure(self) -> Figure | None:
        """The figure as it is written; None while something is missing."""
        first: Any = self.valid_from.data
        last: Any = self.valid_to.data
        value: Any = self.value.data
        if first is None or value is None or self.key.data not in list(RateKey):
            return None
        return Figure(
            RateKey(self.key.data),
            value,
            Span(first, last),
            self.source.data or "",
            Confidence(self.confidence.data),
        )


class DecideForm(Form):
    """A decision about a figure, by somebody who has seen this version of it."""

    version = HiddenField()
    words = StringField(_l("Why not"), validators=[_AT_MOST_200])

    def seen(self) -> int:
        """The version that the person saw; 0 for what is no number."""
        text = self.version.data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
