"""The main figures twice: by the database and in plain Python, over programmes made at random."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

import pytest

from jobsearch.cohorts.models import Cohort, CohortState, Enrolment, EnrolmentState
from jobsearch.core.db import db
from jobsearch.core.money import Money
from jobsearch.core.periods import add_months
from jobsearch.costs.rules import NewLine
from jobsearch.costs.service import book_cost
from jobsearch.outcomes.models import FollowUp, Outcome
from jobsearch.outcomes.rules import Answer, OutcomeKind
from jobsearch.programmes.costs.rules import CostKind
from jobsearch.programmes.models import Programme
from jobsearch.reports.queries import results
from jobsearch.reports.results.queries import list_cohorts
from jobsearch.tracker.models import ActionSource
from jobsearch.tracker.rules import Activity
from tests.searched import make_action
from tests.world import NOW, make_person, make_programme

pytestmark = pytest.mark.usefixtures("context")
FIRST = date(2026, 1, 5)
MONTHS = 3


@dataclass
class Someone:
    """One enrolment as plain data."""

    group: int
    began: date
    ended: date
    counts: bool
    works: list[tuple[OutcomeKind, date]] = field(default_factory=list)
    answers: dict[date, Answer] = field(default_factory=dict)
    actions: list[tuple[Activity, date, int, bool]] = field(default_factory=list)

    def state(self, day: date) -> str:
        """Where she stands, said over again in the words of the definition."""
        window = add_months(self.ended, MONTHS)
        days = [on for kind, on in self.works if kind is not OutcomeKind.STUDIES]
        if days and min(days) <= day and min(days) <= window:
            return "found"
        if day <= window:
            return "open"
        heard = [answer for on, answer in sorted(self.answers.items()) if on <= day]
        if heard and heard[-1] in {Answer.NOT_IN_WORK, Answer.STUDIES}:
            return "not in work"
        return "unknown"


def _near(random: Random, first: date, days: int) -> date:
    return first + timedelta(days=random.randint(0, days))


def _made(random: Random, organisation_id: str, programme: Programme) -> list[Someone]:
    people, number = [], 0
    for group in range(random.randint(3, 7)):
        began = _near(random, FIRST, 200)
        ended = began + timedelta(days=20)
        state = CohortState.CANCELLED if random.random() < 0.15 else CohortState.OPEN
        cohort = Cohort(
            programme_id=programme.id,
            organisation_id=organisation_id,
            name=f"Group {group}",
            starts_on=began,
            ends_on=ended,
            state=state,
        )
        db.session.add(cohort)
        db.session.flush()
        for _ in range(random.randint(1, 6)):
            number += 1
            person = make_person(organisation_id, f"P{number}", "N", f"+3584012{number:05d}")
            started = random.random() < 0.85
            row = Enrolment(
                organisation_id=organisation_id,
                cohort_id=cohort.id,
                person_id=person.id,
                state=EnrolmentState.STARTED if started else EnrolmentState.PLACED,
            )
            db.session.add(row)
            db.session.flush()
            counts = started and state is not CohortState.CANCELLED
            someone = Someone(group, began, ended, counts)
            _lives(random, someone, row, organisation_id)
            people.append(someone)
    db.session.flush()
    return people


def _lives(random: Random, one: Someone, row: Enrolment, organisation_id: str) -> None:
    own = {
        "organisation_id": organisation_id,
        "enrolment_id": row.id,
        "person_id": row.person_id,
    }
    for _ in range(random.choice((0, 0, 1, 1, 2))):
        kind, on = random.choice(list(OutcomeKind)), _near(random, one.began, 170)
        one.works.append((kind, on))
        db.session.add(Outcome(kind=kind, began_on=on, **own))
    for on in {_near(random, one.ended, 150) for _ in range(random.choice((0, 1, 2)))}:
        one.answers[on] = random.choice(list(Answer))
        db.session.add(FollowUp(asked_on=on, answer=one.answers[on], **own))
    for _ in range(random.randint(0, 6)):
        kind, undone = random.choice(list(Activity)), random.random() < 0.2
        on, count = _near(random, one.began - timedelta(days=5), 25), random.randint(1, 4)
        one.actions.append((kind, on, count, undone))
        _act(row, kind, on, count, undone=undone, organisation_id=organisation_id)


def _act(
    row: Enrolment, kind: Activity, on: date, count: int, *, undone: bool, organisation_id: str
) -> None:
    make_action(
        row.id,
        kind,
        on=on,
        count=count,
        source=ActionSource.IMPORTED,
        organisation_id=organisation_id,
        undone_at=NOW if undone else None,
    )


@pytest.mark.parametrize("seed", range(12))
def test_the_database_and_plain_python_agree(world, as_, seed: int) -> None:
    random = Random(seed)
    with as_(world.aino):
        side = world.a.organisation_id
        programme, _template = make_programme(side, f"random-{seed}")
        programme.follow_up_months = MONTHS
        people = _made(random, side, programme)
        sums = []
        for number in range(random.randint(0, 4)):
            on, euros = _near(random, FIRST, 300), Money(random.randint(1, 900_000))
            book_cost(
                world.aino.actor,
                programme.id,
                NewLine(f"Line {number}", random.choice(list(CostKind)), euros, on, None, ""),
            )
            sums.append((on, euros))
        for day in (FIRST, *(_near(random, FIRST, 320) for _ in range(3)), date(2026, 11, 24)):
            _agrees(programme, people, sums, day)


def _agrees(
    programme: Programme, people: list[Someone], sums: list[tuple[date, Money]], day: date
) -> None:
    told = results(programme, day)
    inside = [one for one in people if one.counts and one.began <= day]
    states = Counter(one.state(day) for one in inside)
    closed = [one for one in inside if add_months(one.ended, MONTHS) < day]
    found = told.outcomes
    assert told.people.started == len(inside)
    assert found.found_work.ratio.denominator == len(inside)
    assert found.found_work.ratio.numerator == states["found"]
    assert (found.follow_up_open, found.unknown) == (states["open"], states["unknown"])
    assert found.high.numerator == states["found"] + states["open"] + states["unknown"]
    assert found.closed_follow_up.ratio.denominator == len(closed)
    in_time = [one for one in closed if one.state(day) == "found"]
    assert found.closed_follow_up.ratio.numerator == len(in_time)
    for kind in Activity:
        made = {
            at: sum(
                count
                for what, on, count, undone in one.actions
                if what is kind and not undone and one.began <= on <= day
            )
            for at, one in enumerate(inside)
        }
        counted = told.activities[kind.value]
        assert counted.total == sum(made.values())
        assert counted.per_active_person.denominator == sum(1 for n in made.values() if n)
    total = Money.total(euros for on, euros in sums if on <= day)
    assert told.cost.total == total
    assert (told.cost.people, told.cost.placements) == (len(inside), states["found"])
    _groups_agree(programme, inside, day)


def _groups_agree(programme: Programme, inside: list[Someone], day: date) -> None:
    lines = {one.name: one for one in list_cohorts(programme, day)}
    assert len(lines) == len({one.group for one in inside})
    for name, line in lines.items():
        own = [one for one in inside if f"Group {one.group}" == name]
        assert line.standing.started == len(own)
        states = Counter(one.state(day) for one in own)
        assert line.standing.states["found_work"] == states["found"]
        assert line.standing.states["open"] == states["open"]
        made = [
            count
            for one in own
            for _kind, on, count, undone in one.actions
            if not undone and one.began <= on <= day
        ]
        assert sum(one.total for one in line.activities.values()) == sum(made)
