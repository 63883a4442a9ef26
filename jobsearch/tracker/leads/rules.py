"""Where a lead comes from, how far it is, which moves there are, and when it has gone quiet."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from jobsearch.core.errors import RuleBroken
from jobsearch.core.text import mark as N_
from jobsearch.tracker.rules import Activity

MOST_ADVERT = 8000


class LeadSource(StrEnum):
    """Where a person heard of an opportunity."""

    ADVERT = "advert"
    PUBLIC_SERVICE = "public_service"
    ACQUAINTANCE = "acquaintance"
    GROUP = "group"
    AGENCY = "agency"
    COACH = "coach"
    OWN_IDEA = "own_idea"


SOURCE_NAMES: dict[LeadSource, str] = {
    LeadSource.ADVERT: N_("A job advertisement"),
    LeadSource.PUBLIC_SERVICE: N_("Job Market Finland"),
    LeadSource.ACQUAINTANCE: N_("Somebody I know"),
    LeadSource.GROUP: N_("Somebody of my group"),
    LeadSource.AGENCY: N_("A staffing agency"),
    LeadSource.COACH: N_("My coach"),
    LeadSource.OWN_IDEA: N_("My own idea"),
}
_ACTIVITIES = {
    LeadSource.ADVERT: Activity.ADVERTISED_APPLICATION,
    LeadSource.PUBLIC_SERVICE: Activity.ADVERTISED_APPLICATION,
    LeadSource.AGENCY: Activity.AGENCY_APPLICATION,
}


class LeadStage(StrEnum):
    """How far a lead is; the last four are ends."""

    FOUND = "found"
    APPLIED = "applied"
    INTERVIEW = "interview"
    OFFER = "offer"
    HIRED = "hired"
    REJECTED = "rejected"
    NO_ANSWER = "no_answer"
    DROPPED = "dropped"


STAGE_NAMES: dict[LeadStage, str] = {
    LeadStage.FOUND: N_("Found"),
    LeadStage.APPLIED: N_("Applied or in touch"),
    LeadStage.INTERVIEW: N_("Interview"),
    LeadStage.OFFER: N_("Job offer"),
    LeadStage.HIRED: N_("Got the job"),
    LeadStage.REJECTED: N_("They chose somebody else"),
    LeadStage.NO_ANSWER: N_("No answer"),
    LeadStage.DROPPED: N_("I let it go"),
}
OPEN_STAGES = (LeadStage.FOUND, LeadStage.APPLIED, LeadStage.INTERVIEW, LeadStage.OFFER)
ENDS = tuple(stage for stage in LeadStage if stage not in OPEN_STAGES)
NEXT: dict[LeadStage, frozenset[LeadStage]] = {
    **{stage: frozenset(LeadStage) - {stage} for stage in OPEN_STAGES},
    # what has ended is opened again before it ends in another way
    **{stage: frozenset(OPEN_STAGES) for stage in ENDS},
}
"""To which stages each of them can move."""


@dataclass(frozen=True, slots=True)
class LeadDetails:
    """What a person says of a lead; the employer is picked (`employer_id`) or named."""

    role_title: str
    source: LeadSource = LeadSource.ADVERT
    employer_id: str | None = None
    employer_name: str | None = None
    deadline_on: date | None = None
    next_step: str = ""
    next_step_on: date | None = None
    note: str = ""
    advert: str = ""


def check_move(stage: LeadStage, to: LeadStage) -> None:
    """A lead moves as `NEXT` says. Raises RuleBroken."""
    if to not in NEXT[stage]:
        raise RuleBroken(N_("This lead cannot move there now. Look at how far it is."))


def check_next_step(step: str, on: date | None) -> None:
    """A next step has words and a day, or there is none. Raises RuleBroken."""
    if step and on is None:
        raise RuleBroken(N_("Say on which day you do it."), field="next_step_on")
    if on is not None and not step:
        raise RuleBroken(N_("Say what you do next."), field="next_step")


def activity_of(source: LeadSource) -> Activity:
    """What somebody did when she applied for a lead of this source or got in touch."""
    return _ACTIVITIES.get(source, Activity.EMPLOYER_CONTACT)


def next_stage(stage: LeadStage) -> LeadStage | None:
    """The stage that most often comes next; None after an end."""
    if stage in ENDS:
        return None
    return tuple(LeadStage)[tuple(LeadStage).index(stage) + 1]


@dataclass(frozen=True, slots=True)
class Signs:
    """When a lead that waits for an answer last gave a sign: a move, an action, a touched step."""

    moved_on: date
    acted_on: date | None = None
    asked_on: date | None = None
    touched_on: date | None = None

    @property
    def last_on(self) -> date:
        """The latest of them."""
        signs = (self.moved_on, self.acted_on, self.asked_on, self.touched_on)
        return max(sign for sign in signs if sign is not None)

    def quiet_days(self, today: date) -> int:
        """Days since then."""
        return (today - self.last_on).days


def is_silent(signs: Signs, today: date, quiet_days: int) -> bool:
    """Whether nothing has been heard for so many days. Only of leads that wait for an answer."""
    return signs.quiet_days(today) >= quiet_days
