"""Forms of interviews: when and where one is, and how it went."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length, Optional

from jobsearch.tracker.interviews.rules import (
    MOST_LEARNED,
    MOST_PLACE,
    USUAL_MINUTES,
    WAY_NAMES,
    WENT_NAMES,
    InterviewWay,
    Went,
)
from jobsearch.web.fields import ClockField, DateField, IntegerField, Required
from jobsearch.web.forms import Form

_ANOTHER = ""


class InterviewForm(Form):
    """When and where an interview is, and with whom."""

    version = HiddenField()
    lead = HiddenField()
    is_logged = BooleanField()
    employer_id = RadioField(_l("Employer"), validators=[Optional()], validate_choice=False)
    employer_name = StringField(
        _l("Another employer"),
        description=_l("For example Rannikon Leipomo"),
        validators=[Length(max=120, message=_l("At most 120 characters."))],
    )
    on = DateField(_l("Day"), validators=[Required(_l("Enter the day like this: 24.11.2026."))])
    at = ClockField(
        _l("At what time?"),
        description=_l("For example 10.15."),
        validators=[Required(_l("Enter a time, for example 9.00."))],
    )
    minutes = IntegerField(
        _l("How many minutes?"),
        default=USUAL_MINUTES,  # type: ignore[arg-type]
        validators=[Required(_l("Enter a whole number, for example 3."))],
    )
    way = RadioField(
        _l("How is it held?"),
        choices=[SelectChoice(way.value, _l(name)) for way, name in WAY_NAMES.items()],
        validators=[InputRequired(_l("Choose how it is held."))],
    )
    place = StringField(
        _l("Place or link"),
        description=_l("An address, a link, or whose number calls."),
        validators=[Length(max=MOST_PLACE, message=_l("At most 200 characters."))],
    )

    def seen(self) -> int | None:
        """The version of the interview that the person saw."""
        text = self.version.data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else None

    def offer(self, employers: Sequence[Any], logged: str = "") -> "InterviewForm":
        """Put the known employers (id, name) on the form, and what was logged already, if any."""
        known = [(employer.id, employer.name) for employer in employers]
        self.employer_id.choices = [*known, (_ANOTHER, _("Another"))]
        if self.employer_id.data not in dict(known):
            self.employer_id.data = _ANOTHER
        if not known:
            self.employer_name.label.text = _("Employer")
        if logged:
            self.is_logged.label.text = _("It is logged already: %(action)s", action=logged)
        else:
            del self.is_logged
        return self

    def when(self) -> tuple[Any, Any, Any, InterviewWay, str]:
        """Day, minute of the day, length, way and place."""
        return (
            self.on.data,
            self.at.data,
            self.minutes.data,
            InterviewWay(self.way.data),
            self.place.data or "",
        )

    def employer(self) -> dict[str, str | None]:
        """The employer that was picked or typed, as the use cases take it."""
        return {
            "employer_id": self.employer_id.data or None,
            "employer_name": self.employer_name.data or None,
        }


class ToldForm(Form):
    """How an interview went."""

    went = RadioField(
        _l("How did it go?"),
        choices=[SelectChoice(went.value, _l(name)) for went, name in WENT_NAMES.items()],
        validators=[InputRequired(_l("Choose how it went."))],
    )
    learned = TextAreaField(
        _l("What did you learn for the next one?"),
        description=_l(
            "Only the job seeker and the coach read this. Leave out everything about health."
        ),
        validators=[Length(max=MOST_LEARNED, message=_l("At most 1000 characters."))],
    )

    def wanted(self) -> tuple[Went, str]:
        """How it went, and what was learned."""
        return Went(self.went.data), self.learned.data or ""
