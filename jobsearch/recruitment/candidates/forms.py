"""Forms of a candidate's page: move, leave, return, and adding somebody who asked to come."""

from flask_babel import lazy_gettext as _l
from wtforms import EmailField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import Length

from jobsearch.recruitment.forms import EXITS, LANGUAGES, STAGES, KindField
from jobsearch.recruitment.referrals.rules import MOST_LETTERS
from jobsearch.recruitment.rules import MOST_WORDS, ExitReason, Stage
from jobsearch.web.fields import IdentityCodeField, PhoneField, Required
from jobsearch.web.forms import Form


class Seen(Form):
    """A form that knows which version of the candidate it was drawn from, and where to go back."""

    version = HiddenField()
    back = HiddenField()

    def seen(self) -> int | None:
        """The candidate's version as the page showed it."""
        text = str(self.version.data or "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


class MoveForm(Seen):
    """The stage that a candidate goes to."""

    stage = KindField(_l("Next stage"), choices=STAGES, coerce=Stage)


class LeaveForm(Seen):
    """The reason why a candidate leaves."""

    reason = KindField(_l("Reason"), choices=EXITS, coerce=ExitReason)
    words = StringField(
        _l("In a few words, if another reason"),
        description=_l("Nothing about health."),
        validators=[Length(max=MOST_WORDS)],
    )


class AddForm(Form):
    """Somebody who asked to come by herself: by phone, at an event, at the door."""

    programme_id = SelectField(_l("Programme"), validate_choice=False)
    name = StringField(
        _l("First and last name"), validators=[Required(_l("Enter the name.")), Length(max=150)]
    )
    phone = PhoneField(
        _l("Telephone"),
        validators=[Required(_l("Enter a phone number, for example 040 123 4567."))],
    )
    email = EmailField(_l("E-mail"), validators=[Length(max=254)])
    identity_code = IdentityCodeField(
        _l("Identity code"),
        description=_l(
            "Only if you have it: it shows whether the person is known. It is not kept."
        ),
    )
    municipality = StringField(_l("Municipality"), validators=[Length(max=60)])
    language = SelectField(_l("Language"), choices=LANGUAGES, default="fi")
    introduction = TextAreaField(
        _l("In short"),
        description=_l("Work, skills and wishes. Nothing about health."),
        validators=[Length(max=MOST_LETTERS)],
    )
    call_when = StringField(_l("When to call"), validators=[Length(max=120)])
