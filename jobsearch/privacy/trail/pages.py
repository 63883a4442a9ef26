"""What the pages of the trail show, gathered for their views."""

from collections.abc import Sequence
from typing import Any

from jobsearch.audit.queries import find_last_check, find_last_seal
from jobsearch.core.access import Actor, Permission, may
from jobsearch.core.clock import now, today
from jobsearch.core.looks import is_in_emergency, kind_of, sentence_of
from jobsearch.privacy.breakglass.queries import list_glasses
from jobsearch.privacy.breakglass.rules import lives
from jobsearch.privacy.trail import queries
from jobsearch.privacy.trail.forms import TrailForm
from jobsearch.privacy.trail.rules import ACTS, PAGE, TECHNICAL, Asked, Key, key_of
from jobsearch.privacy.trail.told import field_words, fields_told, value_told
from jobsearch.privacy.trail.values import get_change
from jobsearch.privacy.words import TABLES, name_of
from jobsearch.web.filters import current_language

_RECENT = 5


def changes_page(actor: Actor, form: TrailForm, asked: Asked, before: str) -> dict[str, Any]:
    """A page of changes, with the state of the chain; seven statements, however much there is."""
    rows = queries.list_changes(actor, asked, key_of(before), PAGE + 1)
    names = _names(actor, rows, [row.subject_id for row in rows])
    is_manager = may(actor, Permission.AUDIT_VALUES)
    form.offer_changes(names.staff, TABLES if is_manager else TECHNICAL)
    at = now()
    return {
        **_shown(rows, names, asked, before),
        "form": form,
        "acts": ACTS,
        "table_words": name_of,
        "fields_told": fields_told,
        "seal": find_last_seal(),
        "check": find_last_check(),
        "glasses": list_glasses(actor, None, _RECENT),
        "lives": lambda one: lives(one.ends_at, one.ended_at, at),
        "is_manager": is_manager,
    }


def looks_page(actor: Actor, form: TrailForm, asked: Asked, before: str) -> dict[str, Any]:
    """A page of looks; three statements, however much there is."""
    rows = queries.list_looks(actor, asked, key_of(before), PAGE + 1)
    names = _names(actor, rows, [row.person_id for row in rows])
    form.offer_looks(names.staff)
    shown = _shown(rows, names, asked, before)
    words = {"kind_of": kind_of, "sentence_of": sentence_of, "is_emergency": is_in_emergency}
    return {**shown, **words, "form": form, "is_manager": True}


def seen_page(actor: Actor, form: TrailForm, asked: Asked | None, after: str) -> dict[str, Any]:
    """The persons whom one account saw; nothing while no account is chosen."""
    rows = queries.list_seen(actor, asked, after, PAGE + 1) if asked else []
    accounts = [asked.account_id] if asked else []
    names = queries.get_names(actor, accounts, [row.person_id for row in rows])
    form.offer_accounts(names.staff)
    return {
        "rows": rows[:PAGE],
        "names": names,
        "asked": asked,
        "next": rows[PAGE - 1].person_id if len(rows) > PAGE else "",
        "after": after,
        "form": form,
        "is_manager": True,
    }


def change_page(actor: Actor, entry_id: int) -> dict[str, Any]:
    """One change with its values. Raises NotVisible."""
    change = get_change(actor, entry_id)
    names = queries.get_names(actor, [change.account_id], [change.subject_id])
    language = current_language()

    def told(field: str, value: Any) -> str:
        return value_told(change.table_name, field, value, language, actor.zone)

    words = {"acts": ACTS, "table_words": name_of, "field_words": field_words, "told": told}
    return {"change": change, "names": names, **words}


def day_of(actor: Actor) -> Any:
    """Today where the actor is."""
    return today(actor.zone)


def _names(actor: Actor, rows: Sequence[Any], whose: Sequence[str | None]) -> queries.Names:
    return queries.get_names(actor, [row.account_id for row in rows], whose)


def _shown(rows: Sequence[Any], names: queries.Names, asked: Asked, before: str) -> dict[str, Any]:
    more = len(rows) > PAGE
    shown = rows[:PAGE]
    return {
        "rows": shown,
        "names": names,
        "asked": asked,
        "before": before,
        "next": Key(shown[-1].at, shown[-1].id).text if more else "",
    }
