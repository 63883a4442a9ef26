"""Forms of what a person tells of herself, in plain words, and of the coach's answer to it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import HiddenField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from jobsearch.coaching.documents.rules import ENDINGS, MOST_BYTES, FileForm
from jobsearch.outcomes.answering.forms import OWN_KINDS
from jobsearch.outcomes.forms import FITS, WeekHoursField, number_of, one_of, version_of
from jobsearch.outcomes.rules import FoundThrough, Origin, OutcomeKind, OwnField
from jobsearch.outcomes.told.rules import Told
from jobsearch.web.fields import DateField, Required
from jobsearch.web.forms import Form, sent_file

ACCEPTED = ",".join([*ENDINGS.values(), ".jpeg", *(form.value for form in FileForm)])
_CHANNELS = [
    SelectChoice("", _l("I do not know")),
    SelectChoice(FoundThrough.ADVERTISED, _l("From a job advertisement")),
    SelectChoice(FoundThrough.EMPLOYER_CONTACT, _l("I contacted the employer myself")),
    SelectChoice(FoundThrough.AGENCY, _l("From a staffing agency")),
    SelectChoice(FoundThrough.OWN_NETWORK, _l("From somebody I know")),
    SelectChoice(FoundThrough.PROGRAMME, _l("From the programme")),
    SelectChoice(FoundThrough.OTHER, _l("In another way")),
]


class TellForm(Form):
    """My job or my studies; only kind and beginning are needed."""

    kind = HiddenField()
    began_on = DateField(
        _l("First day"), validators=[Required(_l("Enter the first day. A guess is fine."))]
    )
    ended_on = DateField(_l("Last day, if you know it"))
    weekly_minutes = WeekHoursField(_l("Hours in a usual week"))
    own_field = RadioField(
        _l("Is it in your own field?"),
        choices=[SelectChoice(OwnField.OWN, _l("Yes")), SelectChoice(OwnField.OTHER, _l("No"))],
        validate_choice=False,
    )
    fit = RadioField(
        _l("How well does it suit you?"),
        description=_l("1 = poorly, 5 = very well."),
        choices=FITS,
        validate_choice=False,
    )
    found_through = SelectField(
        _l("How did you find it?"), choices=_CHANNELS, default="", validate_choice=False
    )
    origin = SelectField(_l("Which of your leads is it?"), choices=[], validate_choice=False)
    file = FileField(
        _l("A photo of the contract or the decision"),
        description=_l("Your coach looks at it, and then it is erased."),
    )

    def offer(self, origins: Iterable[tuple[str, str]]) -> None:
        """Her leads and contacts to choose from, by key and words."""
        self.origin.choices = [
            SelectChoice("", _l("None of these")),
            *(SelectChoice(key, words) for key, words in origins),
        ]

    def chosen_kind(self) -> OutcomeKind | None:
        """The kind that was chosen on the page before; None for none of those."""
        kind = one_of(OutcomeKind, self.kind.data)
        return kind if kind in OWN_KINDS else None

    def told(self) -> Told:
        """What she tells; only to be read once the form is valid."""
        given: dict[str, Any] = self.data
        return Told(
            kind=self.chosen_kind() or OutcomeKind.OTHER_WORK,
            began_on=given["began_on"],
            ended_on=given["ended_on"],
            weekly_minutes=given["weekly_minutes"],
            own_field=one_of(OwnField, given["own_field"]),
            fit=number_of(given["fit"]),
            found_through=one_of(FoundThrough, given["found_through"]),
            origin=Origin.of(given["origin"] or ""),
        )

    def content(self) -> bytes:
        """The file's bytes; empty where there is none."""
        return sent_file(self.file, MOST_BYTES)[0]


class EndedForm(Form):
    """Something has ended."""

    ended_on = DateField(_l("Last day"), validators=[Required(_l("Enter the last day."))])

    def last_day(self) -> date | None:
        """When it ended."""
        day: Any = self.ended_on.data
        return day if isinstance(day, date) else None


class SeenForm(Form):
    """One step by somebody who has seen this version."""

    version = HiddenField()

    def seen(self) -> int:
        """The version that was looked at; 0 for what is no number."""
        return version_of(self.version.data)
