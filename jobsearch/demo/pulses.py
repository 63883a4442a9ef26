"""What the made-up people tapped about their days, and how sure they felt."""

from collections.abc import Sequence
from datetime import date

from jobsearch.cohorts.models import Cohort, CohortDay, Enrolment
from jobsearch.core.db import db
from jobsearch.feedback.pulses.models import BlockPulse, ConfidencePulse
from jobsearch.feedback.pulses.rules import CONFIDENCE_DAYS, ConfidenceItem, Usefulness
from jobsearch.programmes.rules import BlockKind

# how good a kind of block is on a scale of ten: sparring helps most
_LIKED = {
    BlockKind.MORNING_MEETING: 6,
    BlockKind.COACHING: 6,
    BlockKind.ASSIGNMENT: 7,
    BlockKind.SPARRING: 9,
    BlockKind.DEBRIEF: 5,
}
_START = {ConfidenceItem.NEXT_STEP: 2, ConfidenceItem.EMPLOYER: 2, ConfidenceItem.BELIEF: 3}
_SILENT = 7  # one of seven blocks somebody leaves without an answer


def tap(cohort: Cohort, enrolments: Sequence[Enrolment], today: date) -> None:
    """Everyone's answers about the days before today."""
    gone = [day for day in cohort.days if day.on < today]
    for person, enrolment in enumerate(enrolments):
        for day in gone:
            for block in day.blocks:
                turn = 3 * person + 5 * day.position + block.position
                if turn % _SILENT:
                    said = _said(block.kind, day.position, turn)
                    db.session.add(
                        BlockPulse(
                            enrolment_id=enrolment.id, cohort_block_id=block.id, usefulness=said
                        )
                    )
            if day.position in CONFIDENCE_DAYS:
                _feel(enrolment, person, day)


def _said(kind: BlockKind, position: int, turn: int) -> Usefulness:
    """Later days are liked a little more."""
    liked = _LIKED[kind] + position // 6
    drawn = 7 * turn % 10
    if drawn < liked:
        return Usefulness.YES
    return Usefulness.PARTLY if drawn < 9 else Usefulness.NO


def _feel(enrolment: Enrolment, person: int, day: CohortDay) -> None:
    risen = CONFIDENCE_DAYS.index(day.position)
    for place, (item, start) in enumerate(_START.items()):
        score = start + (person + place) % 2 + (risen + (person + place) % 3) // 2
        db.session.add(
            ConfidencePulse(
                enrolment_id=enrolment.id,
                day_number=day.position,
                item=item,
                score=min(5, score),
                answered_on=day.on,
            )
        )
