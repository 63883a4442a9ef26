"""People of Group 7 and what they answered in their pulses, written as rows."""

from datetime import date

from jobsearch.cohorts.models import CohortBlock, CohortDay, Enrolment, EnrolmentState
from jobsearch.core.db import db
from jobsearch.feedback.pulses.models import BlockPulse, ConfidencePulse
from jobsearch.feedback.pulses.rules import ConfidenceItem, Usefulness
from jobsearch.feedback.pulses.service import answer_block, answer_confidence
from jobsearch.programmes.rules import BlockKind
from tests.world import FIRST_DAY, World, make_person

LAST_DAY = date(2026, 12, 3)  # of the group whose sixth day is today

YES, PARTLY, NO = Usefulness.YES, Usefulness.PARTLY, Usefulness.NO


def seat_people(world: World, count: int, cohort_id: str = "") -> list[str]:
    """So many more people in a group (Group 7); returns their enrolments."""
    cohort_id = cohort_id or world.a.cohort_ids[0]
    before = db.session.query(Enrolment).count()
    seated = []
    for number in range(before, before + count):
        given, phone = f"P{number}", f"+3584001{number:05}"
        person = make_person(world.a.organisation_id, given, "Quist", phone)
        row = Enrolment(
            organisation_id=world.a.organisation_id,
            cohort_id=cohort_id,
            person_id=person.id,
            state=EnrolmentState.STARTED,
        )
        db.session.add(row)
        db.session.flush()
        seated.append(row.id)
    return seated


def blocks_of(cohort_id: str, position: int = 1) -> dict[BlockKind, str]:
    """The blocks of a day of a group, by their kind."""
    found = (
        db.session.query(CohortBlock)
        .join(CohortDay, CohortDay.id == CohortBlock.cohort_day_id)
        .filter(CohortDay.cohort_id == cohort_id, CohortDay.position == position)
    )
    return {block.kind: block.id for block in found}


def tap(world: World, enrolment_ids: list[str], block_id: str, *said: Usefulness) -> None:
    """What each of them said of a block; the last word stands for the rest of them."""
    for number, enrolment_id in enumerate(enrolment_ids):
        db.session.add(
            BlockPulse(
                organisation_id=world.a.organisation_id,
                enrolment_id=enrolment_id,
                cohort_block_id=block_id,
                usefulness=said[min(number, len(said) - 1)],
            )
        )
    db.session.flush()


def score(
    world: World,
    enrolment_ids: list[str],
    day_number: int,
    *scores: int,
    items: tuple[ConfidenceItem, ...] = tuple(ConfidenceItem),
    on: date = FIRST_DAY,
) -> None:
    """What each of them said of her confidence; the last score stands for the rest of them."""
    for number, enrolment_id in enumerate(enrolment_ids):
        for item in items:
            db.session.add(
                ConfidencePulse(
                    organisation_id=world.a.organisation_id,
                    enrolment_id=enrolment_id,
                    day_number=day_number,
                    item=item,
                    score=scores[min(number, len(scores) - 1)],
                    answered_on=on,
                )
            )
    db.session.flush()


def pulsed(world: World) -> dict[str, str]:
    """A block of Pia's day that has begun, her answer about it, and one of her scores."""
    actor = world.pia.actor
    block_id = blocks_of(world.a.cohort_ids[0], 6)[BlockKind.MORNING_MEETING]
    pulse = answer_block(actor, block_id, YES)
    own = answer_confidence(actor, 6, ConfidenceItem.NEXT_STEP, 4)
    return {"own_block_id": block_id, "own_pulse_id": pulse.id, "own_score_id": own.id}
