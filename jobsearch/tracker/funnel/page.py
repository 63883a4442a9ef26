"""What the pages of results are drawn from: figures, and where each of them opens its rows."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from jobsearch.cohorts.queries import get_cohort
from jobsearch.core.access import Actor
from jobsearch.tracker.funnel import queries
from jobsearch.tracker.funnel.counted import Days, Whose
from jobsearch.tracker.funnel.forms import PeriodForm
from jobsearch.tracker.funnel.queries import CohortLine, PersonLine
from jobsearch.tracker.funnel.rules import Funnel
from jobsearch.tracker.queries import get_person


@dataclass(frozen=True, slots=True)
class Results:
    """The results of somebody, of a group or of a programme; `rows` narrows the list of rows."""

    name: str
    funnel: Funnel
    days: Days
    rows: dict[str, str] = field(default_factory=dict)
    people: Sequence[PersonLine] = ()
    groups: Sequence[CohortLine] = ()
    pages: int = 1

    @property
    def is_wide(self) -> bool:
        """Whether it is of more than one person: then lines of nothing tell something too."""
        return bool(self.people or self.groups)


def of_oneself(actor: Actor) -> Results:
    """A participant's own."""
    days = queries.days_asked(actor)
    whose = Whose(actor, days, person_id=actor.person_id or "")
    return Results(actor.name, queries.get_funnel(whose), days)


def of_person(actor: Actor, person_id: str) -> Results:
    """One person's, for staff. Raises NotVisible."""
    person, days = get_person(actor, person_id), queries.days_asked(actor)
    whose = Whose(actor, days, person_id=person_id)
    return Results(person.full_name, queries.get_funnel(whose), days, {"person": person_id})


def of_group(actor: Actor, cohort_id: str, form: PeriodForm) -> Results:
    """A group's, with its people by name. Raises NotVisible."""
    cohort, days = get_cohort(cohort_id), queries.days_asked(actor, *form.days)
    whose = Whose(actor, days, cohort_ids=[cohort_id])
    funnel = queries.get_funnel(whose, queries.count_people(whose))
    people = queries.list_people(whose)
    return Results(cohort.name, funnel, days, _counted(days, cohort=cohort_id), people)


def of_programme(
    actor: Actor, programme_id: str, form: PeriodForm, page: int | None = 1
) -> Results:
    """A programme's, with its groups by their first day: a page of them, or all.

    Raises NotVisible.
    """
    name, days = queries.get_programme_name(programme_id), queries.days_asked(actor, *form.days)
    whose = Whose(actor, days, programme_id=programme_id)
    counted = queries.count_people(whose)
    return Results(
        name=name,
        funnel=queries.get_funnel(whose, counted),
        days=days,
        rows=_counted(days, programme=programme_id),
        groups=queries.list_cohorts(whose, page),
        pages=max(1, -(-counted.groups // queries.PAGE)),
    )


def _counted(days: Days, **whose: str) -> dict[str, str]:
    first = {"first": days.first.isoformat()} if days.first else {}
    return whose | {"counted": "1", "last": days.last.isoformat()} | first
