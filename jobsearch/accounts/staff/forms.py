"""Forms of staff's sign-in."""

from flask_babel import lazy_gettext as _l
from wtforms import EmailField, HiddenField, PasswordField, StringField
from wtforms.validators import Length

from jobsearch.web.fields import Required
from jobsearch.web.forms import Form


class PasswordForm(Form):
    """Address and password."""

    email = EmailField(
        _l("E-mail"), validators=[Required(_l("Enter your e-mail address.")), Length(max=254)]
    )
    password = PasswordField(
        _l("Password"), validators=[Required(_l("Enter your password.")), Length(max=300)]
    )


class FactorForm(Form):
    """The app's code, or one of the recovery codes."""

    code = StringField(
        _l("Code from your app, 6 digits"),
        description=_l("If you do not have your app: one of your recovery codes, 12 digits."),
        validators=[Required(_l("Enter the code.")), Length(max=30)],
    )


class AnswerForm(Form):
    """What the device has answered; a script fills it in."""

    answer = HiddenField(validators=[Required(_l("The passkey was not read. Try again."))])
