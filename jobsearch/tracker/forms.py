"""Forms of logging: what was done, where, on which day."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Length, Optional, ValidationError

from jobsearch.core.clock import local, now, today
from jobsearch.core.errors import RuleBroken
from jobsearch.tracker.rules import (
    ACTIVITIES,
    CHANNEL_NAMES,
    LOOKS,
    REACHED_NAMES,
    REPLY_NAMES,
    Activity,
    Channel,
    LoggedBefore,
    Reached,
    Reply,
    tapped_on,
)
from jobsearch.web.fields import DateField, Required
from jobsearch.web.forms import Form
from jobsearch.web.words import say_rule

_ANOTHER = ""
_Kind = TypeVar("_Kind", bound=StrEnum)


def _one_of(kinds: type[_Kind], text: Any) -> _Kind | None:
    return kinds(text) if text in list(kinds) else None


def _named(none: Any, names: Any) -> list[Any]:
    return [SelectChoice("", none), *(SelectChoice(k.value, _l(name)) for k, name in names.items())]


def day_of_tap(waited: str, zone: str) -> date | None:
    """The day of a tap that waited so many seconds for the network; None for one that did not."""
    if not (waited.isascii() and waited.isdigit() and len(waited) < 8):
        return None
    return tapped_on(local(now(), zone), int(waited))


class _OneOfTheFour:
    field_flags = {"required": True}

    def __call__(self, _form: object, field: Any) -> None:
        """Raises ValidationError for what is none of the four activities."""
        if field.data not in list(Activity):
            raise ValidationError(_("Choose what you did."))


class ActionForm(Form):
    """One action with its details; `asks` is the question whether it was logged before."""

    asks: str = ""

    version = HiddenField()
    lead_id = HiddenField()
    again = HiddenField()
    activity = RadioField(
        _l("What did you do?"), validators=[_OneOfTheFour()], validate_choice=False
    )
    employer_id = RadioField(_l("Employer"), validators=[Optional()], validate_choice=False)
    employer_name = StringField(
        _l("Another employer"),
        description=_l("For example Rannikon Leipomo"),
        validators=[Length(max=120, message=_l("At most 120 characters."))],
    )
    on = DateField(
        _l("Day"),
        default=today,  # type: ignore[arg-type]
        validators=[Required(_l("Enter the day like this: 24.11.2026."))],
    )
    role_title = StringField(
        _l("Job or task"), validators=[Length(max=120, message=_l("At most 120 characters."))]
    )
    channel = RadioField(
        _l("How?"), choices=_named(_l("Not said"), CHANNEL_NAMES), validate_choice=False
    )
    reached = RadioField(
        _l("Was the one who decides about hiring reached?"),
        choices=_named(_l("Not said"), REACHED_NAMES),
        description=_l("Only of an employer contact."),
        validate_choice=False,
    )
    reply = RadioField(
        _l("What did they answer?"),
        choices=_named(_l("No answer yet"), REPLY_NAMES),
        validate_choice=False,
    )
    replied_on = DateField(
        _l("When did they answer?"),
        description=_l("Nothing written means today."),
        validators=[Optional()],
    )
    private = BooleanField(
        _l("Keep it from the group"),
        description=_l("The group sees that it was done, neither the employer nor the job."),
    )
    note = TextAreaField(
        _l("Note"),
        description=_l(
            "Your group sees the employer and the job. "
            "The note is seen only by the job seeker and the coach."
        ),
        validators=[Length(max=1000, message=_l("At most 1000 characters."))],
    )

    def seen(self) -> int | None:
        """The version of the action that the person saw."""
        text = self.version.data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else None

    @property
    def is_told(self) -> bool:
        """Whether one of the details is filled in, or cannot be so: they are not folded away."""
        told = (self.role_title, self.channel, self.reached, self.reply, self.private, self.note)
        return any(field.data for field in told) or any(
            field.errors for field in (*told, self.on, self.replied_on)
        )

    def refuse(self, broken: RuleBroken) -> None:
        """Ask about what was logged before; it is no error."""
        if isinstance(broken, LoggedBefore):
            self.asks = say_rule(broken)
        else:
            super().refuse(broken)

    def offer(self, employers: Sequence[Any], *, own: bool = True) -> "ActionForm":
        """Put the words of the four activities and the known employers (id, name) on the form."""
        self.activity.choices = [
            (a.value, _(LOOKS[a].deed if own else LOOKS[a].name)) for a in ACTIVITIES
        ]
        known = [(employer.id, employer.name) for employer in employers]
        self.employer_id.choices = [*known, (_ANOTHER, _("Another or none"))]
        if self.employer_id.data not in dict(known):
            self.employer_id.data = _ANOTHER
        if not known:
            self.employer_name.label.text = _("Employer")
        for field in (self.channel, self.reached, self.reply):
            field.data = field.data or ""
        return self

    def details(self) -> dict[str, Any]:
        """What was written, as the use cases take it."""
        return {
            "activity": _one_of(Activity, self.activity.data),
            "on": self.on.data,
            "employer_id": self.employer_id.data or None,
            "employer_name": self.employer_name.data or None,
            "role_title": self.role_title.data or None,
            "note": self.note.data or None,
            "channel": _one_of(Channel, self.channel.data),
            "reached": _one_of(Reached, self.reached.data),
            "reply": _one_of(Reply, self.reply.data),
            "replied_on": self.replied_on.data,
            "private": bool(self.private.data),
            "lead_id": self.lead_id.data or None,
            "again": bool(self.again.data),
        }
