"""Forms of expectations: the self-check, of which nothing is kept, and the provider's words."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Length

from jobsearch.core.text import LANGUAGES, Words
from jobsearch.recruitment.expectations.rules import LONGEST_WORDS, QUESTIONS, Question, Reply
from jobsearch.web.forms import Form

_REPLIES = [
    SelectChoice(Reply.YES, _l("Yes")),
    SelectChoice(Reply.UNSURE, _l("Not sure")),
    SelectChoice(Reply.NO, _l("No")),
]


def _ask(question: Question) -> RadioField:
    return RadioField(_l(QUESTIONS[question]), choices=_REPLIES, validate_choice=False)


class SelfCheckForm(Form):
    """Six questions, one minute; the replies are read once and kept nowhere."""

    days = _ask(Question.DAYS)
    phone = _ask(Question.PHONE)
    computer = _ask(Question.COMPUTER)
    contact = _ask(Question.CONTACT)
    group = _ask(Question.GROUP)
    benefit = _ask(Question.BENEFIT)

    def replies(self) -> dict[Question, Reply]:
        """The replies given."""
        known = set(Reply)
        given = {question: self._fields[question].data for question in Question}
        return {question: Reply(text) for question, text in given.items() if text in known}


class WordsForm(Form):
    """What the provider says of the programme in each language."""

    words_fi = TextAreaField(_l("In Finnish"), validators=[Length(max=LONGEST_WORDS)])
    words_sv = TextAreaField(_l("In Swedish"), validators=[Length(max=LONGEST_WORDS)])
    words_en = TextAreaField(_l("In English"), validators=[Length(max=LONGEST_WORDS)])

    def words(self) -> Words:
        """The words as typed."""
        return Words.of({code: self._fields[f"words_{code}"].data or "" for code in LANGUAGES})
