"""The form of one message's wording."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import Length

from jobsearch.notices.rules import Written
from jobsearch.web.forms import Form


class WordingForm(Form):
    """Subject and text of an e-mail, and the text message; lengths are the rules' to judge."""

    seen = HiddenField(validators=[Length(max=20)])
    subject = StringField(_l("Subject of the e-mail"))
    body = TextAreaField(_l("Text of the e-mail"))
    sms = TextAreaField(_l("Text message"))

    def show(self, words: Written, seen: str) -> "WordingForm":
        """Begin with these words."""
        self.subject.data, self.body.data, self.sms.data = words.subject, words.body, words.sms
        self.seen.data = seen
        return self

    def words(self) -> Written:
        """What was typed."""
        return Written(self.subject.data or "", self.body.data or "", self.sms.data or "")
