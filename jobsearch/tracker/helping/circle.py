"""A group as one reader sees it: by which names, and whose figures may be told apart."""

from collections.abc import Sequence
from dataclasses import dataclass

from jobsearch.core.access import Actor
from jobsearch.people.rules import BoardName, counts_everyone, shown_names
from jobsearch.tracker.helping.queries import Mate
from jobsearch.tracker.helping.rules import name_order


def names_for(actor: Actor, mates: Sequence[Mate]) -> dict[str, str]:
    """What the actor calls everyone of a group, by person; who is only in the totals is not there.

    Staff know everybody by the full name, and a participant knows herself.
    """
    if actor.person_id is None:
        return {one.person_id: one.full_name for one in mates}
    names = names_by_choice(mates)
    for one in mates:
        if one.person_id == actor.person_id:
            names.setdefault(one.person_id, one.given_name)
    return names


def names_by_choice(mates: Sequence[Mate]) -> dict[str, str]:
    """What a group calls its people, by person: the name that each of them chose."""
    return shown_names(
        (one.person_id, one.given_name, one.family_name, one.choice) for one in mates
    )


def counts_hidden(mates: Sequence[Mate]) -> bool:
    """Whether a group's totals hold those who have no row.

    Asked of those with a seat by themselves too: who has left does nothing today.
    """
    hidden = [one.has_seat for one in mates if one.choice is BoardName.TOTALS]
    return counts_everyone(len(hidden)) and counts_everyone(sum(hidden))


@dataclass(frozen=True, slots=True)
class Circle:
    """The people of one group, by the names that the reader knows."""

    reader: Actor
    mates: tuple[Mate, ...]
    names: dict[str, str]

    @classmethod
    def of(cls, reader: Actor, mates: Sequence[Mate]) -> "Circle":
        """The group as this reader sees it."""
        return cls(reader, tuple(mates), names_for(reader, mates))

    @property
    def own(self) -> Mate | None:
        """The reader herself, if she is one of the group."""
        return next((one for one in self.mates if one.person_id == self.reader.person_id), None)

    @property
    def shown(self) -> list[Mate]:
        """Who has a seat and a row on the reader's page, by name; never by figures."""
        found = [one for one in self.mates if one.has_seat and one.person_id in self.names]
        return sorted(
            found, key=lambda one: (name_order(self.names[one.person_id]), one.enrolment_id)
        )

    @property
    def hidden(self) -> int:
        """How many have chosen to be only in the totals."""
        return sum(one.choice is BoardName.TOTALS for one in self.mates)

    @property
    def counts_hidden(self) -> bool:
        """Whether totals hold them: staff read everything, the group what betrays nobody."""
        return self.reader.person_id is None or counts_hidden(self.mates)

    @property
    def counted(self) -> set[str]:
        """Whose figures the totals hold, by enrolment."""
        return {
            one.enrolment_id
            for one in self.mates
            if self.counts_hidden or one.choice is not BoardName.TOTALS
        }

    def name(self, person_id: str | None) -> str | None:
        """What the reader calls a person; None for somebody whom she may not name."""
        return self.names.get(person_id or "")

    def giver(self, account_id: str | None, staff_name: str | None) -> str | None:
        """What the reader calls an account: of the group by the name chosen, staff by its own."""
        mate = next(
            (one for one in self.mates if account_id and one.account_id == account_id), None
        )
        return staff_name if mate is None else self.name(mate.person_id)
