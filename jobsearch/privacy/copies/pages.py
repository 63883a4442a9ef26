"""What the page of one's own data shows, gathered for its view."""

from dataclasses import dataclass

from jobsearch.core.access import Actor
from jobsearch.organisations.models import Organisation
from jobsearch.organisations.queries import get_organisation
from jobsearch.privacy.copies import queries
from jobsearch.privacy.copies.areas import AREAS, Area, area_of
from jobsearch.privacy.copies.models import DataCopy
from jobsearch.privacy.copies.titles import TITLES


@dataclass(frozen=True, slots=True)
class Shown:
    """One area with the kinds of rows in it and how many there are of each."""

    area: Area
    kinds: list[tuple[str, int]]

    @property
    def count(self) -> int:
        """How many rows there are in all."""
        return sum(count for _name, count in self.kinds)


@dataclass(frozen=True, slots=True)
class OwnData:
    """What there is of the actor by area, the copies that were made, and whom to ask."""

    areas: list[Shown]
    copies: list[DataCopy]
    provider: Organisation
    account_id: str


def own_data(actor: Actor) -> OwnData:
    """All of the page. A handful of statements, however much there is."""
    whose = queries.whose_own(actor)
    counts = queries.count_rows(whose)
    kinds: dict[str, list[tuple[str, int]]] = {area.name: [] for area in AREAS}
    for model in queries.copied_models():
        name = model.__tablename__
        if counts.get(name):
            area = area_of(model.__module__.split(".")[1])
            kinds[area.name].append((TITLES[name], counts[name]))
    shown = [Shown(area, kinds[area.name]) for area in AREAS if kinds[area.name]]
    return OwnData(
        shown,
        queries.list_copies(whose),
        get_organisation(actor.organisation_id),
        actor.account_id,
    )
