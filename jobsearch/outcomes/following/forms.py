"""Forms of the follow-up: which to show, a call, when a programme asks."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from jobsearch.outcomes.following.rules import NOT_REACHED, AskState, Scheme
from jobsearch.outcomes.forms import ANSWERS, one_of, version_of
from jobsearch.outcomes.rules import Answer
from jobsearch.web.forms import Form

POINTS = (*range(13), 18, 24)
STATES = [
    SelectChoice("", _l("Who waits for a coach")),
    SelectChoice(AskState.UNREACHED, _l("Not reached")),
    SelectChoice(AskState.OVERDUE, _l("Late")),
    SelectChoice(AskState.DUE, _l("To be asked")),
    SelectChoice(AskState.ASKED, _l("Asked, no answer yet")),
    SelectChoice(AskState.ANSWERED, _l("Answered")),
    SelectChoice(AskState.DECLINED, _l("Does not want to be asked")),
    SelectChoice(AskState.UNKNOWN, _l("Not known")),
]
SCHEMES = [
    SelectChoice(Scheme.USUAL, _l("Only the times above")),
    SelectChoice(Scheme.ESF_PLUS, _l("ESF+ programme: six months from the end too")),
]


class DueForm(Form):
    """Which people to show; a GET, so that the page has a link."""

    state = SelectField(_l("Show"), choices=STATES, default="")

    def wanted(self) -> AskState | None:
        """The state that was chosen; None for all who wait."""
        given = self.state.data
        return AskState(given) if given in set(AskState) else None


class CallForm(Form):
    """How a call went: not reached, or what the person answered."""

    call = RadioField(
        _l("How did the call go?"),
        choices=[
            SelectChoice(NOT_REACHED, _l("Not reached")),
            *(choice for choice in ANSWERS if choice.value != Answer.UNKNOWN),
        ],
        validators=[InputRequired(_l("Choose how the call went."))],
    )

    def answer(self) -> Answer | None:
        """What was answered; None where nobody was reached."""
        return None if self.call.data == NOT_REACHED else Answer(self.call.data)


class PlanForm(Form):
    """When the people of a programme are asked."""

    version = HiddenField()
    points = SelectMultipleField(
        _l("Months from the end"),
        description=_l("0 is the last day. Each question is open for a month."),
        choices=[SelectChoice(str(month), str(month)) for month in POINTS],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    scheme = RadioField(_l("Funding"), choices=SCHEMES, default=Scheme.USUAL)

    def months(self) -> list[int]:
        """The months that were chosen."""
        return [month for month in POINTS if str(month) in (self.points.data or ())]

    def wanted(self) -> Scheme:
        """The scheme; the usual one for anything unknown."""
        return one_of(Scheme, self.scheme.data) or Scheme.USUAL

    def seen(self) -> int:
        """The version that was looked at."""
        return version_of(self.version.data)
