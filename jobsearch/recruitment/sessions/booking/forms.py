"""The form by which a candidate chooses a session."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from jobsearch.web.forms import Form


class ChooseForm(Form):
    """One of the sessions with a free place."""

    session = RadioField(_l("Choose a time"), validate_choice=False)

    def offer(self, sessions: Iterable[tuple[str, str]]) -> None:
        """Offer sessions by key and words."""
        self.session.choices = [SelectChoice(key, words) for key, words in sessions]
