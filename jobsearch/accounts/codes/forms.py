"""Forms of one-time codes."""

from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import Length

from jobsearch.web.fields import Required
from jobsearch.web.forms import Form


def _digits(value: str | None) -> str:
    return "".join((value or "").replace("-", "").split())


class AskCodeForm(Form):
    """Participants and municipal coaches: where the code is sent, in any spelling."""

    address = StringField(
        _l("Phone number or e-mail"),
        description=_l("For example 040 123 4567 or name@example.org."),
        validators=[
            Required(_l("Enter your phone number or your e-mail address.")),
            Length(max=254),
        ],
    )


class CodeForm(Form):
    """The code that was sent."""

    code = StringField(
        _l("Code, 6 digits"),
        validators=[Required(_l("Enter the code.")), Length(max=12)],
        filters=[_digits],
    )


class ButtonForm(Form):
    """A button and nothing else; a rule that is broken stands on top."""
