"""Forms of pulses: the button that was tapped."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField
from wtforms.validators import AnyOf

from jobsearch.feedback.pulses.rules import HIGHEST, LOWEST, ConfidenceItem, Usefulness
from jobsearch.web.forms import Form

_SCORES = [str(score) for score in range(LOWEST, HIGHEST + 1)]
_TAPPED = _l("Tap one of the buttons.")


class UsefulnessForm(Form):
    """One of the three buttons."""

    usefulness = HiddenField(validators=[AnyOf(list(Usefulness), message=_TAPPED)])

    def wanted(self) -> Usefulness:
        """The answer, once it is valid."""
        return Usefulness(self.usefulness.data or "")


class ScoreForm(Form):
    """One of the five buttons beside an item."""

    item = HiddenField(validators=[AnyOf(list(ConfidenceItem), message=_TAPPED)])
    score = HiddenField(validators=[AnyOf(_SCORES, message=_TAPPED)])

    def wanted(self) -> tuple[ConfidenceItem, int]:
        """Item and score, once they are valid."""
        return ConfidenceItem(self.item.data or ""), int(self.score.data or 0)
