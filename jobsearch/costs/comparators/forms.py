"""Forms of comparators."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Length

from jobsearch.core.money import Rate
from jobsearch.costs.comparators.rules import Figure
from jobsearch.web.fields import HundredthsField, IntegerField, MoneyField, Required
from jobsearch.web.forms import Form


class ComparatorForm(Form):
    """One figure of another service, with what a reader needs to judge it."""

    service = StringField(
        _l("Service"),
        description=_l("Figures of one service have the same name here, letter by letter."),
        validators=[Required(_l("Name the service.")), Length(max=120)],
    )
    period = StringField(
        _l("Period"),
        description=_l("For example 1–8/2021."),
        validators=[Required(_l("Say of which time the figure is.")), Length(max=80)],
    )
    population = StringField(
        _l("Who is counted"),
        validators=[Required(_l("Say who is counted in the figure.")), Length(max=200)],
    )
    found = IntegerField(_l("How many found work"))
    of = IntegerField(_l("Of how many"))
    percent = HundredthsField(
        _l("Or the percentage alone"),
        description=_l("Where the source does not say of how many."),
    )
    amount = MoneyField(_l("Or euros a person"))
    source = StringField(
        _l("Source"),
        description=_l("Where the figure stands, so that another person can look it up."),
        validators=[Required(_l("Enter the source.")), Length(max=300)],
    )
    caveat = TextAreaField(
        _l("Caveat"),
        description=_l("Why the two cannot simply be compared. It is printed beside the figure."),
        validators=[Required(_l("Say what the comparison leaves out.")), Length(max=500)],
    )
    programme_id = SelectField(_l("Programme"))

    def offer(self, programmes: list[tuple[str, str]]) -> "ComparatorForm":
        """The programmes to choose from."""
        every = SelectChoice("", _("Every programme"))
        self.programme_id.choices = [every, *(SelectChoice(key, name) for key, name in programmes)]
        return self

    def figure(self) -> Figure:
        """The figure as it is written; for a form that has been validated."""
        found: Any = self.found.data
        of: Any = self.of.data
        percent: Any = self.percent.data
        amount: Any = self.amount.data
        return Figure(
            service=self.service.data or "",
            population=self.population.data or "",
            period=self.period.data or "",
            source=self.source.data or "",
            caveat=self.caveat.data or "",
            found=found,
            of=of,
            percent=None if percent is None else Rate(percent),
            amount=amount,
        )
