"""What the others see of a person, in each of her three choices, with her real figures."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from jobsearch.core.access import Actor
from jobsearch.core.clock import today
from jobsearch.core.errors import NotVisible
from jobsearch.people.models import BoardName
from jobsearch.people.rules import shown_name
from jobsearch.tracker.helping.circle import counts_hidden, names_by_choice
from jobsearch.tracker.helping.figures import ActionLine, Effort, list_actions, list_efforts
from jobsearch.tracker.helping.page import Cell, cells_of
from jobsearch.tracker.helping.queries import Mate, list_calls, list_own_mates
from jobsearch.tracker.helping.tips.queries import TipLine, list_tips
from jobsearch.tracker.queries import get_person


@dataclass(frozen=True, slots=True)
class View:
    """What others see by one choice; without a name there is no line of hers.

    `is_counted`: whether the group's totals would hold her figures then.
    """

    choice: BoardName
    is_now: bool
    name: str | None
    is_counted: bool


@dataclass(frozen=True, slots=True)
class Openness:
    """A person's choice, the three views, and what of hers is in them; no group, no figures.

    `action` is her latest one as the others read it.
    """

    choice: BoardName
    views: tuple[View, ...]
    cells: tuple[Cell, ...]
    days: int
    action: ActionLine | None
    tip: TipLine | None
    call_words: str
    has_group: bool


def own_openness(actor: Actor) -> Openness:
    """The page of the participant's own choice. Five statements."""
    try:
        mates = list_own_mates(actor)
    except NotVisible:
        return _alone(actor)
    own = next(one for one in mates if one.person_id == actor.person_id)
    effort = list_efforts(own.cohort_id, today(actor.zone)).get(
        own.enrolment_id, Effort({}, {}, {})
    )
    # asked for as the others ask: what is private is not in it
    actions = list_actions(own.cohort_id, [own.person_id], None, 1)
    tips = [one for one in list_tips(own.cohort_id) if one.person_id == own.person_id]
    calls = [one for one in list_calls(own.cohort_id) if one.person_id == own.person_id]
    return Openness(
        choice=own.choice,
        views=tuple(_view(mates, own, choice) for choice in BoardName),
        cells=cells_of([effort]),
        days=effort.days,
        action=actions[0] if actions else None,
        tip=tips[0] if tips else None,
        call_words=calls[0].words if calls else "",
        has_group=True,
    )


def _view(mates: Sequence[Mate], own: Mate, choice: BoardName) -> View:
    if_so = [replace(one, choice=choice) if one is own else one for one in mates]
    return View(
        choice=choice,
        is_now=choice is own.choice,
        name=names_by_choice(if_so).get(own.person_id),
        is_counted=choice is not BoardName.TOTALS or counts_hidden(if_so),
    )


def _alone(actor: Actor) -> Openness:
    person = get_person(actor, actor.person_id or "")
    views = tuple(
        View(
            choice,
            choice is person.board_name,
            shown_name(person.given_name, person.family_name, choice),
            is_counted=choice is not BoardName.TOTALS,
        )
        for choice in BoardName
    )
    return Openness(person.board_name, views, cells_of([]), 0, None, None, "", has_group=False)
