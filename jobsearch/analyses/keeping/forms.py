"""The form of what the provider decides of keeping."""

from flask_babel import lazy_gettext as _l

from jobsearch.analyses.keeping.rules import Terms
from jobsearch.web.fields import IntegerField, Required
from jobsearch.web.forms import Form

_NEEDED = _l("Enter a whole number, for example 6.")


class TermsForm(Form):
    """Months of each kind."""

    analysis_months = IntegerField(
        _l("Months that an analysis is kept after it could last be read"),
        description=_l("Counted from the end of the group or of the last permission."),
        validators=[Required(_NEEDED)],
    )
    unsent_months = IntegerField(
        _l("Months that an analysis is kept that was never sent"),
        description=_l("Counted from the end of the group."),
        validators=[Required(_NEEDED)],
    )
    proof_months = IntegerField(
        _l("Months that the proof of a permission is kept"),
        description=_l("Counted from the last day of the permission."),
        validators=[Required(_NEEDED)],
    )

    def terms(self) -> Terms:
        """The months as decided."""
        return Terms(
            int(self.analysis_months.data or 0),
            int(self.unsent_months.data or 0),
            int(self.proof_months.data or 0),
        )
