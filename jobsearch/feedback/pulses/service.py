"""Use cases of pulses: answer, change an answer, take it back."""

from jobsearch.core.access import Actor
from jobsearch.core.clock import local, now
from jobsearch.core.db import db
from jobsearch.core.errors import RuleBroken
from jobsearch.core.periods import minute_of
from jobsearch.core.text import mark as N_
from jobsearch.feedback.pulses import answers, queries
from jobsearch.feedback.pulses.models import BlockPulse, ConfidencePulse
from jobsearch.feedback.pulses.rules import (
    ConfidenceItem,
    Usefulness,
    check_block,
    check_confidence,
    check_seat,
)


def answer_block(actor: Actor, block_id: str, usefulness: Usefulness) -> BlockPulse:
    """The participant says whether a block was useful; another answer takes the first one's place.

    Raises RuleBroken before the block has begun, on another day, or when she has left or her group
    is over; NotVisible for another group's block.
    """
    here = local(now(), actor.zone)
    block = answers.get_own_block(actor, block_id)
    check_seat(block.has_left, block.last_day, here.date())
    minute = minute_of(here)
    check_block(block.on, block.starts_minute, block.is_cancelled, here.date(), minute)
    answers.hold_seat(block.enrolment_id)
    pulse = answers.find_answer(block.enrolment_id, block_id)
    if pulse is None:
        pulse = BlockPulse(
            organisation_id=actor.organisation_id,
            enrolment_id=block.enrolment_id,
            cohort_block_id=block_id,
        )
        db.session.add(pulse)
    pulse.usefulness = usefulness
    db.session.flush()
    return pulse


def answer_confidence(
    actor: Actor, number: int, item: ConfidenceItem, score: int
) -> ConfidencePulse:
    """The participant says how much an item holds for her, from 1 to 5; the last word counts.

    `number` is the day that it was asked for: 1, 6 or 12. Raises RuleBroken when another day is
    asked about now, or when she is in no group that is going on.
    """
    day = queries.own_day(actor)
    if day is None:
        raise RuleBroken(N_("You are in no group now. You cannot answer any more."))
    check_confidence(number, day.number, score)
    answers.hold_seat(day.enrolment_id)
    pulse = answers.find_score(day.enrolment_id, number, item)
    if pulse is None:
        pulse = ConfidencePulse(
            organisation_id=actor.organisation_id,
            enrolment_id=day.enrolment_id,
            day_number=number,
            item=item,
        )
        db.session.add(pulse)
    pulse.score, pulse.answered_on = score, local(now(), actor.zone).date()
    db.session.flush()
    return pulse


def take_back_answer(actor: Actor, pulse_id: str) -> None:
    """The participant takes an answer about a block back, whenever she wants. Raises NotVisible."""
    db.session.delete(answers.get_own_answer(actor, pulse_id))
    db.session.flush()


def take_back_score(actor: Actor, score_id: str) -> None:
    """The participant takes a score of confidence back, whenever she wants. Raises NotVisible."""
    db.session.delete(answers.get_own_score(actor, score_id))
    db.session.flush()
