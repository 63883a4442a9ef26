"""What the pages of erasure show, gathered for their views."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from jobsearch.core.access import Actor
from jobsearch.core.clock import today
from jobsearch.people.models import Person
from jobsearch.people.queries import get_person
from jobsearch.privacy.erasure import queries
from jobsearch.privacy.erasure.models import Erasure
from jobsearch.privacy.erasure.rules import AT_ONCE, REASONS, Plan, kept_by_law, what_refuses
from jobsearch.privacy.retention.queries import count_of, ends_of, is_kept_open
from jobsearch.privacy.retention.rules import Ends, Stage
from jobsearch.privacy.retention.stages import by_area


@dataclass(frozen=True, slots=True)
class ErasurePage:
    """One person before she is erased, or the receipt once she is; why she may not be yet."""

    person: Person
    receipt: Erasure | None
    refused: str
    plan: Plan
    reasons: dict[Stage, str]


def erasure_page(actor: Actor, person_id: str) -> ErasurePage:
    """All of the page, in six statements. Raises NotVisible."""
    person, day = get_person(person_id), today(actor.zone)
    return ErasurePage(
        person=person,
        receipt=queries.find_erasure(person_id),
        refused=what_refuses(is_kept_open(person_id, day)),
        plan=_plan(ends_of(person_id), count_of(person_id, *Stage), day),
        reasons=REASONS,
    )


def _plan(ends: Ends | None, counts: dict[tuple[Stage, str], int], day: date) -> Plan:
    going: Counter[str] = Counter()
    kept: dict[Stage, Counter[str]] = {stage: Counter() for stage in Stage}
    for (stage, name), rows in counts.items():
        stays = kept_by_law(ends, stage, day) and name not in AT_ONCE
        (kept[stage] if stays else going)[name] += rows
    until = {} if ends is None else {one: ends.goes_on(one) - timedelta(days=1) for one in Stage}
    stages = tuple((one, until[one], by_area(kept[one])) for one in Stage if kept[one])
    return Plan(by_area(going), stages, ends is None)
