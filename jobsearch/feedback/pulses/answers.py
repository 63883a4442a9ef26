"""A participant's own answers, and the blocks that she may answer about."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from jobsearch.cohorts.models import Cohort, CohortBlock, CohortDay, Enrolment
from jobsearch.cohorts.queries import has_seat
from jobsearch.cohorts.rules import CohortState, EnrolmentState
from jobsearch.core.access import Actor
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.core.text import Words
from jobsearch.feedback.pulses.models import BlockPulse, ConfidencePulse
from jobsearch.feedback.pulses.rules import ConfidenceItem, Usefulness
from jobsearch.programmes.rules import BlockKind

_MOST_ANSWERS = 200


@dataclass(frozen=True, slots=True)
class OwnAnswer:
    """One of a participant's own taps."""

    id: str
    block_id: str
    on: date
    kind: BlockKind
    text: Words
    usefulness: Usefulness

    def title(self, language: str) -> str:
        """What the block is called: the first line of its text; empty where it has none."""
        return self.text.say(language).partition("\n")[0]


def list_own_answers(person_id: str) -> list[OwnAnswer]:
    """What a participant has said of blocks in all of her groups, newest first; one statement."""
    statement = (
        select(
            BlockPulse.id,
            CohortBlock.id,
            CohortDay.on,
            CohortBlock.kind,
            CohortBlock.text,
            BlockPulse.usefulness,
        )
        .join(Enrolment, Enrolment.id == BlockPulse.enrolment_id)
        .join(CohortBlock, CohortBlock.id == BlockPulse.cohort_block_id)
        .join(CohortDay, CohortDay.id == CohortBlock.cohort_day_id)
        .where(Enrolment.person_id == person_id)
        .order_by(CohortDay.on.desc(), CohortBlock.position, BlockPulse.id)
        .limit(_MOST_ANSWERS)
    )
    return [OwnAnswer(*row) for row in db.session.execute(statement)]


@dataclass(frozen=True, slots=True)
class OwnScore:
    """One of a participant's own scores of confidence."""

    id: str
    enrolment_id: str
    day_number: int
    item: ConfidenceItem
    score: int
    answered_on: date


def list_own_scores(person_id: str) -> list[OwnScore]:
    """A participant's own confidence in all of her groups, newest first; one statement."""
    statement = (
        select(
            ConfidencePulse.id,
            ConfidencePulse.enrolment_id,
            ConfidencePulse.day_number,
            ConfidencePulse.item,
            ConfidencePulse.score,
            ConfidencePulse.answered_on,
        )
        .join(Enrolment, Enrolment.id == ConfidencePulse.enrolment_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .where(Enrolment.person_id == person_id)
        .order_by(Cohort.starts_on.desc(), ConfidencePulse.day_number.desc(), ConfidencePulse.item)
        .limit(_MOST_ANSWERS)
    )
    return [OwnScore(*row) for row in db.session.execute(statement)]


@dataclass(frozen=True, slots=True)
class OwnBlock:
    """A block of one of a participant's groups, whatever its day."""

    id: str
    enrolment_id: str
    has_left: bool
    last_day: date
    on: date
    starts_minute: int
    is_cancelled: bool


def get_own_block(actor: Actor, block_id: str) -> OwnBlock:
    """A block of a group in which the participant is or was. Raises NotVisible."""
    statement = (
        select(
            CohortBlock.id,
            Enrolment.id,
            ~has_seat(),
            Cohort.ends_on,
            CohortDay.on,
            CohortBlock.starts_minute,
            CohortDay.cancelled_at.is_not(None),
        )
        .join(CohortDay, CohortDay.id == CohortBlock.cohort_day_id)
        .join(Cohort, Cohort.id == CohortDay.cohort_id)
        .join(Enrolment, Enrolment.cohort_id == Cohort.id)
        .where(
            CohortBlock.id == block_id,
            Enrolment.person_id == actor.person_id,
            Enrolment.state != EnrolmentState.WITHDREW,
            Cohort.state == CohortState.OPEN,
        )
    )
    row = db.session.execute(statement).first()
    if row is None:
        raise NotVisible
    return OwnBlock(*row)


def get_own_answer(actor: Actor, pulse_id: str) -> BlockPulse:
    """One of the participant's own taps. Raises NotVisible."""
    statement = (
        select(BlockPulse)
        .join(Enrolment, Enrolment.id == BlockPulse.enrolment_id)
        .where(BlockPulse.id == pulse_id, Enrolment.person_id == actor.person_id)
    )
    pulse = db.session.scalar(statement)
    if pulse is None:
        raise NotVisible
    return pulse


def get_own_score(actor: Actor, score_id: str) -> ConfidencePulse:
    """One of the participant's own scores. Raises NotVisible."""
    statement = (
        select(ConfidencePulse)
        .join(Enrolment, Enrolment.id == ConfidencePulse.enrolment_id)
        .where(ConfidencePulse.id == score_id, Enrolment.person_id == actor.person_id)
    )
    score = db.session.scalar(statement)
    if score is None:
        raise NotVisible
    return score


def hold_seat(enrolment_id: str) -> None:
    """Two taps at once come one after the other: the second one changes the answer of the first."""
    db.session.scalar(select(Enrolment).where(Enrolment.id == enrolment_id).with_for_update())


def find_answer(enrolment_id: str, block_id: str) -> BlockPulse | None:
    """What the participant has said of a block."""
    statement = select(BlockPulse).where(
        BlockPulse.enrolment_id == enrolment_id, BlockPulse.cohort_block_id == block_id
    )
    return db.session.scalar(statement)


def find_score(enrolment_id: str, number: int, item: ConfidenceItem) -> ConfidencePulse | None:
    """What the participant has said of an item on a day."""
    statement = select(ConfidencePulse).where(
        ConfidencePulse.enrolment_id == enrolment_id,
        ConfidencePulse.day_number == number,
        ConfidencePulse.item == item,
    )
    return db.session.scalar(statement)
