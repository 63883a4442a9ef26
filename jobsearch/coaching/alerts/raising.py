"""Which alerts begin and which end on a morning; pure."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from jobsearch.coaching.alerts.rules import (
    SILENT_DAYS,
    SLOW_DAYS,
    AlertRule,
    Fact,
    Searcher,
    all_facts,
    facts_of,
    worked,
)

REST: dict[AlertRule, int] = {
    AlertRule.NO_ACTION: SILENT_DAYS,
    AlertRule.UNDER_GOAL: SLOW_DAYS,
    AlertRule.NO_REPLY: 5,
}
"""After a coach has ended an alert, so many more days at work before the same rule may speak of
the same person again. Who asks for help anew is heard at once."""


@dataclass(frozen=True, slots=True)
class Ended:
    """When a coach ended the latest alert of a rule about a person, as instant and as day."""

    at: datetime
    on: date


def is_rested(one: Searcher, rule: AlertRule, ended: Ended, today: date) -> bool:
    """Whether a rule may speak of a person again after a coach has ended its last alert."""
    if rule is AlertRule.ASKED_FOR_HELP:
        return one.asked_at is not None and one.asked_at > ended.at
    later = [day for day in worked(one.days, today) if day.on >= ended.on]
    return len(later) >= REST.get(rule, 0)


RaisedKey = tuple[str, AlertRule]
"""Of whom an alert is, by enrolment, and which rule holds."""


def to_raise(
    people: Iterable[Searcher],
    is_open: Collection[RaisedKey],
    ended: Mapping[RaisedKey, Ended],
    today: date,
) -> list[tuple[Searcher, Fact]]:
    """The facts that become alerts: not open already, and not ended by a coach just now."""
    found = []
    for one in people:
        for fact in facts_of(one, today):
            key = (one.enrolment_id, fact.rule)
            last = ended.get(key)
            if key not in is_open and (last is None or is_rested(one, fact.rule, last, today)):
                found.append((one, fact))
    return found


def to_end(is_open: Iterable[RaisedKey], people: Iterable[Searcher], today: date) -> set[RaisedKey]:
    """The open alerts of these people whose rule holds no more.

    What a person herself let her coach know ends by her own word, or by the coach's.
    """
    judged = list(people)
    known = {one.enrolment_id for one in judged}
    holds = {(one.enrolment_id, fact.rule) for one in judged for fact in all_facts(one, today)}
    return {
        key
        for key in is_open
        if key[0] in known and key not in holds and key[1] is not AlertRule.CONFIDENCE_DOWN
    }
