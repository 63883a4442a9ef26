"""An asked introduction: its states, who may do what in them, and what its text may hold."""

from dataclasses import dataclass
from enum import StrEnum

from jobsearch.core.access import Role
from jobsearch.core.errors import RuleBroken
from jobsearch.core.free_text import has_identity_code, has_phone
from jobsearch.core.health_words import words_of_health
from jobsearch.core.text import mark as N_
from jobsearch.people.restrictions.rules import RESTRICTED

MOST_LETTERS = 4000
MOST_IN_COMMENT = 2000


class IntroductionState(StrEnum):
    """Where an asked introduction is. `ended`: the permission was taken back or ran out.

    What has ended is never stored so: it follows from the permission at every look.
    """

    ASKED = "asked"
    WRITTEN = "written"
    DECLINED = "declined"
    ENDED = "ended"


class Act(StrEnum):
    """What is done to an asked introduction, each by one role alone."""

    WRITE = "write"
    DECLINE = "decline"
    READ = "read"
    COMMENT = "comment"


S, A = IntroductionState, Act

NEXT: dict[tuple[IntroductionState, Act], IntroductionState] = {
    (S.ASKED, A.WRITE): S.WRITTEN,
    (S.WRITTEN, A.WRITE): S.WRITTEN,  # corrected; both readers see the newest text
    (S.DECLINED, A.WRITE): S.WRITTEN,
    (S.ASKED, A.DECLINE): S.DECLINED,
    (S.WRITTEN, A.READ): S.WRITTEN,
    (S.WRITTEN, A.COMMENT): S.WRITTEN,
}

DOERS: dict[Act, Role] = {
    A.WRITE: Role.MUNICIPAL_COACH,
    A.DECLINE: Role.MUNICIPAL_COACH,
    A.READ: Role.COACH,
    A.COMMENT: Role.PARTICIPANT,
}

_WHY_NOT: dict[tuple[IntroductionState, Act], str] = {
    (S.WRITTEN, A.DECLINE): N_("You have written it already. You can change the text."),
    (S.DECLINED, A.DECLINE): N_("You have said already that you do not write it."),
    (S.ASKED, A.COMMENT): N_("Nothing is written yet that you could comment on."),
    **{(S.ENDED, act): N_("The permission has ended.") for act in Act},
}


class Refusal(StrEnum):
    """Why an introduction cannot be asked for now, in words for the coach.

    Who never gave, declined, took back or let run out look the same.
    """

    NO_COACH = N_("No municipal coach is named.")
    NO_PERMISSION = N_(
        "There is no permission to ask for an introduction. Only the job seeker can give it."
    )
    OTHER_COACH = N_("The permission names another municipal coach.")
    ASKED_ALREADY = N_("It has been asked for already.")
    RESTRICTED = RESTRICTED


def refusal_of(coach_id: str | None, named_id: str | None, is_asked: bool) -> Refusal | None:
    """Why the coach cannot ask now, or None: her municipal coach must be whom she permitted."""
    if coach_id is None:
        return Refusal.NO_COACH
    if named_id is None:
        return Refusal.NO_PERMISSION
    if named_id != coach_id:
        return Refusal.OTHER_COACH
    return Refusal.ASKED_ALREADY if is_asked else None


def standing(state: IntroductionState, is_live: bool) -> IntroductionState:
    """The state as it is today: without a live permission it has ended."""
    return state if is_live else S.ENDED


def next_state(state: IntroductionState, act: Act) -> IntroductionState:
    """The state after an act. Raises RuleBroken when the act is not to be done now."""
    try:
        return NEXT[state, act]
    except KeyError:
        usual = N_("This cannot be done now.")
        raise RuleBroken(_WHY_NOT.get((state, act), usual)) from None


def check_doer(role: Role, act: Act) -> None:
    """Each act has its one role. Raises RuleBroken."""
    if role is not DOERS[act]:
        raise RuleBroken(N_("This cannot be done now."))


@dataclass(frozen=True, slots=True)
class Warnings:
    """What the writer is asked to look at again; nothing of it is refused."""

    health: tuple[str, ...] = ()
    has_phone: bool = False


def check_text(field: str, text: str, most: int) -> None:
    """Some words, no more than fit, and no identity code. Raises RuleBroken on the field."""
    if not text:
        raise RuleBroken(N_("Write something first."), field=field)
    if len(text) > most:
        raise RuleBroken(
            N_("This has %(length)d characters. At most %(most)d fit. Make it shorter."),
            field=field,
            length=len(text),
            most=most,
        )
    if has_identity_code(text):
        raise RuleBroken(
            N_("There is a personal identity code in the text. Take it out."), field=field
        )


def warnings_of(text: str) -> Warnings:
    """Words that may tell of health, and phone numbers: the writer looks at them again."""
    return Warnings(words_of_health(text), has_phone(text))
