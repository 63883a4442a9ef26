"""Form of a copy: the password that its person sets for it."""

from flask_babel import lazy_gettext as _l
from wtforms import PasswordField
from wtforms.validators import Length

from jobsearch.web.fields import Required
from jobsearch.web.forms import Form


class CopyForm(Form):
    """A password for one copy, typed twice; it is never shown again and never kept."""

    password = PasswordField(
        _l("Password for this copy"),
        description=_l("At least 10 characters. Only you know it: write it down for yourself."),
        validators=[Required(_l("Set a password for the copy.")), Length(max=300)],
    )
    again = PasswordField(
        _l("The same password again"),
        validators=[Required(_l("Type the password again.")), Length(max=300)],
    )
