"""Forms of requests: what is asked, a later day, the answer."""

from datetime import date

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, RadioField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired

from jobsearch.people.restrictions.rules import REASON_NAMES, RestrictionReason
from jobsearch.privacy.requests.rules import (
    AREA_NAMES,
    KIND_NAMES,
    MOST_LETTERS,
    Area,
    Asked,
    RequestKind,
    RequestState,
)
from jobsearch.web.fields import DateField, Required
from jobsearch.web.forms import Form

_DIGITS = 9


class RequestForm(Form):
    """What a person asks about her data."""

    kind = RadioField(
        _l("What do you want?"),
        choices=[
            SelectChoice(kind.value, _l(KIND_NAMES[kind]))
            for kind in RequestKind
            if kind is not RequestKind.COPY
        ],
        validators=[InputRequired(_l("Choose what you want."))],
    )
    area = SelectField(
        _l("What is it about?"),
        choices=[
            SelectChoice("", _l("Choose")),
            *(SelectChoice(area.value, _l(AREA_NAMES[area])) for area in Area),
        ],
        validators=[Required(_l("Choose what it is about."))],
    )
    reason = SelectField(
        _l("Why should it not be used for now?"),
        description=_l("Only when you want that something is kept and not used."),
        choices=[
            SelectChoice("", _l("Choose")),
            *(SelectChoice(reason.value, _l(name)) for reason, name in REASON_NAMES.items()),
        ],
        default="",
    )
    words = TextAreaField(
        _l("In your own words"),
        description=_l(
            "Say where it stands, and how it should be. Write nothing about anybody's health."
            " At most %(most)d characters.",
            most=MOST_LETTERS,
        ),
    )
    about_work = BooleanField(_l("It is about a workplace or a job, not about anybody's health."))

    def asked(self) -> Asked:
        """What is asked."""
        return Asked(
            RequestKind(self.kind.data),
            Area(self.area.data),
            self.words.data or "",
            RestrictionReason(self.reason.data) if self.reason.data else None,
            bool(self.about_work.data),
        )


class NotedRequestForm(RequestForm):
    """What a person asked on paper or by word, as a manager writes it down."""

    kind = RadioField(
        _l("What does the person want?"),
        choices=[SelectChoice(kind.value, _l(KIND_NAMES[kind])) for kind in RequestKind],
        validators=[InputRequired(_l("Choose what is asked."))],
    )


class EmptyForm(Form):
    """A deed without values: only its token."""


class _SeenForm(Form):
    """A deed of somebody who has seen this version of the request."""

    version = HiddenField()

    def seen(self) -> int:
        """The version that was on the page; 0 for what is no number."""
        text = self.version.data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < _DIGITS else 0


class StartForm(_SeenForm):
    """Somebody begins to look at it."""


class LaterForm(_SeenForm):
    """A later last day, and why."""

    due_on = DateField(
        _l("New last day"), validators=[Required(_l("Enter the day like this: 24.11.2026."))]
    )
    later_reason = TextAreaField(
        _l("Why does it take longer?"), validators=[Required(_l("Write something first."))]
    )

    def day(self) -> date | None:
        """The new last day."""
        day: date | None = self.due_on.data  # type: ignore[assignment]
        return day


class AnswerForm(_SeenForm):
    """The answer."""

    verdict = RadioField(
        _l("What is the answer?"),
        choices=[
            SelectChoice(RequestState.DONE.value, _l("It is done")),
            SelectChoice(RequestState.REFUSED.value, _l("It is refused, and I say why")),
        ],
        validators=[InputRequired(_l("Choose what the answer is."))],
    )
    answer = TextAreaField(
        _l("What has been done, or why it is refused"),
        description=_l(
            "In plain words: the person reads it. Under a refusal stands where she can complain."
        ),
        validators=[Required(_l("Write something first."))],
    )

    def wanted(self) -> RequestState:
        """Done or refused."""
        return RequestState(self.verdict.data)
