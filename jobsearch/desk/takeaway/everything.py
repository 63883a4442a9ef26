"""Everything of one person's own search, gathered once for workbook, paper and archive."""

from dataclasses import dataclass
from datetime import date

from jobsearch.core.access import Actor
from jobsearch.core.clock import today
from jobsearch.core.errors import NotVisible
from jobsearch.desk.takeaway import queries
from jobsearch.desk.takeaway.queries import Rows
from jobsearch.tracker.funnel.counted import Days, Whose
from jobsearch.tracker.funnel.queries import get_funnel
from jobsearch.tracker.funnel.rules import Funnel


@dataclass(frozen=True, slots=True)
class Everything:
    """All rows of one person, and her figures up to a day."""

    person_id: str
    name: str
    language: str
    zone: str
    as_of: date
    funnel: Funnel
    actions: Rows
    interviews: Rows
    employers: Rows
    goals: Rows
    strategies: Rows
    words: Rows
    steps: Rows
    notes: Rows
    hours: Rows
    versions: Rows
    comments: Rows


def gather(actor: Actor) -> Everything:
    """The participant's own. Raises NotVisible for anybody else."""
    person_id = actor.person_id
    if person_id is None:
        raise NotVisible
    as_of = today(actor.zone)
    return Everything(
        person_id=person_id,
        name=actor.name,
        language=actor.language,
        zone=actor.zone,
        as_of=as_of,
        funnel=get_funnel(Whose(actor, Days(as_of), person_id=person_id)),
        actions=queries.list_actions(person_id),
        interviews=queries.list_interviews(person_id),
        employers=queries.list_employers(person_id),
        goals=queries.list_goals(person_id),
        strategies=queries.list_strategies(person_id),
        words=queries.list_words(person_id),
        steps=queries.list_steps(person_id),
        notes=queries.list_notes(person_id),
        hours=queries.list_hours(person_id),
        versions=queries.list_versions(person_id),
        comments=queries.list_comments(person_id),
    )
