"""The form of one employer of the register."""

from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import Length

from jobsearch.web.fields import Required
from jobsearch.web.forms import Form


class EmployerForm(Form):
    """An employer by its name."""

    name = StringField(
        _l("Employer"),
        description=_l("For example Rannikon Leipomo"),
        validators=[
            Required(_l("Write the name of the employer.")),
            Length(max=120, message=_l("At most 120 characters.")),
        ],
    )
