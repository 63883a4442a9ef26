"""What may be asked of a participant, how often, and for how long it stands; nothing is owed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from jobsearch.core.errors import RuleBroken
from jobsearch.core.free_text import has_identity_code
from jobsearch.core.text import mark as N_

MOST_LETTERS = 300
STANDS_FOR = timedelta(days=30)
BETWEEN = timedelta(days=7)


class QuestionKind(StrEnum):
    """The fixed list of things that can be asked."""

    NEWER = "newer"
    LEFT_OUT = "left_out"
    LONGER = "longer"
    PERMISSION = "permission"
    TALK = "talk"


TITLES: dict[QuestionKind, str] = {
    QuestionKind.NEWER: N_("A newer analysis"),
    QuestionKind.LEFT_OUT: N_("A section that was left out"),
    QuestionKind.LONGER: N_("A longer permission"),
    QuestionKind.PERMISSION: N_("A permission to read the analysis"),
    QuestionKind.TALK: N_("A talk"),
}
HINTS: dict[QuestionKind, str] = {
    QuestionKind.NEWER: N_("Things may have changed since this one was written."),
    QuestionKind.LEFT_OUT: N_("You do not see which one it is. It may stay left out."),
    QuestionKind.LONGER: N_("The permission ends on a day. A new one can be given before it."),
    QuestionKind.PERMISSION: N_("Nothing is open to you now."),
    QuestionKind.TALK: N_("By phone or face to face, at a time that suits both."),
}


@dataclass(frozen=True, slots=True)
class Shared:
    """What a client shares with the municipal coach who asks."""

    has_release: bool
    has_left_out: bool
    has_started: bool


def kinds_for(shared: Shared) -> tuple[QuestionKind, ...]:
    """What can be asked of somebody; nothing of who has not started and released nothing.

    Who has not started yet has no analysis, and no page on which a question could stand.
    """
    if shared.has_release:
        left = (QuestionKind.LEFT_OUT,) if shared.has_left_out else ()
        return (QuestionKind.NEWER, *left, QuestionKind.LONGER, QuestionKind.TALK)
    return (QuestionKind.PERMISSION, QuestionKind.TALK) if shared.has_started else ()


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of this coach to this person, as its asker may know it: what and when."""

    kind: QuestionKind
    on: date


def expires_on(asked_on: date) -> date:
    """The last day on which a question stands."""
    return asked_on + STANDS_FOR


def week_of_question(on: date) -> date:
    """The Monday of the week of a question: in one week nobody asks one person twice."""
    return on - timedelta(days=on.weekday())


def check_question(
    kind: QuestionKind,
    words: str,
    offered: Collection[QuestionKind],
    before: Collection[Asked],
    today: date,
) -> None:
    """One question a week, one of a kind at a time, of the list, with at most 300 characters.

    Whether an earlier one was read, put aside or refused plays no part, so nobody can learn it
    here. Raises RuleBroken.
    """
    if kind not in offered:
        raise RuleBroken(N_("Choose one of the things on the page."), field="kind")
    if any(today - one.on < BETWEEN for one in before):
        raise RuleBroken(
            N_("You asked on %(day)s. Ask again a week after that at the earliest."),
            day=max(one.on for one in before),
        )
    if any(one.kind is kind and expires_on(one.on) >= today for one in before):
        raise RuleBroken(N_("You have asked for this already. Give it time."), field="kind")
    if len(words) > MOST_LETTERS:
        raise RuleBroken(
            N_("At most %(most)d characters fit here."), field="words", most=MOST_LETTERS
        )
    if has_identity_code(words):
        raise RuleBroken(
            N_("There is a personal identity code in the text. Take it out."), field="words"
        )
