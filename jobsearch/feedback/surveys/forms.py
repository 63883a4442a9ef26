"""Forms of surveys: a new one, a question in own text, and whom to send it to."""

import re

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Length
from wtforms.widgets import CheckboxInput, ListWidget

from jobsearch.core.errors import RuleBroken
from jobsearch.core.spellings import email_address
from jobsearch.core.text import LANGUAGES, Words
from jobsearch.core.text import mark as N_
from jobsearch.feedback.forms import AUDIENCES
from jobsearch.feedback.rules import AnswerForm, Audience, Plan, Question
from jobsearch.notices.rules import Recipient
from jobsearch.web.fields import DateField, LanguageField, Required
from jobsearch.web.forms import Form

QUESTIONS = [
    SelectChoice(Question.COACHING_CONTENT, _l("Coaching content")),
    SelectChoice(Question.ASSIGNMENTS, _l("Assignments")),
    SelectChoice(Question.INDIVIDUAL_SUPPORT, _l("Individual support")),
    SelectChoice(Question.OVERALL, _l("Overall")),
]
_MOST_ADDRESSES = 200


class SurveyForm(Form):
    """A new survey."""

    name = StringField(
        _l("Name of the survey"),
        description=_l("Those who answer do not see it."),
        validators=[Required(_l("Name the survey.")), Length(max=80)],
    )
    audience = RadioField(
        _l("Who is asked"), choices=AUDIENCES, default=Audience.PARTICIPANTS.value
    )
    cohort_id = SelectField(_l("Group"), validate_choice=False)
    closed_on = DateField(
        _l("Last day to answer"), validators=[Required(_l("Choose the last day to answer."))]
    )
    standard = SelectMultipleField(
        _l("Questions that are ready, on a scale from 1 to 5"),
        choices=QUESTIONS,
        default=[one.value for one in Question],
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )
    asks_for_words = BooleanField(
        _l("Ask for own words too"),
        description=_l("What was good, and what would you change?"),
        default=True,
    )

    def offer(self, cohorts: list[tuple[str, str]]) -> "SurveyForm":
        """The groups to choose from."""
        every = SelectChoice("", _("Every group"))
        self.cohort_id.choices = [every, *(SelectChoice(key, name) for key, name in cohorts)]
        return self

    def plan(self) -> Plan:
        """What was entered; for a form that has been validated."""
        return Plan(
            name=self.name.data or "",
            audience=Audience(self.audience.data),
            cohort_id=self.cohort_id.data or None,
            closed_on=self.closed_on.day,
            standard=[one for one in Question if one.value in (self.standard.data or ())],
            asks_for_words=bool(self.asks_for_words.data),
        )


class OwnQuestionForm(Form):
    """A question in own text, in one language or more."""

    kind = RadioField(
        _l("How it is answered"),
        choices=[
            SelectChoice(AnswerForm.SCALE, _l("On a scale from 1 to 5")),
            SelectChoice(AnswerForm.WORDS, _l("In own words")),
        ],
        default=AnswerForm.SCALE.value,
    )
    fi = StringField(_l("In Finnish"), validators=[Length(max=200)])
    sv = StringField(_l("In Swedish"), validators=[Length(max=200)])
    en = StringField(
        _l("In English"),
        description=_l("Where a language is left out, the Finnish text is shown."),
        validators=[Length(max=200)],
    )

    def text(self) -> Words:
        """The question in the languages in which it was written."""
        return Words({code: self[code].data for code in LANGUAGES if self[code].data})

    def wanted(self) -> AnswerForm:
        """How it is answered."""
        return AnswerForm(self.kind.data)


class SendForm(Form):
    """To send a survey; employers are entered here, as the house keeps no list of theirs."""

    version = HiddenField()
    addresses = TextAreaField(
        _l("E-mail addresses of the employers"),
        description=_l("One on a line, or with commas between. Only the messages keep them."),
    )
    language = LanguageField(_l("Language of the message"), validate_choice=False)

    def seen(self) -> int:
        """The version of the survey that was on the page."""
        given = self.version.data or ""
        return int(given) if re.fullmatch("[0-9]{1,9}", given) else 0

    def employers(self) -> list[Recipient]:
        """Whom the addresses name, each once. Raises RuleBroken for what is no address."""
        typed = (self.addresses.data or "").replace(",", "\n").replace(";", "\n").split()
        language = self.language.data if self.language.data in LANGUAGES else LANGUAGES[0]
        found = []
        for one in dict.fromkeys(each.lower() for each in typed):
            address = email_address(one)
            if address is None:
                raise RuleBroken(N_("“%(text)s” is no e-mail address."), "addresses", text=one[:80])
            found.append(Recipient(address, None, language, None, ""))
        if len(found) > _MOST_ADDRESSES:
            raise RuleBroken(
                N_("At most %(most)d addresses at once."), "addresses", most=_MOST_ADDRESSES
            )
        return found
