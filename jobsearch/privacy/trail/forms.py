"""The forms that narrow the trail; GET forms, so that a view has a link."""

from collections.abc import Iterable, Sequence
from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField

from jobsearch.core.looks import SENTENCES
from jobsearch.privacy.trail.rules import ACTS, Asked, check_account, check_days, usual_days
from jobsearch.privacy.words import TABLES
from jobsearch.web.fields import DateField
from jobsearch.web.forms import AddressForm

_LIKE = _l("For example 24.11.2026")


class TrailForm(AddressForm):
    """Who, when, and whose; a person is chosen by her link in the list."""

    account = SelectField(_l("Who"), validate_choice=False)
    person = HiddenField()
    kind = SelectField(_l("What"), validate_choice=False)
    act = SelectField(_l("How"), validate_choice=False)
    since = DateField(_l("First day"), description=_LIKE)
    until = DateField(_l("Last day"), description=_LIKE)

    def asked(self, today: date) -> Asked:
        """What is asked for; without days the last thirty. Raises RuleBroken."""
        first, last = self.since.day, self.until.day
        if not (first or last):
            first, last = usual_days(today)
        check_days(first, last)
        return Asked(
            self.account.data or "",
            self.person.data or "",
            self.kind.data or "",
            self.act.data or "",
            first,
            last,
        )

    def asked_of_one(self, today: date) -> Asked:
        """The same where an account must be chosen. Raises RuleBroken."""
        asked = self.asked(today)
        check_account(asked.account_id)
        return asked

    def offer_changes(self, staff: Sequence[tuple[str, str]], tables: Iterable[str]) -> None:
        """Put the choices of the list of changes on the form."""
        self._offer(staff, ((name, TABLES[name]) for name in tables), ACTS.items())

    def offer_looks(self, staff: Sequence[tuple[str, str]]) -> None:
        """Put the choices of the list of looks on the form."""
        states = (("shown", _("Was shown")), ("refused", _("Was refused")))
        self._offer(staff, ((kind.value, words) for kind, words in SENTENCES.items()), states)

    def offer_accounts(self, staff: Sequence[tuple[str, str]]) -> None:
        """Put the accounts on the form of whom one of them saw; there is no such list of all."""
        self.account.choices = self._accounts(_("Choose"), staff)

    def _accounts(self, nobody: str, staff: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
        chosen = self.account.data or ""
        others = [] if not chosen or chosen in dict(staff) else [(chosen, _("As chosen"))]
        return [("", nobody), *staff, *others]

    def _offer(
        self,
        staff: Sequence[tuple[str, str]],
        kinds: Iterable[tuple[str, str]],
        acts: Iterable[tuple[str, str]],
    ) -> None:
        self.account.choices = self._accounts(_("Everyone"), staff)
        said = ((key, _(words)) for key, words in kinds)
        named = sorted(((key, text[:1].upper() + text[1:]) for key, text in said), key=_by_name)
        self.kind.choices = [("", _("Everything")), *named]
        self.act.choices = [("", _("Everything")), *((key, _(words)) for key, words in acts)]


def _by_name(choice: tuple[str, str]) -> str:
    return choice[1].casefold()
