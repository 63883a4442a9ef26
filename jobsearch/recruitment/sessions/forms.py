"""Forms of info sessions: planning one, inviting people to it, booking for somebody."""

from collections.abc import Iterable
from datetime import datetime, time
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, SelectMultipleField, StringField, TextAreaField, URLField, widgets
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import URL, Length, Optional

from jobsearch.core.periods import minute_of
from jobsearch.recruitment.rules import SessionForm
from jobsearch.recruitment.sessions.rules import Mode, SessionPlan
from jobsearch.web.fields import ClockField, DateField, IntegerField, PhoneField, Required
from jobsearch.web.forms import Form

LANGUAGE_CHOICES = [
    SelectChoice("fi", _l("Finnish")),
    SelectChoice("sv", _l("Swedish")),
    SelectChoice("en", _l("English")),
]


class PlanForm(Form):
    """An info session as it is planned."""

    session_form = SelectField(
        _l("Kind"),
        choices=[
            SelectChoice(SessionForm.GROUP, _l("For a group")),
            SelectChoice(SessionForm.ONE_TO_ONE, _l("One to one")),
        ],
        coerce=SessionForm,
        default=SessionForm.GROUP,
    )
    mode = SelectField(
        _l("How"),
        choices=[
            SelectChoice(Mode.ON_SITE, _l("On site")),
            SelectChoice(Mode.ONLINE, _l("Online")),
        ],
        coerce=Mode,
        default=Mode.ON_SITE,
    )
    language = SelectField(_l("Language"), choices=LANGUAGE_CHOICES, default="fi")
    on = DateField(
        _l("Day"),
        description=_l("For example 24.11.2026."),
        validators=[Required(_l("Enter the day."))],
    )
    at = ClockField(
        _l("Time"),
        description=_l("For example 9.00."),
        validators=[Required(_l("Enter the time."))],
    )
    minutes = IntegerField(
        _l("Length, minutes"), default="60", validators=[Required(_l("Enter the length."))]
    )
    capacity = IntegerField(
        _l("Places"),
        description=_l("One to one means one place."),
        default="10",
        validators=[Required(_l("Enter how many places there are."))],
    )
    host_id = SelectField(_l("Who receives people"))
    place = StringField(
        _l("Address or room"),
        description=_l("On site: where people come. It is shown to those who book."),
        validators=[Length(max=120)],
    )
    meeting_url = URLField(
        _l("Link to the meeting"),
        description=_l("Online: the link by which people join."),
        validators=[
            Optional(),
            Length(max=400),
            URL(message=_l("Enter a whole link that begins with https://.")),
        ],
    )
    meeting_phone = PhoneField(_l("Telephone number of the meeting"), validators=[Optional()])
    note = TextAreaField(
        _l("What to know beforehand"),
        description=_l("For example where to park. It is shown to those who book."),
        validators=[Length(max=300)],
    )

    def offer(self, coaches: Iterable[tuple[str, str]]) -> None:
        """Offer the provider's coaches."""
        named = [SelectChoice(key, name) for key, name in coaches]
        self.host_id.choices = [SelectChoice("", _l("Not chosen yet")), *named]

    def plan(self) -> SessionPlan | None:
        """The session as typed, or None while something is missing."""
        asked: Any = self.on.data, self.at.data, self.minutes.data, self.capacity.data
        kinds = self.session_form.data in set(SessionForm), self.mode.data in set(Mode)
        if None in asked or not all(kinds):
            return None
        on, at, minutes, capacity = asked
        phone: Any = self.meeting_phone.data
        return SessionPlan(
            form=SessionForm(self.session_form.data),
            mode=Mode(self.mode.data),
            language=self.language.data,
            on=on,
            at=time(*divmod(at, 60)),
            minutes=minutes,
            capacity=capacity,
            host_id=self.host_id.data or None,
            place=self.place.data or "",
            meeting_url=self.meeting_url.data or None,
            meeting_phone=phone,
            note=self.note.data or "",
        )


class NewForm(PlanForm):
    """A new info session or a series."""

    programme_id = SelectField(_l("Programme"))
    count = IntegerField(
        _l("How many"),
        description=_l("More than one makes a series on the same weekday."),
        default="1",
        validators=[Required(_l("Enter how many."))],
    )
    every_weeks = SelectField(
        _l("How often"),
        choices=[
            SelectChoice("1", _l("Every week")),
            SelectChoice("2", _l("Every second week")),
            SelectChoice("4", _l("Every fourth week")),
        ],
        default="1",
    )

    def weeks(self) -> int:
        """How many weeks lie between two sessions of a series."""
        chosen: Any = self.every_weeks.data
        return int(chosen) if chosen in ("1", "2", "4") else 1


class InviteForm(Form):
    """Whom to invite."""

    candidates = SelectMultipleField(
        _l("Who is invited"),
        widget=widgets.ListWidget(prefix_label=False),
        option_widget=widgets.CheckboxInput(),
        validate_choice=False,
    )


class BookForm(Form):
    """Book a place for somebody on the telephone."""

    candidate_id = SelectField(_l("Candidate"), validate_choice=False)

    def offer(self, candidates: Iterable[tuple[str, str]]) -> None:
        """Offer those who may book."""
        self.candidate_id.choices = [SelectChoice(key, name) for key, name in candidates]


def planned(session: Any, start: datetime) -> dict[str, Any]:
    """What stands in the form of a session that is changed; `start` is its time on the wall."""
    kept = ("session_form", "mode", "language", "minutes", "capacity", "place", "meeting_phone")
    return {name: getattr(session, name) for name in (*kept, "note", "meeting_url")} | {
        "on": start.date(),
        "at": minute_of(start),
        "host_id": session.host_id or "",
    }
