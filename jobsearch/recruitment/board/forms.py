"""Forms of recruitment: which rows to show, and why somebody leaves."""

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from jobsearch.recruitment.rules import ExitReason, Stage
from jobsearch.web.as_of import AsOfForm
from jobsearch.web.forms import Form

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


class FunnelForm(AsOfForm):
    """Which candidates to show; a GET, so that the page has a link."""

    programme = StringField()
    stage = SelectField(
        _l("Reached at least"), choices=[SelectChoice("", _l("Everyone")), *STAGES], default=""
    )
    exit = SelectField(
        _l("Left because"), choices=[SelectChoice("", _l("Everyone")), *EXITS], default=""
    )

    def chosen_stage(self) -> Stage | None:
        """The stage asked for."""
        return Stage(self.stage.data) if self.stage.data in set(Stage) else None

    def chosen_exit(self) -> ExitReason | None:
        """The reason asked for."""
        return ExitReason(self.exit.data) if self.exit.data in set(ExitReason) else None


class MoveForm(Form):
    """The stage that a candidate goes to."""

    stage = SelectField(_l("Next stage"), choices=STAGES, coerce=Stage)


class LeaveForm(Form):
    """The reason why a candidate leaves."""

    reason = SelectField(_l("Reason"), choices=EXITS, coerce=ExitReason)
