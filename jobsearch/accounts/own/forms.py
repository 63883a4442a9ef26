"""Forms of second factors."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, StringField
from wtforms.validators import Length

from jobsearch.web.fields import Required
from jobsearch.web.forms import Form


class AppCodeForm(Form):
    """The first code of the new app."""

    code = StringField(
        _l("Code from your app, 6 digits"),
        validators=[Required(_l("Enter the code.")), Length(max=12)],
    )


class PasskeyForm(Form):
    """A new passkey: what its owner calls it, and what the device has answered."""

    name = StringField(
        _l("Name of the passkey"),
        description=_l("So that you know it again, for example: my phone."),
        validators=[Required(_l("Give the passkey a name.")), Length(max=60)],
    )
    answer = HiddenField(validators=[Length(max=20000)])


class NameForm(Form):
    """Another name for a passkey."""

    name = StringField(
        _l("Name of the passkey"),
        validators=[Required(_l("Give the passkey a name.")), Length(max=60)],
    )
