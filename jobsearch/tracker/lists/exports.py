"""Lists of actions and goals as rows of a file, in the reader's language, with units in heads."""

from collections.abc import Iterator, Sequence
from typing import Any

from flask_babel import gettext as _

from jobsearch.core.sheets import Cell
from jobsearch.core.text import mark as N_
from jobsearch.tracker.lists.whole import WholeList
from jobsearch.tracker.rules import (
    CHANNEL_NAMES,
    LOOKS,
    REPLY_NAMES,
    ActionSource,
    GoalOrigin,
    Reached,
)

_SOURCES = {
    ActionSource.OWN: N_("The job seeker"),
    ActionSource.PROXY: N_("The coach, for the job seeker"),
    ActionSource.IMPORTED: N_("A file"),
}
_ORIGINS = {
    GoalOrigin.RAMP: N_("The rise of the goals"),
    GoalOrigin.SET: N_("Set by hand"),
    GoalOrigin.IMPORTED: N_("A file"),
}


def _common_heads() -> list[str]:
    return [
        _("Day"),
        _("Kind"),
        _("How many (actions)"),
        _("Employer"),
        _("Job or task"),
        _("How?"),
        _("Who decides was reached"),
        _("Reply"),
        _("Day of the reply"),
        _("Who says it"),
        _("Confirmed by the job seeker"),
        _("Hidden from the group"),
    ]


def _common(row: Any, said: dict[str, str]) -> list[Cell]:
    return [
        row.on,
        said[row.activity],
        row.times,
        row.employer or "",
        row.role_title or "",
        said[row.channel] if row.channel else "",
        "" if row.reached is None else said["yes" if row.reached is Reached.YES else "no"],
        said[f"reply {row.reply}"] if row.reply else "",
        row.replied_on,
        said[f"source {row.source}"],
        said["yes"] if row.confirmed_at else "",
        said["yes"] if row.private_at else "",
    ]


def _words() -> dict[str, str]:
    """Each word of a list said once, however long the list is."""
    return {
        **{kind: _(look.name) for kind, look in LOOKS.items()},
        **{channel: _(name) for channel, name in CHANNEL_NAMES.items()},
        **{f"reply {reply}": _(name) for reply, name in REPLY_NAMES.items()},
        **{f"source {source}": _(name) for source, name in _SOURCES.items()},
        "yes": _("yes"),
        "no": _("no"),
    }


def staff_table(listed: WholeList) -> tuple[list[str], Iterator[Sequence[Cell]]]:
    """Head and rows of staff's list; the notes are not in it."""
    said = _words()
    head = [_("Person"), _("Group"), *_common_heads()]
    rows = (
        [f"{row.given_name} {row.family_name}".strip(), row.cohort, *_common(row, said)]
        for row in listed.rows
    )
    return head, rows


def own_table(listed: WholeList) -> tuple[list[str], Iterator[Sequence[Cell]]]:
    """Head and rows of a person's own list, with her notes."""
    said = _words()
    head = [*_common_heads(), _("Group"), _("Note")]
    rows = ([*_common(row, said), row.cohort, row.note or ""] for row in listed.rows)
    return head, rows


def goals_table(goals: Sequence[Any]) -> tuple[list[str], Iterator[Sequence[Cell]]]:
    """Head and rows of one person's goals."""
    head = [_("Day"), _("Kind"), _("Goal (actions a day)"), _("From what"), _("Group")]
    rows = (
        [row.on, _(LOOKS[row.activity].name), row.target, _(_ORIGINS[row.origin]), row.cohort]
        for row in goals
    )
    return head, rows
