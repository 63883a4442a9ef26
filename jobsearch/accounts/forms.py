"""Forms of signing in."""

from flask_babel import lazy_gettext as _l
from wtforms import EmailField, PasswordField, StringField
from wtforms.validators import Email, Length

from jobsearch.web.fields import Required
from jobsearch.web.forms import Form


class PasswordForm(Form):
    """Staff: address and password."""

    email = EmailField(
        _l("E-mail"), validators=[Required(_l("Enter your e-mail address.")), Length(max=254)]
    )
    password = PasswordField(
        _l("Password"), validators=[Required(_l("Enter your password.")), Length(max=300)]
    )


class AskCodeForm(Form):
    """Participants and municipal coaches: where the code is sent."""

    email = EmailField(
        _l("E-mail"),
        validators=[
            Required(_l("Enter your e-mail address.")),
            Length(max=254),
            Email(_l("Enter an e-mail address, for example name@example.org.")),
        ],
    )


class CodeForm(Form):
    """The code that was sent."""

    code = StringField(
        _l("Code, 6 digits"),
        validators=[Required(_l("Enter the code.")), Length(max=12)],
        filters=[lambda value: (value or "").replace(" ", "")],
    )


class FirstPasswordForm(Form):
    """A first password, behind a one-time link."""

    password = PasswordField(
        _l("Password"),
        description=_l("At least 15 characters; several words are fine."),
        validators=[Required(_l("Enter your password.")), Length(max=300)],
    )
