"""Forms of identity providers."""

from flask_babel import lazy_gettext as _l
from wtforms import EmailField, HiddenField
from wtforms.validators import Email, Length

from jobsearch.web.fields import Required
from jobsearch.web.forms import Form


class WorkEmailForm(Form):
    """Staff: whose organisation's sign-in it is, by the domain of a work address."""

    email = EmailField(
        _l("Work e-mail"),
        validators=[
            Required(_l("Enter your e-mail address.")),
            Length(max=254),
            Email(_l("Enter an e-mail address, for example name@example.org.")),
        ],
    )


class DoorForm(Form):
    """One of the providers that were offered."""

    provider_id = HiddenField()
    email = HiddenField(validators=[Length(max=254)])


class ReturnForm(Form):
    """What the browser brings back from the provider."""

    code = HiddenField(validators=[Length(max=4000)])
    state = HiddenField(validators=[Length(max=200)])
    iss = HiddenField(validators=[Length(max=300)])
