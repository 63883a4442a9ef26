"""The first steps of a provider: their order, and which of them are done."""

from dataclasses import dataclass
from enum import StrEnum

from jobsearch.core.text import mark as N_


class StepState(StrEnum):
    """Where a step is."""

    DONE = "done"
    WAITING = "waiting"
    NOW = "now"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Facts:
    """What a provider has already."""

    details_missing: tuple[str, ...]
    coaches: int
    coaches_invited: int
    clerks: int
    clerks_invited: int
    municipal_coaches: int
    programmes: int
    groups: int
    people: int
    places: int
    contracts: int
    mornings: int


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do: the page where it is done, what and why, and where it is."""

    endpoint: str
    icon: str
    title: str
    text: str
    button: str
    state: StepState
    optional: bool = False


def steps_of(facts: Facts) -> list[Step]:
    """The steps in order; the first that is neither done, waiting nor optional is the one of now.

    A step that waits for somebody else (an invitation) does not hold the next ones up.
    """
    drafts = (*_office(facts), *_programme(facts), *_people(facts))
    steps, seen_now = [], False
    for draft in drafts:
        state = draft.state
        if state is StepState.LATER and not seen_now and not draft.optional:
            state, seen_now = StepState.NOW, True
        steps.append(Step(*_parts(draft), state, draft.optional))
    return steps


def is_begun(steps: list[Step]) -> bool:
    """Whether everything that has to be done is done."""
    return all(step.optional or step.state is StepState.DONE for step in steps)


def _parts(step: Step) -> tuple[str, str, str, str, str]:
    return step.endpoint, step.icon, step.title, step.text, step.button


def _found(count: int, invited: int = 0) -> StepState:
    if count:
        return StepState.DONE
    return StepState.WAITING if invited else StepState.LATER


def _office(facts: Facts) -> tuple[Step, ...]:
    return (
        Step(
            "organisations.edit_details",
            "building-2",
            N_("Say who you are"),
            N_(
                "Business id, address, phone, and whom people ask about their own data. Contracts"
                " and the notice on privacy take them from here."
            ),
            N_("Edit the organisation"),
            _found(not facts.details_missing),
        ),
        Step(
            "invitations.new_invitation",
            "user-plus",
            N_("Invite a coach"),
            N_("The coach runs the mornings and marks attendance."),
            N_("Invite a coach"),
            _found(facts.coaches, facts.coaches_invited),
        ),
        Step(
            "invitations.new_invitation",
            "user-plus",
            N_("Invite a payroll clerk"),
            N_("Hours and pay are made by one person and approved by another."),
            N_("Invite a payroll clerk"),
            _found(facts.clerks, facts.clerks_invited),
        ),
        Step(
            "members.list_municipal_coaches",
            "map-pin",
            N_("Invite municipal coaches"),
            N_("They refer people. They can also do so by a personal link, without an account."),
            N_("Municipal coaches"),
            _found(facts.municipal_coaches),
            optional=True,
        ),
    )


def _programme(facts: Facts) -> tuple[Step, ...]:
    return (
        Step(
            "programmes.new_programme",
            "goal",
            N_("Make a programme"),
            N_("Its weeks come ready from the pilot; you say what it pays."),
            N_("New programme"),
            _found(facts.programmes),
        ),
        Step(
            "cohorts.new_cohort",
            "users",
            N_("Make a group"),
            N_("Choose its first day and its coach. Its twelve days come by themselves."),
            N_("New group"),
            _found(facts.groups),
        ),
    )


def _people(facts: Facts) -> tuple[Step, ...]:
    return (
        Step(
            "recruitment.list_candidates",
            "user",
            N_("Take people in"),
            N_("One at a time, or all at once from a spreadsheet."),
            N_("Recruitment"),
            _found(facts.people),
        ),
        Step(
            "cohorts.list_cohorts",
            "user-check",
            N_("Give people a place in the group"),
            N_("From here on they can sign in with a code, and see their days."),
            N_("Groups"),
            _found(facts.places),
        ),
        Step(
            "hiring.list_groups",
            "clipboard-list",
            N_("Make the contracts"),
            N_("Both sides sign before the first day. Say first what every contract says."),
            N_("Before the start"),
            _found(facts.contracts),
        ),
        Step(
            "standup.show_board",
            "coffee",
            N_("Hold the first morning"),
            N_("The coach opens the board when the group meets."),
            N_("Stand-up"),
            _found(facts.mornings),
        ),
    )
