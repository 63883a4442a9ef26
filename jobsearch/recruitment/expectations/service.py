"""Use cases of expectations: a provider adds its own words to the page."""

from jobsearch.core.db import db
from jobsearch.core.errors import Conflict
from jobsearch.core.text import Words
from jobsearch.programmes.queries import get_programme
from jobsearch.recruitment.expectations import queries
from jobsearch.recruitment.expectations.models import Expectation
from jobsearch.recruitment.expectations.rules import check_words


def save_words(programme_id: str, version: int, words: Words) -> Expectation:
    """Keep what the provider says of a programme; languages left empty show another one's.

    Raises NotVisible, RuleBroken, and Conflict when somebody has saved since.
    """
    programme = get_programme(programme_id)
    check_words(words)
    row = queries.find_words(programme_id)
    if (row.version if row else 0) != version:
        raise Conflict
    if row is None:
        row = Expectation(programme_id=programme_id, organisation_id=programme.organisation_id)
        db.session.add(row)
    row.words = Words.of({code: text for code, text in words.items() if text})
    db.session.flush()
    return row
