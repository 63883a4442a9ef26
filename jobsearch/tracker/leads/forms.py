"""Forms of leads: an advertisement to read, a lead with its details, the next step."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import Length, Optional

from jobsearch.tracker.leads.adverts import Proposal
from jobsearch.tracker.leads.rules import (
    MOST_ADVERT,
    OPEN_STAGES,
    SOURCE_NAMES,
    STAGE_NAMES,
    LeadDetails,
    LeadSource,
    LeadStage,
)
from jobsearch.web.fields import DateField, Required
from jobsearch.web.forms import Form

_ANOTHER = ""


def version_seen(text: str | None) -> int | None:
    """The version of a row that the person saw, or None for what is no version."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else None


class AdvertForm(Form):
    """The text of an advertisement."""

    advert = TextAreaField(
        _l("The text of the advertisement"),
        description=_l(
            "Copy the whole text of the page and paste it here. "
            "Job, employer and last day are then proposed to you."
        ),
        validators=[
            Required(_l("Paste the text of the advertisement.")),
            Length(max=MOST_ADVERT, message=_l("At most 8000 characters.")),
        ],
    )


class LeadForm(Form):
    """One lead."""

    version = HiddenField()
    advert = HiddenField(
        validators=[Length(max=MOST_ADVERT, message=_l("At most 8000 characters."))]
    )
    role_title = StringField(
        _l("Job or task"),
        description=_l("For example warehouse worker"),
        validators=[
            Required(_l("Say what job it is.")),
            Length(max=120, message=_l("At most 120 characters.")),
        ],
    )
    employer_id = RadioField(_l("Employer"), validators=[Optional()], validate_choice=False)
    employer_name = StringField(
        _l("Another employer"),
        description=_l("For example Rannikon Leipomo"),
        validators=[Length(max=120, message=_l("At most 120 characters."))],
    )
    stage = RadioField(_l("How far is it?"), default=LeadStage.FOUND.value)
    source = SelectField(_l("Where did you hear of it?"), default=LeadSource.ADVERT.value)
    deadline_on = DateField(_l("Last day to apply"), description=_l("For example 30.11.2026"))
    next_step = StringField(
        _l("What do you do next?"),
        description=_l("For example: I call and ask who decides."),
        validators=[Length(max=200, message=_l("At most 200 characters."))],
    )
    next_step_on = DateField(_l("On which day?"), description=_l("For example 30.11.2026"))
    note = TextAreaField(
        _l("Note"),
        description=_l("Only the job seeker and the coach see it. Nothing about health."),
        validators=[Length(max=1000, message=_l("At most 1000 characters."))],
    )

    def offer(self, employers: Sequence[Any]) -> "LeadForm":
        """Put the choices and the known employers (id, name) on the form."""
        self.stage.choices = [(stage.value, _(STAGE_NAMES[stage])) for stage in OPEN_STAGES]
        self.source.choices = [(source.value, _(name)) for source, name in SOURCE_NAMES.items()]
        known = [(employer.id, employer.name) for employer in employers]
        self.employer_id.choices = [*known, (_ANOTHER, _("Another"))]
        if self.employer_id.data not in dict(known):
            self.employer_id.data = _ANOTHER
        if not known:
            self.employer_name.label.text = _("Employer")
        return self

    def propose(self, advert: str, proposal: Proposal) -> "LeadForm":
        """Fill in what an advertisement seems to say."""
        self.advert.data = advert
        self.role_title.data = proposal.role_title
        self.employer_name.data = proposal.employer
        last_day: Any = self.deadline_on
        last_day.data = proposal.deadline_on
        return self

    def details(self) -> LeadDetails:
        """What was written, as the use cases take it."""
        when: Any = self.deadline_on.data, self.next_step_on.data
        return LeadDetails(
            role_title=self.role_title.data or "",
            source=LeadSource(self.source.data),
            employer_id=self.employer_id.data or None,
            employer_name=self.employer_name.data or None,
            deadline_on=when[0],
            next_step=self.next_step.data or "",
            next_step_on=when[1],
            note=self.note.data or "",
            advert=self.advert.data or "",
        )

    def chosen_stage(self) -> LeadStage:
        """How far it is, as it was chosen."""
        return LeadStage(self.stage.data)


class StepForm(Form):
    """What comes next with a lead, and when."""

    version = HiddenField()
    next_step = StringField(
        _l("What do you do next?"),
        description=_l("For example: I call and ask who decides."),
        validators=[
            Required(_l("Say what you do next.")),
            Length(max=200, message=_l("At most 200 characters.")),
        ],
    )
    next_step_on = DateField(
        _l("On which day?"),
        description=_l("For example 30.11.2026"),
        validators=[Required(_l("Say on which day you do it."))],
    )
