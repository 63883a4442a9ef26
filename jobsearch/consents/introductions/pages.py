"""What the pages of introductions show, gathered for their views."""

from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from jobsearch.consents.introductions import queries
from jobsearch.consents.introductions.rules import Warnings
from jobsearch.consents.queries import NamedCoach
from jobsearch.core.access import Actor
from jobsearch.core.tokens import digest
from jobsearch.web.filters import current_language
from jobsearch.web.formats import date_text
from jobsearch.web.pages import flash


def say(coach: NamedCoach, until: date, language: str) -> str:
    """The sentences of the permission as they are read and kept."""
    return queries.words_today().say(
        language,
        recipient=coach.name,
        organisation=coach.organisation,
        until=date_text(until, language),
    )


def permit_page(actor: Actor, months: int | None) -> dict[str, Any]:
    """The permission before who decides on it. Months that are not offered are the usual ones."""
    asked = queries.show_permission(actor)
    offered = dict(asked.offered)
    months = months if months in offered else asked.usual
    wording = say(asked.coach, offered[months], current_language()) if asked.coach else ""
    return {
        "asked": asked,
        "months": months,
        "until": offered[months],
        "wording": wording,
        "scope": queries.words_today().scope.say(current_language()),
        "seen": digest(wording),
    }


def say_warnings(warnings: Warnings) -> None:
    """On the next page: what the writer may want to look at again."""
    if warnings.health:
        flash(
            ngettext(
                "This word may tell of health: %(words)s. Leave health out of the text.",
                "These words may tell of health: %(words)s. Leave health out of the text.",
                len(warnings.health),
                words=", ".join(warnings.health[:8]),
            ),
            "warn",
        )
    if warnings.has_phone:
        flash(_("There is a phone number in the text. Is it needed?"), "warn")
