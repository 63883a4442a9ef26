"""What a participant's page of pulses shows."""

from collections.abc import Mapping
from dataclasses import dataclass

from jobsearch.core.access import Actor
from jobsearch.feedback.pulses import answers, queries
from jobsearch.feedback.pulses.answers import OwnAnswer, OwnScore
from jobsearch.feedback.pulses.queries import OwnDay
from jobsearch.feedback.pulses.rules import ConfidenceItem, DayBlock, begun, has_fallen


@dataclass(frozen=True, slots=True)
class MyPulse:
    """What a participant is asked today, and what she has answered so far."""

    day: OwnDay | None
    answers: list[OwnAnswer]
    scores: list[OwnScore]

    @property
    def blocks(self) -> list[DayBlock]:
        """Today's blocks that have begun."""
        return begun(self.day.blocks, self.day.minute) if self.day else []

    @property
    def ids(self) -> Mapping[str, str]:
        """The key of her answer about a block, by the block."""
        return {answer.block_id: answer.id for answer in self.answers}

    @property
    def asked(self) -> Mapping[ConfidenceItem, OwnScore]:
        """What she has answered to the items that are asked now."""
        return {score.item: score for score in self.scores if self._is_asked(score)}

    @property
    def earlier_answers(self) -> list[OwnAnswer]:
        """What she said of blocks that are asked about no more."""
        asked = {block.id for block in self.blocks}
        return [answer for answer in self.answers if answer.block_id not in asked]

    @property
    def earlier_scores(self) -> list[OwnScore]:
        """Her confidence on the days that are asked about no more."""
        return [score for score in self.scores if not self._is_asked(score)]

    @property
    def has_fallen(self) -> bool:
        """Whether her confidence is clearly lower now than it was at first, in this group."""
        here = self.day.enrolment_id if self.day else None
        return has_fallen(
            (one.item.value, one.day_number, one.score)
            for one in self.scores
            if one.enrolment_id == here
        )

    def _is_asked(self, score: OwnScore) -> bool:
        day = self.day
        return (
            day is not None
            and score.enrolment_id == day.enrolment_id
            and score.day_number == day.number
        )


def my_pulse(actor: Actor) -> MyPulse:
    """A participant's own page; three statements."""
    person_id = actor.person_id or ""
    return MyPulse(
        queries.own_day(actor),
        answers.list_own_answers(person_id),
        answers.list_own_scores(person_id),
    )
