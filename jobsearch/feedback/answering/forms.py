"""The form of a reply: a row of five for each question, and own words."""

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField

from jobsearch.feedback.rules import HIGHEST, LOWEST
from jobsearch.web.forms import Form

_SCORES = {str(score): score for score in range(LOWEST, HIGHEST + 1)}


class ReplyForm(Form):
    """Own words; the scores stand under the keys of their questions."""

    words = TextAreaField(
        description=_l(
            "No names, please: others read this, mixed with what the rest wrote. Leave health out."
        )
    )

    def about(self, question: str) -> None:
        """The question in own words is the label of its field."""
        self.words.label.text = question or _("In your own words")

    def scores(self) -> dict[str, int]:
        """The scores that were given, by question; a question that was left out is not there."""
        return {
            key.removeprefix("q-"): _SCORES[value]
            for key, value in request.form.items()
            if key.startswith("q-") and value in _SCORES
        }
