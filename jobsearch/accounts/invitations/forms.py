"""Forms of invitations."""

from collections.abc import Iterable

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Length

from jobsearch.core.access import Role
from jobsearch.web.fields import EmailAddressField, LanguageField, Required
from jobsearch.web.forms import Form
from jobsearch.web.navigation import ROLE_NAMES


class InvitationForm(Form):
    """Whom to invite, to what, and in which language she is written to."""

    name = StringField(
        _l("Name"),
        description=_l("Given name and family name, as the others shall see it."),
        validators=[Required(_l("Enter the name.")), Length(max=120)],
    )
    email = EmailAddressField(_l("E-mail"), validators=[Required(_l("Enter the e-mail address."))])
    role = RadioField(_l("Role"), validators=[Required(_l("Choose a role."))])
    language = LanguageField(_l("Language of the message"))

    def offer(self, roles: Iterable[Role]) -> None:
        """Offer these roles; a single one is chosen already."""
        offered = list(roles)
        self.role.choices = [SelectChoice(role.value, _(ROLE_NAMES[role])) for role in offered]
        if len(offered) == 1 and self.role.data is None:
            self.role.data = offered[0].value

    def chosen(self) -> Role:
        """The role, after it was validated."""
        return Role(self.role.data or "")


class AnswerForm(Form):
    """A button and nothing else."""
