"""The form of criteria: one a line."""

from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField

from jobsearch.web.fields import Required
from jobsearch.web.forms import Form


class CriteriaForm(Form):
    """A plain list; each line is answered yes or no, and none weighs more than another."""

    lines = TextAreaField(
        _l("Criteria, one a line"),
        description=_l(
            "Write what is so or not, for example: can be there on all days. Nothing about health."
        ),
        validators=[Required(_l("Write at least one criterion."))],
    )
