"""The form of erasing: it asks nothing but the press of its button."""

from jobsearch.web.forms import Form


class ErasureForm(Form):
    """Nothing is typed; that it is still she has been proven before."""
