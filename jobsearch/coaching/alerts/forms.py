"""Forms of alerts: what narrows a list, and what a coach does with one."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField
from wtforms.validators import ValidationError

from jobsearch.coaching.alerts.rules import ALERT_RULES, AlertRule, Verdict
from jobsearch.web.forms import AddressForm, Form

WHATS = {
    "raised": _l("All alerts"),
    "open": _l("Still open"),
    "taken": _l("Taken by a coach"),
    "by_itself": _l("Ended by itself"),
    "helpful": _l("It was good to ask"),
    "needless": _l("There was no need"),
}
PERIODS = {
    "": _l("From the beginning"),
    "30": _l("The last 30 days"),
    "90": _l("The last 90 days"),
    "365": _l("The last 12 months"),
}


class FilterForm(AddressForm):
    """What narrows the lists; a GET form, so that a view has a link."""

    group = SelectField(_l("Group"), validate_choice=False)
    what = SelectField(_l("Which ones"), validate_choice=False)
    rule = SelectField(_l("Rule"), validate_choice=False)
    period = SelectField(_l("Raised"), validate_choice=False)

    def offer(self, groups: Sequence[tuple[str, str]], *, has_own: bool) -> "FilterForm":
        """Put the choices on the form; what is not among them is no filter."""
        own = [("", _("My groups")), ("all", _("All groups"))] if has_own else []
        self.group.choices = [*(own or [("", _("All groups"))]), *groups]
        self.what.choices = [(key, str(name)) for key, name in WHATS.items()]
        self.rule.choices = [
            ("", _("All rules")),
            *((rule.value, _(ALERT_RULES[rule].name)) for rule in AlertRule),
        ]
        self.period.choices = [(key, str(name)) for key, name in PERIODS.items()]
        for field in (self.group, self.what, self.rule, self.period):
            known = [choice[0] for choice in field.iter_choices()]
            if field.data not in known:
                field.data = known[0]
        return self

    def kept(self) -> dict[str, str]:
        """What is chosen, by name: it narrows the list and stays in the links to its pages."""
        chosen = {name: field.data for name, field in self._fields.items() if field.data}
        return {name: value for name, value in chosen.items() if value != "raised"}


class SeenForm(Form):
    """One deed on an alert, as it was seen; afterwards back to the same list."""

    version = HiddenField()
    group = HiddenField()

    def seen(self) -> int | None:
        """The version that the coach saw."""
        text = self.version.data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else None


class VerdictForm(SeenForm):
    """How it was."""

    verdict = HiddenField()

    def validate_verdict(self, field: HiddenField) -> None:
        """Raises ValidationError for what is no verdict."""
        if field.data not in tuple(Verdict):
            raise ValidationError(_("Say whether it was good to ask."))

    def wanted(self) -> Verdict | None:
        """The verdict that was chosen; None for what is none."""
        return Verdict(self.verdict.data) if self.verdict.data in tuple(Verdict) else None
