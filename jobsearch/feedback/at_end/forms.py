"""The form of the survey at the end."""

import re

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from jobsearch.feedback.at_end.rules import EndPlan
from jobsearch.feedback.rules import Question
from jobsearch.feedback.surveys.forms import QUESTIONS
from jobsearch.web.fields import IntegerField, Required
from jobsearch.web.forms import Form


class EndPlanForm(Form):
    """Whether a programme asks its groups at their end, and what."""

    version = HiddenField()
    sends = BooleanField(
        _l("Send a survey by itself on the last day of each group"),
        description=_l("Groups that have ended before today are not asked."),
    )
    open_days = IntegerField(
        _l("Days to answer"), validators=[Required(_l("Enter how many days there are to answer."))]
    )
    standard = SelectMultipleField(
        _l("Questions that are ready, on a scale from 1 to 5"),
        choices=QUESTIONS,
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )
    asks_for_words = BooleanField(
        _l("Ask for own words too"),
        description=_l("What was good, and what would you change?"),
    )

    def fill(self, plan: EndPlan) -> "EndPlanForm":
        """The form as the programme has chosen."""
        self.version.data, self.sends.data = str(plan.version), plan.since is not None
        self.open_days.process(None, plan.open_days)
        self.standard.data = [one.value for one in plan.standard]
        self.asks_for_words.data = plan.asks_for_words
        return self

    def plan(self) -> EndPlan:
        """What was entered; for a form that has been validated."""
        seen = self.version.data or ""
        return EndPlan(
            open_days=int(self.open_days.data or 0),
            standard=[one for one in Question if one.value in (self.standard.data or ())],
            asks_for_words=bool(self.asks_for_words.data),
            version=int(seen) if re.fullmatch("[0-9]{1,9}", seen) else 0,
        )
