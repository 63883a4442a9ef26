"""Says a broken rule in the reader's language, with its gaps as that language writes them."""

from collections.abc import Mapping
from datetime import date

from flask_babel import gettext as _

from jobsearch.core.errors import RuleBroken
from jobsearch.core.money import Money, Rate
from jobsearch.core.text import Word
from jobsearch.web.filters import current_language, date_text, money, percent


def say_rule(broken: RuleBroken) -> str:
    """The sentence of the rule for the person who reads it."""
    if not broken.gaps:
        return str(_(broken.message))
    language = current_language()
    return str(
        _(broken.message, **{name: _gap(gap, language) for name, gap in broken.gaps.items()})
    )


def say(message: str, gaps: Mapping[str, object]) -> str:
    """A marked sentence that was kept with its gaps (what a job did), in the reader's language."""
    return str(_(message, **gaps)) if gaps else str(_(message))


def _gap(gap: object, language: str) -> object:
    if isinstance(gap, Word):
        return _(str(gap))
    if isinstance(gap, Money):
        return money(gap, language)
    if isinstance(gap, Rate):
        return percent(gap, language=language)
    if isinstance(gap, date):
        return date_text(gap, language)
    return gap
