"""Forms of outcomes: which rows to show, what was found, what a follow-up heard."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired

from jobsearch.outcomes.rules import (
    MOST_WEEKLY,
    Answer,
    Evidence,
    Found,
    FoundThrough,
    Origin,
    OutcomeKind,
    OwnField,
    SeenDocument,
)
from jobsearch.web.as_of import AsOfForm
from jobsearch.web.fields import DateField, HoursField
from jobsearch.web.forms import Form

E = TypeVar("E", bound=StrEnum)

KINDS = [
    SelectChoice(OutcomeKind.PERMANENT_FULL_TIME, _l("Permanent full-time work")),
    SelectChoice(OutcomeKind.PERMANENT_PART_TIME, _l("Permanent part-time work")),
    SelectChoice(OutcomeKind.FIXED_TERM_FULL_TIME, _l("Fixed-term full-time work")),
    SelectChoice(OutcomeKind.FIXED_TERM_PART_TIME, _l("Fixed-term part-time work")),
    SelectChoice(OutcomeKind.AGENCY_WORK, _l("Work through a staffing agency")),
    SelectChoice(OutcomeKind.OWN_FIELD_WORK, _l("Work in one's own field")),
    SelectChoice(OutcomeKind.FREELANCE, _l("Freelance work")),
    SelectChoice(OutcomeKind.SELF_EMPLOYMENT, _l("Self-employment")),
    SelectChoice(OutcomeKind.SUBSIDISED_WORK, _l("Wage-subsidised work")),
    SelectChoice(OutcomeKind.OTHER_WORK, _l("Other work")),
    SelectChoice(OutcomeKind.STUDIES, _l("A study place")),
]
CHANNELS = [
    SelectChoice(FoundThrough.ADVERTISED, _l("An advertised job")),
    SelectChoice(FoundThrough.EMPLOYER_CONTACT, _l("A contact with an employer")),
    SelectChoice(FoundThrough.AGENCY, _l("A staffing agency")),
    SelectChoice(FoundThrough.OWN_NETWORK, _l("One's own network")),
    SelectChoice(FoundThrough.PROGRAMME, _l("The programme")),
    SelectChoice(FoundThrough.OTHER, _l("Another way")),
]
EVIDENCE = [
    SelectChoice(Evidence.OWN_WORD, _l("Own word")),
    SelectChoice(Evidence.EMPLOYERS_WORD, _l("The employer's word")),
    SelectChoice(Evidence.DOCUMENT, _l("A document")),
]
ANSWERS = [
    SelectChoice(Answer.IN_WORK, _l("In work")),
    SelectChoice(Answer.GIG, _l("A gig or freelance work")),
    SelectChoice(Answer.STUDIES, _l("Studies")),
    SelectChoice(Answer.ENTREPRENEUR, _l("An entrepreneur")),
    SelectChoice(Answer.NOT_IN_WORK, _l("Not in work")),
    SelectChoice(Answer.RATHER_NOT, _l("Would rather not say")),
    SelectChoice(Answer.UNKNOWN, _l("Not known")),
]
FIELDS = [
    SelectChoice(OwnField.OWN, _l("In one's own field")),
    SelectChoice(OwnField.OTHER, _l("In another field")),
]
SEEN = [
    SelectChoice("", _l("No document")),
    SelectChoice(SeenDocument.CONTRACT, _l("An employment contract")),
    SelectChoice(SeenDocument.PAYSLIP, _l("A payslip")),
    SelectChoice(SeenDocument.CERTIFICATE, _l("A certificate of employment")),
    SelectChoice(SeenDocument.STUDY_PLACE, _l("A decision on a study place")),
    SelectChoice(SeenDocument.BUSINESS, _l("An extract of the business register")),
    SelectChoice(SeenDocument.OTHER, _l("Another document")),
]
FITS = [SelectChoice(str(number), str(number)) for number in range(1, 6)]
STATES = [
    SelectChoice("", _l("Everyone")),
    SelectChoice("found_work", _l("Found work")),
    SelectChoice("open", _l("Follow-up is open, or not known")),
    SelectChoice("not_in_work", _l("Not in work")),
    SelectChoice("closed", _l("Those whose follow-up has closed")),
]


class OutcomesForm(AsOfForm):
    """Which people to show, on which day; a GET, so that the page has a link."""

    state = SelectField(_l("Show"), choices=STATES, default="")


class WeekHoursField(HoursField):
    """Hours of a usual week (20 or 37,5), kept as minutes."""

    most_minutes = MOST_WEEKLY
    too_many = _l("A week of work has at most 100 hours.")


class OutcomeForm(Form):
    """What one person found, as staff note it."""

    version = HiddenField()
    kind = SelectField(_l("What was found"), choices=KINDS, coerce=OutcomeKind)
    began_on = DateField(_l("Begins"), validators=[InputRequired()])
    ended_on = DateField(_l("Ends, if it is known"))
    weekly_minutes = WeekHoursField(
        _l("Hours a week"), description=_l("For part-time work and gigs: a usual week.")
    )
    own_field = RadioField(_l("Field"), choices=FIELDS, validate_choice=False)
    found_through = SelectField(_l("Found through"), choices=CHANNELS, coerce=FoundThrough)
    origin = SelectField(_l("Which lead or contact led to it"), validate_choice=False, choices=[])
    fit = RadioField(
        _l("How well it fits, by the person's own word"),
        description=_l("1 = poorly, 5 = very well."),
        choices=FITS,
        validate_choice=False,
    )
    evidence = SelectField(_l("How it is known"), choices=EVIDENCE, coerce=Evidence)
    seen = SelectField(
        _l("Which document you saw"),
        description=_l("Look at it and give it back: no copy is kept."),
        choices=SEEN,
        validate_choice=False,
    )

    def offer(self, origins: Iterable[tuple[str, str]]) -> None:
        """The leads and contacts to choose from, by key and words."""
        self.origin.choices = [
            SelectChoice("", _l("None of these")),
            *(SelectChoice(key, words) for key, words in origins),
        ]

    def show(self, found: Found, version: int) -> None:
        """Fill in what is known already."""
        for name in ("kind", "began_on", "ended_on", "weekly_minutes", "own_field"):
            self[name].data = getattr(found, name)
        self.found_through.data, self.evidence.data = found.found_through, found.evidence
        self.fit.data = str(found.fit) if found.fit else None
        self.seen.data = found.seen or ""
        self.origin.data = found.origin.key if found.origin else ""
        self.version.data = str(version)

    def seen_version(self) -> int:
        """The version that was looked at; 0 for what is no number."""
        return version_of(self.version.data)

    def found(self) -> Found:
        """The outcome as it was filled in; only to be read once the form is valid."""
        given: dict[str, Any] = self.data
        return Found(
            # the trimming of texts makes a plain text of a chosen member
            kind=OutcomeKind(given["kind"]),
            began_on=given["began_on"],
            ended_on=given["ended_on"],
            found_through=FoundThrough(given["found_through"]),
            evidence=Evidence(given["evidence"]),
            weekly_minutes=given["weekly_minutes"],
            own_field=one_of(OwnField, given["own_field"]),
            fit=number_of(given["fit"]),
            origin=Origin.of(given["origin"] or ""),
            seen=one_of(SeenDocument, given["seen"]),
        )


def one_of(kind: type[E], given: object) -> E | None:
    """The member that was chosen, or None."""
    return next((one for one in kind if one == given), None)


def version_of(given: object) -> int:
    """The version that was looked at; 0 for what is no number."""
    text = str(given or "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


def number_of(given: object) -> int | None:
    """The number that was chosen, or None."""
    text = str(given or "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 3 else None


class FollowUpForm(Form):
    """What one person answered when she was asked."""

    answer = SelectField(_l("Answer"), choices=ANSWERS, coerce=Answer)
    asked_on = DateField(_l("Asked on"), validators=[InputRequired()])

    def day(self) -> date:
        """The day; only to be read once the form is valid."""
        day: Any = self.asked_on.data
        return day  # type: ignore[no-any-return]

    def wanted(self) -> Answer:
        """The answer; only to be read once the form is valid."""
        return Answer(self.answer.data)
