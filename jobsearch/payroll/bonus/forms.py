"""Forms of bonuses: register one, bring or note its proof, end it, open it again."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired

from jobsearch.coaching.documents.rules import ENDINGS, MOST_BYTES, FileForm
from jobsearch.payroll.bonus.rules import WAY_NAMES, ProofWay
from jobsearch.payroll.bonus.terms.rules import Happening
from jobsearch.web.fields import DateField, Required
from jobsearch.web.forms import Form, sent_file

# a phone that is told so makes a JPG of its own photos by itself
ACCEPTED = ",".join([*ENDINGS.values(), ".jpeg", *(form.value for form in FileForm)])
_WORK, _STUDIES = "work", "studies"


class SeenForm(Form):
    """One step of a bonus, by somebody who has seen this version of it."""

    version = HiddenField()

    def seen(self) -> int:
        """The version that the person saw; 0 for what is no number."""
        text = self.version.data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


class ProofForm(SeenForm):
    """A file that shows it."""

    file = FileField(
        _l("File or photo"),
        description=_l("PDF, DOCX, ODT, JPG or PNG, at most %(most)d MB.", most=MOST_BYTES >> 20),
        validators=[FileRequired(_l("Choose a file first."))],
    )

    def content(self) -> bytes:
        """The file's bytes."""
        return sent_file(self.file, MOST_BYTES)[0]


class NotedForm(SeenForm):
    """How it was shown without a file."""

    way = RadioField(
        _l("How was it shown?"),
        choices=[
            SelectChoice(way.value, _l(WAY_NAMES[way])) for way in (ProofWay.SEEN, ProofWay.CALLED)
        ],
        validators=[InputRequired(_l("Choose how it was shown."))],
    )

    def wanted(self) -> ProofWay:
        """The way."""
        return ProofWay(self.way.data)


class EndForm(SeenForm):
    """Why a bonus is refused or withdrawn."""

    words = StringField(
        _l("Why"),
        description=_l("The job seeker reads this. Nothing about health."),
        validators=[Required(_l("Say why, in a few words."))],
    )


class AgainForm(SeenForm):
    """Until when the proof can come after all."""

    due_on = DateField(
        _l("New last day for the proof"), validators=[Required(_l("Enter the last day."))]
    )


class RegisterForm(Form):
    """What somebody found, by hand."""

    employment_id = SelectField(
        _l("Person and group"), validators=[InputRequired(_l("Choose the person."))], choices=[]
    )
    what = RadioField(
        _l("What was found"),
        choices=[SelectChoice(_WORK, _l("Work")), SelectChoice(_STUDIES, _l("A study place"))],
        validators=[InputRequired(_l("Choose what was found."))],
    )
    began_on = DateField(
        _l("First day"), validators=[Required(_l("Enter the first day of the work or studies."))]
    )
    ended_on = DateField(_l("Last day, if it is known"))

    def offer(self, contracts: Iterable[tuple[str, str]]) -> None:
        """The contracts to choose from, each with its words."""
        self.employment_id.choices = [
            SelectChoice("", _l("Choose")),
            *(SelectChoice(key, words) for key, words in contracts),
        ]

    def found(self) -> Happening:
        """What was found; only to be read once the form is valid."""
        given: dict[str, Any] = self.data
        return Happening(given["what"] == _WORK, given["began_on"], given["ended_on"])
