"""Forms of permissions."""

from jobsearch.web.forms import Form


class EmptyForm(Form):
    """A deed without values: only its token."""
