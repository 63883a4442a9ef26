"""Forms of one's own password and address."""

from flask_babel import lazy_gettext as _l
from wtforms import EmailField, PasswordField
from wtforms.validators import Email, Length

from jobsearch.web.fields import Required
from jobsearch.web.forms import Form

_HINT = _l("At least 15 characters; several words are fine.")


class ForgottenForm(Form):
    """Where the link goes."""

    email = EmailField(
        _l("E-mail"),
        validators=[
            Required(_l("Enter your e-mail address.")),
            Length(max=254),
            Email(_l("Enter an e-mail address, for example name@example.org.")),
        ],
    )


class NewPasswordForm(Form):
    """A password, behind a one-time link."""

    password = PasswordField(
        _l("Password"),
        description=_HINT,
        validators=[Required(_l("Enter your password.")), Length(max=300)],
    )


class ChangePasswordForm(Form):
    """Another password, by the old one."""

    old = PasswordField(
        _l("Old password"), validators=[Required(_l("Enter your password.")), Length(max=300)]
    )
    password = PasswordField(
        _l("New password"),
        description=_HINT,
        validators=[Required(_l("Enter your password.")), Length(max=300)],
    )


class EmailForm(Form):
    """Another address."""

    email = EmailField(
        _l("New e-mail address"),
        validators=[Required(_l("Enter your e-mail address.")), Length(max=254)],
    )


class ButtonForm(Form):
    """Nothing but the button: opening a link does nothing by itself."""
