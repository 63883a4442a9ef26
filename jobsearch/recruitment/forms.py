"""What the forms of recruitment have to choose from, in the reader's words."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from jobsearch.recruitment.rules import Channel, ExitReason, Stage


class KindField(SelectField):
    """A choice whose `data` is the member of its enum, also after its text has been cleaned."""

    def process(self, *args: Any, **values: Any) -> None:
        """Read the choice, then make a member of it again."""
        super().process(*args, **values)
        try:
            self.data = None if self.data is None else self.coerce(self.data)
        except ValueError:
            self.data = None  # the validation says so


STAGES = [
    SelectChoice(Stage.REFERRED, _l("Introduced")),
    SelectChoice(Stage.CONTACTED, _l("Contacted")),
    SelectChoice(Stage.INVITED, _l("Invited")),
    SelectChoice(Stage.ATTENDED, _l("Came to the info session")),
    SelectChoice(Stage.SELECTED, _l("Selected")),
    SelectChoice(Stage.SIGNED, _l("Signed")),
    SelectChoice(Stage.STARTED, _l("Started")),
]
EXITS = [
    SelectChoice(ExitReason.NOT_REACHED, _l("Could not be reached")),
    SelectChoice(ExitReason.DID_NOT_COME, _l("Did not come")),
    SelectChoice(ExitReason.FOUND_WORK, _l("Found work")),
    SelectChoice(ExitReason.STUDIES, _l("Got a study place")),
    SelectChoice(ExitReason.DECLINED, _l("Did not want to")),
    SelectChoice(ExitReason.NOT_ELIGIBLE, _l("Not eligible")),
    SelectChoice(ExitReason.OTHER, _l("Another reason")),
]
CHANNELS = [
    SelectChoice(Channel.PERSONAL_LINK, _l("A coach's personal link")),
    SelectChoice(Channel.SIGNED_IN, _l("A coach, signed in")),
    SelectChoice(Channel.IMPORTED, _l("A spreadsheet")),
    SelectChoice(Channel.OWN_APPLICATION, _l("Asked to come")),
]
LANGUAGES = [
    SelectChoice("fi", "suomi"),
    SelectChoice("sv", "svenska"),
    SelectChoice("en", "English"),
]
