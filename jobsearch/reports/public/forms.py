"""Form of the open page: of which day its figures are."""

from flask_babel import lazy_gettext as _l

from jobsearch.web.fields import DateField, Required
from jobsearch.web.forms import Form


class OpenForm(Form):
    """The last day that is counted in."""

    as_of = DateField(
        _l("Figures on this day"), validators=[Required(_l("Enter the last day that is counted."))]
    )
