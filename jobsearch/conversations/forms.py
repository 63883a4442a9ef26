"""The form of a message."""

from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField

from jobsearch.conversations.rules import LONGEST
from jobsearch.web.fields import Required
from jobsearch.web.forms import Form


class MessageForm(Form):
    """One message; how long it may be is the rule's to say."""

    body = TextAreaField(
        _l("Your message"),
        validators=[Required(_l("Write your message first."))],
        render_kw={"maxlength": LONGEST},
    )


class DeedForm(Form):
    """A deed that needs no words: take back, mark as read."""
