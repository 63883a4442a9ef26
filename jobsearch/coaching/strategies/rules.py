"""What a strategy says, and what is left out of it."""

from dataclasses import asdict, dataclass

from jobsearch.core.errors import RuleBroken
from jobsearch.core.health_words import check_shared_words
from jobsearch.core.text import mark as N_

MOST_GOAL, MOST_WORK, MOST_AREA, MOST_TARGETS = 300, 500, 200, 500
_MOST = {"goal": MOST_GOAL, "work": MOST_WORK, "area": MOST_AREA, "targets": MOST_TARGETS}


@dataclass(frozen=True, slots=True)
class StrategyText:
    """What somebody is after: goal, kinds of work, area, and own targets."""

    goal: str = ""
    work: str = ""
    area: str = ""
    targets: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is said yet."""
        return not (self.goal or self.work or self.area or self.targets)


NAMES: dict[str, str] = {
    "goal": N_("Goal"),
    "work": N_("Kinds of work"),
    "area": N_("Area"),
    "targets": N_("My own targets"),
}


def check_strategy(text: StrategyText, *, about_work: bool) -> None:
    """Something is said, not too much, and nothing of anybody's health. Raises RuleBroken.

    A workplace or a trade may be named so; who writes says that it is one.
    """
    if text.is_empty:
        raise RuleBroken(N_("Write something into one of these."), field="goal")
    for field, said in asdict(text).items():
        if len(said) > _MOST[field]:
            raise RuleBroken(
                N_("At most %(most)d characters fit here."), field=field, most=_MOST[field]
            )
        check_shared_words(field, said, about_work=about_work)


def check_seen(seen: int, version: int) -> None:
    """Nobody writes over what she has not seen; 0 is a page without a strategy.

    Raises RuleBroken; the page then shows both texts.
    """
    if seen != version:
        raise RuleBroken(
            N_("Somebody else has written here meanwhile. Look at both texts and save again.")
        )
