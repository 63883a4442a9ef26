"""The form for a municipal coach's link."""

from flask_babel import lazy_gettext as _l
from wtforms import EmailField, SelectField, StringField
from wtforms.validators import Email, Length

from jobsearch.recruitment.forms import LANGUAGES
from jobsearch.web.fields import Required
from jobsearch.web.forms import Form


class CoachForm(Form):
    """Who introduces candidates."""

    name = StringField(
        _l("First and last name"), validators=[Required(_l("Enter the name.")), Length(max=120)]
    )
    email = EmailField(
        _l("E-mail"),
        description=_l("The link is sent here. Nobody else gets it."),
        validators=[
            Required(_l("Enter the e-mail address.")),
            Length(max=254),
            Email(_l("Enter an e-mail address, for example name@example.org.")),
        ],
    )
    municipality = StringField(_l("Municipality"), validators=[Length(max=60)])
    language = SelectField(_l("Language"), choices=LANGUAGES, default="fi")
