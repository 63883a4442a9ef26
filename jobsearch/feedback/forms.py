"""The form that narrows the page of answers."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from jobsearch.feedback.rules import Audience
from jobsearch.web.as_of import AsOfForm

AUDIENCES = [
    SelectChoice(Audience.PARTICIPANTS, _l("Job seekers")),
    SelectChoice(Audience.COACHES, _l("Coaches")),
    SelectChoice(Audience.MUNICIPAL_COACHES, _l("Municipal coaches")),
    SelectChoice(Audience.EMPLOYERS, _l("Employers")),
]


class AnswersForm(AsOfForm):
    """Whose answers, of which group, on which day; a GET, so that the page has a link."""

    audience = SelectField(
        _l("Who answered"),
        choices=AUDIENCES,
        default=Audience.PARTICIPANTS.value,
        validate_choice=False,
    )
    cohort = SelectField(_l("Group"), choices=[], validate_choice=False)

    def wanted(self) -> Audience:
        """The audience that was chosen, else the job seekers."""
        given = self.audience.data
        return Audience(given) if given in set(Audience) else Audience.PARTICIPANTS

    def offer(self, cohorts: list[tuple[str, str]], chosen: str | None) -> None:
        """The groups to choose from, and the one that is shown."""
        every = SelectChoice("", _("Every group"))
        self.cohort.choices = [every, *(SelectChoice(key, name) for key, name in cohorts)]
        self.cohort.data = chosen or ""
