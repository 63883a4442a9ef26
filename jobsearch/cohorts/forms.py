"""Forms of groups, their days and their people."""

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField, StringField, URLField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import URL, Length, Optional
from wtforms.widgets import HiddenInput

from jobsearch.cohorts.rules import MOST_SEATS
from jobsearch.web.fields import DateField, IntegerField, PhoneField, Required
from jobsearch.web.forms import AddressForm, Form


class PlanForm(AddressForm):
    """Which programme, from when: asked first, answered with the twelve days."""

    programme_id = SelectField(_l("Programme"))
    starts_on = DateField(
        _l("First day"),
        description=_l("For example 30.11.2026. A Monday gives three whole weeks."),
        validators=[Required(_l("Enter the first day."))],
    )

    def offer(self, programmes: list[tuple[str, str]]) -> None:
        """Offer the provider's programmes."""
        self.programme_id.choices = [SelectChoice(key, name) for key, name in programmes]


class CohortForm(Form):
    """The rest of a new group, once its days are seen."""

    programme_id = HiddenField(id="made-of")
    starts_on = DateField(
        widget=HiddenInput(), id="from-day", validators=[Required(_l("Enter the first day."))]
    )
    name = StringField(
        _l("Name"),
        description=_l("For example Group 8."),
        validators=[Required(_l("Enter the group's name.")), Length(max=80)],
    )
    coach_id = SelectField(_l("Coach"))
    seats = IntegerField(
        _l("Seats"),
        description=_l("At most %(most)d.", most=MOST_SEATS),
        default=str(MOST_SEATS),
        validators=[Required(_l("Enter the number of seats."))],
    )
    place = StringField(_l("Town"), validators=[Length(max=60)])
    meeting_url = URLField(
        _l("Link to the meetings"),
        validators=[
            Optional(),
            Length(max=400),
            URL(message=_l("Enter an address with https://.")),
        ],
    )
    meeting_phone = PhoneField(_l("Phone number of the meetings"))

    def offer(self, coaches: list[tuple[str, str]], nobody: str) -> None:
        """Offer the provider's coaches, and to choose later."""
        self.coach_id.choices = [SelectChoice(key, name) for key, name in [("", nobody), *coaches]]

    def what(self) -> tuple[Any, Any]:
        """The programme and the first day."""
        return self.programme_id.data, self.starts_on.data

    def group(self) -> dict[str, Any]:
        """What was typed, as the use case takes it."""
        return {name: field.data for name, field in self._fields.items() if name != "csrf_token"}


class DayForm(Form):
    """Where a day moves."""

    to = DateField(
        _l("New day"),
        description=_l("A weekday without holiday, for example 4.12.2026."),
        validators=[Required(_l("Enter the new day."))],
    )

    def day(self) -> date:
        """The day as typed, once it is valid."""
        typed: Any = self.to.data
        found: date = typed
        return found


class EnrolForm(Form):
    """Who gets a seat."""

    person_id = SelectField(_l("Person"), validators=[Required(_l("Choose a person."))])

    def offer(self, people: list[tuple[str, str]], nobody: str) -> None:
        """Offer the people who have no seat."""
        self.person_id.choices = [SelectChoice(key, name) for key, name in [("", nobody), *people]]
