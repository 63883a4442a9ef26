"""Forms of outcomes: which rows to show, what was found, what a follow-up heard."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired

from jobsearch.outcomes.rules import Answer, Evidence, Found, FoundThrough, OutcomeKind
from jobsearch.web.as_of import AsOfForm
from jobsearch.web.fields import DateField
from jobsearch.web.forms import Form

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
    SelectChoice(Answer.NOT_IN_WORK, _l("Not in work")),
    SelectChoice(Answer.UNKNOWN, _l("Not known")),
]
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


class OutcomeForm(Form):
    """What one person found."""

    kind = SelectField(_l("What was found"), choices=KINDS, coerce=OutcomeKind)
    began_on = DateField(_l("Begins"), validators=[InputRequired()])
    ended_on = DateField(_l("Ends, if it is known"))
    found_through = SelectField(_l("Found through"), choices=CHANNELS, coerce=FoundThrough)
    evidence = SelectField(_l("How it is known"), choices=EVIDENCE, coerce=Evidence)

    def found(self) -> Found:
        """The outcome as it was filled in; only to be read once the form is valid."""
        given: dict[str, Any] = self.data
        return Found(
            kind=given["kind"],
            began_on=given["began_on"],
            ended_on=given["ended_on"],
            found_through=given["found_through"],
            evidence=given["evidence"],
        )


class FollowUpForm(Form):
    """What one person answered when she was asked."""

    answer = SelectField(_l("Answer"), choices=ANSWERS, coerce=Answer)
    asked_on = DateField(_l("Asked on"), validators=[InputRequired()])
