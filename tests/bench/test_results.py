"""The results of 500 groups and 10,000 people ask as often as those of five groups.

The time is set beside one bare statement that only counts the same people by group.
"""

import time
from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa

from jobsearch.cohorts.models import Cohort, Enrolment, EnrolmentState
from jobsearch.core.db import db
from jobsearch.core.tokens import new_key
from jobsearch.outcomes.models import Outcome
from jobsearch.outcomes.rules import Evidence, OutcomeKind
from jobsearch.people.models import Person
from tests.world import FIRST_DAY, World, make_programme

pytestmark = [pytest.mark.timeout(300), pytest.mark.usefixtures("context")]
GROUPS, EACH, FEW = 500, 20, 5
MOST_OF_A_PAGE, MOST_OF_A_FILE = 8, 20
MOST_RATIO = 15.0
"""Times of the bare count: the page asks its figures of the same people and draws itself."""


def _fill(world: World, groups: int) -> str:
    own = {"organisation_id": world.a.organisation_id, "version": 1}
    programme, _template = make_programme(world.a.organisation_id, f"results-{groups}")
    rows: dict[type, list[dict[str, object]]] = {Cohort: [], Person: [], Enrolment: [], Outcome: []}
    for group in range(groups):
        key, first = new_key(), FIRST_DAY - timedelta(days=30 + group % 400)
        days = {"starts_on": first, "ends_on": first + timedelta(days=20)}
        named = {"id": key, "programme_id": programme.id, "name": f"Group {group}"}
        rows[Cohort].append(own | days | named)
        for one in range(EACH):
            person, enrolment = new_key(), new_key()
            name = {"id": person, "given_name": "P", "family_name": f"{group}-{one}"}
            rows[Person].append(own | name)
            whose = own | {"person_id": person}
            begun = {"id": enrolment, "cohort_id": key, "state": EnrolmentState.STARTED}
            rows[Enrolment].append(whose | begun)
            if one % 2:
                found = {"kind": OutcomeKind.FREELANCE, "evidence": Evidence.OWN_WORD}
                when = {"id": new_key(), "enrolment_id": enrolment, "began_on": first}
                rows[Outcome].append(whose | when | found)
    for model, some in rows.items():
        db.session.connection().execute(sa.insert(model), some)
    return programme.id


@pytest.fixture
def keys(world: World, as_: Callable) -> dict[int, str]:
    """A programme of few groups and one of many, by how many groups they have."""
    with as_(world.aino):
        return {groups: _fill(world, groups) for groups in (FEW, GROUPS)}


def _count(world: World, as_: Callable, key: str) -> float:
    statement = (
        sa.select(Cohort.id, sa.func.count())
        .join(Enrolment, Enrolment.cohort_id == Cohort.id)
        .outerjoin(Outcome, Outcome.enrolment_id == Enrolment.id)
        .where(Cohort.programme_id == key)
        .group_by(Cohort.id)
    )
    with as_(world.aino):
        db.session.execute(statement).all()
        began = time.process_time()
        assert len(db.session.execute(statement).all()) == GROUPS
        return time.process_time() - began


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/reports/{id}", MOST_OF_A_PAGE),
        ("/reports/{id}/cohorts", MOST_OF_A_PAGE),
        ("/reports/{id}/activity", MOST_OF_A_PAGE),
        ("/reports/{id}/results.xlsx", MOST_OF_A_FILE),
    ],
)
def test_the_results_of_500_groups_ask_as_often_as_of_five(
    keys: dict[int, str],
    world: World,
    as_: Callable,
    sign_in: Callable,
    statements: list[str],
    report: Callable[[str], None],
    path: str,
    most: int,
) -> None:
    client, asked, took = sign_in(world.aino), {}, {}
    for groups, key in keys.items():
        client.get(path.format(id=key))
        statements.clear()
        began = time.process_time()
        answer = client.get(path.format(id=key))
        took[groups] = time.process_time() - began
        assert answer.status_code == 200
        asked[groups] = sum(one.lstrip().upper().startswith("SELECT") for one in statements)
        if path == "/reports/{id}":
            n = groups * EACH
            assert f"{n // 2:,} of the {n:,}".replace(",", "\u00a0") in answer.text
    ratio = took[GROUPS] / _count(world, as_, keys[GROUPS])
    report(f"{path:40} {asked[GROUPS]:3} statements, {ratio:6.1f} bare counts of 10,000 people")
    assert asked[FEW] == asked[GROUPS] <= most
    if not path.endswith("xlsx"):
        assert ratio <= MOST_RATIO
