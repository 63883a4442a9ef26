"""The form of confirming; its fields have a prefix, for the form that waits travels beside it."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import Length

from jobsearch.web.forms import Form

PREFIX = "fresh-"


class ConfirmForm(Form):
    """One proof, by what the person has; and where she was going."""

    code = StringField(_l("Code from your app, 6 digits"), validators=[Length(max=30)])
    message_code = StringField(_l("Code, 6 digits"), validators=[Length(max=30)])
    password = PasswordField(_l("Password"), validators=[Length(max=300)])
    answer = HiddenField(validators=[Length(max=20000)])
    to = HiddenField(validators=[Length(max=2000)])
    waits = HiddenField(validators=[Length(max=3)])

    def __init__(self, **values: Any) -> None:
        super().__init__(prefix=PREFIX, **values)
