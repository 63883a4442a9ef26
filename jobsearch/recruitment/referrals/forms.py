"""The form by which a municipal coach introduces somebody."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, EmailField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Email, Length, Optional

from jobsearch.recruitment.forms import LANGUAGES
from jobsearch.recruitment.referrals.rules import MOST_LETTERS, STATEMENT
from jobsearch.web.fields import PhoneField, Required
from jobsearch.web.forms import Form


class ReferralForm(Form):
    """Two minutes on a phone: who, how to reach her, a few words, and the tick."""

    programme = SelectField(_l("Programme"), validate_choice=False)
    name = StringField(
        _l("Candidate's first and last name"),
        validators=[Required(_l("Enter the candidate's name.")), Length(max=150)],
    )
    phone = PhoneField(
        _l("Candidate's telephone"),
        validators=[Required(_l("Enter the candidate's phone number."))],
    )
    address = EmailField(
        _l("Candidate's e-mail"),
        validators=[
            Optional(),
            Length(max=254),
            Email(_l("Enter an e-mail address, for example name@example.org.")),
        ],
    )
    municipality = StringField(_l("Municipality"), validators=[Length(max=60)])
    language = SelectField(_l("Language"), choices=LANGUAGES, default="fi")
    introduction = TextAreaField(
        _l("In short"),
        description=_l("Work, skills and wishes. Nothing about health."),
        validators=[Length(max=MOST_LETTERS)],
    )
    call_when = StringField(
        _l("When to call"),
        description=_l("For example: after three in the afternoon."),
        validators=[Length(max=120)],
    )
    agreed = BooleanField(
        _l(STATEMENT),
        validators=[
            DataRequired(
                _l("Tick this when the candidate agrees. Without it nobody is introduced.")
            )
        ],
    )
