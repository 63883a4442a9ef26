"""Forms of the board: each is one button."""

from wtforms import StringField

from jobsearch.web.fields import IntegerField
from jobsearch.web.forms import Form


class DeedForm(Form):
    """One deed: where to, or what."""

    to = StringField()


class CountForm(Form):
    """One figure as it shall be."""

    count = IntegerField()
