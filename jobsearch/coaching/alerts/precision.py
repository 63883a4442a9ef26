"""Whether alerts were worth it, afterwards: counts by rule, and the share that helped."""

from dataclasses import dataclass, replace

from sqlalchemy import func, select

from jobsearch.coaching.alerts.models import Alert
from jobsearch.coaching.alerts.queries import CONDITIONS, Filters, What, narrowed
from jobsearch.coaching.alerts.rules import ALERT_RULES, AlertRule, Rule
from jobsearch.cohorts.models import Cohort
from jobsearch.core.access import Actor
from jobsearch.core.db import db
from jobsearch.core.ratios import Rate95

FIGURES = (What.RAISED, What.TAKEN, What.BY_ITSELF, What.HELPFUL, What.NEEDLESS)


@dataclass(frozen=True, slots=True)
class Line:
    """What became of the alerts of a rule; of all rules without one."""

    rule: AlertRule | None
    counts: dict[What, int]

    @property
    def said(self) -> Rule | None:
        """The rule in words."""
        return None if self.rule is None else ALERT_RULES[self.rule]

    @property
    def rate(self) -> Rate95:
        """The share of the judged ones of which a coach said that it was good to ask."""
        helpful = self.counts[What.HELPFUL]
        return Rate95.of(helpful, helpful + self.counts[What.NEEDLESS])


@dataclass(frozen=True, slots=True)
class Precision:
    """A line for each rule, and one for all of them."""

    lines: list[Line]
    whole: Line


def show_precision(actor: Actor, filters: Filters) -> Precision:
    """What became of the alerts of a group and a period; one statement."""
    statement = (
        select(Alert.rule, *(func.count(Alert.id).filter(CONDITIONS[what]) for what in FIGURES))
        .join(Cohort, Cohort.id == Alert.cohort_id)
        .where(*narrowed(actor, replace(filters, what=What.RAISED, rule=None)))
        .group_by(Alert.rule)
    )
    found = {
        rule: dict(zip(FIGURES, counts, strict=True))
        for rule, *counts in db.session.execute(statement)
    }
    none = dict.fromkeys(FIGURES, 0)
    lines = [Line(rule, found.get(rule, none)) for rule in AlertRule]
    whole = {what: sum(line.counts[what] for line in lines) for what in FIGURES}
    return Precision(lines, Line(None, whole))
