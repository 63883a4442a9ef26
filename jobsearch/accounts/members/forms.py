"""Forms of members."""

from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import Length

from jobsearch.web.fields import Required
from jobsearch.web.forms import Form


class NameForm(Form):
    """One's own name."""

    name = StringField(
        _l("Name"),
        description=_l("Given name and family name, as the others shall see it."),
        validators=[Required(_l("Enter the name.")), Length(max=120)],
    )
