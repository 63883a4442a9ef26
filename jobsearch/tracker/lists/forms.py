"""The form that narrows the list of actions."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField, StringField
from wtforms.validators import Length

from jobsearch.tracker.lists.filters import ANY, NONE, SEARCH
from jobsearch.tracker.rules import ACTIVITIES, CHANNEL_NAMES, LOOKS, REPLY_NAMES
from jobsearch.web.forms import AddressForm


class FilterForm(AddressForm):
    """What narrows the list of actions; a GET form, so that a view has a link.

    The hidden fields come from the figures of results, each of which opens its rows.
    """

    q = StringField(_l("Employer or job"), validators=[Length(max=80)])
    activity = SelectField(_l("Kind"), validate_choice=False)
    channel = SelectField(_l("How?"), validate_choice=False)
    reply = SelectField(_l("Reply"), validate_choice=False)
    cohort = SelectField(_l("Group"), validate_choice=False)
    person = SelectField(_l("Person"), validate_choice=False)
    period = SelectField(_l("Time"), validate_choice=False)
    programme = HiddenField()
    first = HiddenField()
    last = HiddenField()
    counted = HiddenField()
    source = HiddenField()
    from_kind = HiddenField()
    from_channel = HiddenField()

    def offer(
        self, cohorts: Sequence[tuple[str, str]], people: Sequence[tuple[str, str]]
    ) -> "FilterForm":
        """Put the choices on the form; what is not among them is no filter."""
        self.activity.choices = [
            ("", _("All kinds")),
            *((a.value, _(LOOKS[a].plural)) for a in ACTIVITIES),
            (SEARCH, _("All but interviews")),
        ]
        self.channel.choices = [
            ("", _("All ways")),
            *((c.value, _(name)) for c, name in CHANNEL_NAMES.items()),
            (NONE, _("Not told")),
        ]
        self.reply.choices = [
            ("", _("With and without")),
            (ANY, _("Any reply")),
            *((r.value, _(name)) for r, name in REPLY_NAMES.items()),
            (NONE, _("No reply yet")),
        ]
        self.cohort.choices = [("", _("All groups")), *cohorts]
        self.person.choices = [("", _("Everyone")), *people]
        self.period.choices = [
            ("", _("All days")),
            ("today", _("Today")),
            ("week", _("This week")),
        ]
        for field in (self[name] for name in self._fields):
            if isinstance(field, SelectField) and field.data not in [
                choice[0] for choice in field.iter_choices()
            ]:
                field.data = ""
        return self

    @property
    def carried(self) -> list[HiddenField]:
        """What the address narrows by beside the fields that are seen."""
        fields = (self[name] for name in self._fields)
        return [one for one in fields if isinstance(one, HiddenField) and one.data]

    def kept(self) -> dict[str, str]:
        """What is chosen, by name: it narrows the list and stays in the links to its pages."""
        return {name: field.data for name, field in self._fields.items() if field.data}
