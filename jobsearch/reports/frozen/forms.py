"""Form of frozen reports: of which day, and in which language."""

from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from jobsearch.web.fields import DateField, Required
from jobsearch.web.forms import Form


class FreezeForm(Form):
    """The last day that is counted in, and the language in which the report is written."""

    as_of = DateField(
        _l("Figures on this day"), validators=[Required(_l("Enter the last day that is counted."))]
    )
    language = SelectField(
        _l("Language of the report"),
        choices=[
            SelectChoice("fi", _l("Finnish")),
            SelectChoice("sv", _l("Swedish")),
            SelectChoice("en", _l("English")),
        ],
    )
