"""Forms of a person's own contract."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Length

from jobsearch.payroll.contracts.law.rules import TermKey
from jobsearch.web.fields import Required
from jobsearch.web.forms import Form


class CodeForm(Form):
    """The code that came to her phone or e-mail."""

    code = StringField(
        _l("Code"),
        description=_l("Six digits from the message."),
        validators=[Required(_l("Enter the code from the message.")), Length(max=12)],
    )


class SignOwnForm(CodeForm):
    """Her signature under the bytes that were shown."""

    seen = HiddenField()


class DeclineForm(Form):
    """Why she does not sign, if she wants to say it."""

    words = TextAreaField(
        _l("What should be different?"),
        description=_l("You need not say why."),
        validators=[Length(max=2000)],
    )


class QuestionForm(Form):
    """A question about a term, or about all of it."""

    about = SelectField(_l("About which point"), choices=[])
    question = TextAreaField(
        _l("Your question"), validators=[Required(_l("Write your question.")), Length(max=2000)]
    )

    def offer(self, everything: str, terms: Iterable[tuple[str, str]]) -> None:
        """The terms to ask about, each with its heading."""
        self.about.choices = [
            SelectChoice("", everything),
            *(SelectChoice(key, title) for key, title in terms),
        ]

    def key(self) -> TermKey | None:
        """The term that was chosen."""
        return TermKey(self.about.data) if self.about.data else None
