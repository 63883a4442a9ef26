"""Forms of leaving: another role, or none, and who gets the groups."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from jobsearch.core.access import Role
from jobsearch.handover.rules import NOBODY
from jobsearch.web.fields import Required
from jobsearch.web.forms import Form
from jobsearch.web.navigation import ROLE_NAMES


class _SuccessorForm(Form):
    successor = SelectField(_l("Who gets the groups?"), validate_choice=True)

    def offer_coaches(self, coaches: list[tuple[str, str]], *, has_groups: bool) -> None:
        """Offer the other coaches; without groups there is no field."""
        if not has_groups:
            del self.successor
            return
        choices = [SelectChoice("", _("Choose"))]
        choices += [SelectChoice(key, name) for key, name in coaches]
        self.successor.choices = [
            *choices,
            SelectChoice(NOBODY, _("Nobody yet: the groups stay without a coach")),
        ]

    def offer_clients(self, coaches: list[tuple[str, str]], *, clients: int) -> None:
        """Offer the other municipal coaches; without clients there is no field."""
        if not clients:
            del self.successor
            return
        self.successor.label.text = _("Who gets the clients?")
        self.successor.choices = [
            SelectChoice("", _("Choose")),
            *(SelectChoice(key, name) for key, name in coaches),
            SelectChoice(NOBODY, _("Nobody yet: the clients have no municipal coach")),
        ]

    def chosen_successor(self) -> str:
        """The account of the other coach, or the word for nobody, or nothing."""
        return "" if "successor" not in self else self.successor.data or ""


class RoleForm(_SuccessorForm):
    """Another role in place of the present one."""

    role = RadioField(_l("New role"), validators=[Required(_l("Choose a role."))])

    def offer_roles(self, roles: tuple[Role, ...]) -> None:
        """Offer these roles."""
        self.role.choices = [SelectChoice(role.value, _(ROLE_NAMES[role])) for role in roles]

    def chosen(self) -> Role:
        """The role, after it was validated."""
        return Role(self.role.data or "")


class MoveForm(Form):
    """Who gets all clients of a municipal coach."""

    successor = SelectField(
        _l("Who gets the clients?"), validators=[Required(_l("Choose a municipal coach."))]
    )

    def offer(self, coaches: list[tuple[str, str]]) -> "MoveForm":
        """Let choose among these; returns itself."""
        choices = [SelectChoice(key, name) for key, name in coaches]
        self.successor.choices = [SelectChoice("", _("Choose")), *choices]
        return self


class EndForm(_SuccessorForm):
    """The end of a membership."""
