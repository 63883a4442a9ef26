"""The page of a group: everyone's figures, and what its people say to help each other."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from jobsearch.core.access import Actor, Permission, may
from jobsearch.core.clock import today
from jobsearch.people.rules import BoardName
from jobsearch.tracker.helping import queries
from jobsearch.tracker.helping.cards import (
    CallCard,
    Pairing,
    PraiseCard,
    TipCard,
    buddies_of,
    call_card,
    heard,
    pairing,
    praise_choices,
    said,
    tip_card,
)
from jobsearch.tracker.helping.circle import Circle
from jobsearch.tracker.helping.figures import (
    PAGE,
    ActionLine,
    Effort,
    list_actions,
    list_efforts,
)
from jobsearch.tracker.helping.tips.queries import list_tips
from jobsearch.tracker.rules import ACTIVITIES, Activity


@dataclass(frozen=True, slots=True)
class Cell:
    """One activity: done and meant today, and done in all."""

    activity: Activity
    done: int
    goal: int
    in_all: int


@dataclass(frozen=True, slots=True)
class Row:
    """A person's line: what she did and means to do today, and her effort so far.

    `is_unseen` marks the reader's own line when the others do not see it.
    """

    enrolment_id: str
    name: str
    choice: BoardName
    is_own: bool
    is_unseen: bool
    cells: tuple[Cell, ...]
    days: int


@dataclass(frozen=True, slots=True)
class Action:
    """One of the latest actions with its person's name."""

    name: str
    line: ActionLine


@dataclass(frozen=True, slots=True)
class GroupPage:
    """Everything on the page of a group, for one reader."""

    cohort_id: str
    group: str
    is_over: bool
    mates: Sequence[queries.Mate]
    rows: tuple[Row, ...]
    totals: tuple[Cell, ...]
    hidden: int
    counts_hidden: bool
    calls: tuple[CallCard, ...]
    tips: tuple[TipCard, ...]
    praise: tuple[PraiseCard, ...]
    said: tuple[PraiseCard, ...]
    praisable: tuple[tuple[str, str], ...]
    buddies: tuple[str | None, ...]
    pairings: tuple[Pairing, ...]
    actions: tuple[Action, ...]
    lines: int

    @property
    def has_own_call(self) -> bool:
        """Whether the reader has asked for help."""
        return any(call.is_own for call in self.calls)

    @property
    def pages(self) -> int:
        """How many pages the latest actions fill; none is one page."""
        return max(1, -(-self.lines // PAGE))


def own_page(actor: Actor, page: int) -> GroupPage:
    """The page of the participant's own group. Raises NotVisible without a seat. Six statements."""
    return _page_of(actor, queries.list_own_mates(actor), page)


def cohort_page(actor: Actor, cohort_id: str, page: int) -> GroupPage | None:
    """The page of a group for staff; None while nobody is in it."""
    mates = queries.list_mates(actor, cohort_id)
    return _page_of(actor, mates, page) if mates else None


def _page_of(actor: Actor, mates: Sequence[queries.Mate], page: int) -> GroupPage:
    circle, this_day, group = Circle.of(actor, mates), today(actor.zone), mates[0]
    efforts = list_efforts(group.cohort_id, this_day)
    told = [one for one in mates if one.person_id in circle.names]
    praise = queries.list_praise(actor, group.cohort_id)
    actions = list_actions(
        group.cohort_id, sorted(one.person_id for one in told), actor.person_id, page
    )
    return GroupPage(
        cohort_id=group.cohort_id,
        group=group.group,
        is_over=group.ends_on < this_day,
        mates=mates,
        rows=tuple(_row(circle, one, efforts) for one in circle.shown),
        totals=cells_of([efforts[key] for key in sorted(circle.counted) if key in efforts]),
        hidden=circle.hidden,
        counts_hidden=circle.counts_hidden,
        calls=tuple(call_card(circle, one) for one in _calls(actor, group.cohort_id)),
        tips=tuple(tip_card(circle, one) for one in list_tips(group.cohort_id)),
        praise=tuple(heard(circle, one) for one in praise if one.person_id == actor.person_id),
        said=tuple(said(circle, one) for one in praise if one.from_id == actor.account_id),
        praisable=praise_choices(circle),
        buddies=buddies_of(circle),
        pairings=tuple(pairing(circle, one) for one in circle.shown),
        actions=tuple(Action(circle.names[one.person_id], one) for one in actions),
        lines=sum(efforts[one.enrolment_id].lines for one in told if one.enrolment_id in efforts),
    )


def _calls(actor: Actor, cohort_id: str) -> list[queries.CallLine]:
    """Calls are for the group and its coaches, not for everybody who may read figures."""
    if actor.person_id is None and not may(actor, Permission.TRACKER_WRITE):
        return []
    return queries.list_calls(cohort_id)


def cells_of(efforts: Iterable[Effort]) -> tuple[Cell, ...]:
    """The figures of these people together, activity by activity."""
    found = list(efforts)
    return tuple(
        Cell(
            kind,
            sum(one.today.get(kind, 0) for one in found),
            sum(one.goals.get(kind, 0) for one in found),
            sum(one.done.get(kind, 0) for one in found),
        )
        for kind in ACTIVITIES
    )


def _row(circle: Circle, mate: queries.Mate, efforts: dict[str, Effort]) -> Row:
    effort = efforts.get(mate.enrolment_id, Effort({}, {}, {}))
    is_own = mate.person_id == circle.reader.person_id
    return Row(
        enrolment_id=mate.enrolment_id,
        name=circle.names[mate.person_id],
        choice=mate.choice,
        is_own=is_own,
        is_unseen=is_own and mate.choice is BoardName.TOTALS,
        cells=cells_of([effort]),
        days=effort.days,
    )
