"""Use cases of criteria: write them; what a decision has used is never changed."""

from collections.abc import Sequence

from jobsearch.core.clock import now
from jobsearch.core.db import db
from jobsearch.core.errors import Conflict
from jobsearch.programmes.queries import get_programme
from jobsearch.recruitment.selection.criteria.queries import find_edition
from jobsearch.recruitment.selection.models import CriteriaEdition, Criterion
from jobsearch.recruitment.selection.rules import check_criteria


def write_criteria(programme_id: str, version: str, lines: Sequence[str]) -> CriteriaEdition:
    """Keep a programme's criteria, one a line; a new edition once the last one has been used.

    `version` names the edition and version that the page showed ("2.1", empty where there was
    none). Raises NotVisible, RuleBroken, Conflict.
    """
    programme = get_programme(programme_id)
    kept = [line.strip() for line in lines if line.strip()]
    check_criteria(kept)
    edition = find_edition(programme_id)
    if version != version_of(edition):
        raise Conflict
    if edition is not None and [one.text for one in edition.criteria] == kept:
        return edition
    if edition is None or edition.frozen_at is not None:
        edition = CriteriaEdition(
            programme_id=programme_id,
            organisation_id=programme.organisation_id,
            edition=edition.edition + 1 if edition else 1,
            written_at=now(),
        )
        db.session.add(edition)
    else:
        edition.criteria, edition.written_at = [], now()
        db.session.flush()
    edition.criteria = [
        Criterion(position=number, text=line, organisation_id=programme.organisation_id)
        for number, line in enumerate(kept, 1)
    ]
    db.session.flush()
    return edition


def version_of(edition: CriteriaEdition | None) -> str:
    """The edition and its version in one word, for the form that changes it."""
    return f"{edition.edition}.{edition.version}" if edition else ""


def freeze(edition: CriteriaEdition) -> None:
    """A decision uses the edition: it stays as it is from now on."""
    edition.frozen_at = edition.frozen_at or now()
