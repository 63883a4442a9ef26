"""The form that narrows the looks at one's own things."""

from collections.abc import Iterable, Mapping

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField

from jobsearch.core.looks import SENTENCES, Look
from jobsearch.desk.seen_by.rules import OTHER_SEEKER
from jobsearch.web.forms import AddressForm


class FilterForm(AddressForm):
    """By whom and of what; a GET form, so that a view has a link."""

    who = SelectField(_l("Who looked"), validate_choice=False)
    what = SelectField(_l("What of yours"), validate_choice=False)

    def offer(self, readers: Mapping[str, str], kinds: Iterable[Look]) -> "FilterForm":
        """Put the choices on the form: those who looked, and at what."""
        self.who.choices = [
            ("", _("Everyone")),
            *((key, name_of(key, name)) for key, name in readers.items()),
        ]
        said = ((kind.value, _(SENTENCES[kind])) for kind in kinds)
        named = sorted(((key, text[:1].upper() + text[1:]) for key, text in said), key=_by_name)
        self.what.choices = [("", _("Everything")), *named]
        for field in (self.who, self.what):
            if field.data not in [choice[0] for choice in field.iter_choices()]:
                field.data = ""
        return self

    def kept(self) -> dict[str, str]:
        """What is chosen, by name: it stays in the links to further pages."""
        return {field.name: field.data for field in (self.who, self.what) if field.data}


def _by_name(choice: tuple[str, str]) -> str:
    return choice[1].casefold()


def name_of(key: str, name: str) -> str:
    """Whoever looked, by name; another participant, and an account that is gone, without one."""
    if key == OTHER_SEEKER:
        return str(_("Another job seeker"))
    return name or str(_("Somebody who has left"))
