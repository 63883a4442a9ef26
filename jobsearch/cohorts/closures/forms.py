"""The form of a closure."""

from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import Length

from jobsearch.web.fields import DateField, Required
from jobsearch.web.forms import Form


class ClosureForm(Form):
    """When the provider is closed, and why the timetable says so."""

    name = StringField(
        _l("What it is"),
        description=_l("Groups see it, for example: summer break."),
        validators=[Required(_l("Say what the closure is.")), Length(max=80)],
    )
    first = DateField(
        _l("First day"),
        description=_l("For example 5.7.2027."),
        validators=[Required(_l("Enter the first day."))],
    )
    last = DateField(_l("Last day"), description=_l("Empty when it is one day."))
