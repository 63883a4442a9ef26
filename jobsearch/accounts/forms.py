"""Forms of signing in."""

from flask_babel import lazy_gettext as _l
from wtforms import EmailField, PasswordField
from wtforms.validators import Length

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


class FirstPasswordForm(Form):
    """A first password, behind a one-time link."""

    password = PasswordField(
        _l("Password"),
        description=_l("At least 15 characters; several words are fine."),
        validators=[Required(_l("Enter your password.")), Length(max=300)],
    )
