"""What the pages of alerts show, from what a request asks for."""

from collections.abc import Mapping
from dataclasses import dataclass

from jobsearch.coaching.alerts.queries import Filters, Period, What, find_open
from jobsearch.coaching.alerts.rules import AlertRule
from jobsearch.cohorts.seats import find_seat
from jobsearch.core.access import Actor
from jobsearch.core.clock import today
from jobsearch.feedback.pulses.answers import OwnScore, list_own_scores
from jobsearch.feedback.pulses.rules import ConfidenceItem, has_fallen


def filters_of(chosen: Mapping[str, str], what: What | None = None) -> Filters:
    """The filters of what is chosen: group, what, rule and period."""
    rule = chosen.get("rule")
    return Filters(
        group=chosen.get("group", ""),
        what=what or What(chosen.get("what", What.RAISED)),
        rule=AlertRule(rule) if rule else None,
        period=Period(chosen.get("period", "")),
    )


@dataclass(frozen=True, slots=True)
class OwnConfidence:
    """A participant's own scores by item and day, whether they have gone down, and whether she has
    let her coach know.
    """

    coach: str | None
    scores: Mapping[ConfidenceItem, list[OwnScore]]
    has_fallen: bool
    is_told: bool


def own_confidence(actor: Actor) -> OwnConfidence | None:
    """What stands on a participant's own page; None for who has no seat. Three statements."""
    seat = find_seat(actor.person_id or "", today(actor.zone))
    if seat is None:
        return None
    hers = [
        one
        for one in list_own_scores(actor.person_id or "")
        if one.enrolment_id == seat.enrolment_id
    ]
    by_item: dict[ConfidenceItem, list[OwnScore]] = {}
    for one in sorted(hers, key=lambda score: score.day_number):
        by_item.setdefault(one.item, []).append(one)
    return OwnConfidence(
        seat.coach,
        by_item,
        has_fallen((one.item.value, one.day_number, one.score) for one in hers),
        find_open(seat.enrolment_id, AlertRule.CONFIDENCE_DOWN) is not None,
    )
