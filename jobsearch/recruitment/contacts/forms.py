"""Forms of contacts: one attempt with its details, or the result of a call by one click."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Length

from jobsearch.recruitment.contacts.rules import Attempt, ContactChannel, ContactResult
from jobsearch.recruitment.forms import KindField
from jobsearch.web.fields import DateField
from jobsearch.web.forms import Form

CONTACT_CHANNELS = [
    SelectChoice(ContactChannel.PHONE, _l("Phone call")),
    SelectChoice(ContactChannel.SMS, _l("Text message")),
    SelectChoice(ContactChannel.EMAIL, _l("E-mail")),
    SelectChoice(ContactChannel.MEETING, _l("Face to face")),
]
RESULTS = [
    SelectChoice(ContactResult.REACHED, _l("Reached")),
    SelectChoice(ContactResult.NO_ANSWER, _l("No answer")),
    SelectChoice(ContactResult.LEFT_MESSAGE, _l("Left a message")),
    SelectChoice(ContactResult.WRONG_NUMBER, _l("Wrong number")),
]


class CallForm(Form):
    """What came of a call; `version` is the candidate's as the page showed it."""

    result = KindField(choices=RESULTS, coerce=ContactResult)
    version = HiddenField()
    back = HiddenField()

    def seen(self) -> int | None:
        """The candidate's version as the page showed it."""
        text = str(self.version.data or "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


class ContactForm(CallForm):
    """One attempt with its details."""

    channel = KindField(_l("How"), choices=CONTACT_CHANNELS, coerce=ContactChannel)
    result = KindField(_l("Result"), choices=RESULTS, coerce=ContactResult)
    next_on = DateField(_l("Next call"), description=_l("Empty: she needs no call any more."))
    call_when = StringField(
        _l("When to call"),
        description=_l("For example: after three in the afternoon."),
        validators=[Length(max=120)],
    )

    def attempt_made(self) -> Attempt:
        """What is written down."""
        day: Any = self.next_on.data
        return Attempt(self.channel.data, self.result.data, day)
