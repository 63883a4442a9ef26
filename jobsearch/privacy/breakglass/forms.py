"""The form by which an operator asks to look at a provider's data."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, TextAreaField

from jobsearch.privacy.breakglass.rules import KINDS, LONGEST_REASON
from jobsearch.web.fields import Required
from jobsearch.web.forms import Form


class GlassForm(Form):
    """Whose data, for what, and why."""

    provider = SelectField(
        _l("Provider"), validators=[Required(_l("Choose the provider."))], validate_choice=False
    )
    kind = RadioField(
        _l("What you have to look for"),
        choices=[],
        validators=[Required(_l("Choose what you have to look for."))],
    )
    reason = TextAreaField(
        _l("Why"),
        description=_l(
            "At least 20 letters. The provider's managers read it at once, and it is kept."
        ),
        validators=[Required(_l("Say why you have to look."))],
        render_kw={"rows": 4, "maxlength": LONGEST_REASON},
    )

    def offer(self, providers: Sequence[tuple[str, str]]) -> "GlassForm":
        """Put the providers and the kinds on the form."""
        self.provider.choices = [("", _("Choose")), *providers]
        self.kind.choices = [(kind.value, _(words)) for kind, words in KINDS.items()]
        return self
