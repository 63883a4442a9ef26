"""The form of a participant's own choice."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from jobsearch.people.rules import BoardName
from jobsearch.web.forms import Form


class ChoiceForm(Form):
    """How the others see the participant."""

    board_name = RadioField(
        _l("How do the others see you?"),
        choices=[
            SelectChoice(BoardName.FIRST.value, _l("By my first name")),
            SelectChoice(BoardName.FULL.value, _l("By my full name")),
            SelectChoice(BoardName.TOTALS.value, _l("Only as part of the group's totals")),
        ],
    )

    def chosen(self) -> BoardName:
        """The choice, after it was validated."""
        return BoardName(self.board_name.data or "")
